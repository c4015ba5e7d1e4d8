//! Panics of code that is not ours, or that works on what strangers wrote: caught, and told as errors.

use std::any::Any;
use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};

thread_local! {
    /// How many calls of [`caught`] this thread is in.
    static DEPTH: Cell<usize> = const { Cell::new(0) };
}

/// True when a panic of the current thread would be caught.
///
/// A panic hook that gives the terminal back, or prints, must not do so then.
pub fn panics_are_caught() -> bool {
    DEPTH.get() > 0
}

/// Runs something that may panic.
///
/// # Errors
///
/// What the panic said. Whatever `run` was changing is as it was left in the middle of it.
pub fn caught<T>(run: impl FnOnce() -> T) -> Result<T, String> {
    DEPTH.set(DEPTH.get() + 1);
    let outcome = panic::catch_unwind(AssertUnwindSafe(run));
    DEPTH.set(DEPTH.get() - 1);
    outcome.map_err(|panic| words(&*panic))
}

/// What a panic said.
fn words(panic: &(dyn Any + Send)) -> String {
    let words = panic.downcast_ref::<&str>().map(|words| (*words).to_owned());
    words.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_becomes_an_error_with_its_words() {
        assert_eq!(caught(|| 1), Ok(1));
        assert_eq!(caught(|| -> () { panic!("not {}", "this") }), Err("not this".to_owned()));
        assert_eq!(caught(|| -> () { panic!("never") }), Err("never".to_owned()));
        assert_eq!(caught(|| panic::panic_any(7)), Err(String::new()));
    }

    #[test]
    fn it_is_known_whether_a_panic_would_be_caught() {
        assert!(!panics_are_caught());
        assert_eq!(
            caught(|| (panics_are_caught(), caught(|| -> () { panic!() }).is_err(), panics_are_caught())),
            Ok((true, true, true))
        );
        assert!(!panics_are_caught());
    }
}
