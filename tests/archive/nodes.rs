//! Nodes that fail in the middle of the work.
//!
//! Where `NEWSSTAND_CLUSTER_NODES` names the folder of a cluster that `tests/opensearch/cluster` has started, its nodes
//! are killed, held and started again. Nothing else can be asked of that cluster meanwhile.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

use libtest_mimic::Failed;
use newsstand::archive::{Collection, told};
use newsstand::ingest::import;
use newsstand::library::Pile;
use newsstand::query::parse_finished;
use newsstand::remote::{Filling, RemoteIntake};

use super::both::{Remote, Test, asking, many};

pub const TESTS: &[Test] = &[("nodes_that_fail_are_lived_through", failing_nodes)];

/// How many articles there are.
const COUNT: usize = 3_000;
/// How many of them are asked for.
const FROST: usize = COUNT / 3;
/// How many are written while a node is killed.
const WRITTEN: usize = 12_000;
/// No question may wait longer than that for a node that hangs.
const LONGEST: Duration = Duration::from_secs(2);

/// Does something to the nodes.
fn nodes(folder: &Path, command: &str, node: u32) -> Result<(), Failed> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/opensearch/cluster");
    let status = Command::new(script).arg(command).arg(folder).arg(node.to_string()).status()?;
    if status.success() { Ok(()) } else { Err(format!("cluster {command} {node}: {status}").into()) }
}

/// The cluster, and what is asked of it.
struct Trial<'a> {
    folder: &'a Path,
    remote: Remote,
    /// So many searches there were.
    asked: usize,
}

impl Trial<'_> {
    fn nodes(&self, command: &str, node: u32) -> Result<(), Failed> {
        nodes(self.folder, command, node)
    }

    /// One search, none of which is answered from memory: its first rows, and some further down, which are read from
    /// a snapshot. Tells how long the longest question took.
    fn search(&mut self) -> Result<Duration, Failed> {
        self.asked += 1;
        let number = self.asked;
        let query = parse_finished(&format!("frost -zz{number} sort:newest"));
        let mut longest = Duration::ZERO;
        let mut begun = Instant::now();
        let mut lap = || longest = longest.max(std::mem::replace(&mut begun, Instant::now()).elapsed());
        let archive = self.remote.collection.archive()?;
        lap();
        let found = told(archive.search(&query, &asking())?);
        lap();
        let rows = told(found.order.rows(0..50, &|| false)?).value.len();
        let far = told(found.order.rows(700..720, &|| false)?);
        lap();
        let whole = found.limits.is_whole() && far.limits.is_whole();
        if (found.matched, rows, far.value.len(), whole) != (FROST, 50, 20, true) {
            return Err(format!(
                "search {number}: {} found, {rows} and {} rows, {:?} {:?}",
                found.matched,
                far.value.len(),
                found.limits,
                far.limits
            )
            .into());
        }
        Ok(longest)
    }

    /// So many searches, and how long the longest question took.
    fn searches(&mut self, count: usize) -> Result<Duration, Failed> {
        (0..count).try_fold(Duration::ZERO, |longest, _| Ok(self.search()?.max(longest)))
    }

    /// Searches as long as a node hangs, and a while afterwards.
    fn while_held(&mut self, node: u32, long: Duration) -> Result<(), Failed> {
        self.nodes("hold", node)?;
        let begun = Instant::now();
        let (mut longest, mut count) = (Ok(Duration::ZERO), 0);
        while longest.is_ok() && begun.elapsed() < long {
            longest = self.search().map(|took| took.max(longest.unwrap_or_default()));
            count += 1;
        }
        self.nodes("go", node)?;
        let longest = longest?.max(self.searches(20)?);
        println!("node {node} hangs for {long:?}: {count} searches, none took longer than {longest:?}");
        if longest < LONGEST { Ok(()) } else { Err(format!("a question took {longest:?}").into()) }
    }

    /// Starts nodes again, and waits until all is well.
    fn start(&self, gone: &[u32]) -> Result<(), Failed> {
        // The first to come back waits for the others.
        std::thread::scope(|scope| {
            let starting: Vec<_> =
                gone.iter().map(|node| scope.spawn(move || nodes(self.folder, "node", *node))).collect();
            starting.into_iter().try_for_each(|node| node.join().map_err(|_| "it panicked")?)
        })
    }
}

