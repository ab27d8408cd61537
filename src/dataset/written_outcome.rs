//! Grades, and reasons why there is none, as people and programs write them: the only parser of both.

use super::{Absence, Grade, Outcome, Scale};
use crate::text::{tidy, without_markers};

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

/// The length of the longest sign for nothing, in bytes.
const MAX_NOTHING: usize = 24;

/// The length of the longest text that can be a grade, in bytes.
const MAX_LENGTH: usize = 80;

/// The shortest word of which a misspelling of one letter is recognised.
const MIN_MISSPELT: usize = 4;

/// Parses a judgement under a scale: a grade or the reason why there is none. Markers of notes behind it are left out.
pub fn written_outcome(text: &str, scale: &Scale) -> Written<Outcome> {
    let grade = written_grade(text, scale);
    match (grade, absence(without_markers(&tidy(text)))) {
        (Written::Plain(grade), _) => Written::Plain(Outcome::Grade(grade)),
        (_, Some((absence, true))) => Written::Plain(Outcome::Absent(absence)),
        (Written::Repaired(grade), _) => Written::Repaired(Outcome::Grade(grade)),
        (_, Some((absence, false))) => Written::Repaired(Outcome::Absent(absence)),
        (Written::Unknown, None) => Written::Unknown,
    }
}

/// Parses a grade of a scale: its word, one of its other names, or its letter; with another spelling of one letter, between
/// quotation marks, or with its number or letters beside its word. A number alone is not a grade: the best is 1 on some scales and
/// 4 on others. Two grades, and a grade with a remark, are none.
pub fn written_grade(text: &str, scale: &Scale) -> Written<Grade> {
    let text = tidy(text);
    let text = without_markers(&text);
    if text.len() > MAX_LENGTH {
        return Written::Unknown;
    }
    if let Written::Plain(grade) = plain_grade(text, scale) {
        return Written::Plain(grade);
    }
    let bare = text.trim_matches(|c: char| c.is_whitespace() || "*.,;:\"'“”‘’".contains(c));
    let lower = spaced(&bare.to_lowercase());
    let plain = ["to ", "judged as ", "judged "].iter().find_map(|start| lower.strip_prefix(start)).unwrap_or(&lower);
    let repaired = match plain_grade(plain, scale) {
        Written::Plain(grade) => Some(grade),
        _ => {
            let letters = bare.replace('.', "");
            let beside = beside_number_or_letters(plain, scale).or_else(|| initials(&letters, scale));
            beside.or_else(|| misspelt(plain, scale))
        }
    };
    repaired.map_or(Written::Unknown, Written::Repaired)
}

/// Returns a text with single spaces for the hyphens and underscores between its words; signs with spaces around them stay.
fn spaced(text: &str) -> String {
    let is_joined = |at: usize| {
        let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at..).unwrap_or_default());
        let next = after.chars().nth(1);
        before.chars().next_back().is_some_and(char::is_alphabetic) && next.is_some_and(char::is_alphabetic)
    };
    let sign = |(at, c): (usize, char)| if matches!(c, '-' | '_' | '–' | '‑') && is_joined(at) { ' ' } else { c };
    let joined: String = text.char_indices().map(sign).collect();
    let is_between = |part: &str| matches!(part, "-" | "–");
    let words: Vec<&str> = joined.split(' ').collect();
    // "requires – improvement", but not "1 - outstanding" nor "good - with a remark".
    match words.as_slice() {
        [first, sign, rest @ ..]
            if is_between(sign) && first.chars().all(char::is_alphabetic) && *first == "requires" =>
        {
            format!("{first} {}", rest.join(" "))
        }
        _ => joined,
    }
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

