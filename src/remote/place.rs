//! Where a collection is, and how we are let in.

use std::fmt;

use crate::error::{Error, Result};
use crate::net::{Origin, Secret, Trust};

/// So many addresses may be given.
const MOST_ADDRESSES: usize = 64;
/// The longest name of an index that a server takes.
const LONGEST_NAME: usize = 255;

/// The addresses of a cluster, and the name of an index there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemotePlace {
    pub(crate) origins: Vec<Origin>,
    pub(crate) index: String,
    /// Whose password it is, where the address says so.
    pub user: Option<String>,
}

/// How we are let in.
#[derive(Clone, Debug, Default)]
pub struct Access {
    /// What we are let in with.
    pub secret: Option<Secret>,
    /// Whose word is taken for it that the server is the one it says it is.
    pub trust: Trust,
    /// Whether another machine may be spoken to without encryption.
    pub plain: bool,
}

impl RemotePlace {
    /// Whether a text is meant as the address of a collection on a cluster.
    pub fn is_meant(text: &str) -> bool {
        text.starts_with("https://") || text.starts_with("http://")
    }

    /// Reads `https://host:9200/INDEX`; several addresses of one cluster stand with commas between them, and the
    /// last tells the index.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in words.
    pub fn read(text: &str) -> Result<RemotePlace> {
        let wrong = |reason: String| Error::Server { address: shown(text), reason };
        let (mut origins, mut index, mut user) = (Vec::new(), None::<&str>, None::<&str>);
        for address in text.split(',').map(str::trim) {
            let (origin, named, path) = Origin::read(address).map_err(wrong)?;
            let path = path.trim_end_matches('/');
            if !path.is_empty() {
                if index.is_some_and(|index| index != path) {
                    return Err(wrong("the addresses name several indexes".to_owned()));
                }
                index = Some(path);
            }
            user = user.or(named);
            if !origins.contains(&origin) {
                origins.push(origin);
            }
        }
        if origins.len() > MOST_ADDRESSES {
            return Err(wrong(format!("more than {MOST_ADDRESSES} addresses")));
        }
        let Some(index) = index else {
            return Err(wrong("the name of the index is missing: https://host:9200/NAME".to_owned()));
        };
        if !is_name(index) {
            return Err(wrong(format!(
                "`{index}` is no name of an index: lower-case letters, digits, `-` and `_`, a letter or digit first"
            )));
        }
        Ok(RemotePlace { origins, index: index.to_owned(), user: user.map(str::to_owned) })
    }

    /// Whether it may be spoken to as `access` says.
    pub(crate) fn allowed(&self, access: &Access) -> Result<()> {
        let open = |origin: &&Origin| !origin.is_encrypted() && !origin.is_loopback();
        match self.origins.iter().find(open).filter(|_| !access.plain) {
            Some(origin) => Err(Error::Server {
                address: origin.to_string(),
                reason:
                    "without encryption everybody on the way reads along; use https://, or allow it with --plain-http"
                        .to_owned(),
            }),
            None => Ok(()),
        }
    }
}

impl fmt::Display for RemotePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.origins.first() {
            Some(origin) => write!(f, "{origin}/{}", self.index),
            None => f.write_str(&self.index),
        }
    }
}

/// An address without what may be a password in it.
fn shown(text: &str) -> String {
    let one = |address: &str| match address.split_once("://").and_then(|(scheme, rest)| {
        let end = rest.find('/').unwrap_or(rest.len());
        Some((scheme, &rest[rest[..end].rfind('@')? + 1..]))
    }) {
        Some((scheme, rest)) => format!("{scheme}://…@{rest}"),
        None => address.to_owned(),
    };
    text.split(',').map(one).collect::<Vec<_>>().join(",")
}

/// Names that a server takes for an index and for nothing else, and that need no escape in an address.
fn is_name(name: &str) -> bool {
    name.len() <= LONGEST_NAME
        && name.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let read = match RemotePlace::read(text) {
            Ok(place) => format!("{place} of {}", place.origins.len()),
            Err(error) => error.to_string(),
        };
        assert!(read.contains(expected), "{text}: {read}");
    }

    #[test]
    fn places_are_read() {
        check("https://a.example:9200/news", "https://a.example:9200/news of 1");
        check("http://127.0.0.1:1,http://127.0.0.1:2/news", "http://127.0.0.1:1/news of 2");
        check("http://127.0.0.1:1/news,http://127.0.0.1:1/news/", "of 1");
        check("https://a.example:9200", "the name of the index is missing");
        check("https://a/news,https://b/other", "several indexes");
        check("https://a/_all", "is no name of an index");
        check("https://a/news/_search", "is no name of an index");
        check("https://a/News", "is no name of an index");
        check("https://ada:pears@a/news", "https://…@a/news: a password does not belong");
    }

    #[test]
    fn nothing_leaves_this_machine_unencrypted_unless_that_is_asked_for() {
        let allowed = |text: &str, plain: bool| {
            let access = Access { plain, ..Access::default() };
            RemotePlace::read(text).expect("a place").allowed(&access).is_ok()
        };
        assert!(allowed("http://127.0.0.1:9200/news", false));
        assert!(allowed("https://a.example/news", false));
        assert!(!allowed("http://a.example/news", false));
        assert!(!allowed("https://a.example,http://b.example/news", false));
        assert!(allowed("http://a.example/news", true));
    }
}
