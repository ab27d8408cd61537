//! The compact binary form of a dataset in which the record is compiled into the program.
//!
//! Reading it is a fraction of the work of parsing and checking JSON: the start of the program depends on it. It is not
//! a format for files: it has no version, and it is made from a checked dataset whenever that changes. All texts come
//! first, as one, so that they are validated at once; then the values in the order of the fields, with numbers of
//! variable length. A value that may be shared is written once and then referred to by number.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use thin_vec::ThinVec;

use super::{
    Absence, Assessment, Authority, Basis, Category, Certainty, Claim, Codes, Council, Counted, Dataset, Date,
    Evidence, Framework, Grade, Judgement, Neighbours, Note, Origin, OriginTable, Outcome, Passage, Published, Quote,
    Rank, Redefinition, Scale, Source, Step, Target, Text, TextList, Value, Visit,
};

/// Writes a dataset in the packed form.
pub fn pack(dataset: &Dataset) -> Vec<u8> {
    let mut to = Writer::default();
    dataset.pack(&mut to);
    let mut whole = Writer::default();
    to.texts.len().pack(&mut whole);
    [whole.bytes.as_slice(), to.texts.as_bytes(), &to.bytes].concat()
}

/// Reads a dataset that [`pack`] wrote; `None` if the bytes cannot be read. The values are not checked.
pub fn unpack(bytes: &'static [u8]) -> Option<Dataset> {
    let mut from = Reader { bytes, ..Reader::default() };
    let length = usize::unpack(&mut from)?;
    from.texts = std::str::from_utf8(from.take(length)?).ok()?;
    Dataset::unpack(&mut from).filter(|_| from.bytes.is_empty() && from.texts.is_empty())
}

/// A value that has a packed form.
trait Packed: Sized {
    fn pack(&self, to: &mut Writer);
    fn unpack(from: &mut Reader) -> Option<Self>;
}

#[derive(Default)]
struct Writer {
    bytes: Vec<u8>,
    texts: String,
    /// The numbers of the shared values written so far, by what was written.
    sources: Written,
    frameworks: Written,
    tables: Written,
    judgements: Written,
    evidence: Written,
    shared_texts: Written,
    text_lists: Written,
}

impl Writer {
    /// Writes the length of a text in bytes, and the text itself to the others.
    fn text(&mut self, text: &str) {
        text.len().pack(self);
        self.texts.push_str(text);
    }
}

type Written = HashMap<(Vec<u8>, String), u32>;

#[derive(Default)]
struct Reader {
    /// The bytes and the texts that are still to be read.
    bytes: &'static [u8],
    texts: &'static str,
    /// The shared values read so far, by their numbers.
    sources: Vec<Arc<Source>>,
    frameworks: Vec<Arc<Framework>>,
    tables: Vec<Arc<OriginTable>>,
    judgements: Vec<Arc<[Judgement]>>,
    evidence: Vec<Arc<[Evidence]>>,
    shared_texts: Vec<Arc<str>>,
    text_lists: Vec<Arc<[Text]>>,
}

impl Reader {
    fn take(&mut self, count: usize) -> Option<&'static [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(taken)
    }

    fn text(&mut self) -> Option<&'static str> {
        let (text, rest) = self.texts.split_at_checked(usize::unpack(self)?)?;
        self.texts = rest;
        Some(text)
    }
}

impl Packed for u32 {
    /// Seven bits to a byte, the lowest first; the eighth bit says that more follow.
    fn pack(&self, to: &mut Writer) {
        let mut rest = *self;
        while rest > 0x7f {
            to.bytes.push(rest as u8 | 0x80);
            rest >>= 7;
        }
        to.bytes.push(rest as u8);
    }

    fn unpack(from: &mut Reader) -> Option<Self> {
        let mut number = 0;
        for shift in [0, 7, 14, 21, 28] {
            let (byte, rest) = from.bytes.split_first()?;
            from.bytes = rest;
            number |= u32::from(byte & 0x7f) << shift;
            if byte & 0x80 == 0 {
                return Some(number);
            }
        }
        None
    }
}

impl Packed for usize {
    /// No text or list of a record is longer than a `u32` can count.
    fn pack(&self, to: &mut Writer) {
        u32::try_from(*self).unwrap_or(u32::MAX).pack(to);
    }

    fn unpack(from: &mut Reader) -> Option<Self> {
        u32::unpack(from)?.try_into().ok()
    }
}

impl Packed for u8 {
    fn pack(&self, to: &mut Writer) {
        to.bytes.push(*self);
    }

    fn unpack(from: &mut Reader) -> Option<Self> {
        from.take(1)?.first().copied()
    }
}

impl Packed for bool {
    fn pack(&self, to: &mut Writer) {
        u8::from(*self).pack(to);
    }

    fn unpack(from: &mut Reader) -> Option<Self> {
        u8::unpack(from).map(|byte| byte != 0)
    }
}

