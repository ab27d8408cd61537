//! Files as people have them: the kinds of tables and of mistakes that analysts' files show, each small and made by hand.

use encoding_rs::WINDOWS_1252;
use rust_xlsxwriter::{Format, Workbook};
use scrutineer::dataset::{Absence, Authority, Dataset, Outcome};
use scrutineer::load::{Loaded, Part, from_reader, join, record};
use scrutineer::query::{Listing, ListingOptions};
use scrutineer::statistics::national_summary;

/// The headers of a plain table, separated by commas.
const HEADERS: &str = "Local authority,Inspection date,Publication date,Overall effectiveness,Impact of leaders,\
    Help and protection grade,In care grade,Care leavers grade";

/// A row of such a table for each name, all with the same days and grades.
fn rows(names: &[&str]) -> String {
    names.iter().map(|name| format!("{name},13/05/2024,01/07/2024,Good,Good,Good,Good,Good\n")).collect()
}

fn table(rows: &str) -> String {
    format!("{HEADERS}\n{rows}")
}

fn open(bytes: &[u8]) -> Loaded {
    from_reader(bytes, "file.csv").unwrap()
}

fn read(rows: &str) -> Loaded {
    open(table(rows).as_bytes())
}

fn refusal(bytes: &[u8]) -> String {
    from_reader(bytes, "file").unwrap_err().to_string()
}

/// Returns name, day of publication, and the first two outcomes of each inspection: a grade, or the name of an absence.
fn told(dataset: &Dataset) -> Vec<String> {
    let outcome = |outcome: Outcome| match outcome {
        Outcome::Grade(grade) => grade.0.to_string(),
        Outcome::Absent(absence) => absence.name().to_owned(),
    };
    let of = |authority: &Authority| -> Vec<String> {
        let line = |a: &scrutineer::dataset::Assessment| {
            let day = a.date.map(|date| date.iso()).unwrap_or_default();
            format!(
                "{} {day} {} {}",
                authority.name,
                outcome(a.judgements[0].outcome),
                outcome(a.judgements[1].outcome)
            )
        };
        authority.assessments.iter().map(line).collect()
    };
    dataset.authorities.iter().flat_map(of).collect()
}

fn names(dataset: &Dataset) -> Vec<&str> {
    dataset.authorities.iter().map(|authority| authority.name.as_str()).collect()
}

/// Returns a remark that contains some words.
fn remark<'l>(loaded: &'l Loaded, words: &str) -> &'l str {
    let found = loaded.remarks.iter().chain(&loaded.layout).find(|remark| remark.contains(words));
    found.unwrap_or_else(|| panic!("{words}: {:?} {:?}", loaded.remarks, loaded.layout))
}

/// What every way of writing the same three rows must give.
fn base() -> (String, Vec<String>) {
    let rows = "Barnet,13/05/2024,01/07/2024,Good,Outstanding,Good,Good,Requires improvement\n\
        St. Helens,17/06/2024,05/08/2024,Requires improvement,Good,Good,Requires improvement,Good\n\
        York,07/03/2022,04/05/2022,Inadequate,Inadequate,Good,Good,\n";
    let wanted = ["Barnet 2024-07-01 3 4", "St Helens 2024-08-05 2 3", "York 2022-05-04 1 1"];
    (table(rows), wanted.map(String::from).into())
}

