//! A large dataset, made the same way every time.

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

/// The JSON text of a dataset of so many authorities, each with three judgements.
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
        "format": 1, "title": "Large", "publisher": "Nobody", "date": "2006-11-01",
        "frameworks": [{"id": "f", "title": "Framework", "good_from": 3, "scale": steps, "categories": categories}],
        "sources": [{"id": "s", "publisher": "Nobody", "title": "Nothing", "link": "https://example.org/"}],
        "claims": [{"framework": "f", "round": "2006", "category": "services", "grades": [4, 3], "value": 60_000,
            "unit": "count", "of": 100_000, "standing": "stated", "evidence": evidence}],
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
        grade => json!({"grade": grade, "standing": "stated", "evidence": [{"source": "s", "note": "a note"}]}),
    };
    json!({
        "name": name, "codes": {"gss": format!("E{number:08}")}, "region": "East of England",
        "then": {"name": format!("{name} Council"), "kind": "unitary"},
        "assessments": [{"framework": "f", "round": "2006", "date": "2006-11-01", "judgements": {
            "services": judgement(0), "social-care": judgement(1), "capacity": judgement(2)}}],
    })
}