impl Packed for f64 {
    fn pack(&self, to: &mut Writer) {
        to.bytes.extend(self.to_le_bytes());
    }

    fn unpack(from: &mut Reader) -> Option<Self> {
        Some(Self::from_le_bytes(from.take(8)?.try_into().ok()?))
    }
}

impl Packed for Text {
    fn pack(&self, to: &mut Writer) {
        to.text(self);
    }

    fn unpack(from: &mut Reader) -> Option<Self> {
        from.text().map(Self::const_new)
    }
}

impl Packed for TextList {
    fn pack(&self, to: &mut Writer) {
        self.0.pack(to);
    }

    fn unpack(from: &mut Reader) -> Option<Self> {
        Text::unpack(from).map(Self)
    }
}

/// Lists: the number of items, then the items.
macro_rules! lists {
    ($($list:ident),*) => {$(
        impl<T: Packed> Packed for $list<T> {
            fn pack(&self, to: &mut Writer) {
                self.len().pack(to);
                self.iter().for_each(|item| item.pack(to));
            }

            fn unpack(from: &mut Reader) -> Option<Self> {
                let count = usize::unpack(from)?;
                // Every item takes a byte at least, so a false count does not ask for memory.
                let mut list = Self::with_capacity(count.min(from.bytes.len()));
                for _ in 0..count {
                    list.push(T::unpack(from)?);
                }
                Some(list)
            }
        }
    )*};
}
lists!(Vec, ThinVec);

impl<T: Packed> Packed for Box<T> {
    fn pack(&self, to: &mut Writer) {
        self.as_ref().pack(to);
    }

    fn unpack(from: &mut Reader) -> Option<Self> {
        T::unpack(from).map(Self::new)
    }
}

impl<T: Packed> Packed for Option<T> {
    fn pack(&self, to: &mut Writer) {
        self.is_some().pack(to);
        if let Some(value) = self {
            value.pack(to);
        }
    }

    fn unpack(from: &mut Reader) -> Option<Self> {
        if bool::unpack(from)? { T::unpack(from).map(Some) } else { Some(None) }
    }
}

/// Shared values: 0 and the value where it first occurs, then its number, counted from 1.
macro_rules! shared {
    ($($shared:ty, $field:ident, $pack:expr, $unpack:expr;)*) => {$(
        impl Packed for $shared {
            fn pack(&self, to: &mut Writer) {
                let (bytes, texts) = (to.bytes.len(), to.texts.len());
                $pack(self, to);
                let value = (to.bytes.split_off(bytes), to.texts.split_off(texts));
                if let Some(number) = to.$field.get(&value).copied() {
                    return number.pack(to);
                }
                0_u32.pack(to);
                to.bytes.extend(&value.0);
                to.texts.push_str(&value.1);
                let number = u32::try_from(to.$field.len()).unwrap_or(u32::MAX).saturating_add(1);
                to.$field.insert(value, number);
            }

            fn unpack(from: &mut Reader) -> Option<Self> {
                let number = usize::unpack(from)?;
                if let Some(position) = number.checked_sub(1) {
                    return from.$field.get(position).cloned();
                }
                let shared: Self = $unpack(from)?;
                from.$field.push(Arc::clone(&shared));
                Some(shared)
            }
        }
    )*};
}

shared! {
    Arc<Source>, sources, Source::pack, |from| Source::unpack(from).map(Arc::new);
    Arc<Framework>, frameworks, Framework::pack, |from| Framework::unpack(from).map(Arc::new);
    Arc<OriginTable>, tables, OriginTable::pack, |from| OriginTable::unpack(from).map(Arc::new);
    Arc<str>, shared_texts, |text: &Arc<str>, to: &mut Writer| to.text(text), |from: &mut Reader| from.text().map(Arc::from);
    Arc<[Text]>, text_lists, |list: &Arc<[Text]>, to| list.to_vec().pack(to),
        |from| Vec::<Text>::unpack(from).map(Arc::from);
    Arc<[Judgement]>, judgements, |list: &Arc<[Judgement]>, to| list.to_vec().pack(to),
        |from| Vec::<Judgement>::unpack(from).map(Arc::from);
    Arc<[Evidence]>, evidence, |list: &Arc<[Evidence]>, to| list.to_vec().pack(to),
        |from| Vec::<Evidence>::unpack(from).map(Arc::from);
}

/// Structures: their fields in order. One that is forgotten here does not compile.
macro_rules! fields {
    ($($name:ident { $($field:ident),* })*) => {$(
        impl Packed for $name {
            fn pack(&self, to: &mut Writer) {
                let Self { $($field),* } = self;
                $($field.pack(to);)*
            }

            fn unpack(from: &mut Reader) -> Option<Self> {
                Some(Self { $($field: Packed::unpack(from)?),* })
            }
        }
    )*};
}