#[test]
fn the_separator_and_the_encoding_are_found_and_said() {
    let (text, wanted) = base();
    let utf16 = |big: bool, mark: &str| -> Vec<u8> {
        let bytes = |unit: u16| if big { unit.to_be_bytes() } else { unit.to_le_bytes() };
        (mark.to_owned() + &text).encode_utf16().flat_map(bytes).collect()
    };
    let latin = text.replace("York,", "Yörk,");
    for (bytes, separator, encoding) in [
        (text.clone().into_bytes(), "commas", "UTF-8"),
        (("\u{feff}".to_owned() + &text).into_bytes(), "commas", "UTF-8"),
        (text.replace(',', ";").into_bytes(), "semicolons", "UTF-8"),
        (text.replace(',', "\t").into_bytes(), "tabs", "UTF-8"),
        (text.replace(',', "|").into_bytes(), "vertical bars", "UTF-8"),
        (("sep=;\r\n".to_owned() + &text.replace(',', ";")).into_bytes(), "semicolons", "UTF-8"),
        (utf16(false, "\u{feff}"), "commas", "UTF-16"),
        (utf16(true, "\u{feff}"), "commas", "UTF-16"),
        (utf16(false, ""), "commas", "UTF-16"),
        (utf16(true, ""), "commas", "UTF-16"),
        (text.replace('\n', "\r").into_bytes(), "commas", "UTF-8"),
        ((text.clone() + "\u{1a}").into_bytes(), "commas", "UTF-8"),
        (WINDOWS_1252.encode(&latin).0.into_owned(), "commas", "Windows-1252"),
    ] {
        let loaded = open(&bytes);
        let layout = remark(&loaded, "text with cells separated by");
        assert!(layout.contains(separator) && layout.ends_with(encoding), "{layout}");
        let found = told(&loaded.dataset);
        assert_eq!(found[..2], wanted[..2], "{layout}");
        assert_eq!((found.len(), loaded.left_out_count(), loaded.repair_count()), (3, 0, 0), "{layout}: {found:?}");
        assert!(!loaded.dataset.sources.iter().any(|source| source.title.contains("sep=")));
    }
}

#[test]
fn rows_keep_their_numbers_below_a_line_that_names_the_separator() {
    let text = format!("sep=,\n{}", table(&rows(&["York", "Leeds"])));
    let loaded = open(text.as_bytes());
    let row = |authority: &Authority| authority.assessments[0].origin.as_ref().unwrap().row;
    assert_eq!(loaded.dataset.authorities.iter().map(row).collect::<Vec<_>>(), [3, 4]);
}

#[test]
fn headers_have_line_breaks_markers_and_lines_above_them() {
    let (text, wanted) = base();
    let (headers, rest) = text.split_once('\n').unwrap();
    let broken = headers.replace("Inspection date", "\"Inspection\n date \"").replace("Overall ", "Overall\u{a0} ");
    let marked = headers.replace("Overall effectiveness", "Overall effectiveness [note 3]");
    let above: String = (0..12).map(|n| format!("Line {n} of the notes\n")).collect();
    for headers in [broken, marked, above + headers] {
        assert_eq!(told(&open(format!("{headers}\n{rest}").as_bytes()).dataset), wanted, "{headers}");
    }
    let two = "Local authority,Inspection,Publication,Overall,Impact of,Help and protection,In care,Care leavers\n\
        ,date,date,effectiveness,leaders,grade,grade,grade";
    assert_eq!(told(&open(format!("{two}\n{rest}").as_bytes()).dataset), wanted);
    let grouped = ",Inspection,Publication,Overall,Impact of,Help and protection,In care,Care leavers\n\
        Local authority,date,date,effectiveness,leaders,grade,grade,grade";
    assert_eq!(told(&open(format!("{grouped}\n{rest}").as_bytes()).dataset), wanted);
}

#[test]
fn headers_that_are_missing_are_named_with_the_nearest_ones() {
    let text = table("").replace("Overall effectiveness", "Overal efectivness");
    let words = refusal(text.as_bytes());
    assert!(words.contains("column 4, `Overal efectivness`, is nearest"), "{words}");
}

#[test]
fn markers_of_notes_are_left_out_and_said_once() {
    let rows = "Barnet,13/05/2024,01/07/2024 [r],Good [note 2],Good*,Good (1),Good¹,Good[note 4]\n\
        Leeds [note 1],13/05/2024,01/07/2024,Good,Good,Good,Good,Good\n";
    let loaded = read(rows);
    assert_eq!(told(&loaded.dataset), ["Barnet 2024-07-01 3 3", "Leeds 2024-07-01 3 3"]);
    assert!(remark(&loaded, "with markers of notes").contains("1 row "));
    assert!(remark(&loaded, "1 name with markers").contains("Leeds [note 1]"));
    assert_eq!(loaded.repair_count(), 0);
}

#[test]
fn spaces_of_any_kind_and_invisible_characters_mean_nothing() {
    let rows = "Hammersmith\u{a0}&\u{a0}Fulham\u{200b},\u{a0}17/06/2024,05/08/2024\u{200b},\u{200b}Good,Good\u{feff},Good\u{a0},\
        Requires improvement  to be good,Requires\u{2009}improvement\n";
    let loaded = read(rows);
    assert_eq!(told(&loaded.dataset), ["Hammersmith and Fulham 2024-08-05 3 3"]);
    assert_eq!(loaded.repair_count(), 0);
}

