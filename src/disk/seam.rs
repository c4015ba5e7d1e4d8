//! Where tests stand between the program and the disk.

use std::io;

/// Something that is asked of the system when a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A folder is made.
    MakeFolder,
    /// A file is made.
    Create,
    /// Bytes are written into it.
    Write,
    /// It is told who may read it.
    Permit,
    /// Its bytes are made durable.
    Sync,
    /// It gets its name.
    Rename,
    /// Its name is made durable.
    SyncFolder,
    /// It is removed.
    Remove,
}

/// Comes before each step, and fails where a test wants the step to fail.
#[inline]
pub(super) fn before(step: Step) -> io::Result<()> {
    #[cfg(test)]
    faults::before(step)?;
    let _ = step;
    Ok(())
}

/// Makes steps fail, on the thread of the test alone.
#[cfg(test)]
pub mod faults {
    use super::Step;
    use std::cell::RefCell;
    use std::io;

    /// What becomes of the step that fails.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Fault {
        /// It fails as on a full disk, and all others succeed.
        Full,
        /// It is not done, nor is any after it: the program was killed, or the power is gone.
        Killed,
    }

    #[derive(Default)]
    struct Plan {
        fails: Option<(usize, Fault)>,
        taken: Vec<Step>,
    }

    thread_local! {
        static PLAN: RefCell<Option<Plan>> = const { RefCell::new(None) };
    }

    pub(super) fn before(step: Step) -> io::Result<()> {
        PLAN.with_borrow_mut(|plan| {
            let Some(plan) = plan else { return Ok(()) };
            let number = plan.taken.len();
            plan.taken.push(step);
            match plan.fails {
                Some((at, Fault::Full)) if at == number => Err(io::ErrorKind::StorageFull.into()),
                Some((at, Fault::Killed)) if at <= number => Err(io::Error::other("killed")),
                _ => Ok(()),
            }
        })
    }

    /// Runs something whose step of this number fails, from 0; also returns the steps that were tried.
    pub fn failing<T>(at: usize, fault: Fault, run: impl FnOnce() -> T) -> (T, Vec<Step>) {
        PLAN.set(Some(Plan { fails: Some((at, fault)), taken: Vec::new() }));
        let outcome = run();
        (outcome, PLAN.take().map(|plan| plan.taken).unwrap_or_default())
    }

    /// Runs something once for each of its steps, which fails, in both ways: `prepare` makes anew what it
    /// works on, and `check` looks at what is left.
    pub fn at_every_step<P, T>(prepare: impl Fn() -> P, run: impl Fn(&P) -> T, check: impl Fn(&P, T, Fault, &[Step])) {
        for fault in [Fault::Full, Fault::Killed] {
            for at in 0.. {
                let prepared = prepare();
                let (outcome, steps) = failing(at, fault, || run(&prepared));
                if at >= steps.len() {
                    break;
                }
                check(&prepared, outcome, fault, &steps[..=at]);
            }
        }
    }
}
