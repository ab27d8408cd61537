//! Divides what a terminal sends into keys, mouse reports and pastes. Whole sequences go to the parser, which would otherwise wait
//! for more; answers without a question are left out, so that they neither swallow keys nor type any.

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// The byte of Ctrl-C, which ends a paste and any sequence.
const CTRL_C: u8 = 0x03;

/// The byte with which sequences begin.
const ESC: u8 = 0x1b;

/// The control character that ends a string.
const STRING_END: u8 = 0x9c;

/// The maximum number of bytes of a paste that are kept, and of any other sequence before it is taken for noise.
const MOST: (usize, usize) = (1 << 20, 1 << 12);

/// What ends a paste.
const PASTE_END: &[u8] = b"\x1b[201~";

/// What the bytes so far are waiting for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// Nothing: the next byte begins something new.
    Nothing,
    /// The rest of a sequence or of a character.
    Sequence,
    /// The end of a paste.
    Paste,
}

/// What the first of the bytes so far are.
enum Front {
    /// A key or a report of this many bytes.
    Whole(usize),
    /// Bytes that mean nothing to the program.
    Noise(usize),
    /// The beginning of a paste.
    Paste(usize),
    /// The beginning of something.
    Partial,
}

/// The bytes that have come and are not yet part of an event.
#[derive(Debug, Default)]
pub struct Framing {
    bytes: Vec<u8>,
    paste: Option<Vec<u8>>,
    /// Whether the end of a string is awaited whose beginning was left out, because it is long.
    is_in_string: bool,
    /// The last byte of it that was left out.
    before: u8,
}

impl Framing {
    /// Adds bytes, and the events that they complete.
    pub fn feed(&mut self, bytes: &[u8], events: &mut Vec<Event>) {
        self.bytes.extend_from_slice(bytes);
        while self.step(events) {}
    }

    /// Returns what is waited for.
    pub fn waiting(&self) -> Waiting {
        match (&self.paste, self.bytes.is_empty() && !self.is_in_string) {
            (Some(_), _) => Waiting::Paste,
            (None, true) => Waiting::Nothing,
            (None, false) => Waiting::Sequence,
        }
    }

    /// Takes the bytes so far as they are, because nothing has followed them: a paste without its end, the Escape key, a key with
    /// Alt. Anything else is left out.
    pub fn give_up(&mut self, events: &mut Vec<Event>) {
        self.is_in_string = false;
        if let Some(mut paste) = self.paste.take() {
            paste.append(&mut self.bytes);
            return events.extend(pasted(&paste));
        }
        let bytes = std::mem::take(&mut self.bytes);
        match bytes.as_slice() {
            [ESC] => events.push(Event::Key(KeyEvent::from(KeyCode::Esc))),
            [ESC, key] if key.is_ascii_graphic() => {
                events.push(Event::Key(KeyEvent::new(KeyCode::Char(char::from(*key)), KeyModifiers::ALT)));
            }
            _ => {}
        }
    }

    /// Handles the first of the bytes; returns whether there may be more to handle.
    fn step(&mut self, events: &mut Vec<Event>) -> bool {
        if self.paste.is_some() {
            return self.step_in_paste(events);
        }
        if self.is_in_string {
            return self.step_in_string();
        }
        self.spell_out_introducer();
        if self.bytes.is_empty() {
            return false;
        }
        match front(&self.bytes) {
            Front::Whole(count) => {
                let bytes: Vec<u8> = self.bytes.drain(..count).collect();
                events.extend(parsed(&bytes));
                true
            }
            Front::Noise(count) => {
                self.bytes.drain(..count);
                true
            }
            Front::Paste(count) => {
                self.bytes.drain(..count);
                self.paste = Some(Vec::new());
                true
            }
            Front::Partial if self.bytes.len() > MOST.1 => {
                // Its end is still to come, and is left out with what is before it.
                let stray = usize::from(self.bytes.last() == Some(&ESC));
                let mut left_out = self.bytes.drain(..self.bytes.len() - stray);
                self.before = left_out.next_back().unwrap_or(0);
                self.is_in_string = true;
                true
            }
            Front::Partial => false,
        }
    }

