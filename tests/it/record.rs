//! The embedded record: what Ofsted published comes out of it.

use crate::common::{program, run};
use scrutineer::dataset::{AsAt, Basis, Date, Grade};
use scrutineer::load::record;
use scrutineer::statistics::{Verdict, overall, recount_published};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[test]
fn the_record_is_whole() {
    let loaded = record().unwrap();
    let count = |id: &str| {
        let all = loaded.dataset.authorities.iter().flat_map(|a| &a.assessments);
        all.filter(|assessment| assessment.framework.id == id).count()
    };
    assert_eq!(["apa-2006", "sif", "ilacs", "not-recorded"].map(count), [18, 173, 324, 0]);
    let today = day("2026-08-31");
    assert_eq!(loaded.dataset.authorities.iter().filter(|authority| authority.exists_on(today)).count(), 153);
}

#[test]
fn the_record_has_no_problems_and_is_written_as_it_is_held() {
    let loaded = record().unwrap();
    assert_eq!((&loaded.problems[..], &loaded.left_out[..]), (&[][..], &[][..]));
    let dataset = &loaded.dataset;
    assert_eq!(dataset.title, "Grades of councils' services for children since 2005");
    assert_eq!(dataset.publisher, "Ofsted and the Commission for Social Care Inspection");
    assert!(dataset.collector.as_deref().unwrap().contains("since June 2025"));
    let mut written = Vec::new();
    scrutineer::report::export_compact(&mut written, dataset).unwrap();
    let file = std::fs::read("assets/record.json").unwrap();
    assert!(written == file, "assets/record.json is not what `export --format compact-json` writes");
    let inspections = dataset.authorities.iter().map(|authority| authority.assessments.len()).sum::<usize>();
    let is_inspection = |line: &&str| line.starts_with("        {\"framework\": ");
    assert_eq!(String::from_utf8(file).unwrap().lines().filter(is_inspection).count(), inspections);
}

/// The figures were counted apart from the program: the latest inspection of each authority, whichever of the two
/// frameworks it was made under.
#[test]
fn overall_effectiveness_comes_out_as_published() {
    use Basis::{Inspected, Published};
    let dataset = record().unwrap().dataset;
    for (date, basis, good, known, existing) in [
        ("2015-06-30", Published, 14, 59, 152),
        ("2017-12-08", Published, 55, 151, 152),
        ("2018-08-31", Published, 64, 152, 152),
        ("2018-08-31", Inspected, 64, 152, 152),
        ("2019-08-31", Published, 74, 149, 151),
        ("2019-08-31", Inspected, 73, 149, 151),
        ("2022-03-31", Published, 81, 150, 152),
        ("2022-03-31", Inspected, 81, 150, 152),
        ("2024-03-31", Published, 91, 151, 153),
        ("2024-03-31", Inspected, 91, 151, 153),
        ("2025-03-31", Published, 100, 153, 153),
        ("2025-03-31", Inspected, 103, 153, 153),
    ] {
        let counted = overall(&dataset, AsAt { day: day(date), basis }, None);
        let found = (counted.good.matching, counted.good.known, counted.existing);
        assert_eq!(found, (good, known, existing), "{date} {basis:?} {:?}", counted.steps);
    }
    let steps = |date, basis| overall(&dataset, AsAt { day: day(date), basis }, None).steps;
    assert_eq!(steps("2015-06-30", Published), [0, 14, 31, 14]);
    let [outstanding, _, _, inadequate] = steps("2017-12-08", Published);
    assert_eq!((outstanding, inadequate), (3, 29));
    let [_, _, requires, inadequate] = steps("2018-08-31", Published);
    assert_eq!((requires, inadequate), (68, 20));
    assert_eq!(steps("2024-03-31", Inspected)[0], 30);
    assert_eq!(steps("2021-03-31", Inspected)[0], 18);
}

#[test]
fn every_published_figure_agrees_or_is_consistent() {
    let dataset = record().unwrap().dataset;
    assert_eq!(dataset.published.len(), 23);
    let regional = dataset.published.iter().filter(|figure| figure.region.is_some());
    let regional = regional.map(|figure| recount_published(figure, &dataset).1.matching).collect::<Vec<_>>();
    assert_eq!(regional, [26, 3, 28, 8]);
    for figure in &dataset.published {
        let (overall, recount) = recount_published(figure, &dataset);
        let is_whole = overall.good.known == figure.of.unwrap_or(overall.existing);
        let expected = if is_whole { Verdict::Agrees } else { Verdict::Consistent };
        assert_eq!(recount.verdict, expected, "{} {:?}", figure.as_at, figure.value);
    }
    let series = json(&["stats", "--by", "series"]);
    let row = series["series"].as_array().unwrap().iter().find(|row| row["as_at"] == "2022-03-31").unwrap();
    assert_eq!((&row["good_or_better"]["numerator"], &row["authorities"]), (&81.into(), &152.into()), "{row}");
    assert_eq!((&row["published"]["value"], &row["published"]["verdict"]), (&53.0.into(), &"consistent".into()));
}

/// Each is counted among the authorities that existed on its day, two of which had not been inspected, or not judged.
#[test]
fn published_figures_of_single_judgements_are_recounted() {
    let (csv, ..) = run(&["stats", "--by", "series", "--format", "csv"]);
    for row in [
        "2017-12-08,published,Overall effectiveness,55,151,36.4,152,19% inadequate,29,consistent,",
        "2017-12-08,published,Leaders,63,150,42.0,152,12 outstanding for leaders,12,consistent,",
        "2019-08-31,published,Leaders,84,149,56.4,151,56% good or better for leaders,84,consistent,",
        "2024-03-31,inspected,Help and protection,82,151,54.3,153,54% good or better for help and protection,82,consistent,",
    ] {
        assert!(csv.contains(row), "{row}: {csv}");
    }
    let series = json(&["stats", "--by", "series"]);
    let rows = series["series"].as_array().unwrap();
    let of = |judgement: &str| rows.iter().filter(|row| row["judgement"] == judgement).collect::<Vec<_>>();
    let counts = ["overall-effectiveness", "leaders", "help-and-protection"].map(|judgement| of(judgement).len());
    assert_eq!((counts[1], counts[2], counts.iter().sum::<usize>()), (2, 1, rows.len()));
    let help = of("help-and-protection")[0];
    assert_eq!(
        (&help["good_or_better"]["numerator"], &help["published"]["possible"]),
        (&82.into(), &serde_json::json!([82, 84]))
    );
    // A figure of another judgement does not stand for the end of a year.
    let overall = of("overall-effectiveness");
    assert!(overall.iter().any(|row| row["as_at"] == "2017-12-31" && row["published"].is_null()), "{series}");
    let (text, ..) = run(&["stats", "--by", "series"]);
    assert!(text.contains("leadership, management and governance under SIF"), "{text}");
}

/// Returns every link of a dataset: of sources, of evidence and of assessments.
fn links(value: &serde_json::Value, found: &mut std::collections::BTreeSet<String>) {
    match value {
        serde_json::Value::Object(fields) => {
            found.extend(fields.get("link").and_then(|link| link.as_str()).map(String::from));
            fields.values().for_each(|field| links(field, found));
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| links(item, found)),
        _ => {}
    }
}

