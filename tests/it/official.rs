//! Ofsted's official statistics: spreadsheets in OpenDocument format with a title above the headers.

use std::io::Write as _;

use scrutineer::dataset::{Absence, Grade, Judgement, Outcome, Rank};
use scrutineer::load::{Loaded, from_reader};
use scrutineer::query::View;

const TITLE: &[&str] = &["ILACS inspection history from 2018-2025"];
const HEADERS: &[&str] = &[
    "Web link",
    "Local authority area code",
    "Local authority name",
    "Ofsted region",
    "Inspection date",
    "Publication date",
    "Inspection type",
    "Overall effectiveness",
    "The impact of leaders on social work practice with children and families",
    "The experiences and progress of children who need help and protection",
    "The experiences and progress of children in care",
    "The experiences and progress of care leavers",
];
const LEEDS: &[&str] = &[
    "=https://reports.ofsted.gov.uk/provider/44/383",
    "E08000035",
    "Leeds",
    "North East",
    "2018-10-29",
    "2018-12-18",
    "ILACS Standard Inspection",
    "Good",
    "Good",
    "Requires improvement to be good",
    "Outstanding",
    "",
];
const VISIT: &[&str] =
    &["", "E08000035", "Leeds", "North East", "2024-12-04", "2025-01-13", "ILACS Focused Visit", "", "", "", "", ""];

/// Returns a spreadsheet of sheets with a name and rows of texts. A text that begins with `=` becomes a formula that
/// shows a link.
fn ods(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    spreadsheet(&tables(sheets))
}

/// Returns sheets as XML.
fn tables(sheets: &[(&str, &[&[&str]])]) -> String {
    let cell = |text: &&str| match text.strip_prefix('=') {
        Some(link) => format!(
            "<table:table-cell office:value-type=\"string\" table:formula=\"of:=HYPERLINK(&quot;{link}&quot;;&quot;x&quot;)\">\
             <text:p>x</text:p></table:table-cell>"
        ),
        None if text.is_empty() => "<table:table-cell/>".to_owned(),
        None => format!("<table:table-cell office:value-type=\"string\"><text:p>{text}</text:p></table:table-cell>"),
    };
    let row =
        |row: &&[&str]| format!("<table:table-row>{}</table:table-row>", row.iter().map(cell).collect::<String>());
    let sheet = |(name, rows): &(&str, &[&[&str]])| {
        format!("<table:table table:name=\"{name}\">{}</table:table>", rows.iter().map(row).collect::<String>())
    };
    sheets.iter().map(sheet).collect()
}

/// Returns a spreadsheet with these tables, given as XML.
fn spreadsheet(tables: &str) -> Vec<u8> {
    spreadsheet_with(tables, Some(zip::CompressionMethod::Stored))
}

/// Returns a spreadsheet whose first part, which names its format, is compressed in a certain way, or missing.
fn spreadsheet_with(tables: &str, first: Option<zip::CompressionMethod>) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    if let Some(method) = first {
        archive.start_file("mimetype", zip::write::SimpleFileOptions::default().compression_method(method)).unwrap();
        archive.write_all(b"application/vnd.oasis.opendocument.spreadsheet").unwrap();
    }
    archive.start_file("content.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let names = ["office", "table", "text"]
        .map(|name| format!("xmlns:{name}=\"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0\""))
        .join(" ");
    let text = format!(
        "<?xml version=\"1.0\"?><office:document-content {names}><office:body><office:spreadsheet>{tables}\
         </office:spreadsheet></office:body></office:document-content>"
    );
    archive.write_all(text.as_bytes()).unwrap();
    archive.start_file("META-INF/manifest.xml", zip::write::SimpleFileOptions::default()).unwrap();
    archive.write_all(b"<manifest/>").unwrap();
    archive.finish().unwrap().into_inner()
}

fn open(sheets: &[(&str, &[&[&str]])]) -> Loaded {
    from_reader(ods(sheets).as_slice(), "folder/official.ods").unwrap()
}

