//! `scrutineer site`: pages that link to each other, asking for nothing from anywhere.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use scrutineer::load::record;
use serde_json::{Value, json};

use crate::common::{APA, bundled_json, program, run};

/// Returns the files of a folder by their paths within it.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
            found.insert(name, std::fs::read_to_string(path).unwrap());
        }
    }
    found
}

/// Writes the site of some data, and returns its files.
fn site(data: &[&str]) -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("pages");
    let (answer, words, status) = run(&[&["site", place.to_str().unwrap()], data].concat());
    assert_eq!((answer.as_str(), status), ("", 0), "{words}");
    files(&place)
}

/// Returns the values of an attribute in a page.
fn values<'p>(page: &'p str, attribute: &str) -> Vec<&'p str> {
    let begin = format!(" {attribute}=\"");
    page.split(begin.as_str()).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}

/// Asserts that each link within the site leads to a page or to a part of one, and that nothing is asked for from anywhere;
/// returns the pages that the first one leads to, on any way.
fn assert_linked(files: &BTreeMap<String, String>) -> BTreeSet<String> {
    let mut links: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (path, page) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        for asked in values(page, "src").into_iter().filter(|src| !src.starts_with("data:image/")) {
            assert!(asked.ends_with("search.js"), "{path} asks for {asked}");
        }
        assert!(!page.contains("<link rel=\"stylesheet\" href=\"http") && !page.contains("url("), "{path}");
        let root = if path.contains('/') { "../" } else { "" };
        assert!(page.contains(&format!("href=\"{root}style.css\"")), "{path}");
        for link in values(page, "href").into_iter().filter(|link| !link.starts_with("http")) {
            let (file, part) = link.split_once('#').unwrap_or((link, ""));
            let target = match (file, file.strip_prefix("../")) {
                ("", _) => path.clone(),
                (_, Some(file)) if path.contains('/') => file.to_owned(),
                (file, None) if !path.contains('/') => file.to_owned(),
                (file, _) => panic!("{path} leads to {file}"),
            };
            let found = files.get(&target).unwrap_or_else(|| panic!("{path} leads to {link}, which is missing"));
            assert!(part.is_empty() || found.contains(&format!("id=\"{part}\"")), "{path}: {link}");
            links.entry(path).or_default().push(target);
        }
    }
    let (mut reached, mut left) = (BTreeSet::new(), vec!["index.html".to_owned()]);
    while let Some(path) = left.pop() {
        if reached.insert(path.clone()) {
            left.extend(links.get(path.as_str()).into_iter().flatten().cloned());
        }
    }
    reached
}

/// Returns what the search looks in.
fn index(files: &BTreeMap<String, String>) -> Vec<[String; 4]> {
    let first = files["search.js"].lines().next().unwrap();
    serde_json::from_str(first.strip_prefix("const INDEX = ").unwrap().strip_suffix(';').unwrap()).unwrap()
}

#[test]
fn every_page_of_the_record_is_reached_from_the_first_and_every_link_leads_somewhere() {
    let files = site(&[]);
    let reached = assert_linked(&files);
    let pages: BTreeSet<String> = files.keys().filter(|path| path.ends_with(".html")).cloned().collect();
    assert!(pages.is_subset(&reached), "not reached: {:?}", pages.difference(&reached).collect::<Vec<_>>());
    let dataset = record().unwrap().dataset;
    let of = |folder: &str| pages.iter().filter(|path| path.starts_with(folder)).count();
    assert_eq!(of("council/"), dataset.authorities.len());
    assert_eq!(of("region/"), 9);
    assert_eq!(of("asked/"), dataset.codes.len());
    // The search finds every council, by the page that bears its name.
    for [name, page, ..] in index(&files) {
        let name = name.replace('&', "&amp;");
        assert!(files[&page].contains(&format!("<h1>{name}</h1>")), "{name}");
    }
    assert_eq!(index(&files).len(), dataset.authorities.len());
}