/// Those who published what the record links to. A host that is not among them is that of a copy, which is named in the
/// note of its source: "Read in a copy on".
const PUBLISHERS: [(&str, &[&str]); 5] = [
    ("government, parliament and councils", &["gov.uk", "parliament.uk", "dorsetforyou.gov.uk"]),
    (
        "press and broadcasters",
        &[
            "bbc.co.uk",
            "bbc.com",
            "feeds.bbci.co.uk",
            "bordercountiesadvertizer.co.uk",
            "bournemouthecho.co.uk",
            "darlingtonandstocktontimes.co.uk",
            "daventryexpress.co.uk",
            "eastlondonadvertiser.co.uk",
            "halesowennews.co.uk",
            "londonnewsonline.co.uk",
            "minsterfm.com",
            "neighbournet.com",
            "new.ealingtoday.co.uk",
            "okehampton-today.co.uk",
            "pocklingtonpost.co.uk",
            "shropshirelive.com",
            "standard.co.uk",
            "tes.com",
            "theforestreview.co.uk",
            "thenorthernecho.co.uk",
            "worcesternews.co.uk",
            "yourlocalguardian.co.uk",
            "abergavennychronicle.com",
            "bbci.co.uk",
            "dawlish-today.co.uk",
            "english.shirshobindu.com",
            "nottstv.com",
            "thechamberlainfiles.com",
            "theguardian.com",
            "wirralglobe.co.uk",
            "yorkshirepost.co.uk",
        ],
    ),
    (
        "councils' own sites, and trusts and advisers, with what they did themselves",
        &["bevanbrittan.com", "birminghamchildrenstrust.co.uk", "sendlowirral.co.uk", "wirralview.com"],
    ),
    (
        "press of the trade",
        &[
            "careappointments.com",
            "communitycare.co.uk",
            "cypnow.co.uk",
            "fenews.co.uk",
            "localgovernmentlawyer.co.uk",
            "localgov.co.uk",
            "locumtoday.co.uk",
            "themj.co.uk",
            "nurseryworld.co.uk",
            "publicfinance.co.uk",
            "publicsectorexecutive.com",
            "willispalmer.com",
        ],
    ),
    (
        "parties and blogs, with what they wrote themselves",
        &[
            "edyourself.wordpress.com",
            "lornadupre.mycouncillor.org.uk",
            "conservativehome.com",
            "peoplesrepublicofsouthdevon.co.uk",
            "philtaylor.org.uk",
            "surreylibdems.org.uk",
        ],
    ),
];

#[test]
fn links_lead_only_to_who_published_what_they_lead_to() {
    let record: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string("assets/record.json").unwrap()).unwrap();
    let mut found = std::collections::BTreeSet::new();
    links(&record, &mut found);
    assert!(found.len() > 500, "{}", found.len());
    let known = || PUBLISHERS.iter().flat_map(|(_, hosts)| hosts.iter());
    let is_of = |host: &str, known: &str| host == known || host.ends_with(&format!(".{known}"));
    let mut unused: Vec<&&str> = known().collect();
    for link in &found {
        let address = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://")).unwrap();
        let host = address.split('/').next().unwrap();
        assert!(known().any(|known| is_of(host, known)), "{link} is not of a known publisher");
        unused.retain(|known| !is_of(host, known));
    }
    assert!(unused.is_empty(), "{unused:?}");
    let notes = record["sources"].as_array().unwrap().iter().filter(|source| source["link"].is_null());
    let copies = notes.filter(|source| source["note"].as_str().is_some_and(|note| note.contains("ead in a copy on ")));
    assert_eq!(copies.count(), 13);
}

/// Ofsted's file gives some councils the page of another: of a neighbour, or of their successor.
#[test]
fn a_link_to_a_page_of_ofsteds_is_to_that_of_the_council_itself() {
    use scrutineer::dataset::provider_number;

    let dataset = record().unwrap().dataset;
    for authority in &dataset.authorities {
        for link in authority.assessments.iter().filter_map(|assessment| assessment.report_link()) {
            let own = [&authority.codes.la, &authority.codes.urn];
            let number = provider_number(link);
            assert!(number.is_none() || own.iter().any(|own| own.as_deref() == number), "{}: {link}", authority.name);
        }
    }
    // The report itself is preferred.
    let of = |name: &str, date: &str| {
        let authority = dataset.authorities.iter().find(|authority| authority.name == name).unwrap();
        let assessment = authority.assessments.iter().find(|a| a.date == Some(day(date))).unwrap();
        assessment.report_link().map(String::from)
    };
    let file = |number: u32| Some(format!("https://files.ofsted.gov.uk/v1/file/{number}"));
    assert_eq!(of("City of London", "2020-04-06"), file(50_149_902));
    assert_eq!(of("North Northamptonshire", "2022-11-25"), file(50_200_024));
    for (ended, date) in [("Bournemouth", "2018-08-24"), ("Cumbria", "2022-11-15"), ("Northamptonshire", "2019-07-29")]
    {
        assert_eq!(of(ended, date), None, "{ended}: the link is that of its successor");
    }
}

#[test]
fn the_page_of_another_council_is_not_linked_to_and_the_report_comes_before_a_page() {
    let folder = tempfile::tempdir().unwrap();
    let row = |number: u32, name: &str| {
        format!("https://reports.ofsted.gov.uk/provider/44/{number},{name},,2026-06-04,,Good,Good,Good,Good\n")
    };
    let official = folder.path().join("official.csv");
    let rows = [row(206, "City of London"), row(206, "Islington"), row(302, "Barnet")].concat();
    std::fs::write(&official, format!("{OFFICIAL}\n{rows}")).unwrap();
    let collected = folder.path().join("collected.csv");
    let headers = "urn,local_authority,inspection_link,publication_date,overall_effectiveness_grade,\
        impact_of_leaders_grade,help_and_protection_grade,in_care_grade,care_leavers_grade";
    let report = "https://files.ofsted.gov.uk/v1/file/9";
    std::fs::write(&collected, format!("{headers}\n80487,barnet,{report},04/06/26,,good,good,good,good\n")).unwrap();
    let (official, collected) = (official.to_str().unwrap(), collected.to_str().unwrap());
    let link = |name: &str, files: &[&str]| {
        let shown = json(&[&["show", name, "--only-files", "-d", official], files].concat());
        shown["assessments"][0]["link"].as_str().map(String::from)
    };
    assert_eq!(link("City of London", &[]), None);
    assert_eq!(link("Islington", &[]).as_deref(), Some("https://reports.ofsted.gov.uk/provider/44/206"));
    assert_eq!(link("Barnet", &[]).as_deref(), Some("https://reports.ofsted.gov.uk/provider/44/302"));
    assert_eq!(link("Barnet", &["-d", collected]).as_deref(), Some(report));
    for format in ["table", "html"] {
        let (shown, ..) = run(&["show", "Islington", "--only-files", "-d", official, "--format", format]);
        assert!(shown.contains("Ofsted's page of the council: "), "{format}: {shown}");
    }
    let shown = json(&["show", "leeds"]);
    let links = shown["assessments"].as_array().unwrap().iter().filter(|a| a["framework"] == "ilacs");
    assert!(links.into_iter().all(|a| a["link"].as_str().unwrap().contains("/file/")), "{shown}");
}

const PARTNERS: &str = "Ofsted and the Care Quality Commission";

const BOTH: &str = "Ofsted and the Commission for Social Care Inspection";

