//! Collections on an OpenSearch cluster, for more articles than one machine keeps.
//!
//! A [`RemoteCollection`] is a [`Collection`](crate::archive::Collection) like any other: nothing above knows
//! that it is asked over a network. What is found and marked goes by the rules of the local
//! [`index`](crate::index): the server is sent our own terms and breaks texts into words by no rules of its own.
//!
//! | file | what is done there |
//! |---|---|
//! | `place` | where a collection is, and how we are let in |
//! | `cluster`, `usual` | the nodes of a cluster, asked in turn; what hangs is avoided |
//! | `mapping` | what the cluster keeps of an article, and whether an index there is one of ours |
//! | `document` | an article as it is kept there, and back |
//! | `lower`, `ways` | from a query to the server's |
//! | `vocabulary` | what the words of the cluster say of a word |
//! | `answers` | what the server answers |
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
//! See `figures` in this folder's tests and README for what was measured.

mod answers;
mod archive;
mod bulk;
mod cluster;
mod collection;
mod document;
mod intake;
mod ledger;
mod lower;
mod mapping;
mod order;
mod place;
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
