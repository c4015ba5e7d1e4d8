//! Seeds, changed at random.

use std::fmt;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;

/// What a reader of files stumbles over: marks of many formats, cut and nested.
const TOKENS: &[&[u8]] = &[
    b"\0",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xc3",
    b"\r\n",
    b"\n\n",
    b"\"",
    b"\\u",
    b"\\ud800",
    b"{",
    b"}",
    b"[",
    b"],",
    b"<",
    b"</",
    b"<!--",
    b"<![CDATA[",
    b"<script>",
    b"&#x1b;",
    b"&#xD800;",
    b"<!DOCTYPE x [<!ENTITY a \"b\">]>",
    b"From ",
    b"Content-Type: multipart/mixed; boundary=\"",
    b"--",
    b"=?utf-8?q?=1b?=",
    b"WARC/1.0\r\n",
    b"Content-Length: 99999999999999999999\r\n",
    b"\x1f\x8b\x08",
    b"\x28\xb5\x2f\xfd",
    b"---\n",
    b"```",
    b"\x1b[31m",
    b"\xc2\x9b",
    b"\xe2\x80\xae",
    b"\xf0\x9f\x91\xa8\xe2\x80\x8d",
    b"(",
    b")",
    b" OR ",
    b" -",
    b"lang:",
    b"date:..",
    b"*",
    b"~",
    b"9999-99-99",
    b"18446744073709551616",
    b"-1",
    b"1e400",
    b"null",
];

/// A change.
#[derive(Clone, Debug)]
enum Edit {
    Flip(Index, u8),
    Insert(Index, usize),
    Remove(Index, u8),
    Repeat(Index, u8, u8),
    Cut(Index),
    Bytes(Index, Vec<u8>),
}

/// The bytes of an input, shown as text as far as they are.
#[derive(Clone)]
pub struct Shown(pub Vec<u8>);

impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "b\"{}\"", self.0.escape_ascii())
    }
}

/// One of these seeds with a few changes.
pub fn mutated(seeds: Vec<Vec<u8>>) -> impl Strategy<Value = Vec<u8>> {
    let edit = prop_oneof![
        3 => (any::<Index>(), any::<u8>()).prop_map(|(at, byte)| Edit::Flip(at, byte)),
        4 => (any::<Index>(), 0..TOKENS.len()).prop_map(|(at, token)| Edit::Insert(at, token)),
        2 => (any::<Index>(), any::<u8>()).prop_map(|(at, length)| Edit::Remove(at, length)),
        2 => (any::<Index>(), any::<u8>(), 1..40u8).prop_map(|(at, length, times)| Edit::Repeat(at, length, times)),
        1 => any::<Index>().prop_map(Edit::Cut),
        1 => (any::<Index>(), vec(any::<u8>(), 0..40)).prop_map(|(at, bytes)| Edit::Bytes(at, bytes)),
    ];
    (0..seeds.len().max(1), vec(edit, 0..8)).prop_map(move |(seed, edits)| {
        let mut bytes = seeds.get(seed).cloned().unwrap_or_default();
        edits.into_iter().for_each(|edit| apply(edit, &mut bytes));
        bytes
    })
}

fn apply(edit: Edit, bytes: &mut Vec<u8>) {
    let place = |at: Index, bytes: &Vec<u8>| at.index(bytes.len() + 1);
    match edit {
        Edit::Flip(at, byte) if !bytes.is_empty() => {
            let at = at.index(bytes.len());
            bytes[at] ^= byte;
        }
        Edit::Flip(..) => {}
        Edit::Insert(at, token) => {
            let at = place(at, bytes);
            bytes.splice(at..at, TOKENS[token].iter().copied());
        }
        Edit::Remove(at, length) => {
            let at = place(at, bytes);
            let end = (at + usize::from(length)).min(bytes.len());
            bytes.drain(at..end);
        }
        Edit::Repeat(at, length, times) => {
            let at = place(at, bytes);
            let end = (at + usize::from(length)).min(bytes.len());
            let piece = bytes[at..end].repeat(usize::from(times));
            bytes.splice(at..at, piece);
        }
        Edit::Cut(at) => {
            let at = place(at, bytes);
            bytes.truncate(at);
        }
        Edit::Bytes(at, piece) => {
            let at = place(at, bytes);
            bytes.splice(at..at, piece);
        }
    }
}