    /// Replaces an introducer that is a control character of its own, with 8 bits or in UTF-8, by `ESC` and a letter.
    fn spell_out_introducer(&mut self) {
        let (count, byte) = match *self.bytes.as_slice() {
            [byte, ..] if is_introducer(byte) => (1, byte),
            [0xc2, byte, ..] if is_introducer(byte) => (2, byte),
            _ => return,
        };
        self.bytes.splice(..count, [ESC, byte - 0x40]);
    }

    fn step_in_paste(&mut self, events: &mut Vec<Event>) -> bool {
        let end = find(&self.bytes, PASTE_END);
        let stop = self.bytes.iter().position(|byte| *byte == CTRL_C).filter(|stop| end.is_none_or(|end| *stop < end));
        let kept = stop.or(end).unwrap_or_else(|| self.bytes.len() - partial(&self.bytes, PASTE_END));
        let more: Vec<u8> = self.bytes.drain(..kept).collect();
        let Some(paste) = &mut self.paste else { return false };
        paste.extend(more.iter().take(MOST.0.saturating_sub(paste.len())));
        if stop.is_none() && end.is_none() {
            return false;
        }
        if stop.is_none() {
            self.bytes.drain(..PASTE_END.len());
        }
        events.extend(pasted(&self.paste.take().unwrap_or_default()));
        true
    }

    /// Leaves out the bytes up to the end of a string, or to what cannot be within one.
    fn step_in_string(&mut self) -> bool {
        let Some(end) = end_of_string(&self.bytes, self.before) else {
            self.before = self.bytes.drain(..).next_back().unwrap_or(self.before);
            return false;
        };
        self.bytes.drain(..end);
        let count = match self.bytes.as_slice() {
            // What follows decides whether it is the end of the string, or something new.
            [ESC] => return false,
            [ESC, b'\\', ..] => 2,
            [0x07 | STRING_END, ..] => 1,
            _ => 0,
        };
        self.bytes.drain(..count);
        self.is_in_string = false;
        true
    }
}

/// Returns what the first of some bytes are; there is at least one.
fn front(bytes: &[u8]) -> Front {
    match bytes {
        [ESC] => Front::Partial,
        // Ctrl-C is never part of a sequence.
        [ESC, CTRL_C, ..] => Front::Whole(1),
        [ESC, b'O' | b'[', rest @ ..]
            if rest.iter().take(4).take_while(|byte| **byte != ESC).any(|byte| *byte == CTRL_C) =>
        {
            Front::Noise(2 + rest.iter().position(|byte| *byte == CTRL_C).unwrap_or(0))
        }
        // The first is the key: a sequence begins with the second.
        [ESC, ESC, ..] => Front::Whole(1),
        [ESC, byte, ..] | [ESC, 0xc2, byte, ..] if is_introducer(*byte) => Front::Whole(1),
        [ESC, b'[', ..] => control_sequence(bytes),
        [ESC, b'O', rest @ ..] => single_shift(rest),
        [ESC, b']' | b'P' | b'_' | b'^' | b'X', rest @ ..] => string(rest),
        [ESC, rest @ ..] => match character(rest) {
            Front::Whole(count) => Front::Whole(count + 1),
            Front::Noise(count) => Front::Noise(count + 1),
            other => other,
        },
        _ => character(bytes),
    }
}

/// Looks at what follows `ESC O`: a letter, before which some terminals write the modifiers of the key.
fn single_shift(rest: &[u8]) -> Front {
    let modifiers = rest.iter().take_while(|byte| matches!(byte, b'0'..=b'9' | b';')).count();
    match rest.get(modifiers) {
        None => Front::Partial,
        Some(0x40..=0x7e) if modifiers == 0 => Front::Whole(3),
        Some(0x40..=0x7e) => Front::Noise(modifiers + 3),
        // No such byte is within a sequence: it begins something new.
        Some(_) if modifiers == 0 => Front::Whole(2),
        Some(_) => Front::Noise(modifiers + 2),
    }
}

