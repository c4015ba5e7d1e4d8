//! A bound on the memory of what waits to be worked on.

use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

/// Nobody waits longer than this for room: if ever nothing is taken away any more, whatever is wrong
/// shall be told by those who should have taken it, and not be a standstill here.
const PATIENCE: Duration = Duration::from_secs(10);

/// The memory that waiting work may take. Copying it is cheap.
#[derive(Clone)]
pub struct Tray(Arc<Shared>);

struct Shared {
    room: usize,
    taken: Mutex<usize>,
    freed: Condvar,
}

/// The part of it that a piece of work takes, until this is dropped.
pub struct Share {
    tray: Tray,
    bytes: usize,
}

impl Tray {
    /// Room for so many bytes.
    pub fn new(room: usize) -> Tray {
        Tray(Arc::new(Shared { room, taken: Mutex::new(0), freed: Condvar::new() }))
    }

    /// Room for so many bytes, if there is any now. What is larger than the whole tray goes alone.
    pub fn try_share(&self, bytes: usize) -> Option<Share> {
        let Shared { room, taken, .. } = &*self.0;
        let mut taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
        if *taken > 0 && *taken + bytes > *room {
            return None;
        }
        *taken += bytes;
        Some(Share { tray: self.clone(), bytes })
    }

    /// Waits until there is room for so many bytes. What is larger than the whole tray goes alone.
    pub fn share(&self, bytes: usize) -> Share {
        let Shared { room, taken, freed } = &*self.0;
        let taken = taken.lock().unwrap_or_else(PoisonError::into_inner);
        let full = |taken: &mut usize| *taken > 0 && *taken + bytes > *room;
        let waited = freed.wait_timeout_while(taken, PATIENCE, full);
        *waited.unwrap_or_else(PoisonError::into_inner).0 += bytes;
        Share { tray: self.clone(), bytes }
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let Shared { taken, freed, .. } = &*self.tray.0;
        *taken.lock().unwrap_or_else(PoisonError::into_inner) -= self.bytes;
        freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::channel;

    #[test]
    fn what_does_not_fit_waits_for_room() {
        let tray = Tray::new(10);
        let first = tray.share(6);
        let _second = tray.share(4);
        assert!(tray.try_share(1).is_none());
        let (sender, receiver) = channel();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                let third = tray.share(5);
                sender.send(()).expect("somebody listens");
                drop(third);
            });
            // It cannot have come in before the first is gone, however late it is started.
            assert!(receiver.try_recv().is_err());
            drop(first);
            assert!(receiver.recv().is_ok());
        });
    }

    #[test]
    fn what_never_fits_goes_alone() {
        let tray = Tray::new(10);
        drop(tray.share(1000));
        drop(tray.try_share(1000).expect("it is alone"));
        assert_eq!(*tray.0.taken.lock().expect("nobody panicked"), 0);
    }
}