/// The Commission ended in 2009.
#[test]
fn each_answer_credits_who_made_the_judgements_it_is_about() {
    let folder = tempfile::tempdir().unwrap();
    let tables = &["table", "csv", "json", "html", "xlsx"][..];
    let pictures = &["csv", "json", "html", "svg", "xlsx"][..];
    let ofsteds: [(&[&str], &[&str]); 10] = [
        (&["list", "--framework", "ilacs"], tables),
        (&["list", "--framework", "sif"], tables),
        (&["stats", "--framework", "ilacs"], tables),
        (&["stats", "--framework", "ilacs", "--by", "region"], tables),
        (&["stats", "--framework", "ilacs", "--by", "year"], tables),
        (&["stats", "--by", "series"], tables),
        (&["map", "--framework", "ilacs"], pictures),
        (&["map", "--framework", "ilacs", "--category", "leaders"], pictures),
        (&["changes", "--since", "2026-07-28"], &["csv", "json", "html", "xlsx"]),
        (&["show", "cumberland"], &["svg"]),
    ];
    for (command, format) in ofsteds.iter().flat_map(|(command, formats)| formats.iter().map(move |f| (command, f))) {
        assert_eq!(credited(&folder, command, format), "Ofsted", "{command:?} as {format}");
    }
    let jointly: [(&[&str], &[&str]); 3] = [
        (&["list", "--framework", "apa-2006"], tables),
        (&["stats", "--framework", "apa-2006"], tables),
        (&["show", "bristol"], &["svg"]),
    ];
    // A workbook has the inspections of the area partnership too.
    assert_eq!(credited(&folder, &["show", "cumberland"], "xlsx"), PARTNERS);
    assert_eq!(credited(&folder, &["list", "--framework", "send"], "json"), PARTNERS);
    for (command, format) in jointly.iter().flat_map(|(command, formats)| formats.iter().map(move |f| (command, f))) {
        assert_eq!(credited(&folder, command, format), BOTH, "{command:?} as {format}");
    }
}

/// Returns where an answer says who made the judgements.
fn credited(folder: &tempfile::TempDir, command: &[&str], format: &str) -> String {
    let path = folder.path().join(format!("answer.{format}"));
    let done = program().args(command).args(["--format", format, "-o", path.to_str().unwrap()]).output().unwrap();
    assert!(done.status.success(), "{command:?} as {format}: {}", String::from_utf8_lossy(&done.stderr));
    match format {
        // The rows say nothing of the whole; the package beside them does.
        "csv" => {
            run(&[command, &["-o", path.to_str().unwrap(), "--package"]].concat());
            let package = std::fs::read_to_string(folder.path().join("datapackage.json")).unwrap();
            let package: serde_json::Value = serde_json::from_str(&package).unwrap();
            judged_by(package["about"]["data"].as_str().unwrap())
        }
        "json" => {
            let answer: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
            let publisher = answer["about"]["publisher"].as_str().map(String::from);
            publisher.unwrap_or_else(|| judged_by(answer["data"].as_str().unwrap()))
        }
        "xlsx" => {
            let mut book: calamine::Xlsx<_> = calamine::open_workbook(&path).unwrap();
            let notes = calamine::Reader::worksheet_range(&mut book, "Notes").unwrap();
            let notes: Vec<String> = notes.rows().flatten().map(ToString::to_string).collect();
            judged_by(&notes.join("\n"))
        }
        _ => judged_by(&std::fs::read_to_string(&path).unwrap()),
    }
}

/// Returns the words between "judgements by" and "collected by", without the marks of a page or picture.
fn judged_by(text: &str) -> String {
    let words = text.split('<').map(|part| part.split_once('>').map_or(part, |(_, words)| words));
    let words = words.flat_map(str::split_whitespace).collect::<Vec<_>>().join(" ");
    let (_, after) = words.split_once("judgements by ").unwrap_or_else(|| panic!("nobody is credited: {words}"));
    let (credited, newest) = after.split_once("; newest report").unwrap();
    let is_collected = credited.contains(", collected by");
    assert_eq!(is_collected, newest.contains("2026"), "collected are only the newest inspections: {words}");
    credited.split(", collected by").next().unwrap().to_owned()
}

#[test]
fn the_newest_inspections_come_out_with_the_corrections() {
    let dataset = record().unwrap().dataset;
    let ilacs = dataset.frameworks.iter().find(|framework| framework.id == "ilacs").unwrap();
    let counted = |id: &str| {
        let position = ilacs.category_position(id).unwrap();
        let existing = dataset.authorities.iter().filter(|authority| authority.exists_on(day("2026-08-31")));
        let latest = existing.filter_map(|authority| authority.latest(ilacs, None)?.judgements.get(position)?.grade());
        let grades: Vec<Grade> = latest.collect();
        (grades.iter().filter(|grade| ilacs.scale.is_good(**grade)).count(), grades.len())
    };
    assert_eq!(
        ["leaders", "help-and-protection", "children-in-care", "care-leavers", "overall-effectiveness"].map(counted),
        [(118, 153), (104, 153), (122, 153), (110, 151), (107, 142)]
    );
}

/// What others collected from Ofsted's reports is second-hand: 53 inspections, those after the last official statistics.
#[test]
fn grades_that_others_collected_are_second_hand() {
    use scrutineer::dataset::{Certainty, Rank};

    let dataset = record().unwrap().dataset;
    let inspections = dataset.authorities.iter().flat_map(|authority| &authority.assessments);
    let inspections: Vec<_> = inspections.filter(|assessment| assessment.framework.id == "ilacs").collect();
    let certainty_of = |rank: Rank| {
        let of_rank = inspections.iter().filter(|a| a.origin.as_ref().unwrap().table.source.rank == rank);
        let judgements: Vec<_> = of_rank.clone().flat_map(|a| a.judgements.iter()).collect();
        let grades = judgements.iter().filter(|judgement| judgement.grade().is_some());
        let certainties: std::collections::HashSet<Certainty> = grades.map(|judgement| judgement.certainty).collect();
        (of_rank.count(), certainties.into_iter().collect::<Vec<_>>())
    };
    assert_eq!(certainty_of(Rank::Collected), (53, vec![Certainty::SecondHand]));
    assert_eq!(certainty_of(Rank::Official), (271, vec![Certainty::Stated]));
    // The program says of which inspections this is so.
    let dates_of = |rank: Rank| {
        let of_rank = inspections.iter().filter(move |a| a.origin.as_ref().unwrap().table.source.rank == rank);
        of_rank.map(|assessment| assessment.date.unwrap())
    };
    assert!(dates_of(Rank::Official).all(|date| date < day("2025-06-01")));
    assert!(dates_of(Rank::Collected).all(|date| date >= day("2025-06-01")));
    assert!(dataset.collector.as_ref().unwrap().contains("those published since June 2025"));
}

#[test]
fn shares_of_those_that_sources_happen_to_name_have_no_percentage() {
    let (csv, ..) = run(&["stats", "--framework", "rating-2009", "--format", "csv"]);
    assert!(csv.lines().nth(1).unwrap().starts_with("Overall,12,1,0,22,0,13,35,,"), "{csv}");
    let (csv, ..) = run(&["stats", "--framework", "sif", "--format", "csv"]);
    assert!(csv.lines().nth(1).unwrap().starts_with("Overall effectiveness,3,54,76,19,0,57,152,37.5,"), "{csv}");
}

#[test]
fn every_answer_in_json_names_its_sources() {
    for arguments in [
        &["list"][..],
        &["show", "leeds"],
        &["stats"],
        &["stats", "--framework", "ilacs"],
        &["stats", "--by", "region"],
        &["stats", "--by", "year"],
        &["stats", "--by", "series"],
        &["map"],
        &["changes", "--since", "2026-07-01"],
    ] {
        let sources = json(arguments)["sources"].clone();
        assert!(sources.as_array().is_some_and(|all| all.iter().all(|one| one["publisher"] != "")), "{arguments:?}");
        assert_ne!(sources, serde_json::json!([]), "{arguments:?}");
    }
}

#[test]
fn a_list_says_how_many_of_its_rows_are_empty() {
    let (list, ..) = run(&["list", "--framework", "ilacs", "--as-at", "2022-03-31", "--basis", "inspected"]);
    assert!(list.contains("20 without grades: no assessment under ILACS, inspected by 31 March 2022."), "{list}");
    let (list, ..) = run(&["list", "--framework", "ilacs"]);
    assert!(!list.contains("without grades"), "{list}");
}

