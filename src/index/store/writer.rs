//! Writing the index.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::indexer::UserOperation;
use tantivy::schema::document::Document;
use tantivy::{IndexWriter as EngineWriter, TantivyDocument, Term};

use super::schema::Fields;
use crate::Result;
use crate::archive::{FileKey, LostArticle, Share, Tray, Writer};
use crate::article::{Article, LanguageTag, Paragraph};
use crate::index::analysis::terms::Analyser;
use crate::index::store::engine::{IndexFolder, caught};

/// How many bytes of articles may wait for the engine, which by itself would let ten thousand wait.
const WAITING: usize = 8 << 20;
/// How many bytes of articles of one language go to the engine together.
const TOGETHER: usize = 1 << 20;
/// How many bytes of articles of all languages may wait until there are so many of theirs.
const GATHERING: usize = 12 << 20;
/// How many words the analysers that are not in use may remember together, in about 70 bytes each.
const REMEMBERED: usize = 400_000;

/// The one that may change the index. There is one at a time over all processes.
///
/// See [`Writer`] for what it does.
pub(crate) struct IndexWriter {
    writer: EngineWriter<Entry>,
    fields: Fields,
    place: IndexFolder,
    /// The analysers that are not in use, each with the language it has met last.
    analysers: Mutex<Vec<(Option<LanguageTag>, Analyser)>>,
    gathered: Mutex<Gathered>,
    lost: Mutex<Vec<LostArticle>>,
    tray: Tray,
}

/// Articles that wait until they can go to the engine with others of their language.
///
/// What stands together in the index is written together: words of one language are found sooner in
/// tables of words when no other language comes between, their articles have numbers near each
/// other, which are short, and rows of one language are compressed better.
#[derive(Default)]
struct Gathered {
    languages: BTreeMap<Option<LanguageTag>, Batch>,
    bytes: usize,
}

/// Articles of one language.
#[derive(Default)]
struct Batch {
    articles: Vec<Waiting>,
    bytes: usize,
}

/// Makes something of each article; those at which that panics are lost, and told.
fn each_caught<T>(articles: Vec<Waiting>, mut make: impl FnMut(&Waiting) -> T) -> (Vec<T>, Vec<LostArticle>) {
    let mut made = Vec::with_capacity(articles.len());
    let mut lost = Vec::new();
    for waiting in articles {
        match crate::error::caught(|| make(&waiting)) {
            Ok(one) => made.push(one),
            Err(words) => {
                let Waiting { file, stamp, article } = waiting;
                tracing::error!("{}: {words}", article.origin.path.display());
                lost.push(LostArticle { file, stamp, path: article.origin.path });
            }
        }
    }
    (made, lost)
}

/// An article that waits.
struct Waiting {
    file: FileKey,
    stamp: u64,
    article: Article,
}

impl Gathered {
    /// Adds an article, and returns those that shall go to the engine now.
    fn add(&mut self, waiting: Waiting) -> Option<(Option<LanguageTag>, Batch)> {
        let (language, bytes) = (waiting.article.language.tag, size(&waiting.article));
        let batch = self.languages.entry(language).or_default();
        batch.articles.push(waiting);
        batch.bytes += bytes;
        self.bytes += bytes;
        let language = match batch.bytes >= TOGETHER {
            true => language,
            false if self.bytes >= GATHERING => {
                let most = self.languages.iter().max_by_key(|(_, batch)| batch.bytes);
                most.map_or(language, |(language, _)| *language)
            }
            false => return None,
        };
        self.take(language)
    }

    /// The articles of a language.
    fn take(&mut self, language: Option<LanguageTag>) -> Option<(Option<LanguageTag>, Batch)> {
        let (language, batch) = self.languages.remove_entry(&language)?;
        self.bytes -= batch.bytes;
        Some((language, batch))
    }

    /// The articles of some language.
    fn take_any(&mut self) -> Option<(Option<LanguageTag>, Batch)> {
        let language = *self.languages.keys().next()?;
        self.take(language)
    }
}

/// About how many bytes of memory an article takes.
fn size(article: &Article) -> usize {
    let paragraph = |paragraph: &Paragraph| paragraph.text.len() + size_of::<Paragraph>();
    article.body.iter().map(paragraph).sum::<usize>() + 2 * size_of::<Article>()
}

/// An article on its way into the engine.
pub(crate) struct Entry {
    document: TantivyDocument,
    /// The families of the words of all articles that came with it.
    pub(crate) families: Arc<str>,
    /// Given back when the engine has taken in all articles that came with it.
    _share: Arc<Share>,
}

impl Document for Entry {
    type Value<'a> = <TantivyDocument as Document>::Value<'a>;
    type FieldsValuesIter<'a> = <TantivyDocument as Document>::FieldsValuesIter<'a>;

    fn iter_fields_and_values(&self) -> Self::FieldsValuesIter<'_> {
        self.document.iter_fields_and_values()
    }
}

impl IndexWriter {
    pub(crate) fn new(writer: EngineWriter<Entry>, fields: Fields, place: IndexFolder) -> IndexWriter {
        let tray = Tray::new(WAITING);
        IndexWriter {
            writer,
            fields,
            place,
            analysers: Mutex::default(),
            gathered: Mutex::default(),
            lost: Mutex::default(),
            tray,
        }
    }