#[test]
fn a_formula_without_its_value_is_unreadable_and_not_blank() {
    let sheets = tables(&[("History", &[TITLE, HEADERS, LEEDS])]);
    let (before, after) = sheets.rsplit_once("<text:p>Good</text:p></table:table-cell>").unwrap();
    let before = before.rsplit_once("<table:table-cell").unwrap().0;
    let unreadable = |cell: &str| {
        let file = spreadsheet(&format!("{before}{cell}{after}"));
        let loaded = from_reader(file.as_slice(), "official.ods").unwrap();
        let judgements = &loaded.dataset.authorities[0].assessments[0].judgements;
        let is_unreadable = |one: &&Judgement| one.outcome == Outcome::Absent(Absence::Unreadable);
        let found = loaded.repairs.iter().map(|repair| repair.found.as_str()).collect::<Vec<_>>().join("; ");
        (judgements.iter().filter(is_unreadable).count(), found)
    };
    let (count, found) = unreadable("<table:table-cell table:formula=\"of:=[.A1]&amp;[.B1]\"/>");
    assert_eq!(count, 1, "{found}");
    assert!(found.contains("a formula without its value, =[.A1]&[.B1]"), "{found}");
    // One that shows nothing is blank, and one with its value is read.
    let shown = |text: &str| {
        format!(
            "<table:table-cell office:value-type=\"string\" table:formula=\"of:=[.A1]\"><text:p>{text}</text:p></table:table-cell>"
        )
    };
    assert_eq!(unreadable(&shown("")).0, 0);
    assert_eq!(unreadable(&shown("Good")).0, 0);
}

#[test]
fn a_spreadsheet_is_recognized_whatever_its_first_part() {
    let sheets = tables(&[("History", &[TITLE, HEADERS, LEEDS])]);
    for first in [Some(zip::CompressionMethod::Deflated), None] {
        let loaded = from_reader(spreadsheet_with(&sheets, first).as_slice(), "official.ods").unwrap();
        assert_eq!(loaded.dataset.authorities[0].name, "Leeds", "{first:?}");
    }
}

#[test]
fn a_sheet_with_a_title_is_read_with_its_links() {
    let loaded =
        open(&[("Cover", &[&["Title"], &["Published on:"]]), ("History", &[TITLE, &["A note."], HEADERS, LEEDS])]);
    assert_eq!((&loaded.problems[..], &loaded.repairs[..], &loaded.remarks[..]), (&[][..], &[][..], &[][..]));
    let dataset = &loaded.dataset;
    assert_eq!(dataset.collector, None, "Ofsted's own");
    let source = &dataset.sources[0];
    assert_eq!((source.rank, source.id.as_str()), (Rank::Official, "official.ods"));
    assert!(source.title.starts_with("ILACS inspection history from 2018-2025"), "{}", source.title);
    let leeds = &dataset.authorities[0];
    assert_eq!((leeds.name.as_str(), leeds.codes.urn.as_deref()), ("Leeds", Some("80481")));
    let inspection = &leeds.assessments[0];
    assert_eq!(inspection.framework.id, "ilacs");
    let visit = inspection.visit.as_ref().unwrap();
    assert_eq!((visit.kind.as_deref(), visit.from.unwrap().iso().as_str()), (Some("standard"), "2018-10-29"));
    assert_eq!(inspection.date.unwrap().iso(), "2018-12-18");
    let signs: Vec<String> =
        inspection.judgements.iter().map(|judgement| inspection.framework.sign(judgement)).collect();
    assert_eq!(signs, ["G", "G", "R", "O", "–"]);
    let origin = inspection.origin.as_ref().unwrap();
    assert_eq!((origin.row, origin.link()), (4, Some("https://reports.ofsted.gov.uk/provider/44/383")));
    assert!(
        origin.location(1).ends_with("column The impact of leaders on social work practice with children and families")
    );
}

#[test]
fn the_same_saved_as_csv_reads_the_same() {
    let quoted = |row: &&[&str]| {
        row.iter().map(|text| format!("\"{}\"", text.trim_start_matches('='))).collect::<Vec<_>>().join(",")
    };
    let text = [TITLE, HEADERS, LEEDS].iter().map(quoted).collect::<Vec<_>>().join("\n");
    let csv = from_reader(text.as_bytes(), "official.ods").unwrap();
    let ods = open(&[("History", &[TITLE, HEADERS, LEEDS])]);
    assert_eq!(csv.dataset.authorities, ods.dataset.authorities);
}

