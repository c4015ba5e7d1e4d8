//! Questions to both engines.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use chrono::NaiveDate;
use libtest_mimic::Failed;
use newsstand::archive::{Archive, Asking, CellKind, Collection, Found, MarkedIds, Marks, Row, passage, told};
use newsstand::index::{Index, Location};
use newsstand::ingest::{FileTexts, import};
use newsstand::library::Pile;
use newsstand::query::{Query, Set, Sort, parse_finished};
use newsstand::remote::{Access, Filling, RemoteCollection, RemoteIntake, RemotePlace, Shape};

use super::pile;

/// A test, by its name; it is handed the addresses of the cluster.
pub type Test = (&'static str, fn(&str) -> Result<(), Failed>);

pub const TESTS: &[Test] = &[
    ("both_engines_find_the_same", the_same_is_found),
    ("both_engines_forgive_the_same", the_same_is_forgiven),
    ("both_engines_rank_what_stands_near_higher", nearness),
    ("both_engines_know_what_is_new", arrivals),
    ("both_engines_find_the_same_in_the_cases", the_same_in_the_cases),
    ("both_engines_find_what_is_expected_of_the_articles", what_is_expected),
    ("both_engines_mark_and_quote_the_same", the_same_is_marked),
    ("any_place_of_a_long_order_is_reached", far_places),
    ("an_import_goes_on_where_it_was_left", imports),
];

/// An index on the cluster that is removed in the end.
pub struct Remote {
    pub collection: RemoteCollection,
    /// Where its ledger is.
    pub folder: tempfile::TempDir,
}

impl Remote {
    /// An empty index.
    pub fn new(cluster: &str) -> Result<Remote, Failed> {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let place = RemotePlace::read(&format!("{cluster}/newsstand-test-{}-{number}", std::process::id()))?;
        let collection = RemoteCollection::reach(&place, &Access::default())?;
        collection.create(Shape { shards: 3, replicas: 1 })?;
        let collection = RemoteCollection::open(&place, &Access::default())?;
        Ok(Remote { collection, folder: tempfile::tempdir()? })
    }

    /// What writes into it.
    pub fn intake(&self, filling: Filling) -> Result<RemoteIntake, Failed> {
        let ledgers = self.folder.path().join("ledgers");
        Ok(RemoteIntake::new(self.collection.clone(), Filling { ledgers, ..filling })?)
    }

    /// Reads a pile into it.
    pub fn fill(&self, pile: &Pile) -> Result<(), Failed> {
        let outcome = import(pile, &self.intake(Filling::default())?, &AtomicBool::new(false), &mut |_| {})?;
        if outcome.busy || outcome.stopped { Err("the import did not end".into()) } else { Ok(()) }
    }
}

impl Drop for Remote {
    fn drop(&mut self) {
        let _ = self.collection.remove();
    }
}

/// The same pile in both engines.
struct Both {
    pile: Pile,
    local: Index,
    remote: Remote,
    arrivals: tempfile::TempDir,
}

impl Both {
    fn new(cluster: &str, folder: &Path) -> Result<Both, Failed> {
        let streams = tempfile::tempdir()?;
        let pile = Pile::open(&[folder.to_owned()], streams.path())?;
        // What came in when is kept once, for both.
        let pile = Pile { arrivals: Some(streams.path().join("arrivals")), ..pile };
        let local = Index::open(&Location::Memory)?;
        import(&pile, &local, &AtomicBool::new(false), &mut |_| {})?;
        let remote = Remote::new(cluster)?;
        remote.fill(&pile)?;
        Ok(Both { pile, local, remote, arrivals: streams })
    }

    /// The small pile.
    fn small(cluster: &str) -> Result<(Both, tempfile::TempDir), Failed> {
        let folder = tempfile::tempdir()?;
        pile::write(folder.path());
        Ok((Both::new(cluster, folder.path())?, folder))
    }
}

pub fn asking() -> Asking<'static> {
    Asking { more: true, ..Asking::new(NaiveDate::from_ymd_opt(2021, 2, 17).expect("a day")) }
}

pub fn rows(found: &Found) -> Vec<Row> {
    told(found.order.rows(0..found.matched, &|| false).expect("rows")).value
}

