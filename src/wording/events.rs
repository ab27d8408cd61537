//! Phrases for what was done about a council's services, and for inspections that grade nothing.

use crate::dataset::{AsAt, Authority, Certainty, Date, EventKind, TimelineEntry};

/// That interventions are not complete.
pub const THOSE_KNOWN: &str =
    "Interventions are those known to us: there may have been others, and an end that is not named is not known";

/// That nothing of the kind is known of a council.
pub const NOTHING_KNOWN: &str = "None that is known to us.";

/// Names a kind of event: "improvement notice".
pub fn event_kind(kind: EventKind) -> &'static str {
    match kind {
        EventKind::Direction => "direction",
        EventKind::ImprovementNotice => "improvement notice",
        EventKind::Engagement => "engagement without notice",
        EventKind::Commissioner => "commissioner",
        EventKind::Adviser => "adviser",
        EventKind::Partnership => "partnership with another council",
        EventKind::Trust => "services moved to a trust or company",
        EventKind::FocusedVisit => "focused visit",
        EventKind::MonitoringVisit => "monitoring visit",
        EventKind::JointInspection => "joint inspection",
        EventKind::SendRevisit => "SEND revisit of the area partnership",
    }
}

/// Says when an event was, and what the date is: "issued 16 May 2019", "May 2020 (issued, the fifth)", "financial year 2006-07".
pub fn event_when(event: &TimelineEntry) -> String {
    match event.date {
        _ if event.dated.starts_with("financial year") => event.dated.clone(),
        Some(date) if event.dated.contains(' ') => format!("{date} ({})", event.dated),
        Some(date) => format!("{} {date}", event.dated),
        None => match event.published {
            Some(published) if event.dated == "published" => format!("published {published}"),
            _ => event.dated.clone(),
        },
    }
}

/// Says in brackets what the date of an event is, unless that is clear: " (issued)".
pub fn event_dated(event: &TimelineEntry) -> String {
    match event.dated.as_str() {
        "visited" | "inspected" => String::new(),
        words => format!(" ({words})"),
    }
}

/// Says in a sentence without its end what happened to a council: "Slough was given a direction (children's social care; end not
/// known), issued 7 October 2014".
pub fn event_sentence(name: &str, event: &TimelineEntry, as_at: Option<AsAt>) -> String {
    let what = match event.kind {
        EventKind::Direction => "was given a direction",
        EventKind::ImprovementNotice => "was given an improvement notice",
        EventKind::Engagement => "had an engagement without notice",
        EventKind::Commissioner => "was given a commissioner",
        EventKind::Adviser => "was given an adviser",
        EventKind::Partnership => "entered a partnership with another council",
        EventKind::Trust => "moved services to a trust or company",
        EventKind::FocusedVisit => "had a focused visit",
        EventKind::MonitoringVisit => "had a monitoring visit",
        EventKind::JointInspection => "had a joint inspection",
        EventKind::SendRevisit => "had a SEND revisit of its area partnership",
    };
    let about = self::event(event, as_at);
    let about = about.strip_prefix(event_kind(event.kind)).unwrap_or(&about).trim_start_matches([',', ';', ' ']);
    let about = if about.is_empty() { String::new() } else { format!(" ({about})") };
    format!("{name} {what}{about}, {}", event_when(event))
}

/// Describes an event without its date: "direction, children's social care; commissioner Eleanor Brazil; revoked 10 February 2025".
/// An end is told if it was by `as_at`.
pub fn event(event: &TimelineEntry, as_at: Option<AsAt>) -> String {
    let mut words = event_kind(event.kind).to_owned();
    for about in event.service.iter().chain(&event.theme) {
        words = format!("{words}, {about}");
    }
    let mut parts = vec![words];
    parts.extend(event_person(event));
    match event.priority_action {
        Some(true) => parts.push("priority action required".to_owned()),
        Some(false) => parts.push("no priority action stated".to_owned()),
        None => {}
    }
    parts.extend(event_end(event, as_at));
    if has_no_known_end(event) {
        parts.push("end not known".to_owned());
    }
    if event.certainty != Certainty::Stated {
        parts.push(event.certainty.name().to_owned());
    }
    parts.join("; ")
}

/// Whether it is an intervention of which no end is known.
pub fn has_no_known_end(event: &TimelineEntry) -> bool {
    event.kind.is_intervention() && event.until.is_none() && event.ended.is_none()
}

/// Names who was appointed as what: "commissioner Eleanor Brazil".
pub fn event_person(event: &TimelineEntry) -> Option<String> {
    match (&event.role, &event.person) {
        (Some(role), Some(person)) => Some(format!("{role} {person}")),
        (Some(one), None) | (None, Some(one)) => Some(one.clone()),
        (None, None) => None,
    }
}

/// Says when and how an intervention ended: "revoked 10 February 2025"; `None` if that is not known, or was not by `as_at`, or for
/// anything else.
pub fn event_end(event: &TimelineEntry, as_at: Option<AsAt>) -> Option<String> {
    let is_by = |as_at: AsAt| event.until.is_some_and(|until| until.last_day() <= as_at.day.last_day());
    if !event.kind.is_intervention() || !as_at.is_none_or(is_by) {
        return None;
    }
    let date = event.until.map(|date| date.to_string());
    match (&event.ended, date) {
        (Some(how), Some(date)) if how.contains(' ') => Some(format!("until {date} ({how})")),
        (Some(how), Some(date)) => Some(format!("{how} {date}")),
        (Some(how), None) => Some(how.clone()),
        (None, Some(date)) => Some(format!("until {date}")),
        (None, None) => None,
    }
}

/// Returns the positions of the events of an authority that count as at a day, the newest first; those of which no day is known
/// last.
pub fn events_by(authority: &Authority, as_at: Option<AsAt>) -> Vec<usize> {
    let events = authority.events.iter().enumerate().filter(|(_, event)| event.counts_as_at(as_at));
    let mut found: Vec<(usize, Option<Date>)> = events.map(|(at, event)| (at, event.order_day())).collect();
    found.sort_by_key(|(_, own)| std::cmp::Reverse(*own));
    found.into_iter().map(|(position, _)| position).collect()
}