#[test]
fn visits_without_judgements_are_counted_not_listed() {
    let loaded = open(&[("In-year", &[HEADERS, LEEDS, VISIT])]);
    assert_eq!(loaded.dataset.authorities[0].assessments.len(), 1);
    let [remark] = loaded.remarks.as_slice() else { panic!("{:?}", loaded.remarks) };
    assert!(remark.starts_with("official.ods: 1 visit without judgements not counted"), "{remark}");
}

#[test]
fn the_inspections_of_all_sheets_are_those_of_one_file() {
    let later: Vec<&str> = LEEDS.iter().map(|text| text.replace("2018", "2022").leak() as &str).collect();
    let short: &[&[&str]] = &[HEADERS, LEEDS];
    let long: &[&[&str]] = &[HEADERS, LEEDS, &later];
    let loaded = open(&[("Latest", short), ("History", long)]);
    let inspections = &loaded.dataset.authorities[0].assessments;
    assert_eq!(inspections.len(), 2);
    assert_eq!(loaded.remarks, ["folder/official.ods: inspections are read from \"Latest\" and \"History\""]);
    let places = inspections.iter().map(|a| a.origin.as_ref().unwrap().location(0));
    assert!(places.into_iter().all(|place| place.starts_with("sheet \"History\", row ")), "the later one is shown");
}

#[test]
fn a_wide_table_has_several_inspections_in_a_row() {
    let names = [
        "publication date",
        "inspection type",
        "overall effectiveness",
        "impact of leaders",
        "experiences and progress of children who need help and protection",
        "experiences and progress of children in care",
        "experiences and progress of care leavers",
    ];
    let mut headers = vec!["Web link".to_owned(), "Local authority name".to_owned(), "LA region".to_owned()];
    for ordinal in ["First", "Second"] {
        headers.extend(names.iter().map(|name| format!("{ordinal} ILACS {name}")));
    }
    let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
    let judged = ["Good", "Good", "Good", "Outstanding"];
    let standard = "ILACS Standard Inspection";
    let kent = [
        &["x", "Kent", "South East", "2019-04-01", standard][..],
        &judged,
        &["", "2023-09-04", standard],
        &judged,
        &["Good"],
    ]
    .concat();
    let york = [&["x", "York", "North"][..], &["2022-05-04", standard], &judged, &[""]].concat();
    let ended = [
        "Web link",
        "Local authority name",
        "LA region",
        "ILACS framework publication date",
        "ILACS framework inspection type",
        "ILACS framework overall effectiveness",
        "ILACS framework impact of leaders",
        "ILACS framework experiences and progress of children who need help and protection",
        "ILACS framework experiences and progress of children in care and care leavers",
    ];
    let cumbria = [&["x", "Cumbria", "North West", "2022-11-15", standard][..], &judged].concat();
    let loaded = open(&[("Wide", &[&headers, &kent, &york, &["Councils that ended"], &ended, &cumbria])]);
    let counts: Vec<(&str, usize)> =
        loaded.dataset.authorities.iter().map(|a| (a.name.as_str(), a.assessments.len())).collect();
    assert_eq!(counts, [("Kent", 2), ("York", 1), ("Cumbria", 1)]);
    assert_eq!(
        loaded.dataset.authorities[0].assessments[1].judgements[4].outcome,
        loaded.dataset.authorities[0].assessments[1].judgements[0].outcome
    );
    let framework = loaded.dataset.frameworks.iter().find(|framework| framework.id == "ilacs").cloned();
    assert!(!View::new(&loaded.dataset, framework, None).holds_only_latest());
    assert_eq!(loaded.dataset.authorities[2].until.unwrap().iso(), "2023-03-31");
    assert_eq!(loaded.remarks, ["official.ods: 1 line of text left out: \"Councils that ended\" (row 4)"]);
    assert_eq!(loaded.problems, []);
}

#[test]
fn an_authority_not_yet_inspected_has_no_assessment() {
    let mut row = LEEDS.to_vec();
    row[1..4].copy_from_slice(&["", "Cumberland", "North West"]);
    row[4] = "Not yet inspected";
    row[5..].fill("");
    let loaded = open(&[("Latest", &[HEADERS, LEEDS, &row])]);
    assert_eq!(loaded.dataset.authorities[1].name, "Cumberland");
    assert_eq!(loaded.dataset.authorities[1].assessments, []);
    assert_eq!(loaded.remarks, ["official.ods: 1 council not yet inspected: Cumberland"]);
}

