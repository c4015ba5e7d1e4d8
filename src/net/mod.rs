//! HTTP to servers of the reader's own choice, spoken with care.
//!
//! A [`Client`] speaks to one origin (scheme, host and port) and to no other: it follows no redirect, so that
//! neither a question nor a password ever goes elsewhere. Connections are kept. What a server answers is
//! bounded in bytes, in depth (by the parser, 128 levels) and in time, and who asks may give up at any moment:
//! the connection is closed then, which ends the work of the server as well.
//!
//! - `address`: where a server is, and whether it may be spoken to without encryption
//! - `secret`: passwords and tokens, which are never shown
//! - `client`: asking
//! - `failure`: what can go wrong between us and a server

mod address;
mod client;
mod failure;
mod secret;

pub use address::Origin;
pub use client::{Client, Method, Reply, Request, Trust, Way};
pub use failure::Failure;
pub use secret::{Secret, printed_by};
