//! Grades, and reasons why there is none, as people and programs write them: the only parser of both.

use super::{Absence, Grade, Outcome, Scale};
use crate::text::without_markers;

/// The value of a text, and whether the text says it as expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written<T> {
    /// The text says the value as expected.
    Plain(T),
    /// The text clearly means the value, but is written differently.
    Repaired(T),
    /// The meaning of the text is unclear.
    Unknown,
}

/// The shortest word of which a misspelling of one letter is recognised.
const MIN_MISSPELT: usize = 4;

/// Parses a judgement under a scale: a grade or the reason why there is none. Markers of notes behind it are left out.
pub fn written_outcome(text: &str, scale: &Scale) -> Written<Outcome> {
    let text = tidy(text);
    if let Written::Plain(grade) = plain_grade(&text, scale) {
        return Written::Plain(Outcome::Grade(grade));
    }
    if let Some(absence) = absence(&text) {
        return Written::Plain(Outcome::Absent(absence));
    }
    match written_grade(&text, scale) {
        Written::Plain(grade) => Written::Plain(Outcome::Grade(grade)),
        Written::Repaired(grade) => Written::Repaired(Outcome::Grade(grade)),
        Written::Unknown => match absence(&text.to_lowercase()) {
            Some(absence) => Written::Repaired(Outcome::Absent(absence)),
            None => Written::Unknown,
        },
    }
}

/// Parses a grade of a scale: its word, one of its other names, or its letter; with another spelling of one letter, between
/// quotation marks, with an explanation behind a dash, or with its number or letter beside its word. A number alone is not a
/// grade: the best is 1 on some scales and 4 on others.
pub fn written_grade(text: &str, scale: &Scale) -> Written<Grade> {
    let text = tidy(text);
    let known = plain_grade(&text, scale);
    if known != Written::Unknown {
        return known;
    }
    let lower = text.to_lowercase().replace('_', " ");
    let plain = lower.trim_matches(|c: char| c.is_whitespace() || ".,;:\"'“”‘’".contains(c));
    let plain = ["to ", "judged ", "judged as "].iter().find_map(|start| plain.strip_prefix(start)).unwrap_or(plain);
    let repaired = match plain_grade(plain, scale) {
        Written::Plain(grade) => Some(grade),
        _ => {
            let beside = beside_number_or_letter(plain, scale).or_else(|| explained(plain, scale));
            beside.or_else(|| initials(&text, scale)).or_else(|| misspelt(plain, scale))
        }
    };
    repaired.map_or(Written::Unknown, Written::Repaired)
}

/// Returns a text with single spaces, without invisible characters and markers of notes.
fn tidy(text: &str) -> String {
    let visible = text.chars().filter(|c| !matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' | '\u{ad}'));
    let visible: String = visible.collect();
    without_markers(&visible.split_whitespace().collect::<Vec<_>>().join(" ")).to_owned()
}

fn plain_grade(text: &str, scale: &Scale) -> Written<Grade> {
    let is_called = |name: &str| name.eq_ignore_ascii_case(text);
    let is_it = |step: &&super::Step| {
        is_called(&step.word)
            || step.also.iter().any(|name| is_called(name))
            || (step.has_letter() && step.sign() == text)
    };
    scale.steps.iter().find(is_it).map_or(Written::Unknown, |step| Written::Plain(step.grade))
}

/// Returns the grade of a word with its own number or letters: "1 - outstanding", "requires improvement (ri)".
fn beside_number_or_letter(text: &str, scale: &Scale) -> Option<Grade> {
    if let Some((word, letters)) = text.strip_suffix(')').and_then(|text| text.rsplit_once('(')) {
        let grade = named(word.trim(), scale)?;
        let initials: String = word.split_whitespace().filter_map(|word| word.chars().next()).collect();
        return (initials.starts_with(letters.trim()) && !letters.trim().is_empty()).then_some(grade);
    }
    let (number, word) = text.split_once([' ', '-', '.', ':', '–'])?;
    let is_number = number.len() == 1 && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| named(word.trim_matches([' ', '-', '.', ':', '–']), scale)).flatten()
}

/// Returns the grade of a word that is followed by an explanation: "inadequate - serious weaknesses". Two grades are none.
fn explained(text: &str, scale: &Scale) -> Option<Grade> {
    let (word, explanation) = [" - ", " – ", ": "].iter().find_map(|between| text.split_once(between))?;
    let has_grade = explanation.split(|c: char| !c.is_alphanumeric()).any(|word| named(word, scale).is_some());
    named(word.trim(), scale).filter(|_| !has_grade)
}

/// Returns the grade whose name of several words has these initials, in capitals: "RI".
fn initials(text: &str, scale: &Scale) -> Option<Grade> {
    let is_it = |name: &str| {
        let initials: String = name.split_whitespace().filter_map(|word| word.chars().next()).collect();
        initials.len() > 1 && initials.to_uppercase() == text
    };
    let named = scale.steps.iter().find(|step| is_it(&step.word) || step.also.iter().any(|name| is_it(name)));
    named.map(|step| step.grade)
}

/// Returns the only grade whose word differs in one letter.
fn misspelt(text: &str, scale: &Scale) -> Option<Grade> {
    if text.chars().count() < MIN_MISSPELT || text.chars().any(|c| c.is_ascii_digit()) {
        return None;
    }
    let is_near = |name: &str| name.len() >= MIN_MISSPELT && strsim::osa_distance(&name.to_lowercase(), text) == 1;
    let mut near = scale.steps.iter().filter(|step| is_near(&step.word) || step.also.iter().any(|name| is_near(name)));
    let grade = near.next()?.grade;
    near.next().is_none().then_some(grade)
}

