//! Where a word may be two that are written as one.

use super::stems::SHORTEST_PART;

/// The places where a word may be two: each long enough, or where letters and digits meet.
pub(crate) fn splits(word: &str) -> impl Iterator<Item = (&str, &str)> {
    let count = word.chars().count();
    let places = word.char_indices().zip(word.chars().skip(1)).enumerate();
    places.filter_map(move |(at, ((start, c), next))| {
        let letters = at + 1;
        let long = letters >= SHORTEST_PART && count - letters >= SHORTEST_PART;
        let mixed = c.is_alphabetic() != next.is_alphabetic() && letters > 1;
        (long || mixed).then(|| word.split_at(start + c.len_utf8()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(word: &str, expected: &str) {
        let found: Vec<String> = splits(word).map(|(first, last)| format!("{first}-{last}")).collect();
        assert_eq!(found.join(" "), expected);
    }

    #[test]
    fn words_are_split_into_long_parts() {
        check("teilnehmer", "teil-nehmer teiln-ehmer teilne-hmer");
        check("überfall", "über-fall");
        check("website", "");
        check("covid19", "covid-19");
        check("x1", "");
        check("", "");
    }
}
