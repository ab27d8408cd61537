//! Loading the public ILACS files, and small files with the same layouts.

use std::io::Write as _;
use std::path::Path;

use crate::common::{HEADERS, bundled_json, read_rows, real, row};
use scrutineer::dataset::{Absence, Authority, Dataset, Date, Judgement, Outcome};
use scrutineer::load::gazetteer::Gazetteer;
use scrutineer::load::{Loaded, Part, bundled, from_reader, join};
use scrutineer::query::View;

fn open(path: &Path) -> Loaded {
    from_reader(std::fs::File::open(path).unwrap(), path.to_str().unwrap()).unwrap()
}

fn history() -> Loaded {
    open(&real("ofsted_csc_ilacs_history.csv"))
}

fn read(text: &[u8]) -> Loaded {
    from_reader(text, "test.csv").unwrap()
}

fn refusal(bytes: &[u8]) -> String {
    from_reader(bytes, "test").unwrap_err().to_string()
}

fn judgements<'d>(dataset: &'d Dataset, category: &str) -> Vec<&'d Judgement> {
    let assessments = dataset.authorities.iter().flat_map(|a| &a.assessments);
    assessments.filter_map(|a| a.judgements.get(a.framework.category_position(category)?)).collect()
}

fn absent(judgements: &[&Judgement], absence: Absence) -> usize {
    judgements.iter().filter(|j| j.outcome == Outcome::Absent(absence)).count()
}

fn named<'d>(dataset: &'d Dataset, name: &str) -> &'d Authority {
    dataset.authorities.iter().find(|a| a.name == name).unwrap()
}

#[test]
#[ignore = "needs the public files, which are not part of the repository"]
fn the_history_has_the_expected_counts() {
    let loaded = history();
    let dataset = &loaded.dataset;
    assert_eq!(dataset.authorities.len(), 153);
    assert_eq!(dataset.authorities.iter().map(|a| a.assessments.len()).sum::<usize>(), 497);
    let overall = judgements(dataset, "overall-effectiveness");
    assert_eq!(overall.iter().filter(|j| j.grade().is_some()).count(), 308);
    assert_eq!(absent(&overall, Absence::Blank), 169);
    assert_eq!(absent(&overall, Absence::Unreadable), 9);
    assert_eq!(absent(&overall, Absence::CategoryEnded), 11);
    assert_eq!(absent(&judgements(dataset, "care-leavers"), Absence::BeforeCategory), 164 + 2);
    let repaired: Vec<String> = loaded.repairs.iter().map(|r| r.found.clone()).collect();
    assert_eq!(repaired.iter().filter(|found| *found == "\"to requires improvement\"").count(), 2);
    assert_eq!(repaired.len(), 5, "two grades, two given before the category began, a kind of visit: {repaired:?}");
    assert!(loaded.problems.is_empty());
    let framework = |id: &str| {
        let assessments = dataset.authorities.iter().flat_map(|a| &a.assessments);
        assessments.filter(|a| a.framework.id == id).count()
    };
    assert_eq!(framework("sif") + framework("ilacs") + framework("not-recorded"), 497);
    let earliest = |a: &&scrutineer::dataset::Assessment| a.date < Some("2013-11-01".parse::<Date>().unwrap());
    let early = dataset.authorities.iter().flat_map(|a| &a.assessments).filter(earliest);
    assert_eq!(early.filter(|a| a.framework.id == "not-recorded").count(), 8);
}

#[test]
#[ignore = "needs the public files, which are not part of the repository"]
fn every_authority_of_the_history_is_known_and_33_are_in_london() {
    let loaded = history();
    let regions: Vec<_> = loaded.dataset.authorities.iter().map(|a| a.region.clone().unwrap()).collect();
    assert_eq!(regions.iter().filter(|r| *r == "London").count(), 33);
    for (name, urn) in [("Bournemouth, Christchurch and Poole", "2532287"), ("City of London", "80450")] {
        assert_eq!(named(&loaded.dataset, name).codes.urn.as_deref(), Some(urn));
    }
}

#[test]
#[ignore = "needs the public files, which are not part of the repository"]
fn the_published_shares_of_march_2024_are_reproduced() {
    let loaded = history();
    let dataset = &loaded.dataset;
    let framework = dataset.frameworks.iter().find(|f| f.id == "ilacs").unwrap();
    let view = View::new(
        dataset,
        Some(framework.clone()),
        Some("2024-03-31".parse::<scrutineer::dataset::Date>().unwrap().into()),
    );
    let count = |region: Option<&str>| {
        let here = |a: &&Authority| region.is_none() || a.region.as_deref() == region;
        let shown = dataset.authorities.iter().filter(here).filter_map(|a| view.assessment(a));
        let overall: Vec<_> = shown.map(|a| a.judgements[0].grade()).collect();
        let good = overall.iter().flatten().filter(|g| framework.scale.is_good(**g)).count();
        (good, overall.iter().flatten().count(), overall.len())
    };
    assert_eq!(count(Some("London")), (28, 33, 33));
    assert_eq!(count(Some("North West")), (8, 22, 22));
    let (good, known, inspected) = count(None);
    assert_eq!((good, known, inspected), (91, 150, 151));
    assert_eq!((good as f64 * 100.0 / inspected as f64).round(), 60.0);
}

