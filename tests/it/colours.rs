//! The colours of pictures: attributes of each shape and text, so that programs that know no styles show them too.

use std::collections::HashMap;
use std::process::Command;

use base64::Engine as _;
use quick_xml::events::{BytesStart, Event};

use crate::common::program;

const INK: &str = "#1b1e24";
const FAINT: &str = "#5a606b";
const LINE: &str = "#c9ced6";
const WHITE: &str = "#ffffff";

/// The colour of a grade in words.
fn colour(word: &str) -> Option<&'static str> {
    match word.trim_end_matches(" (worked out)").trim_end_matches(" (collected by others)") {
        "outstanding" | "performs excellently" => Some("#1a7f37"),
        "good" | "performs well" => Some("#0a6c8f"),
        "requires improvement to be good" | "adequate" | "performs adequately" => Some("#8a6100"),
        "inadequate" | "performs poorly" => Some("#b3261e"),
        _ => None,
    }
}

/// An element of a picture: its name, its attributes, its text, the title of the group that it is in, and the opacity
/// of that.
#[derive(Debug, Default, Clone)]
struct Element {
    name: String,
    attributes: HashMap<String, String>,
    text: String,
    group: String,
    opacity: Option<String>,
}

impl Element {
    fn has(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }
}

fn opened(start: &BytesStart<'_>) -> Element {
    let attributes = start.attributes().map(|attribute| {
        let attribute = attribute.unwrap();
        (attribute.key.as_ref().to_owned(), attribute.value.clone().into_owned())
    });
    Element { name: start.name().as_ref().to_owned(), attributes: attributes.collect(), ..Element::default() }
}

/// Returns all elements of a picture.
fn elements(picture: &str) -> Vec<Element> {
    let mut reader = quick_xml::Reader::from_str(picture);
    let (mut done, mut open) = (Vec::new(), Vec::<Element>::new());
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return done,
            Event::Start(start) => open.push(opened(&start)),
            Event::Empty(start) => done.push(opened(&start)),
            Event::Text(text) => {
                if let Some(element) = open.last_mut() {
                    element.text.push_str(&text);
                }
            }
            Event::End(_) => {
                let mut element = open.pop().unwrap();
                if let Some(group) = open.last_mut().filter(|parent| parent.name == "g") {
                    if element.name == "title" {
                        group.group.clone_from(&element.text);
                    }
                    element.group.clone_from(&group.group);
                    element.opacity = group.has("opacity").map(String::from);
                }
                done.push(element);
            }
            _ => {}
        }
    }
}

fn answer(arguments: &[&str]) -> String {
    let done = program().args(arguments).output().unwrap();
    assert!(done.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).unwrap()
}

fn picture(arguments: &[&str]) -> String {
    answer(&[arguments, &["--format", "svg"]].concat())
}

/// Returns the picture within a page.
fn within(page: &str) -> String {
    let (_, data) = page.split_once("src=\"data:image/svg+xml;base64,").unwrap();
    let data = base64::prelude::BASE64_STANDARD.decode(data.split_once('"').unwrap().0).unwrap();
    String::from_utf8(data).unwrap()
}

const ANSWERS: [&[&str]; 12] = [
    &["list", "--framework", "ilacs"],
    &["show", "bristol"],
    &["stats"],
    &["stats", "--framework", "ilacs", "--by", "year"],
    &["stats", "--framework", "ilacs", "--by", "region"],
    &["stats", "--by", "series"],
    &["changes", "--since", "2026-07-01"],
    &["map"],
    &["map", "--framework", "ilacs"],
    &["map", "--framework", "ilacs", "--region", "London", "--as-at", "2019-01-31"],
    &["areas"],
    &["show", "stoke-on-trent"],
];

