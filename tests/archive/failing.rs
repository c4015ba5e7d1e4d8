//! What goes wrong with a server, and how that is told.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

use libtest_mimic::Failed;
use newsstand::archive::{Asking, Collection, told};
use newsstand::ingest::import;
use newsstand::library::Pile;
use newsstand::net::{Client, Failure, Method, Origin, Request, Secret, Trust, Way};
use newsstand::query::parse_finished;
use newsstand::remote::{Access, Filling, RemoteCollection, RemoteIntake, RemotePlace};

use super::both::Test;
use super::server::{AUTHORITY, CLUSTER, Server, answer};

/// Those that need a cluster.
pub const TESTS: &[Test] = &[("what_is_not_there_is_told", not_there)];

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
