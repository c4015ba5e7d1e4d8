//! What can be asked of a collection of articles, and written into one, whatever keeps it.
//!
//! A [`Collection`] is what was opened. It gives an [`Archive`]: the collection as it was at a moment, of
//! which everything is asked; and, where it can be written, an [`Intake`]. Nothing above this layer knows
//! which engine is behind them; the place where a collection is opened is the only one that does.
//!
//! # The contract of every question
//!
//! - **Failure** is an [`Error`](crate::Error) with the place and the way out. An engine's panic is one,
//!   too. After a failure the archive can be asked again.
//! - **Giving up**: [`Asking::cancelled`] is asked at least every few thousand articles, and at least ten
//!   times a second while somebody else is waited for. Once it says true, the answer is `Ok(None)`, soon.
//!   Whoever never cancels gets an answer or an error, and may unwrap it with [`told`].
//! - **Waiting**: a question keeps its thread until it is answered. Nothing of the screen asks one from its
//!   own thread. An archive that waits for others ([`Capabilities::waits`]) bounds how long, and then
//!   answers with what it has ([`Limits::partial`]) or fails.
//! - **Wholeness**: what an answer lacks stands in its [`Limits`]. An archive that cannot do something says so
//!   beforehand in its [`Capabilities`], and in `not_tried` of the answer; it never answers with
//!   an empty one instead.
//! - **Order**: the same archive gives the same articles in the same order every time.
//!
//! | file | what is there |
//! |---|---|
//! | `asking` | what a question depends on beside the query; sets of ids, by which marks reach an archive |
//! | `limits` | what an answer lacks |
//! | `row`, `order`, `joined`, `found` | an article as a list shows it; the articles found, in order; two orders as one; what a search finds |
//! | `facets`, `tally` | counts by language, source, time; counts by any cells |
//! | `explained` | why an article is where it is |
//! | `marking` | what was found in a text |
//! | `reading`, `writing`, `texts` | the traits: a collection and its archive; writing one; the texts of its articles |
//! | `shelf` | the collection in use, which another one may replace |
//! | `tray` | a bound on the memory of what waits to be written |

mod asking;
mod explained;
mod facets;
mod found;
mod joined;
mod limits;
mod marking;
mod order;
mod reading;
mod row;
mod shelf;
mod tally;
mod texts;
mod tray;
mod writing;

pub use asking::{Asking, MarkedIds, Marks};
pub use explained::{Explained, ExplainedWord, MatchKind, MatchPlace};
pub use facets::{DateFacet, Facets};
pub use found::{Correction, EmptyHelp, Found, Relaxed};
pub use joined::Joined;
pub use limits::{Answer, Limits, Outcome, told};
pub use marking::{Compounds, Hit, Marker, Quotation};
pub use order::Order;
pub use reading::{Archive, Capabilities, Collection};
pub use row::Row;
pub use shelf::Shelf;
pub use tally::{Cell, CellKind, Tallied, Tally};
pub use texts::{Quotable, TextReader, Texts, passage};
pub use tray::{Share, Tray};
pub use writing::{Damage, Due, FileKey, Intake, LostArticle, Writer};