fn names(found: &Found) -> Vec<String> {
    let name = |row: &Row| {
        let part = row.origin.part.map_or(String::new(), |part| format!("#{part}"));
        format!(
            "{}{part}",
            row.origin.path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
        )
    };
    rows(found).iter().map(name).collect()
}

/// What differs between the answers of two archives to a query.
fn differences(line: &str, query: &Query, local: &dyn Archive, remote: &dyn Archive, asking: &Asking) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut check = |what: &str, local: String, remote: String| {
        if local != remote {
            wrong.push(format!("`{line}`: {what}\n    local   {local}\n    cluster {remote}"));
        }
    };
    let of = |archive: &dyn Archive| told(archive.search(query, asking).expect("an answer"));
    let (one, other) = (of(local), of(remote));
    let set = |found: &Found| names(found).into_iter().collect::<BTreeSet<_>>();
    check("articles", format!("{:?}", set(&one)), format!("{:?}", set(&other)));
    check("how many", one.matched.to_string(), other.matched.to_string());
    check("of how many", one.total.to_string(), other.total.to_string());
    check("order", format!("{:?}", one.sort), format!("{:?}", other.sort));
    check("facets", format!("{:?}", one.facets), format!("{:?}", other.facets));
    check("limits", format!("{:?}", one.limits), format!("{:?}", other.limits));
    check("help", format!("{:?}", one.empty), format!("{:?}", other.empty));
    let forgiven = |found: &Found| {
        format!("{} {:?} {:?}", found.forgiven, found.corrections, found.relaxed.as_ref().map(|relaxed| relaxed.asked))
    };
    check("what was forgiven", forgiven(&one), forgiven(&other));
    let more = |found: &Found| {
        let ids = found.more.as_ref().map(|order| told(order.ids(0..order.len(), &|| false).expect("ids")).value);
        ids.into_iter().flatten().collect::<BTreeSet<_>>()
    };
    // Which words stand in more than half of all articles, and tell nothing, is estimated by the one and counted by
    // the other.
    let lacking: Vec<_> = more(&one).difference(&more(&other)).copied().collect();
    check("what has some of the words", "[]".to_owned(), format!("{lacking:?}"));
    let row = |found: &Found| {
        let mut rows = rows(found);
        rows.sort_by_key(|row| row.record.id);
        rows.iter_mut().for_each(|row| row.score = None);
        format!("{rows:?}")
    };
    check("rows", row(&one), row(&other));
    let count = |archive: &dyn Archive| told(archive.count(query, asking).expect("a count")).value.to_string();
    check("count", count(local), count(remote));
    let tables = [&[CellKind::Days][..], &[CellKind::Language, CellKind::Source], &[]];
    // It is asked for as the count is, so that some are enough.
    for by in tables.into_iter().filter(|_| line.len().is_multiple_of(4)) {
        let tally =
            |archive: &dyn Archive| format!("{:?}", told(archive.tally(query, by, asking).expect("counts")).value);
        check("counts by cells", tally(local), tally(remote));
    }
    let ids = |archive: &dyn Archive| format!("{:?}", told(archive.ids(query, asking).expect("ids")).value);
    check("ids", ids(local), ids(remote));
    for sort in [Sort::Newest, Sort::Oldest, Sort::Title] {
        let query = Query { sort: Some(sort), ..query.clone() };
        let of = |archive: &dyn Archive| names(&told(archive.search(&query, asking).expect("an answer"))).join(" ");
        check(&format!("{sort:?}"), of(local), of(remote));
    }
    wrong
}

fn compare(both: &Both, lines: &[&str], asking: &Asking) -> Result<(), Failed> {
    let (local, remote) = (both.local.archive()?, both.remote.collection.archive()?);
    let mut wrong = Vec::new();
    for line in lines {
        wrong.extend(differences(line, &parse_finished(line), &*local, &*remote, asking));
    }
    if wrong.is_empty() { Ok(()) } else { Err(format!("{} differences\n{}", wrong.len(), wrong.join("\n")).into()) }
}

fn the_same_is_found(cluster: &str) -> Result<(), Failed> {
    let (both, _folder) = Both::small(cluster)?;
    compare(&both, pile::QUERIES, &asking())
}