/// Returns the grade of a word with its own number, counted from either end, or its letters: "1 - outstanding", "requires
/// improvement (ri)".
fn beside_number_or_letters(text: &str, scale: &Scale) -> Option<Grade> {
    if let Some((word, letters)) = text.strip_suffix(')').and_then(|text| text.rsplit_once('(')) {
        let grade = named(word.trim(), scale)?;
        let initials: String = word.split_whitespace().filter_map(|word| word.chars().next()).collect();
        return (initials.starts_with(letters.trim()) && !letters.trim().is_empty()).then_some(grade);
    }
    let (number, word) = text.split_once([' ', '-', '.', ':', '–'])?;
    let number: usize = number.parse().ok()?;
    let grade = named(word.trim_matches([' ', '-', '.', ':', '–']), scale)?;
    let position = scale.steps.iter().position(|step| step.grade == grade)? + 1;
    (number == position || number == usize::from(grade.0)).then_some(grade)
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

/// Returns the only grade whose word differs in one letter, which is not the first.
fn misspelt(text: &str, scale: &Scale) -> Option<Grade> {
    if text.chars().count() < MIN_MISSPELT || !text.chars().all(|c| c.is_alphabetic() || c == ' ') {
        return None;
    }
    let is_near = |name: &str| {
        let name = name.to_lowercase();
        name.chars().next() == text.chars().next() && strsim::osa_distance(&name, text) == 1
    };
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

/// Returns the absence that a text stands for, and whether its spelling is a usual one: a sign of official statistics, what
/// a spreadsheet or a program writes for a missing value, a word of the collected files, or our own words for the reason.
fn absence(text: &str) -> Option<(Absence, bool)> {
    let lower = text.to_lowercase();
    let bare = lower.trim_end_matches('.').trim_end();
    let bare = if bare.is_empty() { lower.as_str() } else { bare };
    // "(z)", "[ z ]" and "(blank)" are the same signs in other brackets.
    let inside = bare.strip_prefix(['(', '[', '<']).and_then(|text| text.strip_suffix([')', ']', '>'])).map(str::trim);
    let sign = match inside {
        Some(inside @ ("z" | "x" | "c" | "low" | "u")) => format!("[{inside}]"),
        Some(inside) => inside.to_owned(),
        None => bare.to_owned(),
    };
    let absence = match sign.as_str() {
        "" | "-" | "--" | "–" | "—" | "−" | "." | "..." | "…" | "n/a" | "na" | "#n/a" | "nan" | "null" | "none"
        | "tbc" | "tba" | "tbd" | "blank" | "not yet published" => Absence::Blank,
        "[z]" | "z" | "not applicable" => Absence::NotApplicable,
        "[x]" | "x" | ".." | ":" | "no data" | "not available" => Absence::NotAvailable,
        "[c]" | "c" | "suppressed" | "confidential" => Absence::Withheld,
        "[low]" => Absence::Low,
        "[u]" => Absence::Unreliable,
        "not inspected" | "not yet inspected" => Absence::NotInspected,
        "not graded" => Absence::NotJudged,
        "no longer graded" => Absence::CategoryEnded,
        "data_unreadable" => Absence::Unreadable,
        "inspection_pre_dates_judgement" => Absence::BeforeCategory,
        "not_reported_post_reform" => Absence::CategoryEnded,
        _ => {
            let absence = Absence::ALL.into_iter().find(|absence| absence.words() == sign)?;
            return Some((absence, absence.words() == text));
        }
    };
    Some((absence, true))
}

/// Whether a text says that there is no value: it is blank, or one of the signs for nothing.
pub fn is_nothing(text: &str) -> bool {
    let is_short = text.len() <= MAX_NOTHING;
    is_short
        && matches!(
            absence(&tidy(text)),
            Some((Absence::Blank | Absence::NotApplicable | Absence::NotAvailable | Absence::NotInspected, _))
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
            ("1 - Inadequate", 1),
            ("RI.", 2),
            ("Judged as good", 3),
            ("Gpod", 3),
            ("Good.", 3),
            ("good, ", 3),
            ("\"Good\"", 3),
            ("Judged good", 3),
            ("Requires Improvment", 2),
            ("Inadaquate", 1),
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
            "Good - requires improvement",
            "Good - RI",
            "Good – draft",
            "good?",
            "3 - Good or so",
            "2 - Outstanding",
            "Mood",
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