fn failing_nodes(cluster: &str) -> Result<(), Failed> {
    let Some(folder) = std::env::var_os("NEWSSTAND_CLUSTER_NODES").map(PathBuf::from) else {
        return Ok(());
    };
    let pile = tempfile::tempdir()?;
    many(pile.path(), COUNT);
    let streams = tempfile::tempdir()?;
    let open = |pile: &Path| Pile::open(&[pile.to_owned()], streams.path());
    let remote = Remote::new(cluster)?;
    remote.fill(&open(pile.path())?)?;
    let mut trial = Trial { folder: &folder, remote, asked: 0 };
    println!("all nodes: no question took longer than {:?}", trial.searches(100)?);

    trial.nodes("kill", 2)?;
    let killed = trial.searches(300)?;
    println!("a node killed: no question took longer than {killed:?}");
    assert!(killed < LONGEST, "{killed:?}");

    // A pile is written while the node comes back, and another while one goes.
    let larger = tempfile::tempdir()?;
    many(larger.path(), WRITTEN);
    let other = Remote::new(cluster)?;
    std::thread::scope(|scope| {
        let back = scope.spawn(|| nodes(&folder, "node", 2));
        let filling = Filling { ledgers: streams.path().join("other"), ..Filling::default() };
        let intake = RemoteIntake::new(trial.remote.collection.clone(), filling)?;
        let outcome = import(&open(pile.path())?, &intake, &AtomicBool::new(false), &mut |_| {})?;
        assert_eq!(outcome.articles, COUNT);
        back.join().map_err(|_| "it panicked")?
    })?;
    assert_eq!(trial.remote.collection.archive()?.len(), COUNT, "no article is missing, and none is there twice");
    let mut killed = None;
    let intake = other.intake(Filling::default())?;
    let outcome = import(&open(larger.path())?, &intake, &AtomicBool::new(false), &mut |progress| {
        if killed.is_none() && progress.articles > WRITTEN / 4 {
            killed = Some((progress.articles, nodes(&folder, "kill", 2)));
        }
    })?;
    let (at, done) = killed.ok_or("all was written at once")?;
    done?;
    assert_eq!(outcome.articles, WRITTEN);
    let found = told(other.collection.archive()?.search(&parse_finished(""), &asking())?);
    let ids: BTreeSet<_> = told(found.order.ids(0..found.matched, &|| false)?).value.into_iter().collect();
    println!(
        "a node killed after {at} of {WRITTEN} articles were read: {} written, {} different",
        found.matched,
        ids.len()
    );
    assert_eq!((found.matched, ids.len()), (WRITTEN, WRITTEN), "no article is missing, and none is there twice");
    trial.start(&[2])?;
    drop(other);

    // By a minute the others have given it up.
    trial.while_held(3, Duration::from_secs(60))?;
    trial.nodes("wait", 3)?;
    // The one that is asked first.
    trial.while_held(1, Duration::from_secs(10))?;

    // One alone has a part of the index, and says so.
    trial.nodes("kill", 2)?;
    trial.nodes("kill", 3)?;
    let mut partial = None;
    for _ in 0..60 {
        let archive = trial.remote.collection.archive();
        match archive.and_then(|archive| archive.search(&parse_finished("frost"), &asking())) {
            Ok(Some(found)) if found.limits.partial.is_some() => {
                partial = Some((found.matched, found.limits.partial));
                break;
            }
            // Until it has noticed that the others are gone.
            Ok(_) => {}
            Err(error) => println!("two nodes gone: {error}"),
        }
    }
    trial.start(&[2, 3])?;
    println!("two nodes gone: {partial:?} found");
    assert!(partial.is_some(), "what is lacking is not told");
    println!("all nodes back: no question took longer than {:?}", trial.searches(20)?);
    Ok(())
}