#[test]
#[ignore = "needs the public files, which are not part of the repository"]
fn history_and_overview_are_joined_by_reference_number() {
    let (history, path) = (history(), real("ofsted_csc_ilacs_overview.xlsx"));
    let overview = open(&path);
    assert_eq!(overview.dataset.authorities.len(), 153);
    let medway = overview.repairs.iter().find(|r| r.location.to_string().contains("region_code")).unwrap();
    assert_eq!(medway.read_as, "South East, from the gazetteer");
    let parts = vec![Part::new(history, "h"), Part::new(overview, "o")];
    let dataset = join(parts).unwrap().dataset;
    assert_eq!(dataset.authorities.len(), 153);
    let assessments: usize = dataset.authorities.iter().map(|a| a.assessments.len()).sum();
    assert_eq!(assessments, 497, "no grade of the overview differs from the history");
    for authority in &dataset.authorities {
        let neighbours = authority.neighbours.as_ref().unwrap();
        assert_eq!(neighbours.la_codes.len(), 10, "{}", authority.name);
    }
}

#[test]
#[ignore = "needs the public files, which are not part of the repository"]
fn an_older_overview_with_other_columns_opens() {
    let path = real("older_overview_2025-02-13.xlsx");
    let dataset = open(&path).dataset;
    assert_eq!(dataset.authorities.len(), 153);
    let codes = &named(&dataset, "Barnsley").codes;
    assert_eq!((codes.gss.as_deref(), codes.former_gss.as_slice()), (Some("E08000038"), &["E08000016".into()][..]));
}

#[test]
#[ignore = "needs the public files, which are not part of the repository"]
fn joined_with_2006_an_authority_has_both_assessments() {
    let history = history();
    let parts = vec![Part::new(history, "h"), Part::new(bundled().unwrap(), "b")];
    let dataset = join(parts).unwrap().dataset;
    assert_eq!(dataset.authorities.len(), 153, "each of the 18 of 2006 is found among those of today");
    let frameworks: Vec<_> = named(&dataset, "Bristol").assessments.iter().map(|a| a.framework.id.as_str()).collect();
    assert!(frameworks.contains(&"apa-2006") && frameworks.contains(&"ilacs"), "{frameworks:?}");
    assert_eq!(dataset.leading_framework().unwrap().id, "ilacs");
}

/// Authorities for which the open repositories' lookup is wrong and the gazetteer right: the first three became
/// unitary in April 2023, and the City of London is not a borough.
const SLIPS: [&str; 4] = ["Cumberland", "Westmorland and Furness", "North Yorkshire", "City of London"];

#[test]
#[ignore = "needs the public files, which are not part of the repository"]
fn the_gazetteer_agrees_with_the_lookup_except_for_its_mistakes() {
    let path = real("provider_data_lookup.csv");
    let gazetteer = Gazetteer::bundled().unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    let mut rows = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let heads = rows.headers().unwrap().clone();
    let mut slips = Vec::new();
    for row in rows.records() {
        let row = row.unwrap();
        let cell = |head: &str| row.get(heads.iter().position(|h| h == head).unwrap()).unwrap().to_owned();
        let entry = gazetteer.by_code(&cell("urn")).unwrap();
        assert_eq!(
            (entry.la.as_str(), entry.gss.as_str()),
            (cell("la_code").as_str(), cell("la_code_new").as_str()),
            "{}",
            entry.name
        );
        let kind = match cell("ons_la_type").as_str() {
            "London Borough" => "London borough",
            "Metropolitan District" => "metropolitan borough",
            "Unitary Council" => "unitary",
            "County" => "county",
            _ => entry.kind.as_str(),
        }
        .to_owned();
        if (entry.region.as_str(), entry.kind.as_str()) != (cell("region_name").as_str(), kind.as_str()) {
            slips.push(entry.name.clone());
        }
        assert!(gazetteer.by_name(&cell("local_authority_ons_name")).is_some(), "{}", entry.name);
    }
    slips.sort();
    let mut known = SLIPS.map(String::from);
    known.sort();
    assert_eq!(slips, known);
}

const HEADS: &str = "urn,local_authority,inspection_link,publication_date,inspection_framework,inspector_name,\
    inspection_start_date,inspection_end_date,overall_effectiveness_grade,impact_of_leaders_grade,\
    help_and_protection_grade,in_care_grade,care_leavers_grade";

fn rows(rows: &str) -> Vec<u8> {
    format!("{HEADS}\n{rows}").into_bytes()
}

const ROW: &str = "80441,bristol,https://files.ofsted.gov.uk/v1/file/1,10/03/23,standard,Ann Lead,16/01/2023,\
    27/01/2023,requires improvement,good,requires improvement,good,good\n";

#[test]
fn a_row_becomes_an_assessment_with_its_location_in_the_file() {
    let loaded = read(&rows(ROW));
    let authority = named(&loaded.dataset, "Bristol");
    assert_eq!((authority.region.as_deref(), authority.codes.gss.as_deref()), (Some("South West"), Some("E06000023")));
    let assessment = &authority.assessments[0];
    let evidence = &assessment.evidence(0)[0];
    assert_eq!(evidence.place.as_deref(), Some("row 2, column overall_effectiveness_grade"));
    assert_eq!(evidence.link(), Some("https://files.ofsted.gov.uk/v1/file/1"));
    assert_eq!(assessment.judgements[0].raw.as_deref(), Some("requires improvement"));
    let visit = assessment.visit.as_ref().unwrap();
    assert_eq!((visit.lead.as_deref(), visit.kind.as_deref()), (Some("Ann Lead"), Some("standard")));
    assert_eq!(visit.from.unwrap().iso(), "2023-01-16");
}

