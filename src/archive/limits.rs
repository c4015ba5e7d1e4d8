//! What an answer lacks.

use crate::error::Result;
use crate::text::Clean;

/// What an answer lacks; by default nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Limits {
    /// Where not the whole collection could be asked: how much of it was, in words (`2 of 3 shards`).
    pub partial: Option<Clean>,
    /// What of the question was not tried, in words (`some of the spellings`), as it took too much or the
    /// archive cannot do it.
    pub not_tried: Vec<Clean>,
}

impl Limits {
    /// True where nothing is lacking.
    pub fn is_whole(&self) -> bool {
        self.partial.is_none() && self.not_tried.is_empty()
    }

    /// What is lacking in one of two answers that are shown together.
    pub fn and(mut self, other: &Limits) -> Limits {
        self.partial = self.partial.or_else(|| other.partial.clone());
        for what in &other.not_tried {
            if !self.not_tried.contains(what) {
                self.not_tried.push(what.clone());
            }
        }
        self
    }
}

/// An answer, and what it lacks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answer<T> {
    /// What was asked for.
    pub value: T,
    /// What it lacks.
    pub limits: Limits,
}

impl<T> Answer<T> {
    /// An answer that lacks nothing.
    pub fn whole(value: T) -> Answer<T> {
        Answer { value, limits: Limits::default() }
    }

    /// Another answer made of this one, which lacks the same.
    pub fn map<U>(self, make: impl FnOnce(T) -> U) -> Answer<U> {
        Answer { value: make(self.value), limits: self.limits }
    }
}

/// What comes of a question; `None` when it was given up because nobody waits for it.
pub type Outcome<T> = Result<Option<Answer<T>>>;

/// The answer to a question that nobody gives up.
///
/// # Panics
///
/// Where it was given up all the same, which is against the contract.
pub fn told<T>(outcome: Option<T>) -> T {
    outcome.expect("a question that nobody gives up has an answer")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_of_two_answers_lacks_both_lack() {
        let lacking = |partial: Option<&str>, not_tried: &[&str]| Limits {
            partial: partial.map(Clean::new),
            not_tried: not_tried.iter().map(|what| Clean::new(what)).collect(),
        };
        assert!(Limits::default().and(&Limits::default()).is_whole());
        let both = lacking(None, &["a", "b"]).and(&lacking(Some("2 of 3 shards"), &["b", "c"]));
        assert_eq!(both, lacking(Some("2 of 3 shards"), &["a", "b", "c"]));
        assert!(!both.is_whole());
    }
}