fn the_same_is_forgiven(cluster: &str) -> Result<(), Failed> {
    let (both, _folder) = Both::small(cluster)?;
    let lines = [
        "kremln",
        "gespärch",
        "peers gardn",
        "zzzzzz",
        "frost rain orchard kremlin",
        "情报数据库梨子",
        "putn lang:id",
        "pears frost",
    ];
    compare(&both, &lines, &Asking { forgiving: true, ..asking() })
}

fn nearness(cluster: &str) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let filler = "and then nobody had anything to say about it for the whole of a long and quiet afternoon";
    for (name, text) in [
        ("far", format!("The gardener {filler} found a letter.")),
        ("near", format!("The gardener letter, {filler} found.")),
        ("turned", format!("The letter gardener, {filler} found.")),
        ("apart", format!("The gardener had a letter {filler}.")),
    ] {
        std::fs::write(folder.path().join(format!("{name}.txt")), format!("Something in the morning\n\n{text}\n"))?;
    }
    let both = Both::new(cluster, folder.path())?;
    for (line, expected) in [("gardener letter", "near turned apart far"), ("letter gardener", "turned near apart far")]
    {
        for archive in [both.local.archive()?, both.remote.collection.archive()?] {
            let found = told(archive.search(&parse_finished(line), &asking())?);
            let names = names(&found).join(" ").replace(".txt", "");
            let ids = told(found.order.ids(0..4, &|| false)?).value;
            let place = told(found.order.place_of(ids[1], &|| false)?).value;
            if (&*names, place) != (expected, Some(1)) {
                return Err(format!("`{line}`: {names}, and the second is at {place:?}").into());
            }
        }
    }
    Ok(())
}

/// Knows when the last visit was.
struct Visited(i64);

impl Marks for Visited {
    fn ids(&self, _: &Set) -> Option<MarkedIds> {
        None
    }

    fn visited(&self) -> Option<i64> {
        Some(self.0)
    }
}

fn arrivals(cluster: &str) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    pile::write(folder.path());
    let (both, streams) = (Both::new(cluster, folder.path())?, tempfile::tempdir()?);
    // Another comes later.
    std::fs::write(
        folder.path().join("later.txt"),
        "Plums are late\n\nThe plums are late this year, says everybody.\n",
    )?;
    let again = || -> Result<Pile, Failed> {
        let arrivals = Some(both.arrivals.path().join("arrivals"));
        Ok(Pile { arrivals, ..Pile::open(&[folder.path().to_owned()], streams.path())? })
    };
    import(&again()?, &both.local, &AtomicBool::new(false), &mut |_| {})?;
    both.remote.fill(&again()?)?;
    let first = rows(&told(both.local.archive()?.search(&parse_finished("pears in the garden"), &asking())?))[0].added;
    let first = first.ok_or("when it came is known")?;
    let visited = Visited(first);
    let today = chrono::Local::now().date_naive();
    let asking = Asking { marks: Some(&visited), today, ..asking() };
    compare(
        &both,
        &["added:today", "added:7d", "added:..2020", "added:none", "is:new", "sort:added", "pears sort:added"],
        &asking,
    )?;
    let archive = both.remote.collection.archive()?;
    let of = |line: &str| Ok::<_, Failed>(names(&told(archive.search(&parse_finished(line), &asking)?)));
    let local = names(&told(both.local.archive()?.search(&parse_finished("sort:added"), &asking)?));
    if local != of("sort:added")? {
        return Err(format!("{local:?} and {:?}", of("sort:added")?).into());
    }
    match (&of("is:new")?[..], of("sort:added")?.first(), of("added:today")?.len()) {
        ([new], Some(last), 13..) if new == "later.txt" && last == "later.txt" => Ok(()),
        other => Err(format!("{other:?}").into()),
    }
}

fn the_same_in_the_cases(cluster: &str) -> Result<(), Failed> {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    // Files of the same bytes are one article on a cluster.
    let both = Both::new(cluster, &cases)?;
    let lines = [
        "",
        "the",
        "der",
        "gericht",
        "minister",
        "police*",
        "\"of the\"",
        "date:2021",
        "lang:fr",
        "has:finding",
        "в",
        "の",
        "recht",
    ];
    compare(&both, &lines, &asking())
}