#[test]
fn every_way_of_writing_a_csv_file_reads_the_same() {
    let plain = read(&rows(ROW)).dataset;
    let crlf = HEADS.to_owned() + "\r\n" + &ROW.replace('\n', "\r\n");
    let with_bom = [b"\xef\xbb\xbf".as_slice(), &rows(ROW)].concat();
    let quoted = rows(&ROW.replace("bristol", "\"bristol\"").replace("Ann Lead", "\"Ann\nLead\""));
    let empty_lines = rows(&format!("\n,,,,,,,,,,,,\n{ROW}\n\n"));
    for text in [crlf.into_bytes(), with_bom, quoted] {
        assert_eq!(read(&text).dataset, plain);
    }
    assert_eq!(read(&empty_lines).dataset.authorities[0].assessments.len(), 1);
    let latin = [HEADS.as_bytes(), b"\n", &ROW.as_bytes()[..14], b"\xe9", &ROW.as_bytes()[14..]].concat();
    assert_eq!(read(&latin).dataset.authorities.len(), 1);
}

#[test]
fn columns_are_found_by_their_headers_in_any_order() {
    let turned = |line: &str| line.split(',').rev().collect::<Vec<_>>().join(",");
    let text = format!("colour,{}\nblue,{}\n", turned(HEADS), turned(ROW.trim()));
    let loaded = read(text.as_bytes());
    assert_eq!(loaded.dataset.authorities, read(&rows(ROW)).dataset.authorities);
}

#[test]
fn unusual_values_are_repaired_or_reported_with_row_and_text() {
    let odd = "80441,bristol,javascript:x,soon,short,,32/01/2023,,excellent,To Good,data_unreadable,,nan\n\
               ,,,01/02/23,,,,,good,good,good,good,good\n80441,bristol,,01/03/24\n";
    let loaded = read(&rows(odd));
    let repairs: Vec<String> = loaded.repairs.iter().map(ToString::to_string).collect();
    for words in [
        "row 2, column publication_date: found \"soon\"; read as no date, because it is not a valid date",
        "row 2, column inspection_start_date: found \"32/01/2023\"",
        "row 2, column overall_effectiveness_grade: found \"excellent\"; read as unreadable",
        "row 2, column impact_of_leaders_grade: found \"To Good\"; read as good",
        "row 4: found 4 cells under 13 headers",
    ] {
        assert!(repairs.iter().any(|r| r.starts_with(words)), "{words}: {repairs:#?}");
    }
    assert_eq!(loaded.left_out, ["row 3"]);
    assert!(loaded.problems[0].to_string().contains("row 3: found neither a reference number nor a name"));
    let assessment = &loaded.dataset.authorities[0].assessments[0];
    assert_eq!(assessment.origin.as_ref().unwrap().link, None, "only what a browser can open is a link");
    assert_eq!(assessment.judgements[0].outcome, Outcome::Absent(Absence::Unreadable));
    assert_eq!(assessment.judgements[0].raw.as_deref(), Some("excellent"));
}

#[test]
fn two_authorities_with_the_same_name_stay_separate() {
    let loaded = read(&rows(&format!("{ROW}{}", ROW.replace("80441", "9999999"))));
    let names: Vec<_> = loaded.dataset.authorities.iter().map(|a| a.name.as_str()).collect();
    assert_eq!(names, ["Bristol", "bristol (9999999)"]);
}

#[test]
fn a_file_without_inspections_is_refused_in_a_sentence() {
    let compound = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more";
    for (bytes, words) in [
        (&b""[..], "the file is empty"),
        (b"  \n \n", "the file is empty"),
        (HEADS.as_bytes(), "headers, and no row that can be used"),
        (b"a,b\n1,2\n", "found a, b; expected also local_authority, publication_date"),
        (b"just some words", "the headers of the columns: found just some words"),
        (compound, "a password"),
        (b"PK\x03\x04broken", "incomplete or damaged"),
        (b"\xff\xfeu\0r\0n\0", "the headers of the columns: found urn"),
        (b"\x7fELF\0\0\0\x01", "binary data, not text"),
        (b"{\"format\": 2", "not valid JSON"),
    ] {
        let refusal = refusal(bytes);
        assert!(refusal.contains(words), "{words}: {refusal}");
    }
}

#[test]
fn an_unclosed_quotation_mark_affects_only_its_row() {
    let other = ROW.replace("80441,bristol", "80481,leeds");
    for rest in [&other[..], &other.replace("leeds", "\"leeds\""), &other.replace("Ann Lead", "\"Lead, Ann\"")] {
        let later = rest.replace("/01/2023", "/01/2024").replace("/03/23", "/03/24").replace("file/1", "file/2");
        let text = format!("{}{rest}{later}", ROW.replace("bristol", "\"bristol"));
        let loaded = read(&rows(&text));
        assert_eq!(loaded.left_out, ["line 2"], "{rest}");
        let problem = loaded.problems[0].to_string();
        assert!(
            problem.starts_with("line 2, column 7: found an opening quotation mark without a closing one"),
            "{problem}"
        );
        let leeds = named(&loaded.dataset, "Leeds");
        assert_eq!(leeds.assessments.iter().map(|a| a.origin.as_ref().unwrap().row).collect::<Vec<_>>(), [3, 4]);
    }
    let nothing = refusal(&rows(&ROW.replace("80441", "\"80441")));
    assert!(nothing.contains("line 2") && nothing.contains("without a closing one"), "{nothing}");
}

/// A reader that returns one byte at a time, like a slow pipe.
struct Trickle<'b>(&'b [u8]);

impl std::io::Read for Trickle<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        let count = self.0.len().min(1).min(out.len());
        out[..count].copy_from_slice(&self.0[..count]);
        self.0 = &self.0[count..];
        Ok(count)
    }
}

