//! The order of titles.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::Searcher;

use crate::index::store::schema::column;

/// The place of each title among the titles of all segments.
pub(crate) struct TitleRanks(Vec<Vec<u32>>);

impl TitleRanks {
    /// Merges the titles of the segments, each of which holds its own in order.
    pub(crate) fn of(searcher: &Searcher) -> tantivy::Result<TitleRanks> {
        let mut titles = Vec::new();
        for segment in searcher.segment_readers() {
            titles.push(segment.fast_fields().str(column::TITLE_KEY)?);
        }
        let mut ranks = vec![Vec::new(); titles.len()];
        let mut streams = Vec::new();
        let mut next = BinaryHeap::new();
        for (at, titles) in titles.iter().enumerate() {
            let Some(titles) = titles else { continue };
            let mut stream = titles.dictionary().stream()?;
            ranks[at].reserve(titles.num_terms());
            if stream.advance() {
                next.push(Reverse((stream.key().to_vec(), at, streams.len())));
            }
            streams.push(stream);
        }
        let mut rank = 0;
        let mut last: Vec<u8> = Vec::new();
        while let Some(Reverse((title, at, stream))) = next.pop() {
            if title != last {
                rank += 1;
                last.clone_from(&title);
            }
            // Articles without any letter in the title come last.
            ranks[at].push(if title.is_empty() { u32::MAX } else { rank });
            if streams[stream].advance() {
                next.push(Reverse((streams[stream].key().to_vec(), at, stream)));
            }
        }
        Ok(TitleRanks(ranks))
    }

    /// The places of a segment's titles, by their number in it.
    pub(crate) fn of_segment(&self, at: usize) -> &[u32] {
        self.0.get(at).map_or(&[], Vec::as_slice)
    }
}
