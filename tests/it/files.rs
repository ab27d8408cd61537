//! Files as people have them: the kinds of tables and of mistakes that analysts' files show, each small and made by hand.

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::sync::{Arc, LazyLock};

use encoding_rs::WINDOWS_1252;
use proptest::prelude::*;
use rust_xlsxwriter::{Format as CellFormat, Workbook};
use scrutineer::dataset::{Absence, Assessment, Authority, Dataset, Date, Outcome};
use scrutineer::load::{Loaded, Part, from_reader, join, record};
use scrutineer::query::{Listing, ListingOptions};
use scrutineer::report::{Format, List, export_csv, export_xlsx};
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

/// Returns name, day of publication, first day, and the outcomes of each inspection: grades, or the names of absences.
fn shown(dataset: &Dataset) -> Vec<String> {
    let outcome = |outcome: Outcome| match outcome {
        Outcome::Grade(grade) => grade.0.to_string(),
        Outcome::Absent(absence) => absence.name().to_owned(),
    };
    let day = |day: Option<Date>| day.map_or("-".to_owned(), |day| day.iso());
    let of = |authority: &Authority| -> Vec<String> {
        let line = |a: &Assessment| {
            let outcomes: Vec<String> = a.judgements.iter().map(|judgement| outcome(judgement.outcome)).collect();
            format!("{} {} {} {}", authority.name, day(a.date), day(a.first_day()), outcomes.join(" "))
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
    let wanted = [
        "Barnet 2024-07-01 2024-05-13 3 4 3 3 2",
        "St Helens 2024-08-05 2024-06-17 2 3 3 2 3",
        "York 2022-05-04 2022-03-07 1 1 3 3 before-category",
    ];
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
        let found = shown(&loaded.dataset);
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
        assert_eq!(shown(&open(format!("{headers}\n{rest}").as_bytes()).dataset), wanted, "{headers}");
    }
    let two = "Local authority,Inspection,Publication,Overall,Impact of,Help and protection,In care,Care leavers\n\
        ,date,date,effectiveness,leaders,grade,grade,grade";
    assert_eq!(shown(&open(format!("{two}\n{rest}").as_bytes()).dataset), wanted);
    let grouped = ",Inspection,Publication,Overall,Impact of,Help and protection,In care,Care leavers\n\
        Local authority,date,date,effectiveness,leaders,grade,grade,grade";
    assert_eq!(shown(&open(format!("{grouped}\n{rest}").as_bytes()).dataset), wanted);
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
    assert_eq!(
        shown(&loaded.dataset),
        ["Barnet 2024-07-01 2024-05-13 3 3 3 3 3", "Leeds 2024-07-01 2024-05-13 3 3 3 3 3"]
    );
    assert!(remark(&loaded, "with markers of notes").contains("1 row "));
    assert!(remark(&loaded, "1 name with markers").contains("Leeds [note 1]"));
    assert_eq!(loaded.repair_count(), 0);
}

#[test]
fn spaces_of_any_kind_and_invisible_characters_mean_nothing() {
    let rows = "Hammersmith\u{a0}&\u{a0}Fulham\u{200b},\u{a0}17/06/2024,05/08/2024\u{200b},\u{200b}Good,Good\u{feff},Good\u{a0},\
        Requires improvement  to be good,Requires\u{2009}improvement\n";
    let loaded = read(rows);
    assert_eq!(shown(&loaded.dataset), ["Hammersmith and Fulham 2024-08-05 2024-06-17 3 3 3 2 2"]);
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
        ("(z)", Absence::NotApplicable),
        ("[ x ]", Absence::NotAvailable),
        ("not applicable.", Absence::NotApplicable),
        ("−", Absence::Blank),
        ("--", Absence::Blank),
        ("<NA>", Absence::Blank),
        ("tba", Absence::Blank),
        ("Not graded", Absence::NotJudged),
    ] {
        let loaded = read(&format!("Leeds,13/05/2024,01/07/2024,Good,{sign},Good,Good,Good\n"));
        assert_eq!(
            shown(&loaded.dataset),
            [format!("Leeds 2024-07-01 2024-05-13 3 {} 3 3 3", absence.name())],
            "{sign}"
        );
        assert_eq!(loaded.repair_count(), 0, "{sign}");
    }
}

#[test]
fn numbers_are_days_only_in_columns_of_dates() {
    let loaded = read("Leeds,45425,45474.0,Good,45425,Good,Good,Good\n");
    assert_eq!(shown(&loaded.dataset), ["Leeds 2024-07-01 2024-05-13 3 unreadable 3 3 3"]);
    assert!(remark(&loaded, "numbers of a spreadsheet's days").contains("\"45425\" (row 2)"));
}

#[test]
fn numbers_in_a_workbook_that_counts_from_1904_are_its_days() {
    let headers: Vec<&str> = HEADERS.split(',').collect();
    let leeds = ["Leeds", "43963", "44012", "Good", "Good", "Good", "Good", "Good"];
    let book = workbook(&[("Outcomes", &[&headers, &leeds])], None);
    let of_1904 = with_part(&book, "xl/workbook.xml", |text| text.replace("<workbookPr", "<workbookPr date1904=\"1\""));
    assert_eq!(shown(&open(&of_1904).dataset), ["Leeds 2024-07-01 2024-05-13 3 3 3 3 3"]);
    assert_eq!(shown(&open(&book).dataset), ["Leeds 2020-06-30 2020-05-12 3 3 3 3 before-category"]);
}

/// Returns a workbook with a changed part.
fn with_part(book: &[u8], part: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    let mut old = zip::ZipArchive::new(std::io::Cursor::new(book)).unwrap();
    let mut new = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..old.len() {
        let mut file = old.by_index(at).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        new.start_file(file.name().unwrap().into_owned(), zip::write::SimpleFileOptions::default()).unwrap();
        let text = if file.name().unwrap() == part { change(&text) } else { text };
        new.write_all(text.as_bytes()).unwrap();
    }
    new.finish().unwrap().into_inner()
}