#[test]
fn a_pipe_is_read_until_its_format_is_certain() {
    let workbook = workbook(&sheet(&[HEADS, ROW.trim()]));
    let json = [b"\n\n  ".as_slice(), scrutineer::load::bundled_bytes()].concat();
    for bytes in [&workbook, &json, &rows(ROW), &[b"\xef\xbb\xbf".as_slice(), &rows(ROW)].concat()] {
        assert_eq!(from_reader(Trickle(bytes), "pipe").unwrap(), from_reader(bytes.as_slice(), "pipe").unwrap());
    }
    let late = [" ".repeat(70_000).as_bytes(), scrutineer::load::bundled_bytes()].concat();
    assert_eq!(from_reader(Trickle(&late), "pipe").unwrap().dataset.authorities.len(), 18);
}

#[test]
fn columns_with_the_same_meaning_are_read_if_they_agree_and_reported() {
    let text = format!("{HEADS},publication_date,Leaders Again\n{},10/03/23,x\n", ROW.trim());
    let text = text.replace("Leaders Again", "impact_of_leaders_grade");
    let loaded = read(text.replace(",x\n", ",inadequate\n").as_bytes());
    let repairs: Vec<String> = loaded.repairs.iter().map(ToString::to_string).collect();
    for words in [
        "the headers of the columns: found publication_date (column 4) and publication_date (column 14); read as one \
         column where they agree, unreadable where they do not",
        "row 2, impact_of_leaders_grade (column 10) and impact_of_leaders_grade (column 15): found \"good\" and \
         \"inadequate\"; read as unreadable: they do not agree",
    ] {
        assert!(repairs.iter().any(|repair| repair == words), "{words}: {repairs:#?}");
    }
    let assessment = &named(&loaded.dataset, "Bristol").assessments[0];
    assert_eq!(assessment.date.unwrap().iso(), "2023-03-10");
    assert_eq!(assessment.judgements[1].outcome, Outcome::Absent(Absence::Unreadable));
    assert_eq!(assessment.judgements[0].grade().unwrap().0, 2);
}

#[test]
fn a_cell_is_read_up_to_the_limit_of_spreadsheets() {
    let loaded = read(&rows(&ROW.replace("Ann Lead", &"é".repeat(40_000))));
    assert_eq!(
        loaded.repairs[0].to_string(),
        "row 2, inspector_name (column 6): found more than 32767 characters; read as its first 32767"
    );
    let visit = loaded.dataset.authorities[0].assessments[0].visit.clone().unwrap();
    assert_eq!(visit.lead.unwrap().chars().count(), 32_767);
}

/// Returns a workbook with one sheet, given as XML.
fn workbook(sheet: &[u8]) -> Vec<u8> {
    workbook_with(sheet, &[])
}

/// Returns a workbook with one sheet, given as XML, and further parts.
fn workbook_with(sheet: &[u8], others: &[(&str, &str)]) -> Vec<u8> {
    workbook_showing("visible", sheet, others)
}

