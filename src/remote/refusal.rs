//! Why a server says no.

use serde_json::Value;

use crate::net::Reply;
use crate::text::Clean;

/// Longer explanations of a server are cut.
pub(crate) const LONGEST_REASON: usize = 300;

/// Why a server says no, with the way out.
pub(crate) fn refusal(reply: &Reply, index: &str) -> String {
    let said = reply.json::<Value>().ok();
    let error = said.as_ref().map(|said| &said["error"]);
    let cause = error.map(|error| if error["root_cause"][0].is_object() { &error["root_cause"][0] } else { error });
    let kind = cause.and_then(|cause| cause["type"].as_str()).unwrap_or_default();
    let reason = cause.and_then(|cause| cause["reason"].as_str().or(cause.as_str())).unwrap_or_default();
    let reason: String = Clean::new(reason).chars().take(LONGEST_REASON).collect();
    match (reply.status, kind) {
        (401, _) => "the server does not let us in (is the password or token right?)".to_owned(),
        // Blocks of a state that passes are told below.
        (403 | 429, "cluster_block_exception") => {
            format!("the cluster takes nothing (is its disk full?): {reason}")
        }
        (403, _) if reason.is_empty() => "the server lets us in, and allows us nothing of this".to_owned(),
        (403, _) => format!("not allowed: {reason}"),
        (404, "index_not_found_exception") => {
            format!("there is no index `{index}` (`newsstand index PATHS --to … --create` makes one)")
        }
        (429, _) => "the cluster has more to do than it can; try again later".to_owned(),
        (503, _) if kind.contains("block") || reason.contains("blocked") => {
            format!("the cluster is not well: {reason}")
        }
        (503, _) => format!(
            "the cluster is not well: {}",
            if reason.is_empty() { "no part of the index answers" } else { &reason }
        ),
        (status, _) if reason.is_empty() => {
            format!("the server answers {status}, and not why (is it an OpenSearch cluster?)")
        }
        (status, _) => format!("the server answers {status}: {reason}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(status: u16, body: &str, expected: &str) {
        let told = refusal(&Reply { status, body: body.as_bytes().to_vec() }, "news");
        assert!(told.contains(expected), "{told}");
    }

    #[test]
    fn a_refusal_is_told_with_the_way_out() {
        check(401, "Unauthorized", "is the password or token right?");
        check(
            403,
            r#"{"error":{"root_cause":[{"type":"security_exception","reason":"no permissions for [x]"}]}}"#,
            "no permissions for [x]",
        );
        check(
            404,
            r#"{"error":{"root_cause":[{"type":"index_not_found_exception","reason":"no such index [news]"}]},"status":404}"#,
            "--create",
        );
        check(404, "<html>", "is it an OpenSearch cluster?");
        check(
            503,
            r#"{"error":{"root_cause":[],"type":"search_phase_execution_exception","reason":"all shards failed"}}"#,
            "all shards failed",
        );
        check(
            429,
            r#"{"error":{"root_cause":[{"type":"cluster_block_exception","reason":"index [news] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark]"}]}}"#,
            "is its disk full?): index [news] blocked",
        );
        check(500, r#"{"error":{"reason":"a\u001b[31mred"}}"#, "answers 500: ared");
    }
}