/// The collected history has the end of the first of two visits to Devon, and misreads a name.
#[test]
fn days_and_inspectors_are_those_of_the_reports() {
    let dataset = record().unwrap().dataset;
    let visit = |name: &str, published: &str| {
        let authority = dataset.authorities.iter().find(|authority| authority.name == name).unwrap();
        let of_day = authority.assessments.iter().find(|assessment| assessment.date == Some(day(published)));
        of_day.unwrap().visit.clone().unwrap()
    };
    assert_eq!(visit("Devon", "2025-05-13").until, Some(day("2025-01-16")));
    assert_eq!(visit("South Tyneside", "2023-05-10").until, Some(day("2023-02-15")));
    for (name, published) in [("Lambeth", "2026-03-10"), ("Southwark", "2026-05-18"), ("Wigan", "2025-11-26")] {
        assert_eq!(visit(name, published).lead.as_deref(), Some("Jenny-ellen Scotland"), "{name}");
    }
    assert_eq!(visit("Knowsley", "2021-12-03").lead.as_deref(), Some("Paula Thomson-Jones"));
}

#[test]
fn a_second_hand_grade_is_marked_wherever_it_is_shown() {
    let (list, ..) = run(&["list", "--framework", "ilacs", "blackpool"]);
    assert!(list.contains("O        G     O        O        –        ↑2     2026-07-28"), "{list}");
    let list = json(&["list", "--framework", "ilacs", "blackpool"]);
    let leaders = &list["authorities"][0]["judgements"]["leaders"];
    assert_eq!((&leaders["certainty"], &leaders["movement"]), (&"second-hand".into(), &"up".into()), "{leaders}");
    let (shown, ..) = run(&["show", "blackpool"]);
    assert!(shown.contains("O* Outstanding (collected by others) (up since the previous inspection)"), "{shown}");
    let (page, ..) = run(&["show", "blackpool", "--format", "html"]);
    assert!(
        page.contains("Outstanding (collected by others)") && page.contains("↑ from Requires improvement"),
        "{page}"
    );
    let (changes, ..) = run(&["changes", "--since", "2026-07-28"]);
    assert!(changes.contains("Ov R→–     Le R→O↑*   He R→G↑*   Ca G→O*    Cl –→O*"), "{changes}");
    assert!(changes.contains("* worked out or collected by others."), "{changes}");
    let changes = json(&["changes", "--since", "2026-07-28"]);
    let of_blackpool =
        |change: &&serde_json::Value| change["authority"] == "Blackpool" && change["category"] == "leaders";
    let leaders = changes["changes"].as_array().unwrap().iter().find(of_blackpool).unwrap();
    assert_eq!((&leaders["old_certainty"], &leaders["new_certainty"]), (&"stated".into(), &"second-hand".into()));
    let map = json(&["map", "--framework", "ilacs", "--category", "leaders"]);
    let tile = map["tiles"].as_array().unwrap().iter().find(|tile| tile["authority"] == "Blackpool").unwrap();
    assert_eq!(tile["certainty"], "second-hand", "{tile}");
    let (picture, ..) = run(&["map", "--framework", "ilacs", "--category", "leaders", "--format", "svg"]);
    assert!(picture.contains("Blackpool: outstanding (collected by others) (ILACS, 28 July 2026)"), "{picture}");
    assert!(picture.contains(">O*<") && picture.contains("* worked out or collected by others."), "{picture}");
    let (before, ..) = run(&["map", "--framework", "ilacs", "--as-at", "2025-03-31", "--format", "svg"]);
    assert!(!before.contains("second-hand"), "{before}");
    let (plain, ..) = run(&["stats", "--framework", "ilacs", "--by", "region"]);
    assert!(plain.contains("53 of 153 have grades that are not from the report itself"), "{plain}");
    let stats = json(&["stats", "--framework", "ilacs"]);
    let (stats_text, ..) = run(&["stats", "--framework", "ilacs"]);
    let count = stats["inferred_or_second_hand"].as_u64().unwrap();
    assert!(stats_text.contains(&format!("{count} of 153 have grades that are not from the report itself")));
    let (before, ..) = run(&["stats", "--framework", "ilacs", "--as-at", "2025-03-31"]);
    assert!(!before.contains("have grades that are inferred"), "{before}");
}

fn json(arguments: &[&str]) -> serde_json::Value {
    serde_json::from_str(&run(&[arguments, &["--format", "json"]].concat()).0).unwrap()
}

/// A collected file with one inspection whose grade for help and protection differs from the official one, and whose
/// grade for care leavers is from before that judgement began.
const COLLECTED: &str = "urn,local_authority,inspection_link,publication_date,inspection_start_date,\
    overall_effectiveness_grade,impact_of_leaders_grade,help_and_protection_grade,in_care_grade,care_leavers_grade\n\
    80481,leeds,https://files.ofsted.gov.uk/v1/file/1,04/03/22,21/02/22,outstanding,outstanding,inadequate,outstanding,\
    good\n";

fn collected() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("collected.csv"), COLLECTED).unwrap();
    folder
}

#[test]
fn the_record_opens_on_the_newest_inspections_and_any_framework_can_be_asked_for() {
    let count = |arguments: &[&str]| json(arguments)["authorities"].as_array().unwrap().len();
    assert_eq!(count(&["list"]), 153);
    assert_eq!(count(&["list", "--framework", "apa-2006"]), 18);
    assert_eq!(count(&["list", "--framework", "2006"]), 18);
    assert_eq!(count(&["list", "--framework", "sif"]), 152);
    assert_eq!(count(&["list", "--framework", "ilacs"]), 153);
    let (text, ..) = run(&["list", "--framework", "ilacs", "--as-at", "2024-03-31"]);
    assert!(!text.contains("Cumbria ") && text.contains("Cumberland") && text.contains("Westmorland"), "{text}");
    let (text, ..) = run(&["list", "--framework", "ilacs", "--as-at", "2022-12-31"]);
    assert!(text.contains("Cumbria ") && !text.contains("Cumberland"), "{text}");
}

#[test]
fn the_better_source_is_shown_and_the_difference_is_reported() {
    let folder = collected();
    let path = folder.path().join("collected.csv");
    let path = path.to_str().unwrap();
    let (text, _, status) = run(&["check", path]);
    assert_eq!(status, 0);
    assert!(text.contains("joined with the record: 1 grade differs; the better source is shown"), "{text}");
    let difference = text.lines().find(|line| line.contains("Leeds, 9 May 2022, Help and protection")).unwrap();
    for words in ["says \"Good\"", "says \"Inadequate\"", "https://files.ofsted.gov.uk/v1/file/1"] {
        assert!(difference.contains(words), "{difference}");
    }
    let grade = |arguments: &[&str]| {
        let list = json(&[&["list", "leeds", "-d", path], arguments].concat());
        list["authorities"][0]["judgements"]["help-and-protection"]["grade"].as_u64()
    };
    assert_eq!((grade(&[]), grade(&["--only-files"])), (Some(3), Some(1)));
    let (alone, ..) = run(&["check", path, "--only-files"]);
    assert!(!alone.contains("joined"), "{alone}");
    let (_, words, status) = run(&["list", "--only-files"]);
    assert_eq!(status, 1);
    assert!(words.contains("there is nothing to open"), "{words}");
}