#[test]
fn signs_for_nothing_are_absences_with_their_reasons() {
    for (sign, absence) in [
        ("[c]", Absence::Withheld),
        ("c", Absence::Withheld),
        ("[x]", Absence::NotAvailable),
        (":", Absence::NotAvailable),
        ("..", Absence::NotAvailable),
        ("[z]", Absence::NotApplicable),
        ("not applicable", Absence::NotApplicable),
        ("[low]", Absence::Low),
        ("[u]", Absence::Unreliable),
        ("-", Absence::Blank),
        ("–", Absence::Blank),
        ("N/A", Absence::Blank),
        ("TBC", Absence::Blank),
        ("not inspected", Absence::NotInspected),
        ("not judged", Absence::NotJudged),
    ] {
        let loaded = read(&format!("Leeds,13/05/2024,01/07/2024,Good,{sign},Good,Good,Good\n"));
        assert_eq!(told(&loaded.dataset), [format!("Leeds 2024-07-01 3 {}", absence.name())], "{sign}");
        assert_eq!(loaded.repair_count(), 0, "{sign}");
    }
}

#[test]
fn numbers_are_days_only_in_columns_of_dates() {
    let loaded = read("Leeds,45425,45474.0,Good,45425,Good,Good,Good\n");
    assert_eq!(told(&loaded.dataset), ["Leeds 2024-07-01 3 unreadable"]);
    assert!(remark(&loaded, "numbers of a spreadsheet's days").contains("\"45425\" (row 2)"));
}

#[test]
fn a_column_that_shows_the_month_first_has_it_throughout() {
    let rows = "Barnet,03/04/2025,04/25/2025,Good,Good,Good,Good,Good\n\
        Camden,01/02/2025,03/05/2025,Good,Good,Good,Good,Good\n";
    let loaded = read(rows);
    assert_eq!(told(&loaded.dataset), ["Barnet 2025-04-25 3 3", "Camden 2025-03-05 3 3"]);
    let began = loaded.dataset.authorities[1].assessments[0].first_day().unwrap();
    assert_eq!(began.iso(), "2025-01-02", "a column that shows nothing follows");
    assert_eq!(loaded.remarks.iter().filter(|remark| remark.contains("month first")).count(), 1);
    // The other columns keep to the day where one of them shows that.
    let mixed = read(&rows.replace("03/04/2025", "25/03/2025"));
    let days: Vec<String> =
        mixed.dataset.authorities.iter().map(|a| a.assessments[0].first_day().unwrap().iso()).collect();
    assert_eq!(days, ["2025-03-25", "2025-02-01"]);
}

#[test]
fn a_column_that_shows_both_orders_is_not_read() {
    let rows = "Barnet,,25/04/2025,Good,Good,Good,Good,Good\nCamden,,04/26/2025,Good,Good,Good,Good,Good\n\
        York,,04/05/2025,Good,Good,Good,Good,Good\nLeeds,,4 May 2025,Good,Good,Good,Good,Good\n";
    let loaded = read(rows);
    let days = |name: &str| loaded.dataset.authorities.iter().find(|a| a.name == name).unwrap().assessments[0].date;
    assert_eq!(["Barnet", "Camden", "York"].map(days), [None; 3]);
    assert_eq!(days("Leeds").unwrap().iso(), "2025-05-04", "words are clear");
    assert!(remark(&loaded, "they show both orders").contains("Publication date (column 3)"));
}

#[test]
fn dates_that_cannot_be_are_reported() {
    for day in ["01/07/1899", "01/07/2099", "31/02/2024", "17 to 28 March 2025", "w/c 17/03/2025"] {
        let loaded = read(&format!("Leeds,,{day},Good,Good,Good,Good,Good\n"));
        assert_eq!((loaded.dataset.authorities[0].assessments[0].date, loaded.repair_count()), (None, 1), "{day}");
    }
    let loaded = read("Leeds,17 to 28 March 2025,9 May 2025,Good,Good,Good,Good,Good\n");
    let visit = loaded.dataset.authorities[0].assessments[0].visit.clone().unwrap();
    assert_eq!([visit.from, visit.until].map(|day| day.unwrap().iso()), ["2025-03-17", "2025-03-28"]);
    let loaded = read("Leeds,17/03/2025,16/03/2025,Good,Good,Good,Good,Good\nPoole,,01/07/2024,Good,Good,Good,Good,\n");
    assert!(remark(&loaded, "published before the first day").contains("Leeds"));
    assert!(remark(&loaded, "after it had ended").contains("Poole"));
}