#[test]
fn the_first_page_and_the_maps_have_the_grades_of_the_list() {
    let files = site(&[]);
    let list: Value = serde_json::from_str(&run(&["list", "--format", "json"]).0).unwrap();
    let councils = list["authorities"].as_array().unwrap();
    assert_eq!(councils.len(), 153);
    let rows: Vec<&str> = files["index.html"].split("<tr>").filter(|row| row.contains("th scope=\"row\"")).collect();
    assert_eq!(rows.len(), councils.len());
    let letter = |council: &Value, category: &str| match council["judgements"][category]["grade"].as_u64() {
        Some(grade) => ["I", "R", "G", "O"][usize::try_from(grade).unwrap() - 1],
        None => "–",
    };
    // Overall effectiveness is last, on the page and among the maps.
    let order = ["leaders", "help-and-protection", "children-in-care", "care-leavers", "overall-effectiveness"];
    for (row, council) in rows.iter().zip(councils) {
        let name = council["name"].as_str().unwrap();
        assert!(row.contains(&format!(">{name}</a>")), "{name}: {row}");
        // Those that are not from the report itself are in italics.
        let row = row.replace("<i class", "<span class");
        let chips: Vec<&str> = row.split("<span class=\"grade").skip(1).collect();
        let letters: Vec<&str> = chips.iter().map(|chip| chip.split(['>', '<']).nth(1).unwrap()).collect();
        assert_eq!(letters, order.map(|category| letter(council, category)), "{name}");
    }
    for (number, category) in order.into_iter().enumerate() {
        let path = if number == 0 { "map.html".to_owned() } else { format!("map-{}.html", number + 1) };
        let tiles: Vec<&str> = files[&path].split("<li style=").skip(1).collect();
        assert_eq!(tiles.len(), councils.len(), "{path}");
        for council in councils {
            let name = council["name"].as_str().unwrap();
            let tile = tiles.iter().find(|tile| tile.contains(&format!("<span class=\"hidden\">{name}: "))).unwrap();
            assert!(tile.contains(&format!("<b>{}</b>", letter(council, category))), "{path}: {name}: {tile}");
        }
    }
}

#[test]
fn the_regions_on_the_page_of_england_have_overall_last_above_its_own_numbers() {
    let files = site(&[]);
    let table = files["england.html"]
        .split("<table>")
        .find(|table| table.starts_with("<caption>Good or better by region"))
        .unwrap();
    let headers: Vec<&str> =
        table.split("<th scope=\"col\"").skip(1).map(|header| header.split(['>', '<']).nth(1).unwrap()).collect();
    assert_eq!(headers.first(), Some(&"region"));
    assert!(headers[1].starts_with("Leaders") && headers[5].starts_with("Overall"), "{headers:?}");
    let answer: Value = serde_json::from_str(&run(&["stats", "--by", "region", "--format", "json"]).0).unwrap();
    let row = table.split("<tr>").find(|row| row.contains(">London</a>")).unwrap();
    let cells: Vec<&str> = row.split("<td").skip(1).map(|cell| cell.split(['>', '<']).nth(1).unwrap()).collect();
    let london = answer["regions"].as_array().unwrap().iter().find(|region| region["region"] == "London").unwrap();
    for share in london["good_or_better"].as_array().unwrap() {
        let of = format!("{} of {} ", share["numerator"], share["denominator"]);
        let category = share["category"].as_str().unwrap();
        let at = if category == "leaders" {
            0
        } else if category == "overall-effectiveness" {
            4
        } else {
            continue;
        };
        assert!(cells[at].starts_with(&of), "{category}: {cells:?}");
    }
}

#[test]
fn a_page_of_a_subject_leads_to_those_who_were_asked() {
    let files = site(&[]);
    let asked: Value = serde_json::from_str(&run(&["areas", "neglect", "--format", "json"]).0).unwrap();
    let page = &files["asked/neglect.html"];
    let areas = asked["areas"].as_array().unwrap();
    assert!(areas.len() > 20);
    assert_eq!(page.matches("th scope=\"row\"").count(), areas.len());
    let names: BTreeSet<&str> = areas.iter().map(|area| area["authority"].as_str().unwrap()).collect();
    for name in names {
        let link = values(page, "href").into_iter().find(|link| page.contains(&format!("href=\"{link}\">{name}</a>")));
        assert!(files[&link.unwrap()[3..]].contains(&format!("<h1>{name}</h1>")), "{name}");
    }
}

