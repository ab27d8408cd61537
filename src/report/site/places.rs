//! The paths of the pages of the site, each of its own.

use std::collections::HashSet;

use crate::dataset::Dataset;
use crate::query::{AuthorityId, regions};
use crate::text::fold;

/// The paths of pages within the folder.
pub struct Places {
    councils: Vec<String>,
    regions: Vec<(String, String)>,
    codes: Vec<(String, String)>,
}

impl Places {
    /// Gives every council, region, subject and practice a page.
    pub fn new(dataset: &Dataset) -> Self {
        let mut taken = HashSet::new();
        let councils = dataset.authorities.iter().map(|one| path("council", &one.name, &mut taken)).collect();
        let mut named = |folder: &str, name: &str| (name.to_owned(), path(folder, name, &mut taken));
        let regions = regions(dataset).iter().map(|region| named("region", region)).collect();
        let codes = dataset.codes.iter().map(|code| named("asked", &code.id)).collect();
        Self { councils, regions, codes }
    }

    /// Returns the page of a council; `None` if it is not in the data.
    pub fn council(&self, id: AuthorityId) -> Option<&str> {
        self.councils.get(id.0).map(String::as_str)
    }

    /// Returns the page of a region; the page of England for one that is not in the data.
    pub fn region(&self, name: &str) -> String {
        find(&self.regions, name).unwrap_or("england.html").to_owned()
    }

    /// Returns the page of a subject or practice by its id; the page of all for one that is not in the data.
    pub fn code(&self, id: &str) -> String {
        find(&self.codes, id).unwrap_or("asked.html").to_owned()
    }
}

fn find<'p>(paths: &'p [(String, String)], name: &str) -> Option<&'p str> {
    paths.iter().find(|(known, _)| known == name).map(|(_, path)| path.as_str())
}

/// The maximum length of a file name, without its ending.
const LONGEST: usize = 80;

/// Returns a path that no other page has, from the letters and digits of a name.
fn path(folder: &str, name: &str, taken: &mut HashSet<String>) -> String {
    let folded = fold(name);
    let words = folded.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut slug = words.collect::<Vec<_>>().join("-");
    slug.truncate(LONGEST);
    if slug.is_empty() {
        slug.push_str("page");
    }
    let numbered = (1_usize..).map(|number| match number {
        1 => format!("{folder}/{slug}.html"),
        _ => format!("{folder}/{slug}-{number}.html"),
    });
    let free = numbered.into_iter().find(|path| !taken.contains(path)).unwrap_or_default();
    taken.insert(free.clone());
    free
}