fields! {
    Dataset { title, publisher, collector, date, sources, frameworks, authorities, claims, published }
    Source { id, publisher, title, rank, date, link, file, note }
    Evidence { source, passage, note, step, place, link }
    Note { text, evidence }
    Framework { id, title, short, publisher, aliases, from, until, is_named_only, scale, categories, notes, caveats }
    Scale { good_from, steps }
    Step { grade, letter, word, also, meaning, meaning_of, evidence }
    Category { id, label, short, abbreviation, full, from, until, redefined, evidence }
    Redefinition { on, was }
    Authority {
        name, aliases, codes, council_at_assessment, current_council, region, from, until, replaced_by, evidence,
        assessments, notes, neighbours
    }
    Codes { gss, former_gss, urn, la }
    Council { name, kind, since }
    Neighbours { source, la_codes, closeness }
    Assessment { framework, round, date, judgements, quotes, origin, visit }
    Origin { table, row, parser_version, link }
    OriginTable { source, headers, place }
    Visit { kind, from, until, lead }
    Judgement { outcome, certainty, evidence, raw }
    Quote { speaker, role, categories, source, passages, summary }
    Passage { text, spoken }
    Claim { framework, round, target, grades, value, of, certainty, evidence, note }
    Published { category, as_at, basis, region, grades, value, of, evidence }
}

/// Values from a short list: their positions in it.
macro_rules! choices {
    ($($name:ident),*) => {$(
        impl Packed for $name {
            fn pack(&self, to: &mut Writer) {
                Self::ALL.iter().position(|one| one == self).unwrap_or_default().pack(to);
            }

            fn unpack(from: &mut Reader) -> Option<Self> {
                Self::ALL.get(usize::unpack(from)?).copied()
            }
        }
    )*};
}
choices!(Absence, Basis, Certainty, Counted, Rank);

impl Packed for Date {
    fn pack(&self, to: &mut Writer) {
        let [low, high] = self.year.to_le_bytes();
        let part = |part: Option<i8>| part.unwrap_or(0).unsigned_abs();
        to.bytes.extend([low, high, part(self.month), part(self.day)]);
    }

    fn unpack(from: &mut Reader) -> Option<Self> {
        let &[low, high, month, day] = from.take(4)? else { return None };
        let part = |part: u8| i8::try_from(part).map(|part| (part > 0).then_some(part)).ok();
        Some(Self { year: i16::from_le_bytes([low, high]), month: part(month)?, day: part(day)? })
    }
}

impl Packed for Grade {
    fn pack(&self, to: &mut Writer) {
        self.0.pack(to);
    }

    fn unpack(from: &mut Reader) -> Option<Self> {
        u8::unpack(from).map(Self)
    }
}

impl Packed for Range<usize> {
    fn pack(&self, to: &mut Writer) {
        self.start.pack(to);
        self.end.pack(to);
    }

    fn unpack(from: &mut Reader) -> Option<Self> {
        Some(usize::unpack(from)?..usize::unpack(from)?)
    }
}

impl Packed for Outcome {
    fn pack(&self, to: &mut Writer) {
        match self {
            Self::Grade(grade) => (0_u8.pack(to), grade.pack(to)),
            Self::Absent(absence) => (1_u8.pack(to), absence.pack(to)),
        };
    }

    fn unpack(from: &mut Reader) -> Option<Self> {
        match u8::unpack(from)? {
            0 => Grade::unpack(from).map(Self::Grade),
            1 => Absence::unpack(from).map(Self::Absent),
            _ => None,
        }
    }
}

impl Packed for Target {
    fn pack(&self, to: &mut Writer) {
        match self {
            Self::All => 0_usize,
            Self::Assessed => 1,
            Self::Category(position) => position.saturating_add(2),
        }
        .pack(to);
    }

    fn unpack(from: &mut Reader) -> Option<Self> {
        Some(match usize::unpack(from)? {
            0 => Self::All,
            1 => Self::Assessed,
            number => Self::Category(number - 2),
        })
    }
}

impl Packed for Value {
    fn pack(&self, to: &mut Writer) {
        match self {
            Self::Count(count) => (0_u8.pack(to), count.pack(to)),
            Self::Percent(percent) => (1_u8.pack(to), percent.pack(to)),
        };
    }

    fn unpack(from: &mut Reader) -> Option<Self> {
        match u8::unpack(from)? {
            0 => u32::unpack(from).map(Self::Count),
            1 => f64::unpack(from).map(Self::Percent),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_dataset_are_refused() {
        let dataset = Dataset { title: "A title".into(), ..Dataset::default() };
        let bytes: &'static [u8] = pack(&dataset).leak();
        assert_eq!(unpack(bytes), Some(dataset));
        assert!((0..bytes.len()).all(|length| unpack(&bytes[..length]).is_none()));
        assert_eq!(unpack([bytes, b"more"].concat().leak()), None);
        assert_eq!(unpack(&[0xff; 100]), None);
    }
}
