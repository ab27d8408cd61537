//! Generates large files, the same every time.

#![allow(dead_code, reason = "each benchmark uses its part")]

use serde_json::{Value, json};

const STEMS: [&str; 40] = [
    "Ash", "Barn", "Brad", "Brent", "Bristol", "Cam", "Chester", "Corn", "Darling", "Devon", "Dur", "Eal", "Glouces",
    "Hack", "Hamp", "Hart", "Kings", "Knows", "Lan", "Lei", "Lin", "Liver", "Man", "Mid", "New", "Nor", "Notting",
    "Ox", "Peter", "Ply", "Read", "Roch", "Shrop", "Stock", "Stoke", "Suf", "Tor", "Wake", "Wal", "Wor",
];
const ENDS: [&str; 14] = [
    "ton", "ham", "shire", "ford", "bury", "ley", "wick", "mouth", "pool", "field", "cester", "borough", "wall", "sey",
];
const SIDES: [&str; 10] = ["", "North ", "South ", "East ", "West ", "Upper ", "Lower ", "Great ", "Little ", "New "];
const TAILS: [&str; 6] = ["", "-on-Trent", " upon Tyne", " and Villages", "-by-the-Sea", " Hamlets"];

/// Returns the JSON text of a dataset with `count` authorities, each with three judgements.
pub fn large(count: usize) -> String {
    let authorities: Vec<Value> = (0..count).map(authority).collect();
    let evidence = json!([{"source": "s", "note": "made for measuring"}]);
    let steps: Vec<Value> = ["Inadequate", "Adequate", "Good", "Outstanding"]
        .iter()
        .zip(1..)
        .map(|(word, grade)| json!({"grade": grade, "word": word, "meaning": format!("what {word} means")}))
        .collect();
    let categories: Vec<Value> =
        ["services", "social-care", "capacity"].iter().map(|id| json!({"id": id, "label": id, "short": id})).collect();
    let dataset = json!({
        "format": 2, "title": "Large", "publisher": "Nobody", "date": "2006-11-01",
        "frameworks": [{"id": "f", "title": "Framework", "good_from": 3, "scale": steps, "categories": categories}],
        "sources": [{"id": "s", "publisher": "Nobody", "title": "Nothing", "link": "https://example.org/"}],
        "claims": [{"framework": "f", "round": "2006", "category": "services", "grades": [4, 3], "value": 60_000,
            "unit": "count", "of": 100_000, "certainty": "stated", "evidence": evidence}],
        "authorities": authorities,
    });
    dataset.to_string()
}

fn authority(number: usize) -> Value {
    let (stem, rest) = (number % STEMS.len(), number / STEMS.len());
    let (end, rest) = (rest % ENDS.len(), rest / ENDS.len());
    let (side, rest) = (rest % SIDES.len(), rest / SIDES.len());
    let (tail, rest) = (rest % TAILS.len(), rest / TAILS.len());
    let mut name = format!("{}{}{}{}", SIDES[side], STEMS[stem], ENDS[end], TAILS[tail]);
    if rest > 0 {
        name.push_str(&format!(" {}", rest + 1));
    }
    let judgement = |shift: usize| match (number + shift) % 5 {
        0 => json!({"absence": "not-reported"}),
        grade => json!({"grade": grade, "certainty": "stated", "evidence": [{"source": "s", "note": "a note"}]}),
    };
    json!({
        "name": name, "codes": {"gss": format!("E{number:08}")}, "region": "East of England",
        "council_at_assessment": {"name": format!("{name} Council"), "kind": "unitary"},
        "assessments": [{"framework": "f", "round": "2006", "date": "2006-11-01", "judgements": {
            "services": judgement(0), "social-care": judgement(1), "capacity": judgement(2)}}],
    })
}

/// Returns the CSV text of a history of `count` inspections, four for each authority. A row has about 270 bytes, as
/// in the real file.
pub fn history(count: usize) -> String {
    const HEADS: &str = "urn,local_authority,inspection_link,pdf_filename,publication_date,inspection_framework,\
        inspector_name,inspection_start_date,inspection_end_date,overall_effectiveness_grade,impact_of_leaders_grade,\
        help_and_protection_grade,in_care_grade,care_leavers_grade,parser_version\n";
    const GRADES: [&str; 5] = ["good", "requires improvement", "outstanding", "inadequate", "data_unreadable"];
    let mut text = HEADS.to_owned();
    for number in 0..count {
        let authority = number / 4;
        let name = STEMS[authority % STEMS.len()].to_lowercase() + ENDS[authority / STEMS.len() % ENDS.len()];
        let year = 18 + number % 4 * 2;
        let grade = |shift: usize| GRADES[(number + shift) % GRADES.len()];
        text.push_str(&format!(
            "{},{name} {authority},https://files.ofsted.gov.uk/v1/file/{},children's services inspection - number \
             {number:07} of them all.pdf,{:02}/{:02}/{year},standard,Ann Lead {},{:02}/01/20{year},{:02}/02/20{year},\
             {},{},{},{},{},1\n",
            3_000_000 + authority,
            50_000_000 + number,
            1 + number % 28,
            1 + number % 12,
            number % 90,
            1 + number % 28,
            1 + number % 28,
            grade(0),
            grade(1),
            grade(2),
            grade(3),
            grade(1),
        ));
    }
    text
}
