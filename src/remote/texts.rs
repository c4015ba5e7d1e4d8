//! The texts of articles, which the cluster keeps.

use std::collections::VecDeque;
use std::sync::Arc;

use serde_json::Value;

use super::cluster::Cluster;
use super::document;
use super::mapping::field;
use super::question::{Hedge, Question};
use super::refusal::refusal;
use crate::archive::{TextReader, Texts};
use crate::article::{Article, ArticleId, Origin};
use crate::error::{Error, Result};
use crate::net::Method;

/// How many articles stay at hand: with every letter that is typed, most of those that are listed are quoted
/// again.
const AT_HAND: usize = 48;
/// More bytes of one article are not taken.
const LARGEST: u64 = 64 << 20;

/// The texts of the articles of a cluster.
#[derive(Clone)]
pub(crate) struct RemoteTexts(pub Cluster);

impl Texts for RemoteTexts {
    fn reader(&self) -> Box<dyn TextReader> {
        Box::new(RemoteReader { cluster: self.0.clone(), at_hand: VecDeque::new() })
    }
}

struct RemoteReader {
    cluster: Cluster,
    /// The articles that were read last, the newest at the end.
    at_hand: VecDeque<Arc<Article>>,
}

impl TextReader for RemoteReader {
    fn article(&mut self, id: ArticleId, _: &Origin) -> Result<Arc<Article>> {
        if let Some(at) = self.at_hand.iter().position(|article| article.id == id)
            && let Some(known) = self.at_hand.remove(at)
        {
            self.at_hand.push_back(known.clone());
            return Ok(known);
        }
        let path = format!("/{}/_doc/{id}?_source_includes={},{}", self.cluster.index(), field::ROW, field::TEXT);
        let question = Question { most: LARGEST, hedge: Hedge::Again, ..Question::plain(Method::Get, path) };
        let reply = self.cluster.try_ask(&question, &|| false).map_err(|failure| self.cluster.failed(&failure))?;
        let reply = reply.ok_or_else(|| self.cluster.error("nobody answers"))?;
        let said: Option<Value> = reply.json().ok();
        let gone = || Error::NotFound(format!("{id}: the cluster does not have this article any more"));
        match (reply.status, said) {
            (404, _) => Err(gone()),
            (200, Some(said)) => {
                let article = document::article(id, &said["_source"]);
                let article =
                    article.ok_or_else(|| self.cluster.error(format!("the article {id} is damaged there")))?;
                let article = Arc::new(article);
                if self.at_hand.len() >= AT_HAND {
                    self.at_hand.pop_front();
                }
                self.at_hand.push_back(article.clone());
                Ok(article)
            }
            _ => Err(self.cluster.error(refusal(&reply, self.cluster.index()))),
        }
    }

    fn trusts_openings(&mut self) -> bool {
        true
    }
}