#[test]
fn a_joined_export_reads_back_the_same() {
    let folder = collected();
    let path = folder.path().join("collected.csv");
    let (export, ..) = run(&["export", "-d", path.to_str().unwrap()]);
    let again = folder.path().join("again.json");
    std::fs::write(&again, &export).unwrap();
    let (text, words, _) = run(&["export", "--only-files", "-d", again.to_str().unwrap()]);
    assert_eq!(words, "");
    assert!(text == export, "the export changed");
}

#[test]
fn an_authority_that_ended_leads_to_its_successors_and_back() {
    let (text, ..) = run(&["show", "cumbria"]);
    assert!(text.contains("Ended on 31 March 2023; replaced by Cumberland; Westmorland and Furness."), "{text}");
    let (text, ..) = run(&["show", "cumberland"]);
    assert!(text.contains("before: Cumbria"), "{text}");
}

mod browser {
    use std::sync::Arc;

    use scrutineer::app::App;
    use scrutineer::load::record;

    use crate::common::{press, screen};

    fn app(width: u16, height: u16) -> App {
        App::new(Arc::new(record().unwrap()), ratatui::layout::Size { width, height })
    }

    #[test]
    fn the_page_of_england_credits_who_made_the_judgements_shown() {
        for (keys, publisher) in [("", "judgements by Ofsted, "), ("T", super::BOTH)] {
            let mut app = app(120, 36);
            press(&mut app, keys);
            press(&mut app, "3zG");
            let shown = crate::common::squeezed(&screen(&app));
            assert!(shown.contains(publisher), "{keys}: {shown}");
        }
    }

    #[test]
    fn a_second_hand_grade_is_told_in_words_and_not_bold_in_the_list() {
        for (width, height) in [(60, 15), (80, 24), (160, 24)] {
            let mut app = app(width, height);
            press(&mut app, "/blackpool");
            let list = app.screen().list.as_ref().unwrap();
            let cells = list.rows[0].cells.iter().filter(|cell| cell.text == "O" || cell.text == "G");
            assert!(cells.clone().count() == 4 && cells.clone().all(|cell| cell.is_dim), "{width}");
            assert!(!screen(&app).contains('*'), "{width}");
        }
        let mut app = app(120, 90);
        press(&mut app, "/blackpool<enter>");
        let detail = screen(&app);
        assert!(detail.contains("Outstanding  ↑ from Requires improvement"), "{detail}");
        assert!(detail.contains("collected by others"), "{detail}");
        press(&mut app, "<esc>m");
        let map = screen(&app);
        assert!(map.contains("not from the report itself"), "{map}");
        // Overall effectiveness since 2013, in a wide list.
        let mut app = self::app(300, 20);
        press(&mut app, "/bedford");
        let list = screen(&app);
        assert!(list.contains("R│G R"), "{list}");
    }

    #[test]
    fn a_mark_does_not_touch_the_closeness_of_a_neighbour() {
        let mut app = app(80, 24);
        press(&mut app, "/bristol<enter><esc>n");
        let neighbours = screen(&app);
        assert!(neighbours.contains("O↑ O  O↑ O↑ –  close"), "{neighbours}");
    }

    #[test]
    fn names_that_a_long_search_finds_can_be_told_apart() {
        let mut app = app(80, 24);
        press(&mut app, "/northamptonshire");
        let list = screen(&app);
        assert!(list.contains("rth Northamptonshire") && list.contains("West Northampto"), "{list}");
    }

    #[test]
    fn arrows_and_letters_walk_the_map_in_all_directions() {
        let mut app = app(80, 24);
        press(&mut app, "/bristol<enter><esc>m");
        for (keys, name) in [
            ("<right>", "South Gloucestershire"),
            ("<left>", "Bristol"),
            ("l", "South Gloucestershire"),
            ("h", "Bristol"),
        ] {
            press(&mut app, keys);
            let map = screen(&app);
            assert!(map.contains(&format!(" {name} ")), "{keys}: {map}");
            assert!(!map.contains("does nothing here"), "{keys}: {map}");
        }
    }

    #[test]
    fn t_goes_through_the_rounds_with_bristol_selected_in_each() {
        let mut app = app(80, 24);
        let shown = |app: &App| match &app.screen().header {
            scrutineer::app::screen::Header::Title(title) => title.tabs[title.shown].clone(),
            other => panic!("{other:?}"),
        };
        for (tab, listed) in ["Today", "SEND", "2013–18", "2006", "Today"].into_iter().zip([153, 153, 152, 18, 153]) {
            assert_eq!(shown(&app), tab);
            assert_eq!(app.listed_names().len(), listed, "{tab}");
            assert_eq!(app.selected().unwrap().name, "Bristol", "{tab}");
            press(&mut app, "t");
        }
        press(&mut app, "TTTT");
        assert_eq!(shown(&app), "SEND");
    }

    #[test]
    fn a_council_stays_the_current_one_in_a_tab_that_does_not_list_it() {
        let mut app = app(80, 24);
        press(&mut app, "/leeds<enter><esc>");
        press(&mut app, "T");
        assert_eq!(app.selected().unwrap().name, "Leeds", "its page stays");
        assert!(screen(&app).contains("Our sources name no assessment"), "{}", screen(&app));
        assert!(!app.screen().list.as_ref().unwrap().rows.iter().any(|row| row.is_selected), "no row is selected");
        press(&mut app, "t");
        assert_eq!(app.selected().unwrap().name, "Leeds");
        assert!(app.screen().list.as_ref().unwrap().rows.iter().any(|row| row.is_selected && row.name == "Leeds"));
        press(&mut app, "T<down>");
        assert_ne!(app.selected().unwrap().name, "Leeds", "moving in the list leaves it");
    }

    #[test]
    fn a_statement_in_our_words_is_beside_the_ratings_at_80_by_24() {
        let mut app = app(80, 24);
        press(&mut app, "/tower hamlets");
        let shown = screen(&app);
        assert!(shown.contains("report 13 January 2025"), "{shown}");
        press(&mut app, "<enter><enter>");
        let shown = screen(&app);
        assert!(shown.contains("Lutfur Rahman") && shown.contains("in our words: was"), "{shown}");
    }

    #[test]
    fn the_series_is_beside_what_ofsted_published_and_each_figure_has_its_source() {
        let mut app = app(120, 60);
        press(&mut app, "3zG");
        let shown = screen(&app);
        assert!(shown.contains("inspected by 31 March 2025"), "{shown}");
        let line = shown.lines().find(|line| line.contains("103 good or better")).unwrap();
        assert!(line.contains("103 of 153") && line.contains("agrees"), "{line}");
        press(&mut app, "<home>");
        while !matches!(app.figure(), Some(scrutineer::app::Figure::Published(_))) {
            press(&mut app, "<down>");
        }
        press(&mut app, "e");
        let shown = screen(&app);
        assert!(shown.contains("councils existed on the day") && shown.contains("103 of 153 in the list"), "{shown}");
    }

    #[test]
    fn the_focus_is_never_on_a_figure_of_another_framework() {
        let mut app = app(120, 36);
        press(&mut app, "T3");
        assert!(matches!(app.figure(), Some(scrutineer::app::Figure::Claim(_))));
        press(&mut app, "t<home>");
        assert!(!matches!(app.figure(), Some(scrutineer::app::Figure::Claim(_))), "{:?}", app.figure());
        press(&mut app, "e");
        assert!(!screen(&app).contains("Annual performance assessment 2006 · published"), "{}", screen(&app));
    }

