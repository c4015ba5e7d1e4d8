//! How far apart two words are, in typing errors.

/// How many letters must be added, left out, replaced or swapped with their neighbour so that one
/// word becomes the other; `None` when those are more than `most`.
pub(crate) fn errors_between(one: &str, other: &str, most: u8) -> Option<u8> {
    // What differs that much in length need not be compared.
    if one.chars().count().abs_diff(other.chars().count()) > usize::from(most) {
        return None;
    }
    u8::try_from(strsim::osa_distance(one, other)).ok().filter(|errors| *errors <= most)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(one: &str, other: &str, most: u8, expected: Option<u8>) {
        assert_eq!(errors_between(one, other, most), expected, "{one} {other}");
        assert_eq!(errors_between(other, one, most), expected, "{other} {one}");
    }

    #[test]
    fn errors_are_letters_that_differ() {
        check("clubhouse", "clubhouse", 2, Some(0));
        check("clubhouse", "clubhuose", 2, Some(1));
        check("clubhouse", "clubouse", 2, Some(1));
        check("clubhouse", "klubhaus", 2, None);
        check("grün", "gran", 1, Some(1));
        check("put", "pat", 0, None);
        check("", "", 0, Some(0));
        check("", "ab", 1, None);
    }
}