fn is_colour(text: &str) -> bool {
    text.len() == 7 && text.starts_with('#') && text[1..].bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Asserts that each shape and text has a colour of its own, and returns what is drawn.
fn assert_all_have_colours(picture: &str, what: &str) -> Vec<Element> {
    let is_drawn = |element: &Element| match element.name.as_str() {
        "rect" | "text" | "line" => true,
        "svg" | "g" | "title" | "desc" | "style" => false,
        name => panic!("{what}: whether {name} has a colour is not tested"),
    };
    let drawn: Vec<Element> = elements(picture).into_iter().filter(is_drawn).collect();
    assert!(drawn.len() > 3, "{what}");
    for element in &drawn {
        let seen = match (element.name.as_str(), element.has("fill")) {
            ("line", _) | ("rect", Some("none")) => element.has("stroke"),
            (_, fill) => fill,
        };
        assert!(seen.is_some_and(|seen| is_colour(seen) && seen != "#000000"), "{what}: {element:?}");
        assert_eq!(element.has("style"), None, "{what}: {element:?}");
    }
    drawn
}

/// Asserts that a style gives each shape and text another colour in the dark, and has no rule besides.
fn assert_all_have_dark_colours(drawn: &[Element], style: &str, what: &str) {
    let rules = style.trim().strip_prefix("@media screen and (prefers-color-scheme: dark) {").unwrap();
    let rules = rules.strip_suffix('}').unwrap();
    let rules = rules.split_inclusive('}').filter_map(|rule| rule.trim().strip_suffix('}')?.split_once(" { "));
    let rules: HashMap<&str, &str> = rules.map(|(selector, rule)| (selector, rule.trim())).collect();
    for element in drawn {
        let classes: Vec<&str> = element.has("class").unwrap().split(' ').collect();
        for property in ["fill", "stroke"] {
            let Some(light) = element.has(property).filter(|colour| *colour != "none") else { continue };
            let dark = classes.iter().filter_map(|class| rules.get(format!(".picture[role] .{class}").as_str()));
            let dark: Vec<&str> =
                dark.filter_map(|rule| rule.strip_prefix(property)?.strip_prefix(": ")?.strip_suffix(';')).collect();
            assert!(matches!(dark[..], [dark] if is_colour(dark) && dark != light), "{what}: {element:?}: {dark:?}");
        }
    }
}

#[test]
fn every_shape_and_text_of_every_picture_has_its_own_colour() {
    for arguments in ANSWERS {
        let (picture, what) = (picture(arguments), arguments.join(" "));
        let drawn = assert_all_have_colours(&picture, &what);
        let styles: Vec<Element> = elements(&picture).into_iter().filter(|element| element.name == "style").collect();
        assert_eq!(styles.len(), 1, "{what}");
        assert_all_have_dark_colours(&drawn, &styles[0].text, &what);
    }
    for arguments in [&["map", "--framework", "ilacs"][..], &["show", "bristol"]] {
        let (page, what) = (answer(&[arguments, &["--format", "html"]].concat()), arguments.join(" "));
        let picture = within(&page);
        let drawn = assert_all_have_colours(&picture, &what);
        let style = picture.split_once("</style>").unwrap().0;
        assert_all_have_dark_colours(&drawn, &style[style.rfind("@media").unwrap()..], &what);
    }
    for (path, picture) in readme_pictures() {
        assert_all_have_colours(&picture, &path);
    }
}

/// Returns the fills of the elements of a name in a group with a title.
fn fills<'e>(drawn: &'e [Element], group: &str, name: &str) -> Vec<&'e str> {
    let of_group = drawn.iter().filter(|element| element.group == group && element.name == name);
    of_group.map(|element| element.has("fill").unwrap()).collect()
}