#[test]
fn dates_have_any_usual_separator() {
    for day in
        ["01-07-2024", "01.07.2024", "2024/07/01", "20240701", "1-Jul-24", "1st July 2024", "2024-07-01T00:00:00Z"]
    {
        let loaded = read(&format!("Leeds,13/05/2024,{day},Good,Good,Good,Good,Good\n"));
        assert_eq!(shown(&loaded.dataset), ["Leeds 2024-07-01 2024-05-13 3 3 3 3 3"], "{day}");
    }
    let iso: Vec<u8> = rows(&["Leeds"]).replace("13/05/2024", "13-05-2024").replace("01/07/2024", "01.07.2024").into();
    let again = format!("{}{}{HEADERS}\n{}", table(""), String::from_utf8(iso).unwrap(), rows(&["York"]));
    let loaded = open(again.as_bytes());
    let wanted = ["Leeds 2024-07-01 2024-05-13 3 3 3 3 3", "York 2024-07-01 2024-05-13 3 3 3 3 3"];
    assert_eq!(shown(&loaded.dataset), wanted, "headers that are repeated are no row");
    assert_eq!((loaded.left_out_count(), loaded.repair_count()), (0, 0));
}

#[test]
fn a_formula_with_a_link_is_what_it_shows() {
    let link = "https://files.ofsted.gov.uk/v1/file/50000003";
    let row = format!("\"=HYPERLINK(\"\"{link}\"\",\"\"York\"\")\",13/05/2024,01/07/2024,Good,Good,Good,Good,Good\n");
    let loaded = read(&row);
    assert_eq!(shown(&loaded.dataset), ["York 2024-07-01 2024-05-13 3 3 3 3 3"]);
    assert_eq!(loaded.dataset.authorities[0].assessments[0].report_link(), Some(link));
}

#[test]
fn a_table_without_dates_of_publication_is_said_to_have_none() {
    let loaded = open(table(&rows(&["York"])).replace("Publication date", "Some date").as_bytes());
    assert_eq!(shown(&loaded.dataset), ["York - 2024-05-13 3 3 3 3 3"]);
    assert!(remark(&loaded, "no inspection has a date of publication").starts_with("file.csv"));
}