/// The table of queries that belongs to the articles of the publishers, where they are there.
fn what_is_expected(cluster: &str) -> Result<(), Failed> {
    let Some(folder) = std::env::var_os("NEWSSTAND_ARTICLES").map(PathBuf::from) else {
        println!("skipped: NEWSSTAND_ARTICLES names no folder of articles");
        return Ok(());
    };
    let both = Both::new(cluster, &folder)?;
    let table = std::fs::read_to_string(folder.join("../expected/queries.tsv"))?;
    let remote = both.remote.collection.archive()?;
    let mut wrong = Vec::new();
    let mut lines = Vec::new();
    for line in table.lines() {
        let (line, files) = line.split_once('\t').ok_or("a query and its files, with a tab between them")?;
        let want: BTreeSet<&str> = files.split_whitespace().collect();
        let found = told(remote.search(&parse_finished(line), &asking())?);
        let names = names(&found);
        let got: BTreeSet<&str> = names.iter().map(|name| &name[..3]).collect();
        if got != want {
            wrong.push(format!("`{line}` finds {got:?}, should find {want:?}"));
        }
        lines.push(line);
    }
    if !wrong.is_empty() {
        return Err(wrong.join("\n").into());
    }
    compare(&both, &lines, &asking())
}

fn the_same_is_marked(cluster: &str) -> Result<(), Failed> {
    let (both, _folder) = Both::small(cluster)?;
    let (local, remote) = (both.local.archive()?, both.remote.collection.archive()?);
    let files = FileTexts::new(both.pile.clone(), both.local.clone().shelf());
    let (mut of_files, mut of_cluster) =
        (newsstand::archive::Texts::reader(&files), both.remote.collection.texts().ok_or("it keeps texts")?.reader());
    for line in ["pears", "einladung", "gipfel", "电话", "putin", "\"für das\"", "garden pears", "birnbaum"] {
        let query = parse_finished(line);
        let marker = |archive: &dyn Archive| {
            let compounds = told(archive.compounds(&query, &asking()).expect("compounds")).value;
            archive.marker(&query, false, compounds.into())
        };
        let (one, other) = (marker(&*local), marker(&*remote));
        for row in rows(&told(local.search(&query, &asking())?)) {
            let here = of_files.article(row.record.id, &row.origin)?;
            let there = of_cluster.article(row.record.id, &row.origin)?;
            if here.body != there.body || here.title != there.title || here.links != there.links {
                return Err(format!("`{line}`: another text of {:?}", row.origin.path).into());
            }
            let marks = one.find(&row.record.title, row.record.language.code);
            if marks != other.find(&row.record.title, row.record.language.code) {
                return Err(format!("`{line}`: other marks in {}", row.record.title).into());
            }
            let quoted = passage(&mut *of_files, (&row).into(), &*one, 60);
            let quoted_there = passage(&mut *of_cluster, (&row).into(), &*other, 60);
            if quoted != quoted_there {
                return Err(format!("`{line}`: {quoted:?} and {quoted_there:?}").into());
            }
        }
    }
    Ok(())
}

/// Many articles, of which some are of one day, many of one month and some of none.
pub fn many(folder: &Path, count: usize) {
    let mut text = String::new();
    for number in 0..count {
        let date = match number % 10 {
            0..=5 => format!("\"date\":\"{}-{:02}-{:02}\",", 1990 + number % 30, 1 + number % 12, 1 + number % 28),
            6..=8 => "\"date\":\"2021-02\",".to_owned(),
            _ => String::new(),
        };
        text.push_str(&format!(
            "{{{date}\"title\":\"{} report number {number}\",\"text\":\"The gardeners of garden {number} went home with pears and {} apples.\"}}\n",
            ["Frost", "Rain", "Sun"][number % 3],
            number % 7,
        ));
    }
    std::fs::write(folder.join("many.jsonl"), text).expect("the folder can be written");
}

