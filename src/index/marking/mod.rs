//! What a query has found in a text: [`matcher`] marks it, and [`passage`] chooses what is shown of it.

pub(crate) mod matcher;
pub(crate) mod passage;
