//! Analysis: text to what is looked for, by the rules of each article's language.

pub(crate) mod asked;
pub(crate) mod forms;
pub(crate) mod scripts;
pub(crate) mod spelling;
pub(crate) mod splits;
pub(crate) mod stems;
pub(crate) mod terms;
pub(crate) mod units;

/// The version of everything in this module, which changes whenever the same text would give other
/// tokens. An index made by another is made anew.
///
/// The second half is the version of the stemmers; they may change with any update.
pub(crate) const ANALYSER_VERSION: &str = "4+frostem-1.20260821.8";

#[cfg(test)]
mod tests {
    #[test]
    fn the_version_names_the_stemmers_in_use() {
        let lock = include_str!("../../../Cargo.lock");
        let at = lock.find("name = \"frostem\"\nversion = \"").expect("frostem is a dependency");
        let version = lock[at..].split('"').nth(3).expect("a version in quotes");
        assert!(super::ANALYSER_VERSION.ends_with(&format!("+frostem-{version}")), "{version}");
    }
}
