//! Two orders as one.

use std::ops::Range;
use std::sync::Arc;

use super::limits::{Answer, Outcome};
use super::order::Order;
use super::row::Row;
use crate::article::ArticleId;

/// The articles of one order, and below them those of another that has none of these.
#[derive(Clone, Debug)]
pub struct Joined {
    above: Arc<dyn Order>,
    below: Arc<dyn Order>,
}

impl Joined {
    /// `above`, and `below` it.
    pub fn new(above: Arc<dyn Order>, below: Arc<dyn Order>) -> Joined {
        Joined { above, below }
    }

    /// What both have at these places of the whole.
    fn both<T>(
        &self,
        places: Range<usize>,
        read: impl Fn(&dyn Order, Range<usize>) -> Outcome<Vec<T>>,
    ) -> Outcome<Vec<T>> {
        let above = self.above.len();
        let first = places.start.min(above)..places.end.min(above);
        let second = places.start.saturating_sub(above)..places.end.saturating_sub(above);
        let Some(Answer { mut value, mut limits }) = read(&*self.above, first)? else { return Ok(None) };
        if !second.is_empty() {
            let Some(rest) = read(&*self.below, second)? else { return Ok(None) };
            value.extend(rest.value);
            limits = limits.and(&rest.limits);
        }
        Ok(Some(Answer { value, limits }))
    }
}

impl Order for Joined {
    fn len(&self) -> usize {
        self.above.len() + self.below.len()
    }

    fn rows(&self, places: Range<usize>, cancelled: &dyn Fn() -> bool) -> Outcome<Vec<Row>> {
        self.both(places, |order, places| order.rows(places, cancelled))
    }

    fn ids(&self, places: Range<usize>, cancelled: &dyn Fn() -> bool) -> Outcome<Vec<ArticleId>> {
        self.both(places, |order, places| order.ids(places, cancelled))
    }

    fn place_of(&self, id: ArticleId, cancelled: &dyn Fn() -> bool) -> Outcome<Option<usize>> {
        let Some(above) = self.above.place_of(id, cancelled)? else { return Ok(None) };
        if above.value.is_some() {
            return Ok(Some(above));
        }
        let below = self.below.place_of(id, cancelled)?;
        Ok(below.map(|below| below.map(|place| place.map(|place| place + self.above.len()))))
    }
}
