//! What was done about a council's services besides inspecting them, and inspections that grade nothing.

use super::{AsAt, Basis, Certainty, Date, Evidence, Text};

/// What happened.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// Ministers directed the council.
    #[default]
    Direction,
    /// Ministers gave it notice to improve.
    ImprovementNotice,
    /// The department worked with it without notice: external support, an improvement board or closer monitoring.
    Engagement,
    /// A commissioner was appointed.
    Commissioner,
    /// An adviser was appointed.
    Adviser,
    /// Another council took part in running its services.
    Partnership,
    /// A trust or a company took over its services.
    Trust,
    /// Ofsted visited it, focusing on a theme.
    FocusedVisit,
    /// Ofsted visited it because its services were inadequate.
    MonitoringVisit,
    /// Several inspectorates inspected the partners of its area together.
    JointInspection,
    /// An area that had to write a statement of action for children with special educational needs was visited again.
    SendRevisit,
}

impl EventKind {
    /// All kinds.
    pub const ALL: [Self; 11] = [
        Self::Direction,
        Self::ImprovementNotice,
        Self::Engagement,
        Self::Commissioner,
        Self::Adviser,
        Self::Partnership,
        Self::Trust,
        Self::FocusedVisit,
        Self::MonitoringVisit,
        Self::JointInspection,
        Self::SendRevisit,
    ];

    /// Returns its name in the JSON format.
    pub fn name(self) -> &'static str {
        match self {
            Self::Direction => "direction",
            Self::ImprovementNotice => "improvement-notice",
            Self::Engagement => "engagement",
            Self::Commissioner => "commissioner",
            Self::Adviser => "adviser",
            Self::Partnership => "partnership",
            Self::Trust => "trust",
            Self::FocusedVisit => "focused-visit",
            Self::MonitoringVisit => "monitoring-visit",
            Self::JointInspection => "joint-inspection",
            Self::SendRevisit => "send-revisit",
        }
    }

    /// Whether it is an intervention of ministers, of which only those known are held: they are shown, and never counted.
    pub fn is_intervention(self) -> bool {
        !matches!(self, Self::FocusedVisit | Self::MonitoringVisit | Self::JointInspection | Self::SendRevisit)
    }
}

/// Something that happened: a dated fact without a grade.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TimelineEntry {
    /// What happened.
    pub kind: EventKind,
    /// Which services it was about, in words.
    pub service: Option<Text>,
    /// When it happened or began, as far as it is known.
    pub date: Option<Date>,
    /// What the date is, in words: "issued", "inspected", "financial year 2006-07".
    pub dated: Text,
    /// When a report of it was published.
    pub published: Option<Date>,
    /// When it ended, as far as it is known. An end that is not known is not known to be none.
    pub until: Option<Date>,
    /// How it ended, in words: "revoked", "replaced".
    pub ended: Option<Text>,
    /// Who was appointed.
    pub person: Option<Text>,
    /// As what.
    pub role: Option<Text>,
    /// The theme of a visit or a joint inspection.
    pub theme: Option<Text>,
    /// Whether a joint inspection required priority action; `None` if that is not known, or for anything else.
    pub priority_action: Option<bool>,
    /// How firmly it is supported.
    pub certainty: Certainty,
    /// What else is known.
    pub note: Option<Text>,
    /// Where it says so; never empty.
    pub evidence: Vec<Evidence>,
}

impl TimelineEntry {
    /// Returns the day by which it is ordered: when it happened, else when it was published; `None` if neither is known.
    pub fn order_day(&self) -> Option<Date> {
        self.date.or(self.published)
    }

    /// Whether it counts as at a day: by when it became known, as far as that is held, or by when it happened. One without any day
    /// counts only if no day is given.
    pub fn counts_as_at(&self, as_at: Option<AsAt>) -> bool {
        as_at.is_none_or(|as_at| {
            let own = match as_at.basis {
                Basis::Published => self.published.or(self.date),
                Basis::Inspected => self.order_day(),
            };
            own.is_some_and(|own| own.last_day() <= as_at.day.last_day())
        })
    }

    /// Whether it became known on a day or later, as far as that is held, else whether it happened then.
    pub fn is_published_since(&self, day: Date) -> bool {
        self.published.or(self.date).is_some_and(|own| own.last_day() >= day.first_day())
    }

    /// Whether two records are of the same event: the same happened to the same services and people on the same day. What they
    /// cite, and what came of it later, may differ.
    pub fn is_same(&self, other: &Self) -> bool {
        let identity = |event: &Self| (event.kind, event.order_day());
        identity(self) == identity(other)
            && (&self.service, &self.theme) == (&other.service, &other.theme)
            && (&self.person, &self.role) == (&other.person, &other.role)
    }
}