/// Returns a workbook as above; `state` is `visible` or `hidden`.
fn workbook_showing(state: &str, sheet: &[u8], others: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let kin = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let parts: [(&str, Vec<u8>); 5] = [
        (
            "[Content_Types].xml",
            format!("{head}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>").into(),
        ),
        (
            "_rels/.rels",
            format!(
                "{head}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
                 <Relationship Id=\"r1\" Type=\"{kin}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            )
            .into(),
        ),
        (
            "xl/workbook.xml",
            format!(
                "{head}<workbook xmlns=\"{main}\" xmlns:r=\"{kin}\"><sheets>\
                 <sheet name=\"one\" sheetId=\"1\" r:id=\"r1\" state=\"{state}\"/></sheets></workbook>"
            )
            .into(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "{head}<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
                 <Relationship Id=\"r1\" Type=\"{kin}/worksheet\" Target=\"worksheets/sheet1.xml\"/>\
                 <Relationship Id=\"r2\" Type=\"{kin}/sharedStrings\" Target=\"sharedStrings.xml\"/>\
                 <Relationship Id=\"r3\" Type=\"{kin}/styles\" Target=\"styles.xml\"/></Relationships>"
            )
            .into(),
        ),
        ("xl/worksheets/sheet1.xml", sheet.to_vec()),
    ];
    let others = others.iter().map(|(name, text)| (*name, text.as_bytes().to_vec()));
    for (name, bytes) in parts.into_iter().chain(others) {
        archive.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        archive.write_all(&bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn sheet(lines: &[&str]) -> Vec<u8> {
    let cell = |text: &str| format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let row = |line: &&str| format!("<row>{}</row>", line.split(',').map(cell).collect::<String>());
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let rows: String = lines.iter().map(row).collect();
    format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>").into_bytes()
}

#[test]
fn a_workbook_loads_the_same_as_csv() {
    let loaded = from_reader(workbook(&sheet(&[HEADS, ROW.trim()])).as_slice(), "test.csv").unwrap();
    assert_eq!(loaded.dataset.authorities, read(&rows(ROW)).dataset.authorities);
}

/// Returns the XML of a table of shared texts.
fn shared(texts: &[&str]) -> String {
    let texts: String = texts.iter().map(|text| format!("<si><t>{text}</t></si>")).collect();
    format!("<sst xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" uniqueCount=\"2\">{texts}</sst>")
}

#[test]
fn a_workbook_of_too_many_styles_or_texts_is_refused() {
    let rows = sheet(&[HEADS, ROW.trim()]);
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let styles = |count: usize| {
        let formats = "<xf/>".repeat(count);
        format!("<styleSheet xmlns=\"{main}\"><cellXfs>{formats}</cellXfs></styleSheet>")
    };
    assert!(from_reader(workbook_with(&rows, &[("xl/styles.xml", &styles(60_000))]).as_slice(), "book").is_ok());
    let refused = refusal(&workbook_with(&rows, &[("xl/styles.xml", &styles(300_000))]));
    assert!(refused.contains("more than 200000 styles, sheets and names"), "{refused}");
    let texts = format!("<sst xmlns=\"{main}\">{}</sst>", "<si/>".repeat(4_100_000));
    let refused = refusal(&workbook_with(&rows, &[("xl/sharedStrings.xml", &texts)]));
    assert!(refused.contains("more than 4000000 texts"), "{refused}");
}

#[test]
fn cells_that_share_a_long_text_are_read_within_bounds() {
    let long = shared(&[&"x".repeat(20_000_000)]);
    let cells = "<c t=\"s\"><v>0</v></c>".repeat(300);
    let row = format!("<row>{cells}</row></sheetData>");
    let rows = String::from_utf8(sheet(&[HEADS, ROW.trim()])).unwrap().replace("</sheetData>", &row);
    let book = workbook_with(rows.as_bytes(), &[("xl/sharedStrings.xml", &long)]);
    assert!(book.len() < 50_000, "{}", book.len());
    let loaded = from_reader(book.as_slice(), "book").unwrap();
    assert_eq!(loaded.dataset.authorities.len(), 1, "only the row with grades");
    assert!(loaded.problems.iter().all(|problem| problem.to_string().len() < 1_000));
    let many = format!("<row>{cells}</row>").repeat(8);
    let rows = String::from_utf8(sheet(&[HEADS])).unwrap().replace("</sheetData>", &format!("{many}</sheetData>"));
    let refused = refusal(&workbook_with(rows.as_bytes(), &[("xl/sharedStrings.xml", &long)]));
    assert!(refused.contains("more than 64 megabytes of text in its cells"), "{refused}");
}

#[test]
fn a_cell_whose_text_is_missing_is_reported_never_guessed() {
    let unclear =
        ["2", "-1", "+1", " 1", "abc", "99999999999999999999", "1<!-- -->7", "<![CDATA[0]]>", "&#48;", "0<b/>1"];
    for index in unclear {
        let cell = format!("<row><c r=\"F7\" t=\"s\"><v>{index}</v></c></row></sheetData>");
        let rows = String::from_utf8(sheet(&[HEADS, ROW.trim()])).unwrap().replace("</sheetData>", &cell);
        let refused = refusal(&workbook_with(rows.as_bytes(), &[("xl/sharedStrings.xml", &shared(&["a", "b"]))]));
        assert!(refused.contains("text is missing from the workbook: F7"), "{index}: {refused}");
    }
    let claim = shared(&["a"]).replace("uniqueCount=\"2\"", "uniqueCount=\"999999999999\"");
    let nested = claim.replace("</sst>", "<sst uniqueCount=\"1\"></sst></wrong></sst>");
    let refused = refusal(&workbook_with(&sheet(&[HEADS, ROW.trim()]), &[("xl/sharedStrings.xml", &nested)]));
    assert!(refused.contains("says it has 999999999999 entries"), "{refused}");
    let refused = refusal(&workbook_with(&sheet(&[HEADS, ROW.trim()]), &[("xl/sharedStrings.xml", &claim)]));
    assert!(refused.contains("says it has 999999999999 entries but has 1"), "{refused}");
}

#[test]
fn a_number_that_is_not_a_day_is_reported_never_guessed() {
    let styles = "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><cellXfs count=\"2\">\
                  <xf numFmtId=\"0\"/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>";
    let with = |serial: &str| {
        let text = "<c t=\"inlineStr\"><is><t>10/03/23</t></is></c>";
        let rows = String::from_utf8(sheet(&[HEADS, ROW.trim()])).unwrap();
        assert!(rows.contains(text));
        let rows = rows.replace(text, &format!("<c s=\"1\"><v>{serial}</v></c>"));
        from_reader(workbook_with(rows.as_bytes(), &[("xl/styles.xml", styles)]).as_slice(), "book").unwrap()
    };
    let date = |loaded: &Loaded| loaded.dataset.authorities[0].assessments[0].date.map(|date| date.iso());
    assert_eq!(date(&with("44995")).as_deref(), Some("2023-03-10"));
    assert_eq!(date(&with("44995.75")).as_deref(), Some("2023-03-10"));
    for serial in ["0", "-5", "1e300", "60", "2958466"] {
        let loaded = with(serial);
        assert_eq!(date(&loaded), None, "{serial}");
        let repair = loaded.repairs[0].to_string();
        assert!(repair.contains("publication_date: found \"the number ") && repair.contains("no date"), "{repair}");
    }
}

#[test]
fn a_workbook_that_unpacks_to_gigabytes_is_refused() {
    let bomb = workbook(&vec![b' '; 130 * 1024 * 1024]);
    assert!(bomb.len() < 1024 * 1024);
    assert!(refusal(&bomb).contains("unpacks to more than 128 megabytes"));
}

#[test]
fn a_workbook_truncated_anywhere_is_refused_or_read() {
    let whole = workbook(&sheet(&[HEADS, ROW.trim()]));
    for end in (4..whole.len()).step_by(7) {
        let _ = from_reader(&whole[..end], "test");
    }
    assert!(refusal(&workbook(b"<worksheet>")).contains("test cannot be used"));
    assert!(refusal(&workbook(&sheet(&["a,b", "1,2"]))).contains("expected also local_authority"));
}

#[test]
fn a_cell_at_the_far_end_of_a_sheet_takes_no_memory() {
    let far = b"<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1048576\"><c r=\"XFD1048576\" t=\"inlineStr\"><is><t>x</t></is></c></row></sheetData></worksheet>";
    assert!(!refusal(&workbook(far)).is_empty());
}

#[test]
fn a_stray_carriage_return_does_not_end_a_row() {
    let plain = read(&rows("80476,Kent,https://a\rb,05/09/24,standard,X,01/08/24,02/08/24,good,good,good,good,good\n"));
    let quoted =
        read(&rows("80476,\"Kent\",https://a\rb,05/09/24,standard,X,01/08/24,02/08/24,good,good,good,good,good\n"));
    assert_eq!(plain.dataset.authorities, quoted.dataset.authorities);
    assert_eq!(quoted.dataset.authorities[0].assessments[0].judgements[4].grade().unwrap().0, 3);
    assert!(quoted.repairs.is_empty(), "{:?}", quoted.repairs);
}

#[test]
fn a_row_with_more_cells_than_headers_is_left_out_and_named() {
    let text = "80476,Kent,,05/09/24,standard,X,01/08/24,02/08/24,good,good,good,good,good\n\
                80442,Bristol, City of,05/09/24,standard,X,,01/08/24,02/08/24,inadequate,good,good,good,good\n\
                80481,Leeds,,05/09/24,standard,X,01/08/24,02/08/24,good,good,good,good,good,,\n";
    let loaded = read(&rows(text));
    assert_eq!(loaded.left_out, ["row 3"]);
    assert!(loaded.problems[0].to_string().contains("row 3: found 14 cells under 13 headers"));
    assert_eq!(loaded.dataset.authorities.len(), 2, "blank cells beyond the headers are nothing");
}

#[test]
fn a_row_of_a_workbook_with_two_texts_in_one_cell_is_left_out() {
    let cell = |grade: &str| format!("<c r=\"I9\" t=\"inlineStr\"><is><t>{grade}</t></is></c>");
    let twice = format!("<row r=\"9\">{}{}</row></sheetData>", cell("good"), cell("inadequate"));
    let rows = String::from_utf8(sheet(&[HEADS, ROW.trim()])).unwrap().replace("</sheetData>", &twice);
    let loaded = from_reader(workbook(rows.as_bytes()).as_slice(), "book").unwrap();
    assert_eq!(loaded.left_out, ["row 9"]);
    assert!(
        loaded.problems[0].to_string().starts_with("row 9, column 9: found the same cell twice with different texts")
    );
}

#[test]
fn a_workbook_with_a_row_twice_is_refused_because_the_two_would_be_mixed() {
    let cell = |at: &str, text: &str| format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>");
    let [first, second] = [cell("A9", "80442") + &cell("B9", "Leeds"), cell("I9", "good")];
    let twice = format!("<row r=\"9\">{first}</row><row r=\"9\">{second}</row></sheetData>");
    let rows = String::from_utf8(sheet(&[HEADS, ROW.trim()])).unwrap().replace("</sheetData>", &twice);
    let refused = refusal(&workbook(rows.as_bytes()));
    assert!(refused.contains("two rows of the number 9"), "{refused}");
}

#[test]
fn headers_beyond_the_last_column_that_is_read_are_reported() {
    let rows = String::from_utf8(sheet(&[HEADS, ROW.trim()])).unwrap();
    let far = "<c r=\"ZZZ1\" t=\"inlineStr\"><is><t>experiences_and_progress_of_care_leavers</t></is></c></row>";
    let refused = from_reader(workbook(rows.replacen("</row>", far, 1).as_bytes()).as_slice(), "book").unwrap_err();
    assert!(refused.to_string().contains("more than 1024 columns"), "{refused}");
}

#[test]
fn a_hidden_sheet_that_is_read_is_named() {
    let rows = sheet(&[HEADS, ROW.trim()]);
    let remarks = |state| from_reader(workbook_showing(state, &rows, &[]).as_slice(), "book").unwrap().remarks;
    assert_eq!(remarks("hidden"), ["book: read though the workbook hides it: \"one\""]);
    assert!(remarks("visible").is_empty());
}

#[test]
fn texts_in_the_place_of_numbers_and_as_cdata_are_read() {
    let plain = from_reader(workbook(&sheet(&[HEADS, ROW.trim()])).as_slice(), "book").unwrap();
    let rows = String::from_utf8(sheet(&[HEADS, ROW.trim()])).unwrap();
    for cell in ["<c t=\"inlineStr\"><v>good</v></c>", "<c t=\"str\"><v><![CDATA[good]]></v></c>"] {
        let (before, after) = rows.rsplit_once("<c t=\"inlineStr\"><is><t>good</t></is></c>").unwrap();
        let text = format!("{before}{cell}{after}");
        let loaded = from_reader(workbook(text.as_bytes()).as_slice(), "book").unwrap();
        assert_eq!(loaded.dataset.authorities, plain.dataset.authorities, "{cell}");
    }
    let empty = rows.replacen("<is><t>good</t></is>", "<is><t/></is>", 1);
    let loaded = from_reader(workbook(empty.as_bytes()).as_slice(), "book").unwrap();
    let outcomes = loaded.dataset.authorities[0].assessments[0].judgements.iter().map(|judgement| judgement.outcome);
    assert_eq!(outcomes.filter(|outcome| *outcome == Outcome::Absent(Absence::Blank)).count(), 1);
}

#[test]
fn a_plain_header_of_our_own_tables_means_nothing_in_another_table() {
    let [headers, row] = [HEADS, ROW.trim()].map(|line| line.to_owned() + ",");
    let text = format!("{headers}date,link\n{row}2026-11-27,https://example.org/\n");
    let loaded = from_reader(text.as_bytes(), "file").unwrap();
    let plain = from_reader(format!("{HEADS}\n{ROW}").as_bytes(), "file").unwrap();
    assert_eq!(loaded.repairs, plain.repairs);
    assert_eq!(loaded.dataset.authorities, plain.dataset.authorities);
}

#[test]
fn judgements_that_are_not_understood_are_cleaned_where_they_are_quoted() {
    let loaded = read_rows(&row(80481, "Leeds", "2022-03-04", "2022-02-21", "go\u{1b}[31mod\u{202e}"));
    assert!(!loaded.repairs.is_empty());
    for repair in &loaded.repairs {
        let text = repair.to_string();
        assert!(text.contains("go[31mod"), "{text}");
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text}");
    }
}

#[test]
fn a_link_with_a_space_or_a_control_character_is_no_link() {
    let rows =
        |link: &str| row(80481, "Leeds", "2022-03-04", "2022-02-21", "good").replacen(",,", &format!(",{link},"), 1);
    let link = |link: &str| {
        let loaded = read_rows(&rows(link));
        loaded.dataset.authorities[0].assessments[0].report_link().map(String::from)
    };
    assert_eq!(link("https://a.b/c").as_deref(), Some("https://a.b/c"));
    for wrong in
        ["https://a.b/c d", "https://a.b/\u{1b}c", "https://a.b/\u{7f}", "https://a.b/é", "javascript:x", "ftp://a.b"]
    {
        assert_eq!(link(wrong), None, "{wrong:?}");
    }
    for wrong in ["https://a.b/c d", "https://a.b/\nc", "javascript:x"] {
        let mut dataset: serde_json::Value = bundled_json();
        dataset["sources"][0]["link"] = wrong.into();
        let refused = from_reader(dataset.to_string().as_bytes(), "test").unwrap_err().to_string();
        assert!(refused.contains("a link that begins with https://"), "{refused}");
    }
}

#[test]
fn text_in_windows_1252_is_read() {
    let mut bytes = HEADERS.as_bytes().to_vec();
    bytes.extend(b"1001,Caf\xe9 \x80 \x93x\x94,,2022-03-04,2022-02-21,good,good,good,good,good\n");
    let loaded = from_reader(bytes.as_slice(), "test.csv").unwrap();
    assert_eq!(loaded.dataset.authorities[0].name, "Café € “x”");
}

#[test]
fn a_file_with_a_byte_order_mark_and_quoted_headers_is_read() {
    let headers: Vec<String> = HEADERS.trim().split(',').map(|header| format!("\"{}\"", header.trim())).collect();
    // The first header has a second line, so that its quotation marks decide where the row ends.
    let headers = headers.join(",").replacen("\"urn\"", "\"urn\n\"", 1);
    let text = format!("\u{feff}{headers}\n{}", row(80481, "Leeds", "2024-03-04", "2024-02-21", "good"));
    let loaded = from_reader(text.as_bytes(), "test.csv").unwrap();
    assert_eq!((loaded.dataset.authorities[0].name.as_str(), loaded.repairs.len()), ("Leeds", 0));
}

#[test]
fn a_cell_of_several_lines_may_end_the_file() {
    let text = format!("{HEADERS}80481,Leeds,,2022-03-04,2022-02-21,good,good,good,good,\"good\n\"");
    let loaded = from_reader(text.as_bytes(), "test.csv").unwrap();
    let [assessment] = loaded.dataset.authorities[0].assessments.as_slice() else { panic!("{:?}", loaded.left_out) };
    assert_eq!(assessment.judgements[3].grade().unwrap().0, 3);
    assert_eq!((loaded.problems.len(), loaded.left_out.len()), (0, 0));
}

#[test]
fn the_row_most_like_headers_says_what_is_missing() {
    let nearly = HEADERS.replace("urn,local_authority,", "");
    let text = format!("Outcomes of inspections\n{nearly},2024-03-04,2024-02-21,good,good,good,good,good\n");
    let refused = from_reader(text.as_bytes(), "test.csv").unwrap_err().to_string();
    assert!(refused.contains("expected also local_authority:"), "{refused}");
}

#[test]
fn the_sources_of_names_and_codes_say_their_licence() {
    let loaded = read_rows(&row(80481, "Leeds", "2024-03-04", "2024-02-21", "good"));
    let evidence = &loaded.dataset.authorities[0].evidence;
    assert!(!evidence.is_empty());
    assert!(evidence.iter().all(|e| e.source.note.as_deref() == Some("Open Government Licence v3.0")), "{evidence:?}");
}

#[test]
fn a_row_whose_number_and_name_are_of_two_authorities_is_left_out_and_named() {
    let urn = |name: &str| named(&record_dataset(), name).codes.urn.clone().unwrap();
    let (devon, dorset, bristol) = (urn("Devon"), urn("Dorset"), urn("Bristol"));
    let row = |number: &str, name: &str| ROW.replace("80441,bristol", &format!("{number},{name}"));
    let text =
        row(&devon, "Dorset") + &row(&dorset, "Dorset Council") + &row(&bristol, "Nowhere") + &row(&bristol, "Bristl");
    let loaded = read(&rows(&text));
    assert_eq!(loaded.left_out, ["row 2", "row 4"]);
    let problem = loaded.problems[0].to_string();
    assert!(problem.contains(&format!("found {devon} is Devon, and the name is Dorset")), "{problem}");
    let names: Vec<&str> = loaded.dataset.authorities.iter().map(|authority| authority.name.as_str()).collect();
    assert_eq!(names, ["Dorset", "Bristol"], "a misspelt name does not contradict a number");
    let remark = loaded.remarks.iter().find(|remark| remark.contains("read by the code")).unwrap();
    assert!(remark.contains("Bristl"), "{remark}");
    // Swapped numbers move no grade from one to the other.
    let swapped = rows(&(row(&devon, "Dorset") + &row(&dorset, "Devon") + &row(&bristol, "bristol")));
    assert_eq!(read(&swapped).left_out, ["row 2", "row 3"]);
    // A successor's number does not move a grade to or from the authority that it replaced.
    let successor =
        rows(&(row(&urn("Bournemouth, Christchurch and Poole"), "Bournemouth") + &row(&bristol, "Bristol")));
    assert_eq!(read(&successor).left_out, ["row 2"]);
}

fn record_dataset() -> std::sync::Arc<Dataset> {
    scrutineer::load::record().unwrap().dataset
}

#[test]
fn a_formula_without_its_value_is_unreadable_and_not_blank() {
    let rows = String::from_utf8(sheet(&[HEADS, ROW.trim()])).unwrap();
    let good = "<c t=\"inlineStr\"><is><t>good</t></is></c>";
    assert!(rows.contains(good), "{rows}");
    let with = |cell: &str| {
        let (before, after) = rows.rsplit_once(good).unwrap();
        from_reader(workbook(format!("{before}{cell}{after}").as_bytes()).as_slice(), "book").unwrap()
    };
    let unreadable = |loaded: &Loaded| {
        let assessment = &loaded.dataset.authorities[0].assessments[0];
        assessment.judgements.iter().filter(|one| one.outcome == Outcome::Absent(Absence::Unreadable)).count()
    };
    for cell in ["<c><f>A1&amp;B1</f></c>", "<c><f>A1&amp;B1</f><v></v></c>"] {
        let loaded = with(cell);
        assert_eq!(unreadable(&loaded), 1, "{cell}");
        assert!(loaded.repairs[0].found.contains("a formula without its value, =A1&B1"), "{:?}", loaded.repairs);
    }
    // One that shows nothing is blank, and one with its value is read.
    assert_eq!(unreadable(&with("<c t=\"str\"><f>A1&amp;B1</f><v></v></c>")), 0);
    assert_eq!(unreadable(&with("<c t=\"str\"><f>A1&amp;B1</f><v>good</v></c>")), 0);
}

#[test]
fn an_error_that_the_library_does_not_know_is_an_unreadable_cell() {
    let rows = String::from_utf8(sheet(&[HEADS, ROW.trim()])).unwrap();
    let good = "<c t=\"inlineStr\"><is><t>good</t></is></c>";
    let placed = |text: &str| {
        // Each cell has its reference, as spreadsheets write it.
        let mut parts = text.split("<c t=");
        let mut all = parts.next().unwrap().to_owned();
        let (mut row, mut column) = (0, 0);
        for part in parts {
            if all.rsplit("<row").next().is_some_and(|last| !last.contains("<c ")) {
                (row, column) = (row + 1, 0);
            }
            all += &format!("<c r=\"{}{row}\" t={part}", char::from(b'A' + column));
            column += 1;
        }
        all
    };
    let (before, after) = rows.rsplit_once(good).unwrap();
    let with = |cell: &str| placed(&format!("{before}{cell}{after}"));
    for error in ["#SPILL!", "#CALC!", "#REF!"] {
        let text = with(&format!("<c t=\"e\"><v>{error}</v></c>"));
        let loaded = from_reader(workbook(text.as_bytes()).as_slice(), "book").unwrap();
        let assessment = &loaded.dataset.authorities[0].assessments[0];
        let unreadable = assessment.judgements.iter().filter(|one| one.outcome == Outcome::Absent(Absence::Unreadable));
        assert_eq!(unreadable.count(), 1, "{error}: {:?}", loaded.repairs);
        assert!(
            loaded.repairs.iter().any(|one| one.found.contains(error.trim_matches(['#', '!']))),
            "{:?}",
            loaded.repairs
        );
    }
}

#[test]
fn shared_formulas_and_far_cells_take_no_more_memory_than_they_are_worth() {
    let long = "A".repeat(60_000);
    let followers: String = (3..40_000)
        .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\"><f t=\"shared\" si=\"0\"/></c></row>"))
        .collect();
    let first = format!("<row r=\"2\"><c r=\"A2\"><f t=\"shared\" ref=\"A2:A40000\" si=\"0\">{long}</f></c></row>");
    let rows = String::from_utf8(sheet(&[HEADS, ROW.trim()])).unwrap();
    let end = rows.rfind("</sheetData>").unwrap();
    let text = format!("{}{first}{followers}{}", &rows[..end], &rows[end..]);
    // Were the formula written out for each, it would be two gigabytes.
    let _ = from_reader(workbook(text.as_bytes()).as_slice(), "shared");
    let far: String = (3..80_000).map(|row| format!("<row r=\"{row}\"><c r=\"XFD{row}\"><v>1</v></c></row>")).collect();
    let text = format!("{}{far}{}", &rows[..end], &rows[end..]);
    let refused = from_reader(workbook(text.as_bytes()).as_slice(), "far").unwrap_err();
    assert!(refused.to_string().contains("counted up to the last of each row"), "{refused}");
}