fn named(text: &str, scale: &Scale) -> Option<Grade> {
    match plain_grade(text, scale) {
        Written::Plain(grade) if text.len() > 1 => Some(grade),
        _ => None,
    }
}

/// Returns the reason that a text gives for a missing grade: a sign of official statistics, what a spreadsheet or a program
/// writes for a missing value, a word of the collected files, or our own words for the reason.
fn absence(text: &str) -> Option<Absence> {
    let lower = text.to_lowercase();
    Some(match lower.as_str() {
        "" | "-" | "–" | "—" | "." | "n/a" | "na" | "#n/a" | "nan" | "null" | "none" | "tbc" | "blank" => {
            Absence::Blank
        }
        "[z]" | "z" | "not applicable" => Absence::NotApplicable,
        "[x]" | "x" | ".." | ":" | "no data" | "not available" => Absence::NotAvailable,
        "[c]" | "c" | "suppressed" | "confidential" => Absence::Withheld,
        "[low]" => Absence::Low,
        "[u]" => Absence::Unreliable,
        "not inspected" | "not yet inspected" => Absence::NotInspected,
        "data_unreadable" => Absence::Unreadable,
        "inspection_pre_dates_judgement" => Absence::BeforeCategory,
        "not_reported_post_reform" => Absence::CategoryEnded,
        _ => Absence::ALL.into_iter().find(|absence| absence.words() == text)?,
    })
}

/// Whether a text says that there is no value: it is blank, or one of the signs for nothing.
pub fn is_nothing(text: &str) -> bool {
    matches!(
        absence(&tidy(text)),
        Some(Absence::Blank | Absence::NotApplicable | Absence::NotAvailable | Absence::NotInspected)
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::bundled;
    use crate::load::record;

    fn scale(id: &str) -> Scale {
        let dataset = if id == "apa-2006" { bundled() } else { record() }.unwrap().dataset;
        dataset.frameworks.iter().find(|framework| framework.id == id).unwrap().scale.clone()
    }

    #[test]
    fn grades_are_read_as_people_write_them() {
        let scale = scale("ilacs");
        let read = |text: &str| written_grade(text, &scale);
        for (text, grade) in [
            ("good", 3),
            ("Requires improvement", 2),
            (" requires  Improvement\nto be good ", 2),
            ("O", 4),
            ("I", 1),
            ("Good [note 2]", 3),
            ("Good*", 3),
            ("Good (1)", 3),
            ("\u{200b}Good\u{a0}", 3),
        ] {
            assert_eq!(read(text), Written::Plain(Grade(grade)), "{text:?}");
        }
        for (text, grade) in [
            ("to requires improvement", 2),
            ("RI", 2),
            ("Requires Improvement (RI)", 2),
            ("requires_improvement_to_be_good", 2),
            ("1 - Outstanding", 4),
            ("4. Inadequate", 1),
            ("Good.", 3),
            ("good, ", 3),
            ("\"Good\"", 3),
            ("Judged good", 3),
            ("Requires Improvment", 2),
            ("Inadaquate", 1),
            ("Inadequate - serious weaknesses", 1),
        ] {
            assert_eq!(read(text), Written::Repaired(Grade(grade)), "{text:?}");
        }
        for text in [
            "2",
            "Grade 2",
            "-1",
            "Adequate",
            "Satisfactory",
            "Outstanding/Good",
            "Good - Outstanding",
            "Met",
            "god is",
            "",
            "ri",
        ] {
            assert_eq!(read(text), Written::Unknown, "{text:?}");
        }
    }

    #[test]
    fn a_sign_for_nothing_has_its_reason() {
        let scale = scale("ilacs");
        for (text, absence) in [
            ("", Absence::Blank),
            (" - ", Absence::Blank),
            ("NaN", Absence::Blank),
            ("n/a", Absence::Blank),
            ("[z]", Absence::NotApplicable),
            ("x", Absence::NotAvailable),
            ("..", Absence::NotAvailable),
            ("[c]", Absence::Withheld),
            ("[low]", Absence::Low),
            ("[u]", Absence::Unreliable),
            ("Not yet inspected", Absence::NotInspected),
            ("not judged", Absence::NotJudged),
            ("data_unreadable", Absence::Unreadable),
            ("inspection_pre_dates_judgement", Absence::BeforeCategory),
            ("not_reported_post_reform", Absence::CategoryEnded),
        ] {
            assert_eq!(written_outcome(text, &scale), Written::Plain(Outcome::Absent(absence)), "{text:?}");
        }
        for absence in Absence::ALL {
            let read = written_outcome(absence.words(), &scale);
            assert_eq!(read, Written::Plain(Outcome::Absent(absence)), "what we write we read");
        }
        assert_eq!(written_outcome("Not judged", &scale), Written::Repaired(Outcome::Absent(Absence::NotJudged)));
        assert_eq!(written_outcome("pending", &scale), Written::Unknown);
    }

    #[test]
    fn a_number_is_a_grade_nowhere_and_a_word_only_on_its_scale() {
        let scale = scale("apa-2006");
        assert_eq!(written_grade("3", &scale), Written::Unknown);
        assert_eq!(written_grade(&scale.steps[0].word, &scale), Written::Plain(scale.steps[0].grade));
    }
}