    /// Gives articles of a language to the engine.
    fn hand_on(&self, language: Option<LanguageTag>, batch: Batch) -> Result<()> {
        if batch.articles.is_empty() {
            return Ok(());
        }
        let mut analyser = self.analyser(language);
        let mut bytes = 0;
        let (documents, lost) = each_caught(batch.articles, |Waiting { file, stamp, article }| {
            let (document, size) = self.fields.document(*file, *stamp, article, &mut analyser);
            bytes += size;
            document
        });
        if !lost.is_empty() {
            locked(&self.lost).extend(lost);
        }
        let families: Arc<str> = analyser.take_families().into();
        self.put_back(language, analyser);
        let share = Arc::new(self.tray.share(bytes + families.len()));
        let entry =
            |document| UserOperation::Add(Entry { document, families: families.clone(), _share: share.clone() });
        let operations: Vec<UserOperation<Entry>> = documents.into_iter().map(entry).collect();
        drop(share);
        caught(&self.place, || self.writer.run(operations).map(drop))
    }

    /// An analyser that knows the words of a language, where there is one.
    fn analyser(&self, language: Option<LanguageTag>) -> Analyser {
        let mut analysers = locked(&self.analysers);
        let known = analysers.iter().position(|(of, _)| *of == language);
        known.map(|at| analysers.remove(at).1).unwrap_or_default()
    }

    /// Keeps an analyser for the next articles of its language, and lets go of those not used for
    /// longest when they remember too much.
    fn put_back(&self, language: Option<LanguageTag>, analyser: Analyser) {
        let mut analysers = locked(&self.analysers);
        analysers.push((language, analyser));
        let mut remembered: usize = analysers.iter().map(|(_, analyser)| analyser.remembered()).sum();
        while remembered > REMEMBERED && analysers.len() > 1 {
            remembered -= analysers.remove(0).1.remembered();
        }
    }
}

impl Writer for IndexWriter {
    fn add(&self, file: FileKey, stamp: u64, article: Article) -> Result<()> {
        let batch = locked(&self.gathered).add(Waiting { file, stamp, article });
        batch.map_or(Ok(()), |(language, batch)| self.hand_on(language, batch))
    }

    fn take_lost(&self) -> Vec<LostArticle> {
        std::mem::take(&mut *locked(&self.lost))
    }

    fn remove_file(&self, file: FileKey) {
        for batch in locked(&self.gathered).languages.values_mut() {
            batch.articles.retain(|waiting| waiting.file != file);
        }
        self.writer.delete_term(Term::from_field_u64(self.fields.file, file.0));
    }

    fn commit(&mut self, note: &str) -> Result<()> {
        self.hand_on_all()?;
        caught(&self.place, || {
            let mut commit = self.writer.prepare_commit()?;
            commit.set_payload(note);
            commit.commit().map(drop)
        })
    }

    fn hand_on_all(&self) -> Result<()> {
        loop {
            let next = locked(&self.gathered).take_any();
            let Some((language, batch)) = next else { return Ok(()) };
            self.hand_on(language, batch)?;
        }
    }

    fn finish(mut self: Box<Self>, note: &str) -> Result<()> {
        self.commit(note)?;
        let IndexWriter { writer, place, .. } = *self;
        caught(&place, || writer.wait_merging_threads())
    }
}

/// What a lock keeps; whoever panicked with it held has left it whole.
fn locked<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::tests::article;

    /// Adds an article of about so many bytes, and tells the files of those that go to the engine.
    fn add(gathered: &mut Gathered, language: &str, file: u64, bytes: usize) -> String {
        let article = article(&("name", language, "", "Title", &"x".repeat(bytes)));
        let batch = gathered.add(Waiting { file: FileKey(file), stamp: 1, article });
        let articles = batch.map(|(_, batch)| batch.articles).unwrap_or_default();
        articles.iter().map(|waiting| waiting.file.0.to_string()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn an_article_at_which_the_program_fails_takes_no_other_with_it() {
        let waiting = |number: u64| {
            let mut article = article(&("name", "en", "", "Title", "text"));
            article.origin.path = format!("{number}.txt").into();
            Waiting { file: FileKey(number), stamp: 7, article }
        };
        let (made, lost) = each_caught((0..4).map(waiting).collect(), |waiting| {
            assert!(waiting.file.0 % 2 == 0);
            waiting.file.0
        });
        assert_eq!(made, [0, 2]);
        let told = |file: u64| LostArticle { file: FileKey(file), stamp: 7, path: format!("{file}.txt").into() };
        assert_eq!(lost, [told(1), told(3)]);
    }

    #[test]
    fn articles_of_a_language_go_together() {
        let mut gathered = Gathered::default();
        for (language, file) in [("de", 1), ("en", 2), ("", 3)] {
            assert_eq!(add(&mut gathered, language, file, 10), "");
        }
        assert_eq!(add(&mut gathered, "de", 4, TOGETHER), "1 4");
        assert_eq!(add(&mut gathered, "de", 5, 10), "");
        assert_eq!(gathered.bytes, gathered.languages.values().map(|batch| batch.bytes).sum::<usize>());
    }

    #[test]
    fn the_most_go_when_there_are_too_many_of_all_languages() {
        let mut gathered = Gathered::default();
        let codes = ["de", "en", "fr", "es", "it", "pl", "ru", "cs", "da", "nl", "fi", "sv", "pt", "ro", "tr", "hu"];
        let gone =
            codes.iter().zip(0..).map(|(code, file)| add(&mut gathered, code, file, TOGETHER * 9 / 10 - file as usize));
        let gone: Vec<String> = gone.filter(|gone| !gone.is_empty()).collect();
        assert_eq!(gone, ["0", "1", "2"]);
        assert!(gathered.bytes < GATHERING);
    }
}