    #[test]
    fn a_page_about_named_authorities_says_that_they_are_no_share_and_an_end_has_a_source() {
        let mut app = app(120, 36);
        press(&mut app, "/berkshire<enter>e");
        assert!(screen(&app).contains("The Berkshire (Structural Change) Order 1996"), "{}", screen(&app));
        let (text, ..) = super::run(&["stats", "--framework", "rating-2009"]);
        assert!(text.contains("this is not the share of a region or of England"), "{text}");
        let (text, ..) = super::run(&["stats", "--by", "year", "--framework", "apa-2006"]);
        assert!(text.contains("only those that our sources name"), "{text}");
    }

    #[test]
    fn the_header_names_the_framework_beside_what_was_reported() {
        let mut loaded = record().unwrap();
        loaded.repairs = vec![
            scrutineer::load::Repair {
                location: scrutineer::dataset::Location::Path("row 2".to_owned()),
                found: "x".to_owned(),
                read_as: "y".to_owned(),
            };
            5
        ];
        loaded.left_out = vec!["row 3".to_owned(); 5];
        let size = ratatui::layout::Size { width: 80, height: 24 };
        let mut app = App::new(std::sync::Arc::new(loaded), size);
        press(&mut app, "/leeds");
        let shown = screen(&app);
        assert!(shown.lines().next().unwrap().contains("Today"), "{shown}");
    }

    #[test]
    fn counties_that_ended_long_ago_name_their_successors() {
        for (name, heir) in [
            ("Avon", "South Gloucestershire"),
            ("Cleveland", "Middlesbrough"),
            ("Humberside", "North Lincolnshire"),
            ("Berkshire", "Bracknell Forest"),
            ("Bedfordshire", "Central Bedfordshire"),
            ("Cheshire", "Cheshire East"),
        ] {
            let (text, ..) = super::run(&["show", name]);
            assert!(text.starts_with(name) && text.contains("replaced by") && text.contains(heir), "{text}");
        }
    }

    #[test]
    fn a_search_finds_an_authority_that_ended_and_does_not_count_it() {
        let mut app = app(120, 36);
        press(&mut app, "/cumbria");
        let shown = screen(&app);
        assert!(shown.contains("Ended on 31 March 2023; replaced by Cumberland;"), "{shown}");
        assert!(shown.contains("118 of 153") && shown.contains("1 found"), "{shown}");
    }
}

// Made from the public files.

#[test]
#[ignore = "needs the public files, which are not part of the repository"]
fn the_record_is_what_the_commands_of_contributing_md_make() {
    let public = "../shared/data";
    let history = format!("{public}/ilacs/ofsted_csc_ilacs_history.csv");
    let folder = tempfile::tempdir().unwrap();
    let later = folder.path().join("later.json");
    let (export, ..) = run(&["export", "--only-files", "--since", "2025-04-01", "-d", &history]);
    std::fs::write(&later, export).unwrap();
    let mut facts: Vec<String> =
        std::fs::read_dir("assets/facts").unwrap().map(|file| file.unwrap().path().display().to_string()).collect();
    facts.push("assets/apa-2006.json".to_owned());
    facts.push(format!("{public}/official/LA_Inspection_Outcomes_as_at_31_March_2025.ods"));
    facts.push(later.display().to_string());
    let mut arguments = vec!["export", "--only-files", "--format", "compact-json"];
    arguments.extend(facts.iter().flat_map(|file| ["-d", file]));
    let (made, words, status) = run(&arguments);
    // What was left out of the official workbook is remarked on: visits, and which sheets were read.
    assert!(status == 0 && words.ends_with(": 2 remarks, which `scrutineer check` shows\n"), "{words}");
    // The script gives it a title, a publisher and a collector of its own.
    let named = ["  \"title\": ", "  \"publisher\": ", "  \"collector\": "];
    let is_other = |line: &&str| !named.iter().any(|start| line.starts_with(start));
    let record = std::fs::read_to_string("assets/record.json").unwrap();
    let is_same = made.lines().filter(is_other).eq(record.lines().filter(is_other));
    assert!(is_same, "the record is not what the facts make");
}

#[test]
#[ignore = "needs the public files, which are not part of the repository"]
fn the_collected_history_differs_from_the_record_in_five_grades() {
    let (text, ..) = run(&["check", "../shared/data/ilacs/ofsted_csc_ilacs_history.csv"]);
    assert!(text.contains("joined with the record: 5 grades differ"), "{text}");
    let filled = text.split("of inspections with grades in both:\n").nth(1).unwrap();
    assert_eq!(
        filled.lines().map(str::trim).take(2).collect::<Vec<_>>(),
        ["Nottingham, 7 January 2019, Overall effectiveness", "Southend-on-Sea, 27 August 2019, Overall effectiveness"]
    );
    for (authority, label) in [
        ("Oxfordshire, 22 May 2018", "Children in care"),
        ("Rochdale, 12 March 2018", "Children in care"),
        ("St Helens, 4 September 2023", "Help and protection"),
        ("St Helens, 4 September 2023", "Children in care"),
        ("St Helens, 4 September 2023", "Care leavers"),
    ] {
        assert!(text.contains(&format!("{authority}, {label}: ")), "{authority} {label}: {text}");
    }
}

/// Returns what `check` and `list --framework ilacs` say of a file with these rows, joined with the record.
fn joined(headers: &str, rows: &[&str]) -> (String, serde_json::Value) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file.csv");
    std::fs::write(&path, format!("{headers}\n{}\n", rows.join("\n"))).unwrap();
    let path = path.to_str().unwrap();
    (run(&["check", path]).0, json(&["list", "--framework", "ilacs", "-d", path]))
}

fn listed<'j>(list: &'j serde_json::Value, name: &str) -> &'j serde_json::Value {
    list["authorities"].as_array().unwrap().iter().find(|authority| authority["name"] == name).unwrap()
}

const OFFICIAL: &str = "Web link,Local authority name,Inspection date,Publication date,Overall effectiveness,\
    Impact of leaders,Experiences and progress of children who need help and protection,\
    Experiences and progress of children in care,Experiences and progress of care leavers";

#[test]
fn a_newer_inspection_with_the_link_of_an_older_one_is_shown() {
    let row = "https://reports.ofsted.gov.uk/provider/44/302,Barnet,,2026-06-04,,Good,Good,Good,Inadequate";
    let (_, list) = joined(OFFICIAL, &[row]);
    assert_eq!(listed(&list, "Barnet")["date"], "2026-06-04");
}

#[test]
fn a_start_day_that_differs_makes_no_second_inspection() {
    let headers = "urn,local_authority,publication_date,inspection_start_date,overall_effectiveness_grade,\
        impact_of_leaders_grade,help_and_protection_grade,in_care_grade,care_leavers_grade";
    let (text, list) = joined(headers, &["80481,leeds,09/05/22,22/02/22,inadequate,inadequate,inadequate,inadequate,"]);
    assert!(text.contains("4 grades differ"), "{text}");
    let movement = &listed(&list, "Leeds")["judgements"]["leaders"]["movement"];
    assert_ne!(movement, "up", "{list}");
}

#[test]
fn an_inspection_known_under_another_framework_is_counted_in_a_remark() {
    let headers = "urn,local_authority,publication_date,overall_effectiveness_grade,impact_of_leaders_grade,\
        help_and_protection_grade,in_care_grade,care_leavers_grade";
    let (text, _) =
        joined(headers, &["80487,barnet,16/05/18,good,good,good,good,", ",surrey,16/05/18,good,good,good,good,"]);
    assert!(text.contains("1 inspection is, by the day of publication, under another framework"), "{text}");
}