#[test]
fn a_name_is_that_of_the_only_authority_it_fits() {
    for (name, wanted) in [
        ("London Borough of Hackney", "Hackney"),
        ("LB Hackney", "Hackney"),
        ("Hull City Council", "Kingston upon Hull"),
        ("Kingston-upon-Hull", "Kingston upon Hull"),
        ("St Helens MBC", "St Helens"),
        ("Medway Towns", "Medway"),
        ("City of Bradford Metropolitan District Council", "Bradford"),
        ("Telford and Wrekin (The)", "Telford and Wrekin"),
        ("Bournemouth Christchurch and Poole (BCP)", "Bournemouth, Christchurch and Poole"),
        ("\"Herefordshire, County of\"", "Herefordshire"),
        ("Co. Durham", "Durham"),
        ("N. Yorkshire", "North Yorkshire"),
        ("Bath & N E Somerset", "Bath and North East Somerset"),
        ("Torbay Council (Torbay Unitary Authority)", "Torbay"),
        ("RBKC", "Kensington and Chelsea"),
        ("Notts", "Nottinghamshire"),
        ("Council of the Isles of Scilly", "Isles of Scilly"),
        ("City of London Corporation", "City of London"),
        ("Dorset County Council", "Dorset (county)"),
    ] {
        let loaded = read(&rows(&[name]));
        let [authority] = loaded.dataset.authorities.as_slice() else { panic!("{name}") };
        assert_eq!((authority.name.as_str(), authority.is_unknown), (wanted, false), "{name}");
    }
}

#[test]
fn a_name_that_fits_none_is_shown_and_never_counted() {
    let loaded = read(&rows(&["Middlesborough", "Achieving for Children", "York"]));
    let words = remark(&loaded, "of no English authority");
    assert!(words.contains("2 names") && words.contains("nearest Middlesbrough"), "{words}");
    let listing = Listing::new(loaded.dataset, ListingOptions::default());
    assert_eq!(listing.authorities().map(|a| a.name.as_str()).collect::<Vec<_>>().len(), 3, "all are shown");
    let summary = national_summary(&listing);
    assert_eq!((summary.assessed, summary.categories[0].good.matching), (1, 1));
    assert_eq!(listing.counted().count(), 1);
}

#[test]
fn totals_and_lines_of_text_are_left_out_and_said() {
    let more = "London,,,Good,,,,\nEngland,,,60% good or better,,,,\nTotal,,,3,,,,\n\"North East, Yorkshire and the Humber\",,,4,,,,\n\
        Source: Ofsted,,,,,,,\nNotes,,,,,,,\n";
    let loaded = read(&(rows(&["York"]) + more));
    assert_eq!(names(&loaded.dataset), ["York"]);
    assert!(remark(&loaded, "totals left out").contains("4 totals"));
    assert!(remark(&loaded, "lines of text left out").contains("\"Source: Ofsted\" (row 7)"));
    assert_eq!(loaded.left_out_count(), 0);
}

#[test]
fn numbers_are_what_they_look_like() {
    let headers = "la_code,la_code_new,urn,publication_date,overall_effectiveness_grade,impact_of_leaders_grade,\
        help_and_protection_grade,in_care_grade,care_leavers_grade";
    for (codes, name) in [
        ("866.0,,", "Swindon"),
        (",,80568.0", "Swindon"),
        (",,\"80,568\"", "Swindon"),
        (",,'80568", "Swindon"),
        (", e08000013 ,", "St Helens"),
        (",E10000002,", "Buckinghamshire"),
    ] {
        let loaded = open(format!("{headers}\n{codes},01/07/24,good,good,good,good,good\n").as_bytes());
        assert_eq!(names(&loaded.dataset), [name], "{codes}");
    }
    let words = refusal(format!("{headers}\n,E99999999,,01/07/24,good,good,good,good,good\n").as_bytes());
    assert!(words.contains("E99999999"), "{words}");
}