#[test]
fn the_tiles_of_a_map_have_the_colours_of_their_grades() {
    let arguments = ["map", "--framework", "ilacs"];
    let drawn = elements(&picture(&arguments));
    let json: serde_json::Value =
        serde_json::from_str(&answer(&[&arguments[..], &["--format", "json"]].concat())).unwrap();
    let tiles = json["tiles"].as_array().unwrap();
    assert_eq!(tiles.len(), 153);
    let mut seen: HashMap<Option<&str>, usize> = HashMap::new();
    for tile in tiles {
        let name = tile["authority"].as_str().unwrap();
        let start = format!("{name}: ");
        let group = &drawn.iter().find(|element| element.group.starts_with(&start)).unwrap().group;
        let expected = tile["grade"].as_u64().and(tile["word"].as_str()).and_then(colour);
        *seen.entry(expected).or_default() += 1;
        assert_eq!(fills(&drawn, group, "rect"), [expected.unwrap_or("none")], "{group}");
        let on = if expected.is_some() { WHITE } else { FAINT };
        assert_eq!(fills(&drawn, group, "text"), [on, on], "{group}");
        let edge =
            drawn.iter().find(|element| element.group == *group && element.name == "rect").unwrap().has("stroke");
        assert_eq!(edge, expected.is_none().then_some(LINE), "{group}");
    }
    // The legend has the same colours, each beside its number of tiles.
    for count in json["counts"].as_array().unwrap() {
        let (word, number) = (count["word"].as_str().unwrap(), count["count"].as_u64().unwrap());
        let expected = colour(&word.to_lowercase());
        assert_eq!(seen.get(&expected).copied().unwrap_or(0) as u64, number, "{word}");
        let label = drawn.iter().position(|element| element.text == format!("{word}: {number}")).unwrap();
        let [square, sign] = &drawn[label - 2..label] else { panic!("{word}") };
        assert_eq!((square.name.as_str(), square.has("fill").unwrap()), ("rect", expected.unwrap_or("none")), "{word}");
        let on = if expected.is_some() { WHITE } else { FAINT };
        assert_eq!((sign.name.as_str(), sign.has("fill").unwrap()), ("text", on), "{word}");
        assert_eq!(drawn[label].has("fill"), Some(INK));
    }
    assert_eq!(seen.len(), 5, "all four grades, and none: {seen:?}");
}

#[test]
fn a_map_has_dashed_tiles_for_predecessors_and_pale_ones_for_what_is_not_listed() {
    let drawn = elements(&picture(ANSWERS[9]));
    let tiles: Vec<&Element> =
        drawn.iter().filter(|element| element.name == "rect" && !element.group.is_empty()).collect();
    let tile = |name: &str| tiles.iter().find(|tile| tile.group.starts_with(&format!("{name}: "))).unwrap();
    let before = tile("Westmorland and Furness");
    assert!(before.group.contains("predecessor") && before.group.contains("Cumbria"), "{before:?}");
    let edge = ["stroke", "stroke-width", "stroke-dasharray"];
    assert_eq!(edge.map(|name| before.has(name)), [Some(INK), Some("2"), Some("4 3")]);
    assert_eq!(edge.map(|name| tile("Leeds").has(name)), [None; 3]);
    assert_eq!(tile("Leeds").opacity.as_deref(), Some("0.25"));
    assert_eq!(tile("Bexley").opacity, None);
    assert_eq!(tiles.iter().filter(|tile| tile.opacity.is_none()).count(), 33);
}

#[test]
fn the_squares_of_a_history_have_the_colours_of_their_grades() {
    for name in ["bristol", "birmingham"] {
        let drawn = elements(&picture(&["show", name]));
        let marks = drawn.iter().filter(|element| element.name == "rect" && !element.group.is_empty());
        // What happened is a bar without rounded corners.
        let (squares, events): (Vec<&Element>, Vec<&Element>) = marks.partition(|mark| mark.has("rx").is_some());
        let dataset = scrutineer::load::record().unwrap().dataset;
        let authority = dataset.authorities.iter().find(|one| one.name.eq_ignore_ascii_case(name)).unwrap();
        let dated = authority.events.iter().filter(|event| event.date.is_some() || event.published.is_some()).count();
        assert!(dated > 1 && events.len() == dated, "{name}: {} of {dated}", events.len());
        let mut graded = 0;
        for square in &squares {
            let (_, word) = square.group.rsplit_once(": ").unwrap();
            graded += usize::from(colour(word).is_some());
            assert_eq!(square.has("fill"), Some(colour(word).unwrap_or("none")), "{name}: {}", square.group);
            assert_eq!(square.has("stroke"), colour(word).is_none().then_some(LINE), "{name}: {}", square.group);
        }
        assert!(graded > 9 && graded < squares.len(), "{name}: {graded} of {}", squares.len());
    }
}

