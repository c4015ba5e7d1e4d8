//! The articles of a result, read by several threads and handed on in order.

use std::ops::{ControlFlow, Range};
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::archive::{Order, Row, TextReader, Texts};
use crate::article::Article;
use crate::error::Result;

/// So many articles are read first, so that the first answers are there at once.
const FIRST: usize = 16;
/// So many articles are read at once in the end: their rows are in memory, and what was made of each.
const MOST: usize = 1024;
/// So many neighbours a thread takes at a time; they often lie beside each other in a file.
const SHARE: usize = 8;

/// Those who read the texts, one for each thread. What they read last is at hand for the next questions.
pub struct Readers {
    readers: Vec<Box<dyn TextReader>>,
}

impl Readers {
    /// So many of them.
    pub fn new(texts: &dyn Texts, threads: usize) -> Readers {
        Readers { readers: (0..threads.max(1)).map(|_| texts.reader()).collect() }
    }

    /// As many as there are cores to read with.
    pub fn for_all_cores(texts: &dyn Texts) -> Readers {
        Readers::new(texts, std::thread::available_parallelism().map_or(1, usize::from))
    }

    /// Reads the articles at these places of an order, makes something of each by `work`, and hands that on
    /// to `take` in the order of the places, until `take` breaks off. What cannot be read is handed on as the
    /// error that it is. The answer is `None` when `cancelled` said so.
    ///
    /// No more than some hundred rows are in memory, and what was made of them.
    ///
    /// # Errors
    ///
    /// As for [`Order::rows`].
    pub fn read<T: Send>(
        &mut self,
        order: &dyn Order,
        places: Range<usize>,
        cancelled: &dyn Fn() -> bool,
        work: &(dyn Fn(&Row, &Article) -> T + Sync),
        take: &mut dyn FnMut(Row, Result<T>) -> ControlFlow<()>,
    ) -> Result<Option<()>> {
        let end = places.end.min(order.len());
        let (mut next, mut size) = (places.start, FIRST);
        while next < end {
            let Some(rows) = order.rows(next..(next + size).min(end), cancelled)? else { return Ok(None) };
            let made = self.batch(&rows.value, work);
            for (row, made) in rows.value.into_iter().zip(made) {
                if take(row, made).is_break() {
                    return Ok(Some(()));
                }
            }
            if cancelled() {
                return Ok(None);
            }
            next += size;
            size = (size * 2).min(MOST);
        }
        Ok(Some(()))
    }

    /// What `work` makes of each of some articles.
    fn batch<T: Send>(&mut self, rows: &[Row], work: &(dyn Fn(&Row, &Article) -> T + Sync)) -> Vec<Result<T>> {
        let next = AtomicUsize::new(0);
        let make = |reader: &mut dyn TextReader| {
            let mut made = Vec::new();
            loop {
                let first = next.fetch_add(SHARE, Ordering::Relaxed);
                let Some(share) = rows.get(first..(first + SHARE).min(rows.len())).filter(|rows| !rows.is_empty())
                else {
                    return made;
                };
                made.extend(share.iter().zip(first..).map(|(row, at)| {
                    let article = reader.article(row.record.id, &row.origin);
                    (at, article.map(|article| work(row, &article)))
                }));
            }
        };
        let make = &make;
        let mut made: Vec<(usize, Result<T>)> = match &mut self.readers[..] {
            [reader] => make(&mut **reader),
            readers => std::thread::scope(|scope| {
                let threads: Vec<_> =
                    readers.iter_mut().map(|reader| scope.spawn(move || make(&mut **reader))).collect();
                // A panic goes on where it is waited for.
                let joined = threads.into_iter().map(|thread| match thread.join() {
                    Ok(made) => made,
                    Err(panic) => std::panic::resume_unwind(panic),
                });
                joined.flatten().collect()
            }),
        };
        made.sort_by_key(|(at, _)| *at);
        made.into_iter().map(|(_, made)| made).collect()
    }
}