/// Looks at a sequence that begins with `ESC [`.
fn control_sequence(bytes: &[u8]) -> Front {
    match bytes.get(2) {
        None => return Front::Partial,
        // Mouse reports of the old form, which are not asked for.
        Some(b'M') => return if bytes.len() < 6 { Front::Partial } else { Front::Noise(6) },
        Some(b'[') => {
            return match bytes.get(3) {
                None => Front::Partial,
                Some(&ESC) => Front::Noise(3),
                Some(_) => Front::Whole(4),
            };
        }
        Some(_) => {}
    }
    let is_within = |byte: &u8| (0x20..0x40).contains(byte);
    let inside: Vec<u8> = bytes.iter().skip(2).copied().take_while(|byte| is_within(byte)).collect();
    let count = inside.len() + 3;
    match bytes.get(count - 1) {
        None => Front::Partial,
        Some(b'~') if inside == b"200" => Front::Paste(count),
        Some(end @ 0x40..=0x7e) if is_wanted(&inside, *end) => Front::Whole(count),
        Some(0x40..=0x7e) => Front::Noise(count),
        // No such byte is within a sequence: it begins something new.
        Some(_) => Front::Noise(count - 1),
    }
}

/// Whether a whole sequence is a key, a focus report or a click; any other is an answer without a question.
fn is_wanted(inside: &[u8], end: u8) -> bool {
    let text = std::str::from_utf8(inside).unwrap_or_default();
    match text.strip_prefix('<') {
        // A report of the mouse has a column and a row, both from 1.
        Some(mouse) => {
            let numbers: Option<Vec<u16>> = mouse.split(';').map(|part| part.parse().ok()).collect();
            let is_place =
                |numbers: Vec<u16>| matches!(numbers.as_slice(), [_, column, row] if *column > 0 && *row > 0);
            matches!(end, b'M' | b'm') && numbers.is_some_and(is_place)
        }
        None => {
            let is_plain = text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b';' | b':'));
            let is_key = matches!(end, b'A'..=b'F' | b'H' | b'P'..=b'S' | b'Z' | b'~' | b'u');
            let is_focus = matches!(end, b'I' | b'O') && text.is_empty();
            // "1;5R" is a key with Ctrl; other numbers are the position of the cursor.
            let is_position = matches!(end, b'A'..=b'S') && !matches!(text.split(';').next(), Some("" | "1"));
            is_plain && (is_key || is_focus) && !is_position
        }
    }
}

/// Whether a control character with 8 bits begins a sequence or a string, as `ESC` and a letter do.
fn is_introducer(byte: u8) -> bool {
    matches!(byte, 0x8f | 0x90 | 0x98 | 0x9b | 0x9d..=0x9f)
}

/// Returns the position of what ends a string: a bell, `ESC`, Ctrl-C, or the control character for it, which is not the rest of a
/// letter in UTF-8; `before` is the byte before them.
fn end_of_string(bytes: &[u8], mut before: u8) -> Option<usize> {
    bytes.iter().position(|byte| {
        let is_alone = before < 0x80 || before == 0xc2;
        before = *byte;
        matches!(*byte, 0x07 | ESC | CTRL_C) || (*byte == STRING_END && is_alone)
    })
}

/// Looks at a string after its introducer: it ends with a bell, with `ESC \`, or with the control character for that.
fn string(rest: &[u8]) -> Front {
    const INTRODUCER: usize = 2;
    match end_of_string(rest, 0) {
        None => Front::Partial,
        Some(end) => match (rest.get(end), rest.get(end + 1)) {
            (Some(&ESC), None) => Front::Partial,
            (Some(&ESC), Some(b'\\')) => Front::Noise(INTRODUCER + end + 2),
            (Some(0x07 | &STRING_END), _) => Front::Noise(INTRODUCER + end + 1),
            // It was cut off: something new begins.
            _ => Front::Noise(INTRODUCER + end),
        },
    }
}

