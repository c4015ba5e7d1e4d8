//! Writing a pile into an index on a cluster.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};

use super::bulk::{Packed, Sender, Told};
use super::collection::RemoteCollection;
use super::document::{Documents, Provenance, hex};
use super::ledger::Ledger;
use super::mapping::field;
use super::question::{Hedge, Question};
use super::refusal::refusal;
use crate::archive::{Archive, Collection, Compounds, FileKey, Intake, LostArticle, Marker, Share, Tray, Writer};
use crate::article::Article;
use crate::error::{Error, Result};
use crate::net::Method;
use crate::query::Query;

/// So many bytes go together.
const TOGETHER: usize = 4 << 20;
/// So many bytes may wait to be sent, or be on their way.
const WAITING: usize = 48 << 20;
/// The articles of so many files are removed with one question.
const REMOVED_TOGETHER: usize = 200;

/// So long the cluster may take nothing: a node that is started again is back in less.
const PATIENCE: Duration = Duration::from_secs(180);

/// How a pile is written.
#[derive(Clone, Debug, Default)]
pub struct Filling {
    /// The folder of the ledgers, in which it is kept what has been written.
    pub ledgers: PathBuf,
    /// Names the pile that is written.
    pub pile: u64,
    /// Whether the articles of files that are gone are removed.
    pub delete_gone: bool,
    /// Whether nothing is written, and only told what would be.
    pub dry_run: bool,
    /// How long the cluster may take nothing before that is given up; three minutes where nothing else is said.
    pub patience: Option<Duration>,
}

/// A collection on a cluster, with what writes a pile into it.
pub struct RemoteIntake {
    collection: RemoteCollection,
    filling: Filling,
    /// The folder of its ledger.
    folder: PathBuf,
    ledger: Arc<Mutex<Ledger>>,
    told: Arc<Told>,
}

impl RemoteIntake {
    /// What writes into `collection` as `filling` says.
    ///
    /// # Errors
    ///
    /// [`Error::Server`] when nobody answers, and when the ledger cannot be read.
    pub fn new(collection: RemoteCollection, filling: Filling) -> Result<RemoteIntake> {
        let cluster = collection.cluster();
        let path = format!("/{}/_settings/index.uuid", cluster.index());
        let name = match filling.dry_run && !collection.exists()? {
            true => String::new(),
            false => {
                let reply = cluster.ask(&Question::plain(Method::Get, path), &|| false)?;
                let said: Value = reply.and_then(|reply| reply.json().ok()).unwrap_or_default();
                let index = said.as_object().and_then(|indexes| indexes.values().next()).cloned().unwrap_or_default();
                let name = index["settings"]["index"]["uuid"].as_str();
                name.ok_or_else(|| cluster.error("the server does not tell which index it is"))?.to_owned()
            }
        };
        // A name of the server's is not taken for a path.
        let plain: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect();
        let folder = filling.ledgers.join(format!("{plain}.{:016x}", filling.pile));
        let ledger = Ledger::open(&folder, &name).map_err(|error| unusable(&folder, &error))?;
        Ok(RemoteIntake { collection, filling, folder, ledger: Arc::new(Mutex::new(ledger)), told: Arc::default() })
    }

    /// What has been written so far.
    pub fn told(&self) -> Arc<Told> {
        self.told.clone()
    }
}

/// A ledger that cannot be used.
fn unusable(path: &Path, error: &std::io::Error) -> Error {
    let reason = format!("what was written cannot be noted: {error}");
    Error::Server { address: path.display().to_string(), reason }
}

impl Collection for RemoteIntake {
    fn archive(&self) -> Result<Arc<dyn Archive>> {
        self.collection.archive()
    }

    fn intake(&self) -> Option<&dyn Intake> {
        Some(self)
    }

    fn folder(&self) -> Option<&Path> {
        Some(&*self.folder).filter(|_| !self.filling.dry_run)
    }

    fn marker(&self, query: &Query, forgiven: bool, compounds: Arc<Compounds>) -> Arc<dyn Marker> {
        self.collection.marker(query, forgiven, compounds)
    }