#[test]
fn years_are_of_all_inspections_or_of_the_framework_asked_for() {
    let years = |arguments: &[&str]| {
        let years = json(&[&["stats", "--by", "year"], arguments].concat());
        let frameworks =
            years["years"].as_array().unwrap().iter().map(|year| year["framework"].as_str().unwrap().to_owned());
        let frameworks: std::collections::BTreeSet<String> = frameworks.collect();
        let about = years["about"]["framework"].as_str().map(String::from);
        (frameworks.into_iter().collect::<Vec<_>>(), about, years)
    };
    let (frameworks, about, all) = years(&[]);
    assert_eq!((frameworks, about), (vec!["ilacs".to_owned(), "sif".to_owned()], None));
    for one in ["ilacs", "sif", "apa-2006"] {
        let (frameworks, about, _) = years(&["--framework", one]);
        assert_eq!((frameworks, about), (vec![one.to_owned()], Some(one.to_owned())));
    }
    let of = |framework: &str, category: &str, year: u32| {
        let years = all["years"].as_array().unwrap().iter();
        let mut years = years.filter(|one| one["framework"] == framework && one["category"] == category);
        years.find(|one| one["year"] == year).unwrap().clone()
    };
    let end = of("sif", "overall-effectiveness", 2017);
    assert_eq!((&end["good_or_better"]["numerator"], &end["listed"]), (&55.into(), &152.into()), "{end}");
    assert_eq!(of("ilacs", "overall-effectiveness", 2025)["remark"], serde_json::Value::Null);
    let remark = |category: &str, year: u32| of("ilacs", category, year)["remark"].as_str().unwrap().to_owned();
    assert!(remark("overall-effectiveness", 2026).starts_with("11 of 153 no longer graded since 1 April 2026"));
    assert_eq!(remark("care-leavers", 2023), "few graded in it yet: 33 of 153");
}

#[test]
fn a_remark_on_the_end_of_a_category_is_in_the_row_of_each_region() {
    let (text, ..) = run(&["stats", "--by", "region", "--format", "csv"]);
    let rows: Vec<&str> = text.lines().filter(|line| line.contains("no longer graded since 1 April 2026")).collect();
    let ended = rows.iter().map(|row| {
        let count = row.split("Overall: ").nth(1).unwrap().split(' ').next().unwrap();
        count.parse::<u32>().unwrap()
    });
    assert_eq!(ended.sum::<u32>(), 11, "{text}");
    let (text, ..) = run(&["stats", "--by", "region", "--as-at", "2025-12-31"]);
    assert!(!text.contains("no longer graded"), "{text}");
}

#[test]
fn a_list_says_which_of_its_authorities_ended() {
    let (text, ..) = run(&["list", "cumbria", "--framework", "ilacs"]);
    let words = "Cumbria: not counted. Ended on 31 March 2023; replaced by Cumberland; Westmorland and Furness.";
    assert!(text.contains(words), "{text}");
    let list = json(&["list", "cumbria", "--framework", "ilacs"]);
    assert_eq!(listed(&list, "Cumbria")["until"], "2023-03-31");
}

#[test]
fn regions_have_short_forms() {
    let count = |region: &str| json(&["list", "--framework", "ilacs", "--region", region])["count"].as_u64();
    assert_eq!((count("NW"), count("yorkshire"), count("London")), (Some(24), Some(15), Some(33)));
    assert_eq!((count("Y&H"), count("Yorks & Humber"), count("EoE")), (Some(15), Some(15), Some(11)));
}

#[test]
fn everyday_names_are_found() {
    for (name, proper) in [("Northants", "Northamptonshire"), ("Salop", "Shropshire"), ("Herts", "Hertfordshire")] {
        let (text, words, status) = run(&["show", name]);
        assert_eq!((text.lines().next(), words.as_str(), status), (Some(proper), "", 0));
    }
}

#[test]
fn the_sources_of_an_authority_begin_with_the_list_and_end_with_its_day() {
    let mut app = scrutineer::app::App::new(
        std::sync::Arc::new(record().unwrap()),
        ratatui::layout::Size { width: 120, height: 200 },
    );
    crate::common::press(&mut app, "/bristol<enter><esc>");
    crate::common::press(&mut app, "<");
    for _ in 0..24 {
        crate::common::press(&mut app, "<");
    }
    crate::common::press(&mut app, "e");
    let shown = crate::common::screen(&app);
    assert!(shown.contains("2018") && !shown.contains("10 March 2023"), "{shown}");
}

#[test]
fn the_round_shown_stays_in_the_header_beside_what_differs() {
    let folder = collected();
    let path = folder.path().join("collected.csv");
    let file = scrutineer::load::from_reader(std::fs::File::open(path).unwrap(), "collected.csv").unwrap();
    let parts =
        vec![scrutineer::load::Part::new(file, "collected.csv"), scrutineer::load::Part::record(record().unwrap())];
    let loaded = scrutineer::load::join(parts).unwrap();
    let app = scrutineer::app::App::new(std::sync::Arc::new(loaded), ratatui::layout::Size { width: 80, height: 24 });
    let shown = crate::common::screen(&app);
    let first = shown.lines().next().unwrap();
    assert!(first.contains("Today") && first.contains("1 grade differs"), "{first}");
}

#[test]
fn an_undated_inspection_in_two_files_is_one() {
    let undated = COLLECTED.replace(",04/03/22,21/02/22,", ",,,");
    let file = || scrutineer::load::from_reader(undated.as_bytes(), "undated.csv").unwrap();
    let parts = ["one", "two"].map(|name| scrutineer::load::Part::new(file(), name));
    let joined = scrutineer::load::join(parts.into()).unwrap();
    assert_eq!(joined.dataset.authorities[0].assessments.len(), 1);
}

/// Three councils were inspected in time, and their reports published after the day.
#[test]
fn the_basis_decides_what_counts_as_at_a_day() {
    let overall = |basis: &str| {
        let arguments = ["stats", "--framework", "ilacs", "--as-at", "2025-03-31", "--basis", basis, "--format", "csv"];
        let (written, ..) = run(&arguments);
        written.lines().nth(1).unwrap().to_owned()
    };
    assert!(overall("published").contains(",100,153,"), "{}", overall("published"));
    assert!(overall("inspected").contains(",103,153,"), "{}", overall("inspected"));
}

/// A file with only the latest inspections knows what had been inspected by a day before its reports were published.
#[test]
fn a_file_of_latest_inspections_answers_for_the_day_of_its_last_inspection() {
    let headers = "urn,local_authority,publication_date,inspection_start_date,overall_effectiveness_grade,\
                   impact_of_leaders_grade,help_and_protection_grade,in_care_grade,care_leavers_grade";
    let file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    let rows = "80481,leeds,20/05/25,10/03/2025,good,good,good,good,good\n80476,kent,01/05/24,01/03/2024,good,good,good,good,good\n";
    std::fs::write(file.path(), format!("{headers}\n{rows}")).unwrap();
    let path = file.path().to_str().unwrap();
    let asked = |basis: &str| {
        run(&["list", "--only-files", "-d", path, "--as-at", "2025-03-31", "--basis", basis, "--format", "csv"])
    };
    let (list, _, status) = asked("inspected");
    assert_eq!((status, list.matches(",ilacs,2025-05-20,,Good,3").count()), (0, 1), "{list}");
    let (_, words, status) = asked("published");
    assert!(status == 1 && words.contains("only the latest"), "{words}");
}

#[test]
fn a_row_about_a_county_after_its_end_is_not_lost_in_it() {
    let headers = "local_authority,publication_date,inspection_start_date,overall_effectiveness_grade,\
                   impact_of_leaders_grade,help_and_protection_grade,in_care_grade,care_leavers_grade";
    let file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    std::fs::write(file.path(), format!("{headers}\nberkshire,20/05/21,10/03/2021,good,good,good,good,\n")).unwrap();
    let (list, ..) = run(&["list", "berkshire", "-d", file.path().to_str().unwrap(), "--format", "csv"]);
    assert!(list.contains("\nberkshire,,,ilacs,2021-05-20,,Good,3"), "{list}");
}

