//! The source of a table, and what is reported of its rows and headers.

use super::columns::Columns;
use crate::dataset::{Location, Problem, Rank, Source};
use crate::load::Repair;
use crate::load::reports::shorten;
use crate::text::clean;

/// The title of the dataset.
pub(super) const TITLE: &str = "ILACS outcomes";

/// The tool that collects the public files from Ofsted's reports.
pub(super) const COLLECTOR: &str = "ofsted-ilacs-scrape-tool";

/// Describes a file that is not Ofsted's own as a source; `is_collected` says whether it is as the collecting tool writes it.
pub(super) fn collected(path: &str, is_collected: bool) -> Source {
    let name = file_name(path);
    let title = match is_collected {
        true => format!("ILACS outcomes collected by the {COLLECTOR}, {name}"),
        false => format!("inspection outcomes, {name}"),
    };
    Source {
        id: name.into(),
        publisher: "Ofsted".into(),
        title,
        rank: Rank::Collected,
        note: Some("the grades are Ofsted's, Open Government Licence v3.0; the report itself decides".into()),
        ..Source::default()
    }
}

/// Describes a file of Ofsted's official statistics as a source, by the line above its headers.
pub(super) fn official(path: &str, title: Option<&str>) -> Source {
    let name = file_name(path);
    Source {
        id: name.into(),
        publisher: "Ofsted".into(),
        title: format!("{}, official statistics, {name}", title.unwrap_or(TITLE)),
        rank: Rank::Official,
        note: Some("Open Government Licence v3.0".into()),
        ..Source::default()
    }
}

/// Returns the name of a file without its folders.
fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// Reports that several columns mean the same.
pub(super) fn repeated_column(columns: &Columns, positions: &[usize]) -> Repair {
    Repair {
        location: Location::Path("the headers of the columns".to_owned()),
        found: columns.names(positions),
        read_as: "one column where they agree, unreadable where they do not".to_owned(),
    }
}

/// Reports that headers lack required columns, given by their usual headers.
pub fn headers_problem(headers: &[String], missing: &[String]) -> Problem {
    const SHOWN: usize = 30;
    let mut found: Vec<String> = headers.iter().map(|head| clean(head.trim()).into_owned()).collect();
    let more = found.len().saturating_sub(SHOWN);
    found.truncate(SHOWN);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    Problem {
        location: Location::Path("the headers of the columns".to_owned()),
        found: {
            let mut found = found.join(", ");
            shorten(&mut found);
            found + &more
        },
        expected: {
            let near = Columns::nearest_to(headers, missing);
            let near = if near.is_empty() { String::new() } else { format!("; {}", near.join("; ")) };
            format!("also {}: an ILACS file has them{near}", missing.join(", "))
        },
    }
}
