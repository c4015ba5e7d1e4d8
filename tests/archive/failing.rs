//! What goes wrong with a server, and how that is told.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use libtest_mimic::Failed;
use newsstand::archive::{Asking, Collection, told};
use newsstand::ingest::import;
use newsstand::library::Pile;
use newsstand::net::{Client, Failure, Method, Origin, Request, Secret, Trust, Way};
use newsstand::query::parse_finished;
use newsstand::remote::{Access, Filling, RemoteCollection, RemoteIntake, RemotePlace};

use super::both::{Remote, Test, many};
use super::server::{AUTHORITY, CLUSTER, Server, answer};

/// Those that need a cluster.
pub const TESTS: &[Test] = &[
    ("what_is_not_there_is_told", not_there),
    ("a_part_of_the_index_that_is_lost_is_told", red),
    ("a_full_disk_is_lived_through", full_disk),
];

/// A test that needs no cluster, by its name.
pub type Alone = (&'static str, fn() -> Result<(), Failed>);

/// Those with a server of their own.
pub const ALONE: &[Alone] = &[
    ("a_password_goes_over_a_safe_connection_to_its_server_alone", safe_connections),
    ("nobody_is_followed_elsewhere", redirects),
    ("what_a_server_refuses_is_told", refusals),
    ("what_is_no_cluster_is_told", other_servers),
    ("an_answer_is_bounded", bounded_answers),
    ("a_question_that_is_given_up_is_closed", given_up),
    ("what_is_written_in_part_is_written_again", partial_failures),
    ("what_hangs_is_asked_of_others", hanging),
    ("commands_tell_what_is_wrong_with_a_server", commands),
];

fn open(address: &str, access: &Access) -> Result<String, Failed> {
    let place = RemotePlace::read(address)?;
    match RemoteCollection::open(&place, access) {
        Ok(_) => Ok("open".to_owned()),
        Err(error) => Ok(error.to_string()),
    }
}

fn check(address: &str, access: &Access, expected: &str) -> Result<(), Failed> {
    let told = open(address, access)?;
    if told.contains("pears") {
        return Err(format!("a password in a message: {told}").into());
    }
    if told.contains(expected) { Ok(()) } else { Err(format!("`{told}` does not hold `{expected}`").into()) }
}

fn not_there(cluster: &str) -> Result<(), Failed> {
    let access = Access::default();
    check(&format!("{cluster}/newsstand-nothing"), &access, "there is no index `newsstand-nothing`")?;
    check(&format!("{cluster}/newsstand-nothing"), &access, "--create")?;
    check("http://127.0.0.1:1/news", &access, "nobody answers there")
}

/// Tells the server something by its own words.
fn tell(cluster: &str, method: Method, path: &str, body: &str) -> Result<(), Failed> {
    let address = format!("{}/x", cluster.split(',').next().unwrap_or_default());
    let (origin, ..) = Origin::read(&address)?;
    let request = Request {
        method,
        path: path.to_owned(),
        body: Some(body.as_bytes().into()),
        kind: "application/json",
        patience: Duration::from_secs(60),
        most: 1 << 20,
    };
    let reply = Client::new(origin, None, Trust::default()).ask(&request, &Way::default())?;
    match reply.status {
        200 => Ok(()),
        status => Err(format!("{path}: {status} {}", String::from_utf8_lossy(&reply.body)).into()),
    }
}

/// No node may have it, so that none has.
fn red(cluster: &str) -> Result<(), Failed> {
    let name = format!("newsstand-red-{}", std::process::id());
    let body = format!(
        "{{\"settings\":{{\"index.routing.allocation.require._name\":\"nobody\",\"number_of_replicas\":0}},\
         \"mappings\":{{\"_meta\":{}}}}}",
        newsstand::remote::meta()
    );
    tell(cluster, Method::Put, &format!("/{name}?wait_for_active_shards=0"), &body)?;
    let told = command(&["list", "--at", &format!("{cluster}/{name}")], "the cluster is not well");
    let place = RemotePlace::read(&format!("{cluster}/{name}"))?;
    let collection = RemoteCollection::open(&place, &Access::default())?;
    let health = collection.check();
    collection.remove()?;
    told?;
    match health {
        Err(error) if error.to_string().contains("a part of the index is lost") => Ok(()),
        other => Err(format!("{other:?}").into()),
    }
}

fn full_disk(cluster: &str) -> Result<(), Failed> {
    let remote = Remote::new(cluster)?;
    let name = remote.collection.name().to_owned();
    let block = |on: &str| {
        let body = format!("{{\"index.blocks.read_only_allow_delete\":{on}}}");
        tell(cluster, Method::Put, &format!("/{name}/_settings"), &body)
    };
    let pile = tempfile::tempdir()?;
    many(pile.path(), 300);
    let streams = tempfile::tempdir()?;
    let open = || Pile::open(&[pile.path().to_owned()], streams.path());
    block("true")?;
    // Whoever does not wait is told.
    let hurried = remote.intake(Filling { patience: Some(Duration::ZERO), ..Filling::default() })?;
    match import(&open()?, &hurried, &AtomicBool::new(false), &mut |_| {}) {
        Err(error) if error.to_string().contains("is its disk full?") => {}
        other => return Err(format!("{other:?}").into()),
    }
    drop(hurried);
    // Whoever waits goes on when there is room again.
    let intake = remote.intake(Filling::default())?;
    let told = intake.told();
    std::thread::scope(|scope| {
        let importing = scope.spawn(|| import(&open()?, &intake, &AtomicBool::new(false), &mut |_| {}));
        while told.again.load(Ordering::SeqCst) == 0 && !importing.is_finished() {
            std::thread::yield_now();
        }
        block("null")?;
        importing.join().map_err(|_| "it panicked")??;
        Ok::<(), Failed>(())
    })?;
    match (told.again.load(Ordering::SeqCst), remote.collection.archive()?.len()) {
        (1.., 300) => Ok(()),
        counts => Err(format!("sent again, there: {counts:?}").into()),
    }
}

/// Runs the program, which must say something and end with status 2.
fn command(arguments: &[&str], expected: &str) -> Result<(), Failed> {
    let home = tempfile::tempdir()?;
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_newsstand"));
    program.args(arguments).env("HOME", home.path()).env("NEWSSTAND_CACHE_DIR", home.path());
    for name in ["XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "NEWSSTAND_CONFIG", "NEWSSTAND_TOKEN"] {
        program.env_remove(name);
    }
    let output = program.env("NEWSSTAND_USER", "ada").env("NEWSSTAND_PASSWORD", "quinces").output()?;
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    if told.contains("quinces") {
        return Err(format!("a password in a message: {told}").into());
    }
    match output.status.code() {
        Some(2) if told.contains(expected) => Ok(()),
        status => Err(format!("{arguments:?}: {status:?}, and `{told}` should hold `{expected}`").into()),
    }
}

fn commands() -> Result<(), Failed> {
    let each = |answering: fn(&super::server::Request) -> Vec<u8>, expected: &str| {
        let server = Server::plain(answering);
        let address = server.address("http");
        for arguments in [&["list", "--at", &address][..], &["search", "pears", "--json", "--at", &address]] {
            command(arguments, expected)?;
        }
        Ok::<(), Failed>(())
    };
    each(|_| answer(401, "Unauthorized"), "is the password or token right?")?;
    each(|_| answer(200, "<html>Welcome</html>"), "no OpenSearch cluster")?;
    each(
        |request| match request.line.starts_with("GET / ") {
            true => answer(200, CLUSTER),
            false => answer(
                404,
                r#"{"error":{"root_cause":[{"type":"index_not_found_exception","reason":"no such index [news]"}]}}"#,
            ),
        },
        "--create",
    )?;
    each(
        |request| match request.line.starts_with("GET / ") {
            true => answer(200, CLUSTER),
            false => answer(200, r#"{"news":{"mappings":{"_meta":{"newsstand":{"mapping":1,"analyser":"0"}}}}}"#),
        },
        "another version of newsstand",
    )?;
    each(
        |request| match request.line.contains("_search") {
            true => answer(503, r#"{"error":{"root_cause":[],"reason":"all shards failed"}}"#),
            false => cluster(request),
        },
        "the cluster is not well: all shards failed",
    )?;
    each(
        |request| match request.line.contains("_search") {
            true => answer(200, r#"{"_shards":{"total":3,"successful":2},"hits":{"total":{"value":0},"hits":[]}}"#),
            false => cluster(request),
        },
        "2 of 3 shards",
    )?;
    command(&["list", "--at", "http://127.0.0.1:1/news"], "nobody answers there")
}

fn hanging() -> Result<(), Failed> {
    // One whose address we do not know hangs, and so does everybody who asks it.
    let server = Server::plain(|request| match request.line.as_str() {
        line if line.contains("/_nodes?") => {
            answer(200, r#"{"_nodes":{"failed":1},"nodes":{"a":{"name":"one"},"b":{"name":"two"}}}"#)
        }
        line if line.contains("_search") && !line.contains("preference=_only_nodes:a,b") => Vec::new(),
        line if line.contains("_search") => {
            answer(200, r#"{"_shards":{"total":1,"successful":1},"hits":{"total":{"value":3},"hits":[]}}"#)
        }
        _ => cluster(request),
    });
    let collection = RemoteCollection::open(&RemotePlace::read(&server.address("http"))?, &Access::default())?;
    let begun = Instant::now();
    let archive = collection.archive()?;
    let took = begun.elapsed();
    let counted = told(archive.count(&parse_finished("is:unread"), &Asking::new(chrono::NaiveDate::default()))?).value;
    // The first was asked of all, and nothing after it.
    let of_all = server.asked_for("_search").iter().filter(|request| !request.line.contains("preference")).count();
    match (archive.len(), counted, of_all) {
        (3, 3, 1) if took < Duration::from_secs(5) => Ok(()),
        other => Err(format!("{other:?} after {took:?}").into()),
    }
}

/// What a cluster with an index of ours answers.
fn cluster(request: &super::server::Request) -> Vec<u8> {
    match request.line.as_str() {
        line if line.starts_with("GET / ") => answer(200, CLUSTER),
        line if line.contains("_mapping") => {
            answer(200, &format!("{{\"news\":{{\"mappings\":{{\"_meta\":{}}}}}}}", newsstand::remote::meta()))
        }
        _ => answer(404, "{}"),
    }
}

fn safe_connections() -> Result<(), Failed> {
    let server = Server::encrypted(cluster);
    let address = server.address("https");
    let secret = Some(Secret::basic("ada", "pears"));
    let trusting = Access { secret, trust: Trust::only(AUTHORITY)?, plain: false };
    check(&address, &trusting, "open")?;
    let asked = server.asked_for("");
    if asked.is_empty() || !asked.iter().all(|request| request.headers.contains("authorization: basic ywrhonblyxjz")) {
        return Err(format!("{asked:?}").into());
    }
    // Nobody else vouches for it, and it is not of this name.
    check(&address, &Access { trust: Trust::default(), ..trusting.clone() }, "not safe")?;
    check(&address.replace("localhost", "127.0.0.1"), &trusting, "not safe")?;
    if server.asked_for("").len() != asked.len() {
        return Err("something was asked over a connection that is not safe".into());
    }
    Ok(())
}

fn redirects() -> Result<(), Failed> {
    let other = Server::plain(cluster);
    let elsewhere = other.address("http");
    let server = Server::plain(move |_| {
        format!("HTTP/1.1 307 Elsewhere\r\nlocation: {elsewhere}\r\ncontent-length: 0\r\n\r\n").into_bytes()
    });
    let access = Access { secret: Some(Secret::basic("ada", "pears")), ..Access::default() };
    check(&server.address("http"), &access, "sends us elsewhere")?;
    match other.connections.load(Ordering::SeqCst) {
        0 => Ok(()),
        _ => Err("the other server was asked".into()),
    }
}

fn refusals() -> Result<(), Failed> {
    let access = Access { secret: Some(Secret::basic("ada", "pears")), ..Access::default() };
    let told = |status: u16, body: &'static str, expected: &str| {
        let server = Server::plain(move |request| match request.line.starts_with("GET / ") && status != 401 {
            true => answer(200, CLUSTER),
            false => answer(status, body),
        });
        check(&server.address("http"), &access, expected)
    };
    told(401, "Unauthorized", "is the password or token right?")?;
    told(
        404,
        r#"{"error":{"root_cause":[{"type":"index_not_found_exception","reason":"no such index [news]"}]}}"#,
        "--create",
    )?;
    told(
        503,
        r#"{"error":{"root_cause":[],"type":"search_phase_execution_exception","reason":"all shards failed"}}"#,
        "all shards failed",
    )?;
    told(200, r#"{"news":{"mappings":{}}}"#, "was not made by newsstand")?;
    told(
        200,
        r#"{"news":{"mappings":{"_meta":{"newsstand":{"mapping":1,"analyser":"0"}}}}}"#,
        "another version of newsstand",
    )?;
    told(200, r#"{"news":{"mappings":{"_meta":{"newsstand":{"mapping":999}}}}}"#, "or a newer one")?;
    // Whoever may not look how articles are kept may still be allowed to read them, and is told what not.
    let server = Server::plain(|request| match request.line.starts_with("GET / ") {
        true => answer(200, CLUSTER),
        false => {
            answer(403, r#"{"error":{"root_cause":[{"type":"security_exception","reason":"no permissions for [x]"}]}}"#)
        }
    });
    let collection = RemoteCollection::open(&RemotePlace::read(&server.address("http"))?, &access)?;
    match collection.archive() {
        Err(error) if error.to_string().contains("no permissions for [x]") => Ok(()),
        Err(error) => Err(error.to_string().into()),
        Ok(_) => Err("it was allowed".into()),
    }
}

fn other_servers() -> Result<(), Failed> {
    let access = Access::default();
    let told = |body: &'static str, expected: &str| {
        let server = Server::plain(move |_| answer(200, body));
        check(&server.address("http"), &access, expected)
    };
    told("<html>Welcome</html>", "no OpenSearch cluster")?;
    told(r#"{"name":"x","version":{"number":"8.1.0"}}"#, "another one than OpenSearch")?;
    told("[]", "no OpenSearch cluster")?;
    let odd = Server::plain(|_| b"SSH-2.0-OpenSSH_9\r\n\r\n".to_vec());
    check(&odd.address("http"), &access, "")?;
    Ok(())
}

fn bounded_answers() -> Result<(), Failed> {
    let endless = Server::plain(|_| {
        let mut bytes = b"HTTP/1.1 200 Told\r\ncontent-length: 900000000\r\n\r\n".to_vec();
        bytes.resize(bytes.len() + (6 << 20), b' ');
        bytes
    });
    check(&endless.address("http"), &Access::default(), "larger than")?;
    let deep = Server::plain(|request| match request.line.starts_with("GET / ") {
        true => answer(200, CLUSTER),
        false => answer(200, &"[".repeat(1 << 20)),
    });
    check(&deep.address("http"), &Access::default(), "cannot be understood")?;
    // An article that is made up is no article, and not more.
    let made_up = Server::plain(|request| match request.line.as_str() {
        line if line.contains("_search") => answer(
            200,
            r#"{"_shards":{"total":1,"successful":1},"hits":{"total":{"value":9000000000},"hits":[{"_id":"00000000000000aa","_source":{"row":{"record":7}}}]}}"#,
        ),
        _ => cluster(request),
    });
    let collection = RemoteCollection::open(&RemotePlace::read(&made_up.address("http"))?, &Access::default())?;
    let asking = Asking::new(chrono::NaiveDate::default());
    let found = told(collection.archive()?.search(&parse_finished("pears"), &asking)?);
    match found.order.rows(0..3, &|| false) {
        Err(error) if error.to_string().contains("damaged") || error.to_string().contains("snapshot") => Ok(()),
        other => Err(format!("{other:?}").into()),
    }
}

fn given_up() -> Result<(), Failed> {
    let (sender, receiver) = channel::<()>();
    let silent = Server::plain(move |_| {
        let _ = sender.send(());
        // Nothing, and the connection stays open.
        Vec::new()
    });
    let (origin, ..) = Origin::read(&silent.address("http")).expect("an address");
    let origin = origin.clone();
    let way = Way::default();
    let asked = way.clone();
    let asking = std::thread::spawn(move || {
        let request = Request {
            method: Method::Get,
            path: "/".to_owned(),
            body: None,
            kind: "application/json",
            patience: Duration::from_secs(60),
            most: 1000,
        };
        Client::new(origin, None, Trust::default()).ask(&request, &asked)
    });
    receiver.recv_timeout(Duration::from_secs(20))?;
    way.give_up();
    let answered = asking.join().map_err(|_| "it panicked")?;
    if answered.as_ref().err() != Some(&Failure::GivenUp) {
        return Err(format!("{answered:?}").into());
    }
    // The server notices: that is what ends its work.
    for _ in 0..2000 {
        if silent.closed.load(Ordering::SeqCst) == 1 {
            return Ok(());
        }
        std::thread::yield_now();
        let _ = receiver.recv_timeout(Duration::from_millis(5));
    }
    Err("the connection stays open".into())
}

fn partial_failures() -> Result<(), Failed> {
    let turn = AtomicUsize::new(0);
    let server = Server::plain(move |request| {
        let ids = || request.body.lines().filter(|line| line.starts_with("{\"index\"")).count();
        let items = |statuses: &[u16]| {
            let items: Vec<String> = statuses
                .iter()
                .map(|status| {
                    format!(
                        "{{\"index\":{{\"status\":{status},\"error\":{{\"type\":\"x\",\"reason\":\"its reason\"}}}}}}"
                    )
                })
                .collect();
            answer(200, &format!("{{\"errors\":true,\"items\":[{}]}}", items.join(",")))
        };
        match request.line.as_str() {
            line if line.contains("_settings") => answer(200, r#"{"news":{"settings":{"index":{"uuid":"abc"}}}}"#),
            line if line.contains("_refresh") => answer(200, "{}"),
            line if line.contains("_bulk") => match (turn.fetch_add(1, Ordering::SeqCst), ids()) {
                (0, _) => answer(503, "{}"),
                (1, 3) => items(&[429, 201, 400]),
                (2, 1) => items(&[201]),
                (turn, ids) => answer(400, &format!("{{\"error\":\"{ids} articles at turn {turn}\"}}")),
            },
            _ => cluster(request),
        }
    });
    let folder = tempfile::tempdir()?;
    for name in ["one", "two", "three"] {
        std::fs::write(
            folder.path().join(format!("{name}.txt")),
            format!("About {name}\n\nThe pears of {name} are ripe, says everybody who has seen them.\n"),
        )?;
    }
    let streams = tempfile::tempdir()?;
    let pile = Pile::open(&[folder.path().to_owned()], streams.path())?;
    let collection = RemoteCollection::open(&RemotePlace::read(&server.address("http"))?, &Access::default())?;
    let filling = Filling { ledgers: streams.path().join("ledgers"), ..Filling::default() };
    let intake = RemoteIntake::new(collection.clone(), filling.clone())?;
    import(&pile, &intake, &AtomicBool::new(false), &mut |_| {})?;
    let count = |counter: &std::sync::atomic::AtomicU64| counter.load(Ordering::SeqCst);
    let told = intake.told();
    let counts = (count(&told.written), count(&told.again), count(&told.refused));
    if counts != (2, 4, 1) {
        return Err(format!("written, sent again, refused: {counts:?}").into());
    }
    let reasons = told.reasons.lock().expect("whole").clone();
    if reasons.len() != 1 || !reasons[0].contains("its reason") {
        return Err(format!("{reasons:?}").into());
    }
    // What was refused is tried again the next time, and nothing else.
    drop(intake);
    let intake = RemoteIntake::new(collection, filling)?;
    let outcome = import(&pile, &intake, &AtomicBool::new(false), &mut |_| {});
    match outcome {
        Err(error) if error.to_string().contains("1 articles at turn 3") => Ok(()),
        other => Err(format!("{other:?}").into()),
    }
}