#[test]
fn names_from_a_file_cannot_leave_the_folder_or_become_part_of_a_page() {
    let mut data = bundled_json();
    let names =
        ["<script>alert(1)</script>", "../../../etc/passwd", "X+Y", "X-Y", "東京", "</script> & \"quoted\"", "Council"];
    for (number, name) in names.iter().enumerate() {
        data["authorities"][number]["name"] = json!(name);
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("data.json");
    std::fs::write(&file, data.to_string()).unwrap();
    let files = site(&["-d", file.to_str().unwrap(), "--only-files"]);
    assert_linked(&files);
    let pages: BTreeSet<String> = index(&files).into_iter().map(|[_, page, ..]| page).collect();
    assert_eq!(pages.len(), 18, "each has a page of its own");
    assert!(
        pages
            .iter()
            .all(|page| page.starts_with("council/") && page.matches('/').count() == 1 && files.contains_key(page))
    );
    for (path, page) in &files {
        let is_page = path.ends_with(".html");
        assert!(!is_page || (!page.contains("<script>alert") && !page.contains("</script> &")), "{path}");
    }
}

#[test]
fn data_without_areas_and_without_dates_have_a_site_too() {
    let files = site(&["-d", APA, "--only-files"]);
    assert_linked(&files);
    assert!(files["asked.html"].contains("do not say what inspectors asked"));
    assert!(files["council/bristol.html"].contains("before we completed our recent"));
}

#[test]
fn a_folder_with_something_in_it_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("pages");
    std::fs::create_dir(&place).unwrap();
    let words = |path: &Path| {
        let (answer, words, status) = run(&["site", path.to_str().unwrap()]);
        assert_eq!((answer.as_str(), status), ("", 1), "{words}");
        words
    };
    std::fs::write(place.join("mine.txt"), "mine").unwrap();
    assert!(words(&place).contains("name a new folder"));
    assert!(words(&place.join("mine.txt")).contains("cannot write"));
    assert!(words(&folder.path().join("none/pages")).contains("there is no folder"));
    let many: String = (0..2_100).map(|n| format!("Place{n}x,2024-03-04,good,good,good,good,good\n")).collect();
    let header = "local_authority,publication_date,overall_effectiveness_grade,impact_of_leaders_grade,help_and_protection_grade,\
         in_care_grade,care_leavers_grade\n";
    let data = folder.path().join("many.csv");
    std::fs::write(&data, header.to_owned() + &many).unwrap();
    let new = folder.path().join("new");
    let (_, refused, status) = run(&["site", new.to_str().unwrap(), "-d", data.to_str().unwrap(), "--only-files"]);
    assert!(status == 1 && refused.contains("2100 councils"), "{refused}");
    std::fs::remove_file(data).unwrap();
    assert_eq!(files(folder.path()), BTreeMap::from([("pages/mine.txt".to_owned(), "mine".to_owned())]));
    // An empty one is taken, and stays the folder that it was; what was left behind by one that was killed is removed.
    std::fs::remove_file(place.join("mine.txt")).unwrap();
    std::fs::create_dir(place.join(".site-killed")).unwrap();
    let done = program().current_dir(&place).args(["site", "."]).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let all = files(&place);
    assert!(all.contains_key("index.html") && !all.keys().any(|path| path.starts_with('.')), "{:?}", all.keys());
}

#[cfg(unix)]
#[test]
fn a_site_is_written_through_a_link_into_a_folder_that_keeps_its_permissions() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
    let folder = tempfile::tempdir().unwrap();
    let (place, link) = (folder.path().join("pages"), folder.path().join("link"));
    std::fs::create_dir(&place).unwrap();
    std::fs::set_permissions(&place, std::fs::Permissions::from_mode(0o2770)).unwrap();
    symlink(&place, &link).unwrap();
    let before = std::fs::metadata(&place).unwrap();
    assert_eq!(run(&["site", link.to_str().unwrap()]).2, 0);
    let after = std::fs::metadata(&place).unwrap();
    assert_eq!((after.ino(), after.mode()), (before.ino(), before.mode()));
    assert!(files(&place).contains_key("index.html"));
    assert_eq!(
        std::fs::metadata(place.join("council")).unwrap().permissions().mode() & 0o055,
        0o055,
        "for a web server"
    );
}
