//! The headers that tables of inspections are known to have.

use crate::text::{tidy, without_markers};

/// A column with a known meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    /// Ofsted's unique reference number.
    Urn,
    /// The name of the authority.
    Authority,
    /// A link to the report.
    Link,
    /// When the report was published.
    Published,
    /// The kind of inspection; the header in the file is "inspection_framework".
    Kind,
    /// The lead inspector.
    Lead,
    /// The version of the parser with which the collector read the report.
    ParserVersion,
    /// The first day of the inspection.
    From,
    /// The last day of the inspection.
    Until,
    /// The Department for Education's three-digit number.
    La,
    /// The code of the Government Statistical Service.
    Gss,
    /// The region, as a code.
    Region,
    /// What the row is about, in statistics with rows for regions and the nation: "Local authority".
    Level,
    /// The Department for Education's numbers of the statistical neighbours.
    Neighbours,
    /// The id of the framework, in our own tables.
    Framework,
    /// The round, in our own tables.
    Round,
    /// The grade for overall effectiveness.
    Overall,
    /// The grade for the impact of leaders.
    Leaders,
    /// The grade for help and protection.
    Help,
    /// The grade for children in care (formerly looked-after children).
    InCare,
    /// The grade for care leavers.
    CareLeavers,
}

impl Column {
    /// Returns the usual header.
    pub fn usual_header(self) -> &'static str {
        let named = HEADERS.iter().find(|(column, _)| *column == self);
        named.and_then(|(_, headers)| headers.first()).copied().unwrap_or_default()
    }

    /// Returns the column with the judgements of a category (given by id); `None` if files have no such column.
    pub fn of_category(id: &str) -> Option<Self> {
        match id {
            "overall-effectiveness" => Some(Self::Overall),
            "leaders" | "leadership" => Some(Self::Leaders),
            "help-and-protection" => Some(Self::Help),
            "children-in-care" | "looked-after" => Some(Self::InCare),
            "care-leavers" => Some(Self::CareLeavers),
            _ => None,
        }
    }
}

/// The known headers of each column, as [`plain`] writes them; the usual one comes first. Those with `grade` and `code`
/// are of the collected files, those with `la` and `level` of the Department for Education's open data, the others of
/// Ofsted's official statistics of 2022 to 2025.
pub const HEADERS: [(Column, &[&str]); 19] = [
    (Column::Urn, &["urn", "provider_urn", "ofsted_urn", "la_urn"]),
    (Column::Authority, &["local_authority", "local_authority_name", "la_name"]),
    (Column::Link, &["inspection_link", "web_link"]),
    (
        Column::Published,
        &[
            "publication_date",
            "date_published",
            "published_date",
            "date_of_publication",
            "published",
            "publication",
            "report_published",
            "report_publication_date",
            "report_date",
            "first_published",
            "pub_date",
        ],
    ),
    (Column::Kind, &["inspection_framework", "inspection_type", "inspection_visit_type"]),
    (Column::Lead, &["inspector_name"]),
    (Column::ParserVersion, &["parser_version"]),
    (
        Column::From,
        &[
            "inspection_start_date",
            "inspection_date",
            "inspection_visit_date",
            "inspection_dates",
            "inspection_start",
            "inspection_started",
            "start_date",
            "date_of_inspection",
            "first_day",
            "first_day_of_inspection",
        ],
    ),
    (Column::Until, &["inspection_end_date"]),
    (Column::La, &["la_code", "old_la_code", "local_authority_code", "la_number", "dfe_number"]),
    (Column::Gss, &["la_code_new", "new_la_code", "ltla23cd", "local_authority_area_code", "ons_code", "gss_code"]),
    (Column::Region, &["region_code"]),
    (Column::Level, &["geographic_level"]),
    (Column::Neighbours, &["stat_neighbours"]),
    (Column::Overall, &["overall_effectiveness_grade", "overall_effectiveness"]),
    (
        Column::Leaders,
        &[
            "impact_of_leaders_grade",
            "impact_of_leaders",
            "leaders",
            "impact_of_leaders_on_social_work_practice_with_children_and_families",
        ],
    ),
    (
        Column::Help,
        &[
            "help_and_protection_grade",
            "help_and_protection",
            "experiences_and_progress_of_children_who_need_help_and_protection",
        ],
    ),
    (
        Column::InCare,
        &[
            "in_care_grade",
            "children_in_care",
            "experiences_and_progress_of_children_in_care",
            "experiences_and_progress_of_children_in_care_and_care_leavers",
        ],
    ),
    (Column::CareLeavers, &["care_leavers_grade", "care_leavers", "experiences_and_progress_of_care_leavers"]),
];