#[test]
fn the_series_has_each_day_once_and_takes_no_filter() {
    let days = |day: &str, basis: &str| {
        let (text, ..) = run(&["stats", "--by", "series", "--as-at", day, "--basis", basis, "--format", "json"]);
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        let rows = json["series"].as_array().unwrap().clone();
        rows.into_iter()
            .filter(|row| row["published"].is_null())
            .map(|row| row["as_at"].to_string())
            .collect::<Vec<_>>()
    };
    assert!(
        !days("2025-03-31", "inspected").contains(&"\"2025-03-31\"".to_owned()),
        "the published figure has that day"
    );
    assert_eq!(days("2025-03-31", "published").last().unwrap(), "\"2025-03-31\"");
    assert_eq!(days("2026-12-31", "published"), days("2026-08-20", "published"));
    assert_eq!(run(&["stats", "--by", "series", "--region", "London"]).2, 2);
}

/// Only the six inspections of councils that ended rest on several documents, so that each grade has its own.
#[test]
fn every_inspection_of_the_record_has_one_origin() {
    let dataset = record().unwrap().dataset;
    let inspections = dataset.authorities.iter().flat_map(|authority| &authority.assessments);
    let inspections = inspections.filter(|a| ["sif", "ilacs"].contains(&a.framework.id.as_str()));
    let (with, without): (Vec<_>, Vec<_>) = inspections.partition(|inspection| inspection.origin.is_some());
    assert_eq!((with.len(), without.len()), (491, 6));
    assert!(with.iter().flat_map(|a| a.judgements.iter()).all(|judgement| judgement.evidence.is_empty()));
    let grades = without.iter().flat_map(|a| a.judgements.iter()).filter(|judgement| judgement.grade().is_some());
    assert!(grades.into_iter().all(|judgement| !judgement.evidence.is_empty()));
}

/// The day of the inspection is its first, else its last, else that of the report.
#[test]
fn on_the_basis_of_the_inspection_the_last_one_carried_out_counts() {
    let headers = "urn,local_authority,publication_date,inspection_start_date,inspection_end_date,\
                   overall_effectiveness_grade,impact_of_leaders_grade,help_and_protection_grade,in_care_grade,\
                   care_leavers_grade";
    let file = tempfile::Builder::new().suffix(".csv").tempfile().unwrap();
    let rows = "80481,leeds,10/06/25,10/01/2024,,inadequate,good,good,good,good\n\
                80481,leeds,10/01/25,17/11/2024,,outstanding,good,good,good,good\n\
                80476,kent,10/04/25,,28/03/2025,good,good,good,good,good\n\
                80476,kent,10/04/20,,28/03/2020,inadequate,good,good,good,\n";
    std::fs::write(file.path(), format!("{headers}\n{rows}")).unwrap();
    let path = file.path().to_str().unwrap();
    let day = ["--as-at", "2025-03-31", "--basis", "inspected", "--framework", "ilacs", "--format", "csv"];
    let (list, ..) = run(&[&["list", "--only-files", "-d", path][..], &day[..]].concat());
    assert!(list.contains(",2025-01-10,,Outstanding,4") && list.contains(",2025-04-10,,Good,3"), "{list}");
    let (years, ..) = run(&[&["stats", "--by", "year", "--only-files", "-d", path][..], &day[..]].concat());
    assert!(years.lines().any(|line| line.contains(",2025,") && line.contains(",2,2,")), "{years}");
}

#[test]
fn published_figures_are_not_shown_under_a_filter_that_they_do_not_obey() {
    let figures = |arguments: &[&str]| {
        let answer = json(&[&["stats", "--framework", "2006"], arguments].concat());
        (answer["figures"].as_array().map(Vec::len), answer["listed"].as_u64())
    };
    assert!(figures(&[]).0.is_some_and(|figures| figures > 5));
    assert_eq!(figures(&["--region", "London"]), (None, Some(4)));
    assert_eq!(figures(&["--as-at", "2006-12-31"]), (None, Some(18)));
}

#[test]
fn a_day_before_the_newest_inspections_names_the_framework_of_that_day() {
    for command in [&["stats"][..], &["list"], &["stats", "--by", "region"]] {
        let (_, words, status) = run(&[command, &["--as-at", "2015-06-30"]].concat());
        assert!(status == 1 && words.contains("it is 59 councils: add --framework sif"), "{command:?}: {words}");
    }
}

#[test]
fn answers_about_several_frameworks_are_given_for_any_day() {
    for (arguments, fact) in [
        (&["stats", "--by", "series", "--as-at", "2017-12-31"][..], "2015-06-30,published,Overall effectiveness,14,59"),
        (&["stats", "--by", "year", "--as-at", "2015-03-31"], "Overall effectiveness,2015,2015-03-31,12,48"),
        (&["map", "--as-at", "2018-01-01"], "Derby,East Midlands,good,stated,SIF,2017-06-13"),
    ] {
        let (text, words, status) = run(&[arguments, &["--format", "csv"]].concat());
        assert!(status == 0 && text.contains(fact), "{arguments:?}: {words}{text}");
    }
}

#[test]
fn a_map_of_a_framework_counts_those_that_existed_in_its_time() {
    let count = |arguments: &[&str]| {
        let map = json(&[&["map", "--framework"], arguments].concat());
        map["counts"].as_array().unwrap().iter().map(|count| count["count"].as_u64().unwrap()).sum::<u64>()
    };
    assert_eq!(count(&["2006"]), count(&["2006", "--as-at", "2026-06-30"]));
    assert_eq!(count(&["ilacs", "--as-at", "2019-03-31"]), 152, "with Bournemouth, Poole and Dorset");
    let of_sif = json(&["map", "--framework", "sif"]);
    assert!(of_sif["tiles"].as_array().unwrap().iter().all(|tile| tile["framework"] != "ilacs"));
}

#[test]
fn answers_name_a_collector_only_of_what_was_collected() {
    for (framework, is_collected) in [("2006", false), ("sif", false), ("ilacs", true)] {
        let (text, ..) = run(&["list", "--framework", framework]);
        assert_eq!(text.contains("collected by the"), is_collected, "{framework}");
    }
}

#[test]
fn ratings_known_from_lists_have_no_columns_of_movement() {
    for framework in ["rating-2009", "apa-2008", "slac-2009"] {
        let (text, ..) = run(&["stats", "--framework", framework, "--format", "csv"]);
        let header = text.lines().next().unwrap();
        assert!(!header.contains(",up,") && !header.contains("same"), "{header}");
        let (text, ..) = run(&["list", "--framework", framework]);
        assert!(!text.contains('▲'), "{text}");
    }
    let (text, ..) = run(&["show", "cornwall"]);
    let rating = text.split("Children's services rating").nth(1).unwrap();
    assert!(!rating.split("\n\n").next().unwrap().contains("since the previous"), "{rating}");
}

#[test]
fn an_answer_that_is_empty_because_of_its_framework_says_what_to_ask_instead() {
    for arguments in [
        &["list", "--framework", "2006", "--since", "2026-07-01"][..],
        &["list", "--framework", "2006", "--since", "2020-01-01", "--region", "London"],
        &["stats", "--framework", "sif", "--since", "2026-07-01"],
        &["map", "--framework", "apa-2008", "--since", "2026-07-01"],
    ] {
        let (text, words, status) = run(arguments);
        assert_eq!((text.as_str(), status), ("", 1), "{arguments:?}: {words}");
        assert!(words.contains("add --framework ilacs"), "{arguments:?}: {words}");
    }
}