#[test]
fn a_small_spreadsheet_that_expands_to_millions_of_cells_is_refused() {
    let cell = "<table:table-cell office:value-type=\"string\" table:number-columns-repeated=\"16384\"><text:p>x</text:p></table:table-cell>";
    let bomb = format!(
        "<table:table table:name=\"one\"><table:table-row table:number-rows-repeated=\"1048576\">{cell}</table:table-row></table:table>"
    );
    let refused = from_reader(spreadsheet(&bomb).as_slice(), "bomb").unwrap_err().to_string();
    assert!(refused.contains("sheets of more than 4000000 cells"), "{refused}");
    let distant = "<table:table table:name=\"one\"><table:table-row><table:table-cell table:number-columns-repeated=\"16383\"/>\
        <table:table-cell office:value-type=\"string\"><text:p>x</text:p></table:table-cell></table:table-row>\
        <table:table-row table:number-rows-repeated=\"1000000\"/><table:table-row><table:table-cell office:value-type=\"string\">\
        <text:p>x</text:p></table:table-cell></table:table-row></table:table>";
    let refused = from_reader(spreadsheet(distant).as_slice(), "bomb").unwrap_err().to_string();
    assert!(refused.contains("sheets of more than 4000000 cells"), "{refused}");
    assert!(from_reader(&ods(&[("x", &[HEADERS])])[..200], "short").is_err());
}

#[test]
fn a_spreadsheet_cut_off_within_a_sheet_is_refused() {
    for tables in ["<table:table table:name=\"one\"><table:table-row>", "<table:table table:name=\"one\">"] {
        let refused = from_reader(spreadsheet(tables).as_slice(), "cut").unwrap_err().to_string();
        assert!(refused.contains("an incomplete or damaged spreadsheet"), "{refused}");
    }
}

#[test]
fn only_the_column_of_links_takes_the_address_of_a_link() {
    let mut row = LEEDS.to_vec();
    row[7] = "=https://example.org/";
    let loaded = open(&[("History", &[HEADERS, &row])]);
    assert_eq!(loaded.dataset.authorities[0].assessments[0].judgements[0].raw.as_deref(), Some("x"));
}

// The public files.

fn public(name: &str) -> Loaded {
    let path = format!("{}/../shared/data/official/{name}", env!("CARGO_MANIFEST_DIR"));
    from_reader(std::fs::File::open(path).unwrap(), name).unwrap()
}

#[test]
#[ignore = "needs the public files, which are not part of the repository"]
fn the_official_history_of_2025_is_read_cell_by_cell() {
    use calamine::{Data, Reader as _};
    const NAME: &str = "LA_Inspection_Outcomes_as_at_31_March_2025.ods";
    let loaded = public(NAME);
    assert_eq!((&loaded.problems[..], &loaded.repairs[..]), (&[][..], &[][..]));
    let path = format!("{}/../shared/data/official/{NAME}", env!("CARGO_MANIFEST_DIR"));
    let mut book: calamine::Ods<_> = calamine::open_workbook(path).unwrap();
    let sheet = book.worksheet_range("ILACS_inspection_history").unwrap();
    let mut compared = 0;
    for authority in &loaded.dataset.authorities {
        for inspection in &authority.assessments {
            let row = inspection.origin.as_ref().unwrap().row as usize - 1;
            for (column, judgement) in (8..).zip(inspection.judgements.iter()) {
                let text = match sheet.get((row, column)) {
                    Some(Data::String(text)) => text.as_str(),
                    _ => "",
                };
                match judgement.outcome {
                    Outcome::Grade(grade) => assert_eq!(inspection.framework.scale.step(grade).unwrap().word, text),
                    Outcome::Absent(absence) => assert_eq!((absence, text), (Absence::BeforeCategory, "")),
                }
                compared += 1;
            }
        }
    }
    assert_eq!((loaded.dataset.authorities.len(), compared), (156, 271 * 5));
}

#[test]
#[ignore = "needs the public files, which are not part of the repository"]
fn the_official_wide_history_of_2024_is_read() {
    let loaded = public("LA_Inspection_Outcomes_as_at_March_2024.ods");
    let count: usize = loaded.dataset.authorities.iter().map(|a| a.assessments.len()).sum();
    assert_eq!((loaded.dataset.authorities.len(), count, &loaded.problems[..]), (156, 219, &[][..]));
}