    fn check(&self) -> Result<Vec<PathBuf>> {
        self.collection.check()
    }
}

impl Intake for RemoteIntake {
    fn files(&self) -> Result<HashMap<FileKey, u64>> {
        Ok(locked(&self.ledger).files().clone())
    }

    fn note(&self) -> Result<Option<String>> {
        Ok(locked(&self.ledger).note().map(str::to_owned))
    }

    fn writer(&self, _: usize) -> Result<Option<Box<dyn Writer>>> {
        if !self.filling.dry_run {
            let locked = locked(&self.ledger).lock().map_err(|error| unusable(&self.folder, &error))?;
            if !locked {
                return Ok(None);
            }
        }
        Ok(Some(Box::new(RemoteWriter {
            name: locked(&self.ledger).name().to_owned(),
            sender: Sender::new(
                self.collection.cluster().clone(),
                self.told.clone(),
                self.filling.patience.unwrap_or(PATIENCE),
            ),
            collection: self.collection.clone(),
            dry_run: self.filling.dry_run,
            folder: self.folder.clone(),
            ledger: self.ledger.clone(),
            told: self.told.clone(),
            added: SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis() as i64,
            documents: Mutex::default(),
            gathered: Mutex::default(),
            changed: Mutex::default(),
            tray: Tray::new(WAITING),
        })))
    }

    fn keeps_gone(&self) -> bool {
        !self.filling.delete_gone
    }
}

/// Writes articles into an index on a cluster.
struct RemoteWriter {
    /// What its articles carry.
    name: String,
    collection: RemoteCollection,
    dry_run: bool,
    /// The folder of its ledger.
    folder: PathBuf,
    ledger: Arc<Mutex<Ledger>>,
    told: Arc<Told>,
    sender: Sender,
    /// Milliseconds since 1970.
    added: i64,
    /// Those that are not in use: each remembers the words it met.
    documents: Mutex<Vec<Documents>>,
    gathered: Mutex<Gathered>,
    changed: Mutex<Changed>,
    tray: Tray,
}

#[derive(Default)]
struct Gathered {
    batch: Vec<Packed>,
    shares: Vec<Share>,
    bytes: usize,
}

/// What has changed since the last commit.
#[derive(Default)]
struct Changed {
    added: HashMap<FileKey, u64>,
    removed: HashSet<FileKey>,
}

impl RemoteWriter {
    /// Sends what is gathered, where it is enough or everything is wanted.
    fn send(&self, everything: bool) -> Result<()> {
        let Gathered { batch, shares, .. } = {
            let mut gathered = locked(&self.gathered);
            if gathered.bytes < TOGETHER && !everything {
                return Ok(());
            }
            std::mem::take(&mut *gathered)
        };
        match self.dry_run {
            true => Ok(()),
            false => self.sender.send(batch, shares),
        }
    }

    /// Removes the articles of files that were removed or read anew, as they were before.
    fn remove(&self, changed: &Changed) -> Result<()> {
        let cluster = self.collection.cluster();
        let removed: Vec<FileKey> = changed.removed.iter().copied().collect();
        if removed.is_empty() {
            return Ok(());
        }
        // What was written last is found by it only when it can be searched.
        self.refresh()?;
        for files in removed.chunks(REMOVED_TOGETHER) {
            let each = files.iter().map(|file| {
                let now = changed.added.get(file).map(|stamp| json!({ "term": { field::STAMP: hex(*stamp) } }));
                json!({ "bool": {
                    "filter": [{ "term": { field::FILE: hex(file.0) } }], "must_not": now.into_iter().collect::<Vec<_>>(),
                } })
            });
            let each: Vec<Value> = each.collect();
            let query = json!({ "query": { "bool": {
                "filter": [
                    { "term": { field::LEDGER: self.name } },
                    { "bool": { "should": each, "minimum_should_match": 1 } },
                ],
            } } });
            let path = format!("/{}/_delete_by_query?conflicts=proceed&refresh=true", cluster.index());
            let question = Question::reading(path, &query);
            let question = Question { patience: Duration::from_secs(600), hedge: Hedge::Wait, ..question };
            let reply = cluster.ask(&question, &|| false)?.ok_or_else(|| cluster.error("nobody answers"))?;
            let said: Value = reply.json().map_err(|failure| cluster.failed(&failure))?;
            if said["failures"].as_array().is_some_and(|failures| !failures.is_empty()) {
                return Err(cluster.error("not all articles of files that have changed could be removed; try again"));
            }
            self.told.removed.fetch_add(said["deleted"].as_u64().unwrap_or(0), Ordering::Relaxed);
        }
        Ok(())
    }