fn far_places(cluster: &str) -> Result<(), Failed> {
    const COUNT: usize = 24_000;
    let folder = tempfile::tempdir()?;
    many(folder.path(), COUNT);
    let both = Both::new(cluster, folder.path())?;
    let (local, remote) = (both.local.archive()?, both.remote.collection.archive()?);
    for line in ["sort:newest", "sort:oldest", "sort:title", "gardeners sort:newest", "pears"] {
        let query = parse_finished(line);
        let of = |archive: &dyn Archive| told(archive.search(&query, &asking()).expect("an answer"));
        let (one, other) = (of(&*local), of(&*remote));
        if (one.matched, other.matched) != (COUNT, COUNT) {
            return Err(format!("`{line}` finds {} and {}", one.matched, other.matched).into());
        }
        for first in [0, 9_990, 12_000, 13_311, COUNT - 3] {
            let ids = |found: &Found| {
                let rows = told(found.order.rows(first..first + 25, &|| false).expect("rows")).value;
                rows.iter().map(|row| row.record.id).collect::<Vec<_>>()
            };
            let (here, there) = (ids(&one), ids(&other));
            if there.len() != here.len() || line != "pears" && here != there {
                return Err(format!("`{line}`: other articles from place {first} on").into());
            }
            if line != "pears" {
                let place = told(other.order.place_of(there[2], &|| false)?).value;
                if place != Some(first + 2) {
                    return Err(format!("`{line}`: the article at {} is told to be at {place:?}", first + 2).into());
                }
            }
        }
        // Those that are as good stand in the order of their dates, also where no key orders them.
        let place =
            told(other.order.place_of(told(other.order.ids(4_321..4_322, &|| false)?).value[0], &|| false)?).value;
        if place != Some(4_321) {
            return Err(format!("`{line}`: the article at 4,321 is told to be at {place:?}").into());
        }
        let all = told(other.order.ids(0..COUNT, &|| false)?).value.into_iter().collect::<BTreeSet<_>>();
        if all.len() != COUNT {
            return Err(format!("`{line}`: {} different ids of {COUNT}", all.len()).into());
        }
    }
    Ok(())
}

fn imports(cluster: &str) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    pile::write(folder.path());
    let streams = tempfile::tempdir()?;
    let open = || Pile::open(&[folder.path().to_owned()], streams.path());
    let remote = Remote::new(cluster)?;
    let total = |remote: &Remote| Ok::<usize, Failed>(remote.collection.archive()?.len());
    let read = |filling: Filling| -> Result<(usize, usize), Failed> {
        let intake = remote.intake(filling)?;
        let outcome = import(&open()?, &intake, &AtomicBool::new(false), &mut |_| {})?;
        Ok((outcome.read, outcome.articles))
    };
    let dry = read(Filling { dry_run: true, ..Filling::default() })?;
    assert_eq!((dry.0, total(&remote)?), (pile::FILES.len(), 0), "nothing is written");
    assert_eq!(read(Filling::default())?, dry);
    assert_eq!(total(&remote)?, dry.1);
    assert_eq!(read(Filling::default())?, (0, 0), "all is known");

    // A file that changes takes the place of what it was; one that is gone stays until that is asked for.
    std::fs::write(folder.path().join("pears.txt"), pile::FILES[0].1.replace("pears", "quinces"))?;
    std::fs::remove_file(folder.path().join("apples.txt"))?;
    assert_eq!(read(Filling::default())?, (1, 1));
    assert_eq!(total(&remote)?, dry.1);
    let count = |line: &str| -> Result<usize, Failed> {
        Ok(told(remote.collection.archive()?.count(&parse_finished(line), &asking())?).value)
    };
    assert_eq!((count("quinces")?, count("\"eat pears\"")?, count("path:apples")?), (1, 0, 1));
    read(Filling { delete_gone: true, ..Filling::default() })?;
    assert_eq!((count("path:apples")?, total(&remote)?), (0, dry.1 - 1));

    // Without its ledger everything is written once more, and stands there once.
    let elsewhere = tempfile::tempdir()?;
    let filling = Filling { ledgers: elsewhere.path().to_owned(), ..Filling::default() };
    let intake = RemoteIntake::new(remote.collection.clone(), filling)?;
    import(&open()?, &intake, &AtomicBool::new(false), &mut |_| {})?;
    assert_eq!(total(&remote)?, dry.1 - 1);
    Ok(())
}
