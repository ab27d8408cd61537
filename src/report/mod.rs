//! The output of the commands: a module for each answer and each format, written to any `Write`.

mod about;
mod areas;
mod beside;
mod changes;
mod counts;
mod csv;
mod events;
mod export;
mod figures;
mod format;
mod html;
mod json;
mod lines;
mod list;
mod map;
mod markdown;
mod package;
mod palette;
mod screen;
mod series;
mod show;
mod site;
mod stats;
mod svg;
mod text;
mod xlsx;
mod years;

pub use areas::Areas;
pub use beside::{Compare, Neighbours};
pub use changes::Changes;
pub use events::Events;
pub use export::{export_compact, export_csv, export_datapackage, export_json, export_xlsx};
pub use format::Format;
pub use list::{List, ListBeside};
pub use map::MapAnswer;
pub use screen::Screen;
pub use show::Show;
pub use site::Site;
pub use stats::Stats;

/// The answers that have a shape of their own in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Answer {
    /// What `list` prints.
    List,
    /// What `show` prints.
    Show,
    /// What `stats` prints.
    Stats,
    /// What `stats --by region` prints.
    Regions,
    /// What `stats` prints for a framework without published figures.
    Counts,
    /// What `stats --by year` prints.
    Years,
    /// What `stats --by series` prints.
    Series,
    /// What `changes` prints.
    Changes,
    /// What `map` prints.
    Map,
    /// What `areas` prints.
    Areas,
    /// What `areas` prints of a subject, a practice or a council.
    Asked,
    /// What `events` prints.
    Events,
    /// What `neighbours` prints.
    Neighbours,
}

/// Writes the JSON Schema of an answer or, if `None`, of the dataset format.
///
/// # Errors
/// Returns an error if writing fails.
pub fn write_schema(out: &mut dyn std::io::Write, answer: Option<Answer>) -> std::io::Result<()> {
    let Some(answer) = answer else { return json::write(out, &crate::dataset::format::schema()) };
    let schema = match answer {
        Answer::List => list::list_schema(),
        Answer::Show => show::show_schema(),
        Answer::Stats => stats::stats_schema(),
        Answer::Regions => stats::regions_schema(),
        Answer::Counts => counts::counts_schema(),
        Answer::Years => years::years_schema(),
        Answer::Series => series::series_schema(),
        Answer::Changes => changes::changes_schema(),
        Answer::Map => map::map_schema(),
        Answer::Areas => areas::codes_schema(),
        Answer::Asked => areas::asked_schema(),
        Answer::Neighbours => beside::neighbours_schema(),
        Answer::Events => events::events_schema(),
    };
    json::write(out, &schema)
}