#[test]
fn the_bars_of_years_differ_from_what_is_left_of_them() {
    let drawn = elements(&picture(ANSWERS[3]));
    let bars = drawn.iter().filter(|element| element.name == "rect").skip(1).map(|bar| bar.has("fill").unwrap());
    let bars: Vec<&str> = bars.collect();
    assert!(bars.len() > 10);
    assert!(bars.chunks(2).all(|pair| pair == [LINE, "#7a1f6e"]), "{bars:?}");
}

/// Returns the path and the text of each picture that README.md shows.
fn readme_pictures() -> Vec<(String, String)> {
    let readme = std::fs::read_to_string("README.md").unwrap();
    let paths = readme.lines().filter(|line| line.starts_with("![")).map(|line| line.rsplit_once("](").unwrap().1);
    let paths = paths.map(|path| path.strip_suffix(')').unwrap().to_owned());
    paths.map(|path| (path.clone(), std::fs::read_to_string(&path).unwrap())).collect()
}

/// Returns what a command of README.md writes, and the file that it names.
fn made(line: &str) -> (String, String) {
    let (command, path) = line.split_once(" > ").or_else(|| line.split_once(" --output ")).unwrap();
    let (target, arguments) = command.strip_prefix("cargo run ").unwrap().split_once("-- ").unwrap();
    let arguments = arguments.split(' ').map(|argument| argument.trim_matches('"'));
    let mut command = match target.trim() {
        "" => program(),
        example => Command::new(crate::common::example(example.strip_prefix("--example ").unwrap())),
    };
    command.args(arguments);
    if target.is_empty() {
        command.args(["--format", "svg"]);
    }
    let done = command.output().unwrap();
    assert!(done.status.success(), "{line}: {}", String::from_utf8_lossy(&done.stderr));
    (path.to_owned(), String::from_utf8(done.stdout).unwrap())
}

#[test]
fn the_picture_of_a_council_has_what_it_was_asked_to_improve() {
    let drawn = elements(&picture(&["show", "stoke-on-trent"]));
    let at = |text: &str| drawn.iter().find(|element| element.text == text).unwrap_or_else(|| panic!("{text}"));
    let row = at("Areas to improve (asked for again)").has("y").unwrap().to_owned();
    let in_row = drawn.iter().filter(|element| element.has("y") == Some(row.as_str()));
    let signs: Vec<&str> = in_row.map(|element| element.text.as_str()).skip(1).collect();
    // Of 2019, 2022 and 2025, of which the last two repeat some.
    assert_eq!(signs, ["15", "6 (5)", "6 (3)"]);
    assert!(!picture(&["show", "poole"]).contains("Areas to improve"), "nothing is known of it");
}

#[test]
fn the_pictures_of_the_readme_are_what_its_commands_write() {
    let readme = std::fs::read_to_string("README.md").unwrap();
    let lines = readme.lines().filter(|line| line.starts_with("cargo run ") && line.ends_with(".svg"));
    let made: HashMap<String, String> = lines.map(made).collect();
    let shown = readme_pictures();
    assert_eq!(shown.len(), 2);
    assert_eq!(made.len(), shown.len(), "{:?}", made.keys());
    for (path, picture) in shown {
        assert!(made[&path] == picture, "{path} is not what the command of README.md writes: see CONTRIBUTING.md");
    }
}