#[test]
fn a_sheet_that_is_nearly_a_table_of_inspections_is_named_with_what_it_lacks() {
    let is_kept = |header: &&&str| !header.contains("help and protection");
    let fewer: Vec<&str> = HEADERS.iter().filter(is_kept).copied().collect();
    assert_eq!(fewer.len(), HEADERS.len() - 1);
    let loaded = open(&[("History", &[HEADERS, LEEDS]), ("Nearly", &[&fewer]), ("Other", &[&["Region", "Count"]])]);
    assert_eq!(
        loaded.remarks,
        ["folder/official.ods: sheet \"Nearly\" is not read: expected also help_and_protection_grade: an \
             ILACS file has them"]
    );
}

/// Spreadsheet programs write the empty rest of a sheet as one cell that is repeated; only cells with contents take memory.
#[test]
fn empty_cells_that_are_repeated_take_no_room() {
    let with = |cell: &str| {
        let row = format!("<table:table-row table:number-rows-repeated=\"1000000\">{cell}</table:table-row>");
        let sheets =
            tables(&[("History", &[TITLE, HEADERS, LEEDS])]).replace("</table:table>", &(row + "</table:table>"));
        from_reader(spreadsheet(&sheets).as_slice(), "official.ods")
    };
    let empty = with("<table:table-cell table:number-columns-repeated=\"16384\"/>").unwrap();
    assert_eq!(empty.dataset.authorities[0].name, "Leeds");
    // Without a type, the text alone is the contents.
    let full = with("<table:table-cell table:number-columns-repeated=\"16384\"><text:p>x</text:p></table:table-cell>");
    assert!(full.unwrap_err().to_string().contains("sheets of more than 4000000 cells"));
}

#[test]
fn the_sheet_for_people_of_our_own_workbook_is_not_read_again() {
    let other: Vec<&str> = LEEDS.iter().map(|text| if *text == "Outstanding" { "Good" } else { *text }).collect();
    let loaded =
        open(&[("Councils", &[HEADERS, &other]), ("Data", &[HEADERS, LEEDS]), ("Sources", &[]), ("Notes", &[])]);
    assert_eq!(loaded.repairs, [], "nothing contradicts");
    assert_eq!(loaded.dataset.authorities[0].assessments.len(), 1);
    let judgements = &loaded.dataset.authorities[0].assessments[0].judgements;
    assert!(judgements.iter().any(|one| one.grade() == Some(Grade(4))), "of the sheet for programs");
    // A sheet of that name beside others is one as any other.
    let loaded = open(&[("Councils", &[HEADERS, &other]), ("Notes", &[])]);
    assert_eq!(loaded.dataset.authorities.len(), 1);
}

#[test]
fn a_spreadsheet_with_a_password_is_told_apart_from_a_damaged_one() {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let plain = zip::write::SimpleFileOptions::default();
    archive.start_file("mimetype", plain).unwrap();
    archive.write_all(b"application/vnd.oasis.opendocument.spreadsheet").unwrap();
    archive.start_file("content.xml", plain).unwrap();
    archive.write_all(b"\x93\x12\x00 what nobody can read").unwrap();
    archive.start_file("META-INF/manifest.xml", plain).unwrap();
    archive.write_all(b"<manifest><file-entry><manifest:encryption-data/></file-entry></manifest>").unwrap();
    let bytes = archive.finish().unwrap().into_inner();
    let refused = from_reader(bytes.as_slice(), "locked.ods").unwrap_err().to_string();
    assert!(refused.contains("with a password") && !refused.contains("damaged"), "{refused}");
}

#[test]
fn a_workbook_of_thousands_of_sheets_is_refused() {
    let names: Vec<String> = (0..1_001).map(|number| format!("S{number}")).collect();
    let sheets: Vec<(&str, &[&[&str]])> = names.iter().map(|name| (name.as_str(), &[][..])).collect();
    let refused = from_reader(ods(&sheets).as_slice(), "sheets.ods").unwrap_err().to_string();
    assert!(refused.contains("1001 sheets"), "{refused}");
}
