//! Draws England as a map of tiles, one for each authority of today.

use maud::{Markup, html};

use super::{Lettering, Picture, colour, shapes};
use crate::dataset::Authority;
use crate::report::map::MapAnswer;
use crate::report::palette::GRADES;
use crate::statistics::{OnMap, TILE_GRID, Tile};
use crate::wording;

/// The side of a tile, and its distance from the next.
const SIDE: usize = 46;
const STEP: usize = 50;

/// The height of a row of the legend, and the side of its squares.
const ROW: usize = 22;
const SQUARE: usize = 16;

/// Returns the picture of a map.
pub fn map(answer: &MapAnswer<'_>) -> Picture {
    let tiles = answer.tiles();
    let legend = legend(answer);
    let mark = tiles.iter().any(|(.., shown)| shown.has_mark()).then(|| format!("{}.", wording::MARK_LEGEND));
    Picture {
        title: answer.title(),
        description: answer.description(),
        width: TILE_GRID.0 * STEP,
        height: TILE_GRID.1 * STEP,
        drawing: html! {
            @for (tile, authority, shown) in &tiles { (one(answer, tile, authority, shown)) }
            (legend)
        },
        notes: answer.table().all_notes().skip(1).chain(mark).collect(),
    }
}

fn one(answer: &MapAnswer<'_>, tile: &Tile, authority: &Authority, shown: &OnMap<'_>) -> Markup {
    let (x, y) = (tile.column * STEP, tile.row * STEP);
    let judged = shown.assessment.zip(shown.judgement());
    let colour = judged.and_then(|((_, framework, _), judgement)| colour(framework, judgement));
    let sign = judged
        .map_or("–".to_owned(), |((_, framework, _), judgement)| framework.tile_sign(judgement) + judgement.mark());
    let opacity = (!answer.is_listed(authority, shown)).then_some("0.25");
    html! {
        g opacity=[opacity] {
            title { (tile_words(answer, authority, shown)) }
            (shapes::grade(colour, shown.is_predecessor, (x, y), (SIDE, SIDE)))
            (Lettering::SIGN.on(colour).text(x + SIDE / 2, y + 22, sign))
            (Lettering::NAME.on(colour).text(x + SIDE / 2, y + 37, &tile.short))
        }
    }
}

/// Returns what the colours stand for, with the number of each, in the empty north-east of the map.
fn legend(answer: &MapAnswer<'_>) -> Markup {
    const LEFT: usize = 465;
    let counts = answer.counts();
    html! {
        @for (number, (sign, word, count, degree)) in counts.iter().enumerate() {
            @let y = number * ROW;
            @let colour = degree.and_then(|degree| GRADES.get(usize::from(degree))).copied();
            (shapes::grade(colour, false, (LEFT, y), (SQUARE, SQUARE)))
            (Lettering::SIGN.on(colour).text(LEFT + SQUARE / 2, y + 13, sign))
            (Lettering::PLAIN.text(LEFT + SQUARE + 8, y + 13, format!("{word}: {count}")))
        }
    }
}

/// Returns what a tile shows in words: "Leeds: outstanding (ILACS, 4 March 2022)".
fn tile_words(answer: &MapAnswer<'_>, authority: &Authority, shown: &OnMap<'_>) -> String {
    let whose = match shown.is_predecessor {
        true => format!(", shown is {}", answer.predecessors(authority)),
        false => String::new(),
    };
    let Some(((assessment, framework, _), judgement)) = shown.assessment.zip(shown.judgement()) else {
        return format!("{}: {}{whose}", authority.name, wording::without_assessment_by_then(answer.view));
    };
    let date = assessment.date.map(|date| format!(", {date}")).unwrap_or_default();
    let grade = wording::judgement(framework, judgement);
    format!("{}: {grade} ({}{date}){whose}", authority.name, framework.short)
}