#[test]
fn a_column_that_shows_the_month_first_has_it_throughout() {
    let rows = "Barnet,03/04/2025,04/25/2025,Good,Good,Good,Good,Good\n\
        Camden,01/02/2025,03/05/2025,Good,Good,Good,Good,Good\n";
    let loaded = read(rows);
    let wanted = ["Barnet 2025-04-25 2025-03-04 3 3 3 3 3", "Camden 2025-03-05 2025-01-02 3 3 3 3 3"];
    assert_eq!(shown(&loaded.dataset), wanted, "a column that shows nothing follows");
    assert_eq!(loaded.remarks.iter().filter(|remark| remark.contains("month first")).count(), 1);
    // The other columns keep to the day where one of them shows that.
    let mixed = read(&rows.replace("03/04/2025", "25/03/2025"));
    let days: Vec<String> =
        mixed.dataset.authorities.iter().map(|a| a.assessments[0].first_day().unwrap().iso()).collect();
    assert_eq!(days, ["2025-03-25", "2025-02-01"]);
    // Nor does one follow if inspections would then be published before they began.
    let began =
        "York,05/06/2024,07/25/2024,Good,Good,Good,Good,Good\nLeeds,10/02/2024,03/13/2024,Good,Good,Good,Good,Good\n";
    let loaded = read(began);
    let wanted = ["York 2024-07-25 2024-06-05 3 3 3 3 3", "Leeds 2024-03-13 2024-02-10 3 3 3 3 3"];
    assert_eq!(shown(&loaded.dataset), wanted);
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
        ("Torbay Council (Torbay Unitary Council)", "Torbay"),
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
fn words_in_brackets_may_name_something_else() {
    let named = ["Dorset (excluding Poole)", "Leeds (Bradford)", "York (816)", "Bury (816)", "Kirklees (Huddersfield)"];
    let loaded = read(&rows(&named));
    let known: Vec<&str> =
        loaded.dataset.authorities.iter().filter(|a| !a.is_unknown).map(|a| a.name.as_str()).collect();
    assert_eq!(known, ["York", "Kirklees"]);
    assert!(remark(&loaded, "of no English council").contains("3 names"));
    assert!(remark(&loaded, "without the words in brackets").contains("1 name read"));
}

#[test]
fn a_name_that_fits_none_is_shown_and_never_counted() {
    let loaded = read(&rows(&["Middlesborough", "Achieving for Children", "York"]));
    let words = remark(&loaded, "of no English council");
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
fn a_code_never_wins_over_another_name_and_a_total_is_no_council() {
    let headers = HEADERS.replace("Local authority", "la_code,Local authority");
    let grades = "13/05/2024,01/07/2024,Inadequate,Good,Good,Good,Good";
    let text = format!(
        "{headers}\n302,Northtown,{grades}\n302,England,{grades}\n302,Total,{grades}\n302,Barnett,{grades}\n999,Leeds,{grades}\n3.02E+02,Barnet,{grades}\n"
    );
    let loaded = open(text.as_bytes());
    assert_eq!(names(&loaded.dataset), ["Barnet", "Leeds"]);
    assert_eq!(loaded.left_out, ["row 2"]);
    assert!(
        loaded.problems[0].to_string().contains("302 is Barnet")
            && loaded.problems[0].to_string().contains("Northtown")
    );
    assert!(remark(&loaded, "totals left out").contains("2 totals"));
    assert!(remark(&loaded, "read by the code").contains("Barnett"));
    assert!(remark(&loaded, "that no council has, read by the name").contains("999"));
}

#[test]
fn a_name_with_characters_that_do_not_show_is_not_said_to_be_read_by_a_code() {
    let loaded = read("Bar\u{1b}net,2024-06-10,2024-07-23,Good,Good,Good,Good,Good");
    assert_eq!(names(&loaded.dataset), ["Barnet"]);
    assert!(loaded.remarks.iter().all(|remark| !remark.contains("read by the code")), "{:?}", loaded.remarks);
}

#[test]
fn a_row_of_an_unknown_council_without_grades_is_not_taken_for_headers() {
    let (text, _) = base();
    let with = |row: &str| format!("{text}{row}\nLeeds,03/05/2024,04/07/2024,Good,Good,Good,Good,Good\n");
    for row in [
        "Wokingam,not yet inspected,not yet inspected,not yet inspected,not yet inspected,n/a,n/a,n/a",
        "Wokingam,to follow,to follow,awaiting,awaiting,awaiting,awaiting,awaiting",
    ] {
        let loaded = open(with(row).as_bytes());
        assert!(names(&loaded.dataset).contains(&"Leeds"), "{row}: {:?}", loaded.left_out);
    }
}

#[test]
fn a_number_that_a_spreadsheet_has_shortened_is_no_other_council() {
    let headers = HEADERS.replace("Local authority", "urn");
    let grades = "13/05/2024,01/07/2024,Good,Good,Good,Good,Good";
    // 80461 is Devon; "8.05E+04" may be any of a hundred numbers, and 80500 is one of them.
    let loaded = open(format!("{headers}\n8.05E+04,{grades}\n8.0461E+04,{grades}\n").as_bytes());
    assert_eq!(names(&loaded.dataset), ["(8.05E+04)", "Devon"], "shown under what the row says, and never counted");
}

#[test]
fn dates_with_a_weekday_or_a_remark_say_which_order_their_column_has() {
    for written in ["Monday 03/17/2025", "03–17–2025", "03/17/2025 (revised)", "Thursday 04/03/2025"] {
        let text = format!(
            "{HEADERS}\nLeeds,{written},05/20/2025,Good,Good,Good,Good,Good\nDevon,03/04/2025,05/05/2025,Good,Good,Good,Good,Good\n"
        );
        let loaded = open(text.as_bytes());
        let lines = shown(&loaded.dataset);
        assert!(lines.iter().any(|line| line.starts_with("Devon 2025-05-05 2025-03-04")), "{written}: {lines:?}");
    }
}

#[test]
fn rows_under_other_headers_are_not_read_under_the_first() {
    let (text, wanted) = base();
    for other in [
        "LA,Inspected,Published,Care leavers,Children in care,Help and protection,Leaders,Overall",
        "Name,Began,Printed,Leavers' grade,Care grade,Help grade,Leaders' grade,Overall grade",
    ] {
        let again = format!("{text}{other}\nLeeds,03/05/2024,04/07/2024,Outstanding,Good,Good,Good,Inadequate\n");
        let loaded = open(again.as_bytes());
        let leeds: Vec<String> = shown(&loaded.dataset).into_iter().filter(|line| line.starts_with("Leeds")).collect();
        assert!(leeds.is_empty() || leeds == ["Leeds 2024-07-04 2024-05-03 1 3 3 3 4"], "{leeds:?}");
        assert!(!leeds.is_empty() || loaded.left_out_count() == 2, "{:?}", loaded.left_out);
        assert_eq!(shown(&loaded.dataset)[..3], wanted, "the first table stays");
        assert_eq!(loaded.dataset.frameworks.len(), 1);
    }
}

#[test]
fn inspections_side_by_side_are_told_apart_by_the_row_above() {
    let judgements =
        "Publication date,Overall effectiveness,Impact of leaders,Help and protection,Children in care,Care leavers";
    let headers = format!("Local authority,{judgements},{judgements}");
    let row = "Leeds,18/12/2018,Good,Good,Good,Good,,04/03/2022,Outstanding,Outstanding,Good,Outstanding,";
    let above = "Name,Previous inspection,,,,,,Latest inspection,,,,,";
    let loaded = open(format!("{above}\n{headers}\n{row}\n").as_bytes());
    let found: Vec<String> = shown(&loaded.dataset).iter().map(|line| line[..29].to_owned()).collect();
    assert_eq!(found, ["Leeds 2018-12-18 - 3 3 3 3 be", "Leeds 2022-03-04 - 4 4 3 4 be"]);
    let words = refusal(format!("{headers}\n{row}\n").as_bytes());
    assert!(words.contains("twice") && words.contains("Publication date (column 2)"), "{words}");
}

#[test]
fn headers_of_analysts_are_read_and_others_like_them_named() {
    let row = "Leeds,13/05/2024,01/07/2024,Good,Outstanding,Good,Inadequate,Requires improvement";
    for headers in [
        "Local.authority.name,Inspection.date,Publication.date,Overall.effectiveness,Impact.of.leaders,Help.and.protection,Children.in.care,Care.leavers",
        "Council,Date inspected,Published,Overall,Leadership,Help & protection,In care,Leaving care",
        "LA,Inspected,Report published,Overall effectiveness judgement,Leaders,Children who need help and protection,Children looked after,Care leavers rating",
        "UTLA23NM,Start date,Date published:,OverallEffectiveness,Leaders,Help and protection,CiC,CL",
    ] {
        let loaded = open(format!("{headers}\n{row}\n").as_bytes());
        assert_eq!(shown(&loaded.dataset), ["Leeds 2024-07-01 2024-05-13 3 4 3 1 2"], "{headers}");
    }
    let text = table(&rows(&["York"])).replace("Care leavers grade", "Grade of those leaving");
    assert!(remark(&open(text.as_bytes()), "the header is not known").contains("Grade of those leaving (column 8)"));
    let beside = format!("{HEADERS},Published\nLeeds,13/05/2024,01/07/2024,Good,Good,Good,Good,Good,Yes\n");
    assert_eq!(shown(&open(beside.as_bytes()).dataset), ["Leeds 2024-07-01 2024-05-13 3 3 3 3 3"]);
}

#[test]
fn open_data_of_the_department_is_read() {
    let text = "time_period,geographic_level,country_name,region_name,old_la_code,new_la_code,la_name,inspection_date,\
        publication_date,overall_effectiveness,impact_of_leaders,help_and_protection,children_in_care,care_leavers\n\
        2024,National,England,,,,,,,z,z,z,z,z\n2024,Regional,England,London,,,,,,3,3,3,3,3\n\
        2024,Local authority,England,London,302,E09000003,Barnet,13/05/2024,01/07/2024,Good,Good,Good,Good,z\n";
    let loaded = open(text.as_bytes());
    assert_eq!(shown(&loaded.dataset), ["Barnet 2024-07-01 2024-05-13 3 3 3 3 not-applicable"]);
    assert!(remark(&loaded, "totals left out").contains("2 totals"));
}

#[test]
fn visits_carry_no_judgements() {
    let headers = HEADERS.replace("Local authority", "Local authority,Inspection type");
    let grades = "13/05/2024,01/07/2024,Good,Good,Good,Good,Good";
    for header in ["Type of inspection", "Event type", "Visit type", "Type", "Inspection category"] {
        let headers = headers.replace("Inspection type", header);
        let loaded =
            open(format!("{headers}\nBarnet,Focused,{grades}\nLeeds,Standard inspection,{grades}\n").as_bytes());
        assert_eq!(names(&loaded.dataset), ["Leeds"], "{header}");
    }
    let loaded = open(format!("{headers}\nLeeds,Deep dive,{grades}\n").as_bytes());
    assert!(remark(&loaded, "a kind that is not known").contains("Deep dive"));
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
        (br#"{"data": [{"local_authority": "barnet"}]}"#.to_vec(), "records in JSON"),
        (b"{\"la\": \"barnet\"}\n{\"la\": \"york\"}\n".to_vec(), "records in JSON"),
        (b"<html><body><table><tr><td>Leeds</td></tr></table></body></html>".to_vec(), "open it in a spreadsheet"),
        (
            workbook(&[("Focused visits", &[&HEADERS.split(',').collect::<Vec<_>>()[..]])], None),
            "a name of other inspections",
        ),
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

#[test]
fn a_date_that_a_better_source_contradicts_is_not_that_of_the_newest_report() {
    let alone = record().unwrap();
    let newest = alone.dataset.date;
    let newham = named_in(&alone.dataset, "Newham");
    let began = newham.assessments.iter().filter_map(Assessment::first_day).max().unwrap();
    let row = format!("Newham,{began},1 October 2026,Outstanding,Outstanding,Outstanding,Outstanding,\n");
    let joined = join(vec![Part::record(alone), Part::new(read(&row), "file.csv")]).unwrap();
    assert_eq!(joined.dataset.date, newest);
    assert!(joined.date_differences.iter().any(|one| one.what.starts_with("Newham")), "{:?}", joined.date_differences);
}

fn named_in<'d>(dataset: &'d Dataset, name: &str) -> &'d Authority {
    dataset.authorities.iter().find(|authority| authority.name == name).unwrap()
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
            sheet.merge_range(first, column, last, column, text, &CellFormat::new()).unwrap();
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
    assert_eq!(
        shown(&loaded.dataset),
        ["York 2022-05-04 2022-03-07 3 3 3 3 before-category", "York 2018-05-04 2018-03-07 1 3 3 3 before-category"]
    );
    let link = loaded.dataset.authorities[0].assessments[0].report_link();
    assert_eq!(link, Some("https://files.ofsted.gov.uk/v1/file/50000003"));
    let remark = loaded.remarks.iter().find(|remark| remark.contains("merged with")).unwrap();
    assert!(remark.contains("1 cell ") && remark.contains("row 3 of sheet \"Outcomes\""), "{remark}");
}

#[test]
fn a_workbook_of_many_sheets_is_told_in_a_few_sentences() {
    let headers: Vec<&str> = HEADERS.split(',').collect();
    let other: &[&[&str]] = &[&["Local authority", "Inspection date"], &["Leeds", "2024-05-13"]];
    let names: Vec<String> = (0..300).map(|number| format!("Plan {number}")).collect();
    let mut sheets: Vec<(&str, &[&[&str]])> = names.iter().map(|name| (name.as_str(), other)).collect();
    let refused = from_reader(workbook(&sheets, None).as_slice(), "book").unwrap_err();
    assert!(refused.problems.len() < 20 && refused.to_string().contains("290 more sheets"), "{refused}");
    let york = ["York", "2022-03-07", "2022-05-04", "Good", "Good", "Good", "Good", ""];
    let rows: &[&[&str]] = &[&headers, &york];
    sheets.push(("Outcomes", rows));
    let loaded = from_reader(workbook(&sheets, None).as_slice(), "book").unwrap();
    assert!(loaded.remarks.len() < 20, "{}", loaded.remarks.len());
    assert!(loaded.remarks.iter().any(|remark| remark.contains("291 more")), "{:?}", loaded.remarks);
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
    let wanted = [
        "York 2022-05-04 2022-03-07 3 3 3 3 before-category",
        "York 2018-05-04 - 1 3 3 3 before-category",
        "Leeds 2022-03-18 2022-02-21 3 3 3 3 before-category",
    ];
    assert_eq!(shown(&loaded.dataset), wanted);
    assert!(remark(&loaded, "inspections are read from").contains("\"Days\" and \"Reports\""));
    assert_eq!(loaded.repair_count(), 0, "{:?}", loaded.repairs);
}

/// An inspection as a table has it: name, day of publication, first day, and the grade of each category.
type Inspection = (String, Option<String>, Option<String>, Vec<Option<u8>>);

fn inspections(dataset: &Dataset) -> Vec<Inspection> {
    let of = |authority: &Authority| -> Vec<Inspection> {
        let one = |a: &Assessment| {
            let grades = a.judgements.iter().map(|judgement| judgement.grade().map(|grade| grade.0)).collect();
            (authority.name.clone(), a.date.map(|day| day.iso()), a.first_day().map(|day| day.iso()), grades)
        };
        authority.assessments.iter().map(one).collect()
    };
    let mut all: Vec<Inspection> = dataset.authorities.iter().flat_map(of).collect();
    all.sort();
    all
}

/// Returns some of the authorities of the record, with their inspections under ILACS alone.
fn some_of_record(chosen: &[prop::sample::Index]) -> Dataset {
    static RECORD: LazyLock<Arc<Dataset>> = LazyLock::new(|| record().unwrap().dataset);
    let mut dataset = RECORD.as_ref().clone();
    for authority in &mut dataset.authorities {
        authority.assessments.retain(|a| a.framework.id == "ilacs");
        authority.assessments.iter_mut().for_each(|a| a.quotes.clear());
    }
    dataset.authorities.retain(|authority| !authority.assessments.is_empty());
    let kept: BTreeSet<usize> = chosen.iter().map(|index| index.index(dataset.authorities.len())).collect();
    let mut position = 0..;
    dataset.authorities.retain(|_| kept.contains(&position.next().unwrap()));
    dataset
}

/// The layouts in which tables of inspections are published.
#[derive(Debug, Clone, Copy)]
enum Published {
    /// The collected history: numbers and names, a row for each inspection.
    History,
    /// The collected overview: the latest inspection of each authority, with the numbers of the Department for Education.
    Overview,
    /// Ofsted's statistics, a row for each inspection.
    Long,
    /// Ofsted's statistics, a row for each authority.
    Wide,
}

/// How a table is written.
#[derive(Debug, Clone)]
struct Dialect {
    published: Published,
    separator: char,
    encoding: usize,
    date: usize,
    is_marked: bool,
    has_kind: bool,
    has_decimals: bool,
    nothing: &'static str,
    is_reversed: bool,
    has_lines: bool,
    is_workbook: bool,
}

fn dialects() -> impl Strategy<Value = Dialect> {
    let published =
        prop::sample::select(vec![Published::History, Published::Overview, Published::Long, Published::Wide]);
    let separator = prop::sample::select(vec![',', ';', '\t', '|']);
    let nothing = prop::sample::select(vec!["", "-", "[z]", "N/A", ".."]);
    let signs = (any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>());
    (published, separator, 0..3usize, 0..6usize, nothing, signs).prop_map(
        |(published, separator, encoding, date, nothing, signs)| {
            let (is_marked, has_kind, has_decimals, is_reversed, has_lines, is_workbook) = signs;
            Dialect {
                published,
                separator,
                encoding,
                date,
                is_marked,
                has_kind,
                has_decimals,
                nothing,
                is_reversed,
                has_lines,
                is_workbook,
            }
        },
    )
}

impl Dialect {
    fn day(&self, day: Option<Date>, shows_month_first: bool) -> String {
        let Some(day) = day else { return String::new() };
        let iso = day.iso();
        let [year, month, of_month] = [&iso[..4], &iso[5..7], &iso[8..]];
        match self.date {
            0 => format!("{of_month}/{month}/{year}"),
            1 => format!("{of_month}/{month}/{}", &year[2..]),
            2 => day.to_string(),
            3 => format!("{iso} 00:00:00"),
            4 => ("1899-12-30".parse::<Date>().unwrap().days_until(day).unwrap()).to_string(),
            _ if shows_month_first => format!("{month}/{of_month}/{year}"),
            _ => iso,
        }
    }

    fn name(&self, authority: &Authority) -> String {
        let kind = if self.has_kind && !authority.name.contains('(') { " Council" } else { "" };
        let marker = if self.is_marked { " [note 1]" } else { "" };
        format!("{}{kind}{marker}", authority.name)
    }

    fn number(&self, number: &str) -> String {
        if self.has_decimals && !number.is_empty() { format!("{number}.0") } else { number.to_owned() }
    }

    /// Returns the grades of an inspection in words; one that is missing because of the day is blank.
    fn grades(&self, assessment: &Assessment) -> Vec<String> {
        let word = |judgement: &scrutineer::dataset::Judgement| {
            let step = judgement.grade().and_then(|grade| assessment.framework.scale.step(grade));
            let marker = if self.is_marked { "*" } else { "" };
            step.map_or(self.nothing.to_owned(), |step| format!("{}{marker}", step.word))
        };
        assessment.judgements.iter().map(word).collect()
    }

    /// Returns the headers and the rows of a table.
    fn table(&self, dataset: &Dataset) -> Vec<Vec<String>> {
        let mut dataset = dataset.clone();
        for authority in dataset.authorities.iter_mut().filter(|_| matches!(self.published, Published::Overview)) {
            let latest = authority.assessments.iter().filter_map(|a| a.date).max();
            authority.assessments.retain(|a| a.date == latest);
        }
        let all = || dataset.authorities.iter().flat_map(|a| a.assessments.iter().map(move |one| (a, one)));
        let shows = |day: fn(&Assessment) -> Option<Date>| {
            all().filter_map(|(_, a)| day(a)).any(|day| day.iso()[8..].parse::<u8>().unwrap() > 12)
        };
        let (published, began) = (shows(|a| a.date), shows(Assessment::first_day));
        let days = |a: &Assessment| [self.day(a.date, published), self.day(a.first_day(), began && published)];
        let official = [
            "Overall effectiveness",
            "The impact of leaders on social work practice with children and families",
            "The experiences and progress of children who need help and protection",
            "The experiences and progress of children in care",
            "The experiences and progress of care leavers",
        ];
        let collected = [
            "overall_effectiveness_grade",
            "impact_of_leaders_grade",
            "help_and_protection_grade",
            "in_care_grade",
            "care_leavers_grade",
        ];
        let code = |code: &Option<String>| self.number(code.as_deref().unwrap_or_default());
        let line = |start: Vec<String>, a: &Assessment| [start, days(a).to_vec(), self.grades(a)].concat();
        let headers = |start: &[&str], end: &[&str]| -> Vec<String> {
            start.iter().chain(end).map(|text| (*text).to_owned()).collect()
        };
        match self.published {
            Published::History => {
                let rows = all().map(|(authority, a)| line(vec![code(&authority.codes.urn), self.name(authority)], a));
                std::iter::once(headers(
                    &["urn", "local_authority", "publication_date", "inspection_start_date"],
                    &collected,
                ))
                .chain(rows)
                .collect()
            }
            Published::Overview => {
                let rows = all().map(|(authority, a)| line(vec![code(&authority.codes.la), self.name(authority)], a));
                std::iter::once(headers(
                    &["la_code", "local_authority", "publication_date", "inspection_start_date"],
                    &collected,
                ))
                .chain(rows)
                .collect()
            }
            Published::Long => {
                let rows = all().map(|(authority, a)| line(vec!["Ofsted Webpage".to_owned(), self.name(authority)], a));
                std::iter::once(headers(
                    &["Web link", "Local authority name", "Publication date", "Inspection date"],
                    &official,
                ))
                .chain(rows)
                .collect()
            }
            Published::Wide => {
                let most = dataset.authorities.iter().map(|authority| authority.assessments.len()).max().unwrap();
                let ordinals = ["First", "Second", "Third", "Fourth", "Fifth", "Sixth"];
                let mut first = headers(&["Web link", "Local authority name"], &[]);
                for ordinal in &ordinals[..most] {
                    let of_one = ["publication date", "inspection date"].into_iter().chain(official);
                    first.extend(of_one.map(|header| format!("{ordinal} ILACS {header}")));
                }
                let row = |authority: &Authority| {
                    let mut cells = vec!["Ofsted Webpage".to_owned(), self.name(authority)];
                    for a in &authority.assessments {
                        cells.extend(line(Vec::new(), a));
                    }
                    cells.resize(first.len(), String::new());
                    cells
                };
                std::iter::once(first.clone()).chain(dataset.authorities.iter().map(row)).collect()
            }
        }
    }

    fn write(&self, dataset: &Dataset) -> Vec<u8> {
        let mut rows = self.table(dataset);
        if self.is_reversed {
            rows[1..].reverse();
            rows.iter_mut().for_each(|row| row.reverse());
        }
        let width = rows[0].len();
        let text = |words: &str| {
            std::iter::once(words.to_owned()).chain(std::iter::repeat_n(String::new(), width - 1)).collect()
        };
        if self.has_lines {
            rows.insert(0, text("Outcomes of inspections"));
            rows.insert(1, text("This worksheet contains one table"));
            rows.push(text("Source: Ofsted"));
            let at = if self.is_reversed { width - 2 } else { 1 };
            let mut total: Vec<String> = text("");
            total[at] = "England".to_owned();
            rows.push(total);
        }
        if self.is_workbook {
            let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
            let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
            return workbook(&[("Outcomes", &rows)], None);
        }
        let separator = self.separator.to_string();
        let quoted = |cell: &String| if cell.contains([',', ';', '|']) { format!("\"{cell}\"") } else { cell.clone() };
        let line = |row: &Vec<String>| row.iter().map(quoted).collect::<Vec<_>>().join(&separator) + "\r\n";
        let text: String = rows.iter().map(line).collect();
        match self.encoding {
            0 => text.into_bytes(),
            1 => WINDOWS_1252.encode(&text).0.into_owned(),
            _ => ("\u{feff}".to_owned() + &text).encode_utf16().flat_map(u16::to_le_bytes).collect(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn inspections_of_the_record_are_read_back_from_any_table(
        chosen in prop::collection::vec(any::<prop::sample::Index>(), 1..12),
        dialect in dialects(),
    ) {
        let dataset = some_of_record(&chosen);
        let loaded = from_reader(dialect.write(&dataset).as_slice(), "table").unwrap();
        let mut wanted = inspections(&dataset);
        if matches!(dialect.published, Published::Overview) {
            let latest = |name: &str| wanted.iter().filter(|one| one.0 == name).map(|one| one.1.clone()).max();
            wanted = wanted.iter().filter(|one| one.1 == latest(&one.0).unwrap()).cloned().collect();
        }
        prop_assert_eq!(inspections(&loaded.dataset), wanted);
        prop_assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
        prop_assert!(loaded.repairs.is_empty(), "{:?}", loaded.repairs);
        let (is_said, has) = (|words: &str| loaded.remarks.iter().any(|remark| remark.contains(words)), dialect.has_lines);
        prop_assert_eq!([is_said("total"), is_said("line of text")], [has; 2], "{:?}", loaded.remarks);
        prop_assert_eq!(is_said("marker"), dialect.is_marked, "{:?}", loaded.remarks);
        prop_assert_eq!(is_said("days read as dates"), dialect.date == 4, "{:?}", loaded.remarks);
    }

    #[test]
    fn what_the_program_writes_it_reads(chosen in prop::collection::vec(any::<prop::sample::Index>(), 1..12)) {
        let dataset = some_of_record(&chosen);
        let (mut csv, mut xlsx) = (Vec::new(), Vec::new());
        export_csv(&mut csv, &dataset).unwrap();
        export_xlsx(&mut xlsx, &dataset).unwrap();
        // A list has the authorities of today.
        let mut today = dataset.clone();
        today.authorities.retain(|authority| authority.until.is_none());
        let listing = Listing::new(Arc::new(today.clone()), ListingOptions::default());
        let mut list = Vec::new();
        List(&listing).write(&mut list, Format::Csv, None).unwrap();
        let certainty = |dataset: &Dataset| {
            let all = dataset.authorities.iter().flat_map(|a| &a.assessments).flat_map(|a| a.judgements.iter());
            all.filter_map(|judgement| judgement.certainty_name()).map(String::from).collect::<Vec<_>>()
        };
        for bytes in [csv, xlsx] {
            let loaded = from_reader(bytes.as_slice(), "written").unwrap();
            prop_assert_eq!(inspections(&loaded.dataset), inspections(&dataset));
            prop_assert_eq!(certainty(&loaded.dataset), certainty(&dataset));
            prop_assert_eq!((loaded.problems.len(), loaded.repairs.len(), loaded.remarks.len()), (0, 0, 0), "{:?} {:?}", loaded.repairs, loaded.remarks);
        }
        let Ok(loaded) = from_reader(list.as_slice(), "list") else {
            prop_assert!(today.authorities.is_empty());
            return Ok(());
        };
        let latest: Vec<Inspection> = inspections(&today).chunk_by(|a, b| a.0 == b.0).map(|of| of.last().unwrap().clone()).collect();
        prop_assert_eq!(inspections(&loaded.dataset), latest);
    }

    #[test]
    fn swapped_numbers_move_no_grade_in_silence(
        chosen in prop::collection::vec(any::<prop::sample::Index>(), 4..12),
        dialect in dialects(),
    ) {
        let mut swapped = some_of_record(&chosen);
        let numbered: Vec<usize> = (0..swapped.authorities.len()).filter(|at| swapped.authorities[*at].codes.urn.is_some()).take(2).collect();
        let [one, other] = numbered[..] else { return Ok(()) };
        let before = inspections(&swapped);
        let (a, b) = (swapped.authorities[one].codes.clone(), swapped.authorities[other].codes.clone());
        (swapped.authorities[one].codes, swapped.authorities[other].codes) = (b, a);
        let dialect = Dialect { published: Published::History, ..dialect };
        let lost: usize = [one, other].map(|at| swapped.authorities[at].assessments.len()).iter().sum();
        let loaded = match from_reader(dialect.write(&swapped).as_slice(), "table") {
            Ok(loaded) => loaded,
            Err(refusal) => {
                prop_assert_eq!(before.len(), lost, "{}", refusal);
                prop_assert!(refusal.to_string().contains("the name is"), "{}", refusal);
                return Ok(());
            }
        };
        prop_assert!(inspections(&loaded.dataset).iter().all(|found| before.contains(found)));
        prop_assert_eq!(loaded.left_out_count(), lost, "{:?}", loaded.problems);
    }
}

#[test]
fn a_last_row_that_is_cut_off_is_left_out_and_told() {
    let whole = table(&rows(&["Leeds", "Bristol", "Devon"]));
    let count = |loaded: &Loaded| loaded.dataset.authorities.len();
    // Without a line end alone, nothing is missing.
    assert_eq!(count(&open(whole.trim_end().as_bytes())), 3);
    for less in ["Good,Good,Good\n", "4,Good,Good,Good,Good,Good\n"] {
        let cut = open(whole.strip_suffix(less).unwrap().as_bytes());
        assert_eq!((count(&cut), cut.left_out_count()), (2, 1), "{less}");
        let words = cut.problems[0].to_string();
        assert!(words.contains("row 4") && words.contains("of 8 cells"), "{words}");
    }
    // Rows that are shorter throughout are only written that way.
    let short = table("Leeds,13/05/2024,01/07/2024,Good,Good\nBristol,13/05/2024,01/07/2024,Good,Good");
    assert_eq!((count(&open(short.as_bytes())), open(short.as_bytes()).left_out_count()), (2, 0));
}

#[test]
fn a_link_that_no_web_browser_opens_is_told() {
    let header = format!("{HEADERS},Web link");
    let row = |name: &str, link: &str| format!("{name},13/05/2024,01/07/2024,Good,Good,Good,Good,Good,{link}\n");
    let rows = [
        ("Leeds", "javascript:alert(1)"),
        ("Bristol", "file:///etc/passwd"),
        ("Devon", "https://example.org/a"),
        ("Kent", "to follow"),
        ("York", "see: the page"),
    ];
    let rows: String = rows.iter().map(|(name, link)| row(name, link)).collect();
    let loaded = open(format!("{header}\n{rows}").as_bytes());
    let told = loaded.remarks.iter().find(|remark| remark.contains("no whole web addresses")).unwrap();
    assert!(told.contains("2 links") && told.contains("row 2") && told.contains("row 3"), "{told}");
    let links = loaded.dataset.authorities.iter().filter(|one| one.assessments[0].link().is_some()).count();
    assert_eq!(links, 1);
}

#[test]
fn a_row_cut_off_is_seen_below_a_title_too_and_a_footnote_is_none() {
    let titled = format!("Inspection outcomes\n{}Devon,13/05/2024,1/1/20", table(&rows(&["Leeds", "Bristol"])));
    let loaded = open(titled.as_bytes());
    assert_eq!((loaded.dataset.authorities.len(), loaded.left_out_count()), (2, 1), "{:?}", loaded.problems);
    let noted = open(format!("{}Source: Ofsted", table(&rows(&["Leeds", "Bristol"]))).as_bytes());
    assert_eq!((noted.dataset.authorities.len(), noted.left_out_count()), (2, 0), "{:?}", noted.problems);
    assert!(open(table(&rows(&["Leeds"])).trim_end().as_bytes()).layout.iter().any(|words| words.contains("no end")));
}

#[test]
fn a_council_whose_name_is_a_formula_without_its_value_is_left_out() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (column, header) in (0..).zip(HEADERS.split(',')) {
        sheet.write_string(0, column, header).unwrap();
    }
    for row in 1..4 {
        for (column, text) in (0..).zip(["Leeds", "2024-05-13", "2024-07-01", "Good", "Good", "Good", "Good", "Good"]) {
            match (row, column) {
                (2, 0) => _ = sheet.write_formula(row, column, "=UPPER(\"york\")").unwrap(),
                (3, 0) => {
                    _ = sheet.write_formula(row, column, "=HYPERLINK(\"https://example.org/a\",\"Bristol\")").unwrap()
                }
                _ => _ = sheet.write_string(row, column, text).unwrap(),
            }
        }
    }
    let whole = workbook.save_to_buffer().unwrap();
    // The library writes a value for each formula; programs that do not calculate leave it out.
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(whole)).unwrap();
    let mut without = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = Vec::new();
        part.read_to_end(&mut text).unwrap();
        if name.ends_with("sheet1.xml") {
            text = String::from_utf8(text).unwrap().replace("</f><v>0</v>", "</f>").into_bytes();
        }
        without.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        without.write_all(&text).unwrap();
    }
    let loaded = open(&without.finish().unwrap().into_inner());
    let names: BTreeSet<&str> = loaded.dataset.authorities.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, BTreeSet::from(["Bristol", "Leeds"]), "the text of a link is known");
    assert_eq!(loaded.left_out_count(), 1);
    assert!(loaded.problems[0].to_string().contains("row 3"), "{:?}", loaded.problems);
}

#[test]
fn a_number_that_no_council_has_is_not_the_number_of_one() {
    for number in ["0", "1", "unknown", "99999"] {
        let row = |name: &str, date: &str, grade: &str| {
            format!("{number},{name},{date},{date},{grade},{grade},{grade},{grade}\n")
        };
        let heads = "urn,local_authority,inspection_end_date,publication_date,overall_effectiveness_grade,impact_of_leaders_grade,\
                     help_and_protection_grade,in_care_grade\n";
        let text = [
            heads.to_owned(),
            row("Barnet", "2022-03-01", "good"),
            row("Leeds", "2023-03-01", "outstanding"),
            row("York", "2022-06-01", "inadequate"),
            row("Leeds", "2019-03-01", "good"),
        ]
        .concat();
        let loaded = from_reader(text.as_bytes(), "numbers.csv").unwrap();
        let counts: Vec<(&str, usize)> =
            loaded.dataset.authorities.iter().map(|one| (one.name.as_str(), one.assessments.len())).collect();
        assert_eq!(counts, [("Barnet", 1), ("Leeds", 2), ("York", 1)], "{number}");
    }
}

#[test]
fn a_dataset_that_names_one_council_and_has_the_codes_of_another_is_told_and_kept_out() {
    let file = |names: &str, codes: &str| {
        let text = format!(
            "{{\"format\": 2, \"title\": \"t\", \"publisher\": \"p\", \"authorities\": [{{\"name\": \"Leeds\"}}, {{{names}, \
             \"codes\": {{{codes}}}}}]}}"
        );
        from_reader(text.as_bytes(), "codes.json").unwrap()
    };
    for (names, codes) in [
        ("\"name\": \"Dorset\"", "\"urn\": \"80461\""),
        ("\"name\": \"Dorset\"", "\"la\": \"878\""),
        ("\"name\": \"Dorset\"", "\"gss\": \"E10000008\""),
        ("\"name\": \"Somewhere\"", "\"urn\": \"80461\", \"la\": \"838\""),
    ] {
        let loaded = file(names, codes);
        let kept: Vec<&str> = loaded.dataset.authorities.iter().map(|one| one.name.as_str()).collect();
        assert_eq!((kept, loaded.left_out.len()), (vec!["Leeds"], 1), "{names} {codes}");
        let found = &loaded.problems[0].found;
        assert!(found.contains("Devon") && (found.contains("Dorset") || found.contains("838")), "{found}");
    }
    assert_eq!(file("\"name\": \"Devon\"", "\"urn\": \"80461\", \"la\": \"878\"").dataset.authorities.len(), 2);
}

#[test]
fn the_days_of_a_dataset_are_bounded_like_those_of_a_table() {
    let apa = std::fs::read_to_string(crate::common::APA).unwrap();
    for day in ["9999-12-31", "1900-01-01", "0001-01-01"] {
        let loaded = from_reader(with_day(&apa, day).as_bytes(), "days.json").unwrap();
        assert_eq!(loaded.left_out.len(), 1, "{day}");
        assert!(loaded.problems.iter().any(|one| one.expected == "a day from 1990 to the end of next year"), "{day}");
    }
}

/// Gives the first assessment of a dataset another day.
fn with_day(text: &str, day: &str) -> String {
    let mut dataset: serde_json::Value = serde_json::from_str(text).unwrap();
    dataset["authorities"][0]["assessments"][0]["date"] = day.into();
    dataset.to_string()
}

#[test]
fn a_file_of_very_many_tables_has_the_first_of_them() {
    let heads = "local_authority,publication_date,overall_effectiveness_grade,impact_of_leaders_grade,\
                 help_and_protection_grade,in_care_grade";
    let mut text = String::new();
    for number in 0..300 {
        let more: String = (0..number).map(|one| format!(",x{one}")).collect();
        text += &format!("{heads}{more}\nLeeds,{}-03-{:02},good,good,good,good\n", 2019 + number / 28, number % 28 + 1);
    }
    let loaded = from_reader(text.as_bytes(), "tables.csv").unwrap();
    assert!(loaded.problems.iter().any(|one| one.expected.contains("at most 100 tables")), "{:?}", loaded.problems);
    assert!(loaded.left_out_count() > 150, "{}", loaded.left_out_count());
    assert!(!loaded.dataset.authorities[0].assessments.is_empty());
}

#[test]
fn two_columns_of_one_meaning_that_are_of_two_councils_are_told_and_the_row_kept_out() {
    let grades = "overall_effectiveness_grade,impact_of_leaders_grade,help_and_protection_grade,in_care_grade";
    for (heads, cells) in [
        ("urn,provider_urn,local_authority", "80461,80455,Leeds"),
        ("urn,local_authority,la_name", "80536,Oxfordshire,Bradford"),
        ("local_authority,la_code,dfe_number", "Devon,878,838"),
    ] {
        let text = format!(
            "{heads},publication_date,{grades}\n{cells},2024-03-01,good,good,good,good\nYork,2023-03-01,good,good,good,good\n"
        );
        let york = heads.split(',').map(|head| if head == "local_authority" { "York" } else { "" }).collect::<Vec<_>>();
        let text = text.replace("\nYork,", &format!("\n{},", york.join(",")));
        let loaded = from_reader(text.as_bytes(), "two.csv").unwrap();
        let names: Vec<&str> = loaded.dataset.authorities.iter().map(|one| one.name.as_str()).collect();
        assert_eq!((names, loaded.left_out_count()), (vec!["York"], 1), "{heads}: {:?}", loaded.repairs);
        assert!(loaded.problems[0].found.contains(" is ") && loaded.problems[0].location.to_string().contains("row 2"));
    }
}

#[test]
fn a_dataset_of_very_many_tiny_objects_is_refused_before_they_take_memory() {
    let many = "{},".repeat(800_000);
    let text = format!("{{\"format\": 2, \"title\": \"t\", \"publisher\": \"p\", \"authorities\": [{many}{{}}]}}");
    let refused = from_reader(text.as_bytes(), "many.json").unwrap_err().to_string();
    assert!(refused.contains("more than 750,000 objects"), "{refused}");
}
