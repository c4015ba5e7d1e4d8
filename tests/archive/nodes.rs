//! Nodes that fail in the middle of the work.
//!
//! Where `NEWSSTAND_CLUSTER_NODES` names the folder of a cluster that `tests/opensearch/cluster` has started, its nodes
//! are killed, held and started again. Nothing else can be asked of that cluster meanwhile.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
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

/// Does something to the nodes.
fn nodes(folder: &Path, command: &str, node: u32) -> Result<(), Failed> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/opensearch/cluster");
    let status = Command::new(script).arg(command).arg(folder).arg(node.to_string()).status()?;
    if status.success() { Ok(()) } else { Err(format!("cluster {command} {node}: {status}").into()) }
}

/// Searches so many times, and tells how long the longest took.
fn searches(
    remote: &Remote,
    count: usize,
    mut meanwhile: impl FnMut(usize) -> Result<(), Failed>,
) -> Result<Duration, Failed> {
    let mut longest = Duration::ZERO;
    for number in 0..count {
        meanwhile(number)?;
        let begun = Instant::now();
        // None is answered from memory.
        let query = parse_finished(&format!("frost -zz{number} sort:newest"));
        let found = told(remote.collection.archive()?.search(&query, &asking())?);
        let rows = told(found.order.rows(0..50, &|| false)?).value.len();
        longest = longest.max(begun.elapsed());
        if (found.matched, rows, found.limits.is_whole()) != (FROST, 50, true) {
            return Err(format!("search {number}: {} found, {rows} rows, {:?}", found.matched, found.limits).into());
        }
    }
    Ok(longest)
}

fn failing_nodes(cluster: &str) -> Result<(), Failed> {
    let Some(folder) = std::env::var_os("NEWSSTAND_CLUSTER_NODES").map(PathBuf::from) else {
        return Ok(());
    };
    let pile = tempfile::tempdir()?;
    many(pile.path(), COUNT);
    let streams = tempfile::tempdir()?;
    let open = || Pile::open(&[pile.path().to_owned()], streams.path());
    let remote = Remote::new(cluster)?;
    remote.fill(&open()?)?;
    println!("all nodes: no search took longer than {:?}", searches(&remote, 100, |_| Ok(()))?);

    let killed = searches(&remote, 300, |number| if number == 100 { nodes(&folder, "kill", 2) } else { Ok(()) })?;
    println!("a node killed: no search took longer than {killed:?}");
    assert!(killed < Duration::from_secs(5), "{killed:?}");

    // A pile is written while a node is gone, and once more from another ledger while it comes back.
    let other = Filling { ledgers: streams.path().join("other"), ..Filling::default() };
    std::thread::scope(|scope| {
        let back = scope.spawn(|| nodes(&folder, "node", 2));
        let outcome = import(
            &open()?,
            &RemoteIntake::new(remote.collection.clone(), other)?,
            &AtomicBool::new(false),
            &mut |_| {},
        )?;
        assert_eq!(outcome.articles, COUNT);
        back.join().map_err(|_| "it panicked")?
    })?;
    assert_eq!(remote.collection.archive()?.len(), COUNT, "no article is missing, and none is there twice");

    let held = searches(&remote, 60, |number| if number == 10 { nodes(&folder, "hold", 3) } else { Ok(()) });
    nodes(&folder, "go", 3)?;
    let held = held?;
    println!("a node that hangs: no search took longer than {held:?}");
    assert!(held < Duration::from_secs(2), "{held:?}");

    // One alone has a part of the index, and says so.
    let alone = AtomicBool::new(false);
    nodes(&folder, "kill", 2)?;
    nodes(&folder, "kill", 3)?;
    for _ in 0..60 {
        let found = remote.collection.archive().and_then(|archive| archive.search(&parse_finished("frost"), &asking()));
        match found {
            Ok(Some(found)) if found.limits.partial.is_some() => {
                println!("two nodes gone: {} found, {:?}", found.matched, found.limits.partial);
                alone.store(true, Ordering::Relaxed);
                break;
            }
            // Until it has noticed that the others are gone.
            Ok(_) => {}
            Err(error) => println!("two nodes gone: {error}"),
        }
    }
    // The first to come back waits for the other.
    std::thread::scope(|scope| {
        let both = [2, 3].map(|node| {
            scope.spawn({
                let folder = &folder;
                move || nodes(folder, "node", node)
            })
        });
        both.into_iter().try_for_each(|node| node.join().map_err(|_| "it panicked")?)
    })?;
    assert!(alone.load(Ordering::Relaxed), "what is lacking is not told");
    let back = searches(&remote, 20, |_| Ok(()))?;
    println!("all nodes back: no search took longer than {back:?}");
    Ok(())
}