/// Looks at a character in UTF-8.
fn character(bytes: &[u8]) -> Front {
    let count = match bytes.first() {
        None => return Front::Partial,
        Some(0x00..=0x7f) => 1,
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        Some(_) => return Front::Noise(1),
    };
    match bytes.get(..count).map(std::str::from_utf8) {
        Some(Ok(_)) => Front::Whole(count),
        Some(Err(_)) => Front::Noise(1),
        // The bytes so far may be the beginning of one.
        None if bytes.iter().skip(1).all(|byte| (0x80..0xc0).contains(byte)) => Front::Partial,
        None => Front::Noise(1),
    }
}

/// Returns the event of a whole key or report; `None` if the parser does not know it.
fn parsed(bytes: &[u8]) -> Option<Event> {
    let event = terminput::Event::parse_from(bytes).ok()??;
    terminput_crossterm::to_crossterm(event).ok()
}

fn pasted(bytes: &[u8]) -> Option<Event> {
    (!bytes.is_empty()).then(|| Event::Paste(String::from_utf8_lossy(bytes).into_owned()))
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|part| part == wanted)
}

/// Returns how many of the last bytes may be the beginning of what is wanted.
fn partial(bytes: &[u8], wanted: &[u8]) -> usize {
    (1..wanted.len()).rev().find(|count| wanted.get(..*count).is_some_and(|part| bytes.ends_with(part))).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn events(bytes: &[u8]) -> Vec<Event> {
        let (mut framing, mut events) = (Framing::default(), Vec::new());
        framing.feed(bytes, &mut events);
        events
    }

    fn key(letter: char) -> Event {
        Event::Key(KeyEvent::from(KeyCode::Char(letter)))
    }

    /// The forms of answers in the control sequences of xterm, and in those of others that send them without being asked.
    const ANSWERS: [&[u8]; 30] = [
        b"\x1b[?997;1n",
        b"\x1b[?997;2n",
        b"\x1b[?2026;2$y",
        b"\x1b[4;2$y",
        b"\x1b[?1;1R",
        b"\x1b[12;40R",
        b"\x1b[0n",
        b"\x1b[3n",
        b"\x1b[?10n",
        b"\x1b[?62;22c",
        b"\x1b[>41;354;0c",
        b"\x1b[=1c",
        b"\x1b[?1u",
        b"\x1b[?0;1;0S",
        b"\x1b[8;24;80t",
        b"\x1b[4;600;800t",
        b"\x1b[1t",
        b"\x1b[3;0;0t",
        b"\x1b[2;1;1;120;120;1;0x",
        b"\x1b[1;1;1&w",
        b"\x1b]11;rgb:1e1e/1e1e/2e2e\x07",
        b"\x1b]10;rgb:ffff/ffff/ffff\x1b\\",
        b"\x1b]4;1;rgb:cccc/0000/0000\x1b\\",
        b"\x1b]52;c;aGVsbG8=\x07",
        b"\x1b]lscrutineer\x1b\\",
        b"\x1bP1$r0m\x1b\\",
        b"\x1bP>|XTerm(390)\x1b\\",
        b"\x1bP1+r544e=787465726d\x1b\\",
        b"\x1b_Gi=1;OK\x1b\\",
        b"\x1b^private\x1b\\",
    ];

    #[test]
    fn an_answer_that_nobody_asked_for_neither_types_nor_swallows_a_key() {
        for answer in ANSWERS {
            let shown = String::from_utf8_lossy(answer);
            assert_eq!(events(&[b"a", answer, b"q"].concat()), [key('a'), key('q')], "{shown:?}");
            // Byte by byte, as over a slow line.
            let (mut framing, mut found) = (Framing::default(), Vec::new());
            for byte in [answer, b"q"].concat() {
                framing.feed(&[byte], &mut found);
            }
            assert_eq!(found, [key('q')], "{shown:?}");
            assert_eq!(framing.waiting(), Waiting::Nothing);
        }
    }

    #[test]
    fn an_answer_in_control_characters_of_8_bits_or_in_utf_8_is_one_as_well() {
        for answer in ANSWERS {
            for utf_8 in [false, true] {
                let mut short = Vec::new();
                let mut rest = answer.iter();
                while let Some(byte) = rest.next() {
                    match (byte, utf_8) {
                        (&ESC, true) => short.extend([0xc2, rest.next().unwrap() + 0x40]),
                        (&ESC, false) => short.push(rest.next().unwrap() + 0x40),
                        _ => short.push(*byte),
                    }
                }
                assert_eq!(events(&[b"a", short.as_slice(), b"q"].concat()), [key('a'), key('q')], "{short:?}");
            }
        }
        assert_eq!(
            events("\u{9d}0;Übersicht œ\u{9c}q".as_bytes()),
            [key('q')],
            "letters whose last byte ends a string"
        );
        let long = ["\u{9d}0;".as_bytes(), &[b'a'; 5000], b"\x9cq"].concat();
        assert_eq!(events(&long), [key('q')]);
        assert_eq!(events(b"\xc2\x9b1;5C"), events(b"\x1b[1;5C"), "a key");
        // A letter that comes in two parts ends no string, and Escape before an answer is a key.
        let (mut framing, mut found) = (Framing::default(), Vec::new());
        for part in [&long[..4500], b"\xc3", b"\x9cq", b"\x9cj"] {
            framing.feed(part, &mut found);
        }
        assert_eq!(found, [key('j')]);
        let escape = Event::Key(KeyEvent::from(KeyCode::Esc));
        assert_eq!(events(b"\x1b\x9b?997;1nq"), [escape.clone(), key('q')]);
        assert_eq!(events(b"\x1b\xc2\x9b?997;1nq"), [escape, key('q')]);
    }

    #[test]
    fn a_function_key_with_its_modifiers_types_no_letter_and_ends_where_another_sequence_begins() {
        for noise in [&b"\x1bO2R"[..], b"\x1bO1;5R", b"\x1bO5A", b"\x1b[[\x1b[I", b"\x1bO5\x1b[I"] {
            let seen = events(&[noise, b"j"].concat());
            assert!(seen.iter().all(|event| *event == Event::FocusGained || *event == key('j')), "{noise:?}: {seen:?}");
            assert_eq!(seen.last(), Some(&key('j')), "{noise:?}");
        }
        assert_eq!(events(b"\x1bOP"), [Event::Key(KeyEvent::from(KeyCode::F(1)))]);
        assert_eq!(events(b"\x1bO\x1b[Ij").last(), Some(&key('j')));
        assert!(!events(b"\x1bO\x1b[Ij").contains(&key('I')));
    }

    #[test]
    fn a_string_of_any_length_is_left_out_as_a_whole() {
        for length in [100, 4090, 4093, 4094, 4095, 4096, 5000, 100_000] {
            for end in ["\x1b\\", "\x07"] {
                let text = format!("\x1b]52;c;{}{end}q", "a".repeat(length));
                for size in [1, 7, 1024, text.len()] {
                    let (mut framing, mut found) = (Framing::default(), Vec::new());
                    text.as_bytes().chunks(size).for_each(|part| framing.feed(part, &mut found));
                    assert_eq!(found, [key('q')], "{length} bytes and {end:?} in parts of {size}");
                }
            }
        }
        let long = format!("\x1b[{}", "1;".repeat(3000));
        let (mut framing, mut found) = (Framing::default(), Vec::new());
        framing.feed(long.as_bytes(), &mut found);
        framing.give_up(&mut found);
        framing.feed(b"q", &mut found);
        assert_eq!(found, [key('q')]);
    }

    #[test]
    fn keys_and_clicks_are_what_they_were() {
        let special = |code, modifiers| Event::Key(KeyEvent::new(code, modifiers));
        let none = KeyModifiers::NONE;
        for (bytes, event) in [
            (&b"\x1b[A"[..], special(KeyCode::Up, none)),
            (b"\x1bOB", special(KeyCode::Down, none)),
            (b"\x1b[1;5C", special(KeyCode::Right, KeyModifiers::CONTROL)),
            (b"\x1b[6~", special(KeyCode::PageDown, none)),
            (b"\x1b[3;2~", special(KeyCode::Delete, KeyModifiers::SHIFT)),
            (b"\x1b[Z", special(KeyCode::BackTab, KeyModifiers::SHIFT)),
            (b"\r", special(KeyCode::Enter, none)),
            (b"\t", special(KeyCode::Tab, none)),
            (b"\x7f", special(KeyCode::Backspace, none)),
            (b"\x03", special(KeyCode::Char('c'), KeyModifiers::CONTROL)),
            (b"\x15", special(KeyCode::Char('u'), KeyModifiers::CONTROL)),
            (b"\x1bx", special(KeyCode::Char('x'), KeyModifiers::ALT)),
            ("é".as_bytes(), key('é')),
            ("–".as_bytes(), key('–')),
        ] {
            assert_eq!(events(bytes), std::slice::from_ref(&event), "{bytes:?}");
        }
        assert!(
            matches!(events(b"\x1b[<0;3;4M").as_slice(), [Event::Mouse(mouse)] if (mouse.column, mouse.row) == (2, 3))
        );
        assert_eq!(events(b"\x1b[<0;0;4M\x1b[<0;3;0M\x1b[Mabcq"), [key('q')], "no such place, and the old form");
    }

    #[test]
    fn a_paste_ends_with_its_end_with_ctrl_c_or_with_silence() {
        let paste = |text: &str| Event::Paste(text.to_owned());
        assert_eq!(events(b"\x1b[200~leeds\r\nhull\x1b[201~q"), [paste("leeds\r\nhull"), key('q')]);
        let stop = Event::Key(KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL));
        assert_eq!(events(b"\x1b[200~leeds\x03"), [paste("leeds"), stop.clone()]);
        let (mut framing, mut found) = (Framing::default(), Vec::new());
        framing.feed(b"\x1b[200~leeds\x1b[20", &mut found);
        assert_eq!((framing.waiting(), found.len()), (Waiting::Paste, 0));
        framing.feed(b"1~", &mut found);
        assert_eq!(found, [paste("leeds")], "its end came in two parts");
        framing.feed(b"\x1b[200~hull", &mut found);
        framing.give_up(&mut found);
        assert_eq!(found, [paste("leeds"), paste("hull")]);
        for begun in ["\x1b]11;rgb:", "\x1bO", "\x1b[", "\x1b[M", "\x1b[[", "\x1b[1;5", "\x1bP1$r"] {
            assert_eq!(
                events(format!("{begun}\x03").as_bytes()),
                std::slice::from_ref(&stop),
                "{begun:?} does not keep it"
            );
        }
        assert_eq!(events(b"\x1b\x03"), [Event::Key(KeyEvent::from(KeyCode::Esc)), stop]);
    }

    #[test]
    fn what_nothing_follows_is_a_key_by_itself() {
        let alone = |bytes: &[u8]| {
            let (mut framing, mut found) = (Framing::default(), Vec::new());
            framing.feed(bytes, &mut found);
            assert_eq!((framing.waiting(), found.len()), (Waiting::Sequence, 0), "{bytes:?}");
            framing.give_up(&mut found);
            found
        };
        assert_eq!(alone(b"\x1b"), [Event::Key(KeyEvent::from(KeyCode::Esc))]);
        assert_eq!(alone(b"\x1b["), [Event::Key(KeyEvent::new(KeyCode::Char('['), KeyModifiers::ALT))]);
        assert_eq!(alone(b"\x1b[1;"), []);
        assert_eq!(alone(b"\xe2\x80"), []);
    }

    proptest! {
        #[test]
        fn after_any_bytes_and_a_silence_keys_work_again(noise: Vec<u8>, pieces in 1..9_usize) {
            let (mut framing, mut found) = (Framing::default(), Vec::new());
            for piece in noise.chunks(pieces) {
                framing.feed(piece, &mut found);
            }
            framing.give_up(&mut found);
            found.clear();
            framing.feed(b"q", &mut found);
            prop_assert_eq!(found, [key('q')]);
        }
    }
}