    fn refresh(&self) -> Result<()> {
        let cluster = self.collection.cluster();
        let question = Question::plain(Method::Post, format!("/{}/_refresh", cluster.index()));
        let question = Question { patience: Duration::from_secs(120), ..question };
        let reply = cluster.try_ask(&question, &|| false).map_err(|failure| cluster.failed(&failure))?;
        match reply {
            Some(reply) if reply.status == 200 => Ok(()),
            // Whoever may only write has to wait until the server does it by itself, a second later.
            Some(reply) if reply.status == 403 => Ok(()),
            Some(reply) => Err(cluster.error(refusal(&reply, cluster.index()))),
            None => Ok(()),
        }
    }
}

impl Writer for RemoteWriter {
    fn add(&self, file: FileKey, stamp: u64, article: Article) -> Result<()> {
        let mut documents = locked(&self.documents).pop().unwrap_or_default();
        let from = Provenance { ledger: &self.name, file, stamp, added: self.added };
        let document = documents.document(&article, from).to_string().into_bytes();
        locked(&self.documents).push(documents);
        let size = document.len() + 100;
        self.told.bytes.fetch_add(if self.dry_run { size as u64 } else { 0 }, Ordering::Relaxed);
        {
            let mut changed = locked(&self.changed);
            let known = changed.added.entry(file).or_insert(stamp);
            *known = stamp.max(*known);
        }
        if self.dry_run {
            self.told.written.fetch_add(1, Ordering::Relaxed);
            return Ok(());
        }
        let path = article.origin.path.display().to_string();
        let share = match self.tray.try_share(size) {
            Some(share) => share,
            None => {
                // What is gathered is a part of what there is no room beside.
                self.send(true)?;
                self.tray.share(size)
            }
        };
        {
            let mut gathered = locked(&self.gathered);
            gathered.batch.push(Packed { id: article.id, file, path, document });
            gathered.shares.push(share);
            gathered.bytes += size;
        }
        self.send(false)
    }

    fn take_lost(&self) -> Vec<LostArticle> {
        Vec::new()
    }

    fn remove_file(&self, file: FileKey) {
        let mut changed = locked(&self.changed);
        changed.added.remove(&file);
        changed.removed.insert(file);
    }

    fn hand_on_all(&self) -> Result<()> {
        self.send(true)
    }

    fn commit(&mut self, note: &str) -> Result<()> {
        self.send(true)?;
        if self.dry_run {
            return Ok(());
        }
        let refused = self.sender.land()?;
        let mut changed = std::mem::take(&mut *locked(&self.changed));
        self.remove(&changed)?;
        // A file of which something was refused is tried again the next time.
        changed.added.retain(|file, _| !refused.contains(file));
        let removed: Vec<FileKey> =
            changed.removed.iter().filter(|file| !changed.added.contains_key(file)).copied().collect();
        let noted = locked(&self.ledger).commit(&changed.added, &removed, note);
        noted.map_err(|error| unusable(&self.folder, &error))
    }

    fn finish(mut self: Box<Self>, note: &str) -> Result<()> {
        self.commit(note)?;
        if !self.dry_run {
            self.refresh()?;
        }
        Ok(())
    }
}

impl Drop for RemoteWriter {
    fn drop(&mut self) {
        locked(&self.ledger).unlock();
    }
}

fn locked<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}