#[test]
fn a_number_of_another_authority_never_wins_in_silence() {
    let headers = HEADERS.replace("Local authority", "Local authority,urn,la_code,la_code_new");
    let grades = "13/05/2024,01/07/2024,Good,Good,Good,Good,Good";
    for who in ["St Helens,80568,,", "St Helens,,866,", "St Helens,,,E06000030", ",80568,342,", ",80568,,E08000013"] {
        let loaded = open(format!("{headers}\n{who},{grades}\nYork,,,,{grades}\n").as_bytes());
        assert_eq!(names(&loaded.dataset), ["York"], "{who}");
        let problem = loaded.problems[0].to_string();
        assert!(problem.contains("Swindon") && problem.contains("St Helens"), "{problem}");
    }
}

#[test]
fn open_data_of_the_department_is_read() {
    let text = "time_period,geographic_level,country_name,region_name,old_la_code,new_la_code,la_name,inspection_date,\
        publication_date,overall_effectiveness,impact_of_leaders,help_and_protection,children_in_care,care_leavers\n\
        2024,National,England,,,,,,,z,z,z,z,z\n2024,Regional,England,London,,,,,,3,3,3,3,3\n\
        2024,Local authority,England,London,302,E09000003,Barnet,13/05/2024,01/07/2024,Good,Good,Good,Good,z\n";
    let loaded = open(text.as_bytes());
    assert_eq!(told(&loaded.dataset), ["Barnet 2024-07-01 3 3"]);
    assert!(remark(&loaded, "totals left out").contains("2 totals"));
}

#[test]
fn visits_carry_no_judgements() {
    let headers = HEADERS.replace("Local authority", "Local authority,Inspection type");
    let grades = "13/05/2024,01/07/2024,Good,Good,Good,Good,Good";
    let kinds = ["ILACS Focused Visit", "Monitoring visit", "ILACS Standard Inspection"];
    let rows: String =
        kinds.iter().zip(["Barnet", "York", "Leeds"]).map(|(kind, name)| format!("{name},{kind},{grades}\n")).collect();
    let loaded = open(format!("{headers}\n{rows}").as_bytes());
    assert_eq!(names(&loaded.dataset), ["Leeds"]);
    assert!(remark(&loaded, "visits without judgements").contains("2 visits"));
}

