//! Names for articles that survive moving their files.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// Names an article by its content, so that marks stay with it wherever its file lies.
///
/// Sixteen hexadecimal digits: the 64-bit rapidhash (version 3, fixed seed, the same on every
/// machine) of the article's bytes. Two files with the same bytes have the same id, as they hold the
/// same article.
///
/// ```
/// use newsstand::article::ArticleId;
///
/// let id = ArticleId::of(b"Musk invites Putin");
/// assert_eq!(id.to_string().len(), 16);
/// assert_eq!(id.to_string().parse(), Ok(id));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ArticleId(pub u64);

impl ArticleId {
    /// The id of the article with these bytes.
    pub fn of(bytes: &[u8]) -> ArticleId {
        ArticleId(rapidhash::v3::rapidhash_v3(bytes))
    }

    /// The ids that begin with `prefix`, from the first to the last, or `None` when it is no prefix
    /// of an id: people type the first few digits.
    pub fn starting_with(prefix: &str) -> Option<std::ops::RangeInclusive<u64>> {
        if prefix.is_empty() || prefix.len() > 16 || !prefix.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let value = u64::from_str_radix(prefix, 16).ok()?;
        let free = 4 * (16 - prefix.len() as u32);
        let first = value.checked_shl(free).unwrap_or(0);
        Some(first..=first | 1u64.checked_shl(free).map_or(u64::MAX, |size| size - 1))
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl FromStr for ArticleId {
    type Err = std::num::ParseIntError;
    fn from_str(digits: &str) -> Result<ArticleId, Self::Err> {
        u64::from_str_radix(digits, 16).map(ArticleId)
    }
}

impl Serialize for ArticleId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ArticleId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<ArticleId, D::Error> {
        let digits = String::deserialize(deserializer)?;
        digits.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_prefix_names_a_range() {
        assert_eq!(ArticleId::starting_with("ff"), Some(0xff00_0000_0000_0000..=u64::MAX));
        assert_eq!(ArticleId::starting_with("0123456789abcdef"), Some(0x0123_4567_89ab_cdef..=0x0123_4567_89ab_cdef));
        for no_prefix in ["", "musk", "0123456789abcdef0", "+1"] {
            assert_eq!(ArticleId::starting_with(no_prefix), None, "{no_prefix}");
        }
    }
}