/// Further headers that analysts give these columns, which count only where a table has none of the usual ones. Our own tables use
/// some of these words for the categories of other frameworks.
pub const LOOSE: [(Column, &[&str]); 11] = [
    (
        Column::Authority,
        &[
            "local_authority_(la)",
            "name_of_local_authority",
            "name_of_authority",
            "authority_name",
            "council",
            "council_name",
            "la",
        ],
    ),
    (
        Column::Kind,
        &["type_of_inspection", "inspection_event_type", "inspection_category", "event_type", "visit_type", "type"],
    ),
    (Column::From, &["date_inspected", "inspected", "inspection_period"]),
    (Column::Overall, &["overalleffectiveness", "overall"]),
    (Column::Leaders, &["leadership"]),
    (Column::Help, &["children_who_need_help_and_protection", "help"]),
    (Column::InCare, &["in_care", "children_looked_after", "cic"]),
    (Column::CareLeavers, &["careleavers", "leaving_care", "leavers", "cl"]),
    (Column::Until, &["end_date", "last_day_of_inspection"]),
    (Column::La, &["dfe_code", "lacode", "lea_code"]),
    (Column::Gss, &["area_code"]),
];

/// The headers of our own tables, which are so plain that another table may mean something else by them: a `date` may be
/// that of a download.
pub const OWN_HEADERS: [(Column, &str); 6] = [
    (Column::Authority, "authority"),
    (Column::Link, "link"),
    (Column::Published, "date"),
    (Column::Gss, "gss"),
    (Column::Framework, "framework"),
    (Column::Round, "round"),
];

/// The columns that a table must have: one of each group.
pub const NEEDED: [&[Column]; 6] = [
    &[Column::Authority, Column::Urn, Column::La, Column::Gss],
    &[Column::Published, Column::From],
    &[Column::Overall],
    &[Column::Leaders],
    &[Column::Help],
    &[Column::InCare],
];

/// The number of columns with a known meaning.
pub const COUNT: usize = Column::CareLeavers as usize + 1;

/// What begins the headers of a wide table, which has the inspections of an authority side by side.
pub const ORDINALS: [&str; 6] = ["first_", "second_", "third_", "fourth_", "fifth_", "sixth_"];

/// Returns a header in lower case, with underscores between its words, without markers of notes, "the" and the name of the
/// framework.
pub fn plain(header: &str) -> String {
    let text = tidy(header);
    // The text in brackets says how the column is written: "Publication date (dd/mm/yyyy)".
    let is_form = |inside: &str| inside.contains("yyyy") || inside.contains("first day");
    let before = text.strip_suffix(')').and_then(|text| text.rsplit_once('('));
    let text = before.filter(|(_, inside)| is_form(&inside.to_lowercase())).map_or(text.as_str(), |(before, _)| before);
    let text = without_markers(text.trim()).trim_end_matches([':', '.']).to_lowercase();
    // R writes dots for the spaces of headers.
    let text = text.replace('&', "and").replace([' ', '-', '/', '.'], "_");
    let mut text = text.trim_matches('_');
    if let Some(kind) = code_of_geography(text) {
        return kind.to_owned();
    }
    while let Some(rest) = ["_judgement", "_judgment", "_rating"].iter().find_map(|word| text.strip_suffix(word)) {
        text = rest;
    }
    while let Some(rest) = ["the_", "ilacs_", "framework_", "latest_", "most_recent_", "current_"]
        .iter()
        .find_map(|word| text.strip_prefix(word))
    {
        text = rest;
    }
    text.to_owned()
}

/// Returns the usual header for one of the statistical service, which has a year: "LAD23CD", "UTLA23NM".
pub fn code_of_geography(text: &str) -> Option<&'static str> {
    let rest = ["lad", "utla", "ltla", "ctyua", "lactry"].iter().find_map(|kind| text.strip_prefix(kind))?;
    let (year, what) = rest.split_at_checked(2)?;
    match what {
        _ if !year.bytes().all(|byte| byte.is_ascii_digit()) => None,
        "cd" => Some("la_code_new"),
        "nm" => Some("la_name"),
        _ => None,
    }
}
