//! What is asked of a collection, asked of both engines: they must answer the same.
//!
//! Where the environment variable `NEWSSTAND_CLUSTER` names the addresses of a cluster
//! (`tests/opensearch/cluster start FOLDER` starts one and prints them), these tests run; elsewhere they are skipped.
//! Each makes indexes of its own there, and removes them.

#[path = "archive/both.rs"]
mod both;
#[path = "archive/failing.rs"]
mod failing;
#[path = "archive/nodes.rs"]
mod nodes;
#[path = "archive/pile.rs"]
mod pile;
#[path = "archive/server.rs"]
mod server;

use libtest_mimic::{Arguments, Trial};

fn main() {
    let arguments = Arguments::from_args();
    let cluster = std::env::var("NEWSSTAND_CLUSTER").ok().filter(|addresses| !addresses.is_empty());
    if cluster.is_none() {
        println!("skipped: NEWSSTAND_CLUSTER names no cluster to ask (tests/opensearch/cluster starts one)");
    }
    let ignored = cluster.is_none();
    let cluster = cluster.unwrap_or_default();
    let mut trials = Vec::new();
    for (name, run) in both::TESTS.iter().chain(failing::TESTS) {
        let cluster = cluster.clone();
        trials.push(Trial::test(*name, move || run(&cluster)).with_ignored_flag(ignored));
    }
    let nodes = std::env::var_os("NEWSSTAND_CLUSTER_NODES").is_some();
    for (name, run) in nodes::TESTS {
        let cluster = cluster.clone();
        trials.push(Trial::test(*name, move || run(&cluster)).with_ignored_flag(ignored || !nodes));
    }
    // A server of the tests' own is always there.
    for (name, run) in failing::ALONE {
        trials.push(Trial::test(*name, *run));
    }
    libtest_mimic::run(&arguments, trials).exit();
}