#[test]
fn what_is_no_table_is_named_with_what_to_do() {
    let archive = |names: &[&str]| {
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for name in names {
            archive.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    };
    let encrypted: Vec<u8> = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        .iter()
        .copied()
        .chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    for (bytes, words) in [
        (b"<!DOCTYPE html>\n<html><title>Page not found</title></html>".to_vec(), "a web page"),
        (b"\n <HTML><body>x</body></HTML>".to_vec(), "a web page"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:4d\nsize 1\n".to_vec(), "`git lfs pull`"),
        (b"\x1f\x8b\x08\0\0".to_vec(), "gzip"),
        (b"%PDF-1.7 and more".to_vec(), "a PDF document"),
        (archive(&["outcomes.csv"]), "an archive with outcomes.csv"),
        (archive(&["word/document.xml", "[Content_Types].xml"]), "a Word document"),
        (archive(&["xl/workbook.bin", "[Content_Types].xml"]), "XLSB"),
        (archive(&["Index/Document.iwa"]), "Numbers"),
        (encrypted, "a workbook with a password"),
        (br#"[{"local_authority": "barnet"}]"#.to_vec(), "a list of records in JSON"),
    ] {
        let refused = refusal(&bytes);
        assert!(refused.contains(words) && refused.lines().count() == 2, "{words}: {refused}");
    }
}

#[test]
fn dates_near_those_of_the_record_are_the_same_inspections() {
    let text = "Web link,Local authority name,LA region,ILACS framework inspection type,ILACS framework publication date,\
        ILACS framework overall effectiveness,ILACS framework impact of leaders,ILACS framework experiences and progress of \
        children who need help and protection,ILACS framework experiences and progress of children in care and care leavers\n\
        x,Barnet,London,ILACS Standard Inspection,30/06/2019,Good,Good,Good,Good\n\
        x,Central Bedfordshire,East of England,ILACS Standard Inspection,03/04/2022,Good,Good,Good,Good\n\
        x,Bedford,East of England,,,,,,\n";
    let count = |dataset: &Dataset| dataset.authorities.iter().map(|a| a.assessments.len()).sum::<usize>();
    let alone = record().unwrap();
    let file = open(text.as_bytes());
    assert_eq!(count(&file.dataset), 2);
    assert!(remark(&file, "not yet inspected").contains("Bedford"));
    let before = count(&alone.dataset);
    let joined = join(vec![Part::record(alone), Part::new(file, "file.csv")]).unwrap();
    assert_eq!(count(&joined.dataset), before, "none is added");
    let dates: Vec<&str> = joined.date_differences.iter().map(|one| one.what.split(',').next().unwrap()).collect();
    assert_eq!(dates, ["Barnet", "Central Bedfordshire"]);
}

/// Returns a workbook of sheets, each with a name and rows of texts; an address behind `=>` is a link of the cell.
fn workbook(sheets: &[(&str, &[&[&str]])], merged: Option<(u32, u16, u32)>) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet().set_name(*name).unwrap();
        for (row, cells) in (0..).zip(*rows) {
            for (column, text) in (0..).zip(*cells) {
                match text.split_once("=>") {
                    Some((text, link)) => _ = sheet.write_url_with_text(row, column, link, text).unwrap(),
                    None if text.is_empty() => {}
                    None => _ = sheet.write_string(row, column, *text).unwrap(),
                }
            }
        }
        if let Some((first, column, last)) = merged {
            let text = rows[first as usize][usize::from(column)];
            sheet.merge_range(first, column, last, column, text, &Format::new()).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn links_of_cells_and_merged_names_are_kept() {
    let headers: Vec<&str> = std::iter::once("Web link").chain(HEADERS.split(',')).collect();
    let york = [
        "report=>https://files.ofsted.gov.uk/v1/file/50000003",
        "York",
        "2022-03-07",
        "2022-05-04",
        "Good",
        "Good",
        "Good",
        "Good",
        "",
    ];
    let before = ["", "", "2018-03-07", "2018-05-04", "Inadequate", "Good", "Good", "Good", ""];
    let loaded = open(&workbook(&[("Outcomes", &[&headers, &york, &before])], Some((1, 1, 2))));
    assert_eq!(told(&loaded.dataset), ["York 2022-05-04 3 3", "York 2018-05-04 1 3"]);
    let link = loaded.dataset.authorities[0].assessments[0].report_link();
    assert_eq!(link, Some("https://files.ofsted.gov.uk/v1/file/50000003"));
}

#[test]
fn a_workbook_with_days_in_one_sheet_and_reports_in_another_has_each_inspection_once() {
    let days = [
        "Local authority",
        "Inspection date",
        "Overall effectiveness",
        "Impact of leaders",
        "Help and protection grade",
        "In care grade",
        "Care leavers grade",
    ];
    let reports = [
        "Local authority",
        "Publication date",
        "Overall effectiveness",
        "Impact of leaders",
        "Help and protection grade",
        "In care grade",
        "Care leavers grade",
    ];
    let loaded = open(&workbook(
        &[
            ("Contents", &[&["Tables of inspections"]]),
            (
                "Days",
                &[
                    &days,
                    &["York", "2022-03-07", "Good", "Good", "Good", "Good", ""],
                    &["Leeds", "2022-02-21", "Good", "Good", "Good", "Good", ""],
                ],
            ),
            (
                "Reports",
                &[
                    &["Published reports"],
                    &reports,
                    &["York", "2022-05-04", "Good", "Good", "Good", "Good", ""],
                    &["York", "2018-05-04", "Inadequate", "Good", "Good", "Good", ""],
                    &["Leeds", "2022-03-18", "Good", "Good", "Good", "Good", ""],
                ],
            ),
        ],
        None,
    ));
    assert_eq!(told(&loaded.dataset), ["York 2022-05-04 3 3", "York 2018-05-04 1 3", "Leeds 2022-03-18 3 3"]);
    let began: Vec<Option<String>> = loaded
        .dataset
        .authorities
        .iter()
        .flat_map(|a| &a.assessments)
        .map(|a| a.first_day().map(|day| day.iso()))
        .collect();
    assert_eq!(began, [Some("2022-03-07".to_owned()), None, Some("2022-02-21".to_owned())]);
    assert!(remark(&loaded, "inspections are read from").contains("\"Days\" and \"Reports\""));
    assert_eq!(loaded.repair_count(), 0, "{:?}", loaded.repairs);
}
