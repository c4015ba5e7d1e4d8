//! How much work the reading of a line is, counted where tests look at it: a clock would tell more of the
//! machine than of the line.

#[cfg(test)]
use std::cell::Cell;

#[cfg(test)]
thread_local! {
    static STEPS: Cell<usize> = const { Cell::new(0) };
}

/// Notes so many steps: characters and tokens looked at, nodes and values moved.
#[inline]
pub(super) fn count(steps: usize) {
    #[cfg(test)]
    STEPS.with(|all| all.set(all.get() + steps));
    #[cfg(not(test))]
    let _ = steps;
}

/// How many steps `run` takes.
#[cfg(test)]
pub(super) fn of<T>(run: impl FnOnce() -> T) -> usize {
    let before = STEPS.with(Cell::get);
    run();
    STEPS.with(Cell::get) - before
}
