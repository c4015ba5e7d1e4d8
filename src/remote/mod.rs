//! Collections on an OpenSearch cluster, for more articles than one machine keeps.
//!
//! A [`RemoteCollection`] is a [`Collection`](crate::archive::Collection) like any other: nothing above knows
//! that it is asked over a network. What is found and marked goes by the rules of the local
//! [`index`](crate::index): the server is sent our own terms and breaks texts into words by no rules of its own.
//!
//! | file | what is done there |
//! |---|---|
//! | `place` | where a collection is, and how we are let in |
//! | `question`, `cluster` | what is asked of a cluster; its nodes, asked in turn; what hangs is avoided |
//! | `usual`, `awake`, `refusal` | how long an answer usually takes; which nodes are awake; why a server says no |
//! | `mapping` | what the cluster keeps of an article, and whether an index there is one of ours |
//! | `document` | an article as it is kept there, and back |
//! | `lower`, `ways` | from a query to the server's |
//! | `vocabulary` | what the words of the cluster say of a word |
//! | `answers`, `nearness` | what the server answers; how near the words of a query stand in the best articles |
//! | `archive`, `order`, `sorting` | the collection as it is asked; the articles found, page by page |
//! | `texts` | the texts of its articles |
//! | `intake`, `ledger`, `bulk` | writing into it |
//!
//! # How a position holds all forms of a word
//!
//! A word stands in its field in the place that it has in the text, in all its forms: folded, as it is written,
//! with umlauts spelled out (`gesprach|gespräch|gespraech`). The server parts forms at the bar and places at
//! spaces, and `*` is a place without a word. So a phrase finds the same in both engines, whichever of its words
//! were typed with accents, and a text without any takes no more room than one field does.
//!
//! # How much there is to keep
//!
//! Measured on three nodes of version 2.19.6, of 10,000 articles of 3,416 bytes in eleven languages in one index of three
//! parts: 6,800 bytes an article once segments are merged, 2.0 times the article. Of these are 1,860 the row and the text,
//! compressed, 2,300 the places of words, 1,540 which words are in which articles, and 980 the words themselves. While
//! it is being written it is 9,200 to 19,000 bytes: the server keeps what it was sent until all copies have it.
//!
//! | | 100 million | a billion |
//! |---|---|---|
//! | one copy: 6,800 bytes an article | 0.68 TB | 6.8 TB |
//! | two copies | 1.36 TB | 13.6 TB |
//! | disk, with a third free for merging and what is kept while writing | 2 TB | 20 TB |
//! | shards of 40 GB each (`--shards`): one copy / 40 GB | 17 | 170 |
//! | nodes with 1 TB of disk each; three at least, so that one may fail | 3 | 20 |
//! | articles of one node (two copies / nodes) | 67 million | 100 million |
//! | memory of a node: 31 GB for the server; the words of its articles are 980 bytes each, of which the system holds those that are asked for | 66 GB of words: 64 GB will do, 96 are better | 98 GB of words: 96 GB will do, 128 are better |
//!
//! A question is 6 to 12 kB, and its answer has a hundred rows. Counts of sources are of the two hundred with most articles,
//! and are exact as long as no part of the index has more than four thousand others; spans of days are told up to 60,000.

mod answers;
mod archive;
mod awake;
mod bulk;
mod cluster;
mod collection;
mod document;
mod intake;
mod ledger;
mod lower;
mod mapping;
mod nearness;
mod order;
mod place;
mod question;
mod refusal;
mod sorting;
mod texts;
mod usual;
mod vocabulary;
mod ways;

pub use bulk::Told;
pub use collection::RemoteCollection;
pub use intake::{Filling, RemoteIntake};
pub use mapping::{Shape, meta};
pub use place::{Access, RemotePlace};
