//! Who takes and lends pictures.

use super::WORDS;
use crate::text::fold::fold;

/// True for the name of somebody who lends pictures, folded.
pub(super) fn is_lender(folded: &str) -> bool {
    WORDS.lenders.contains(folded)
}

/// True for the contents of brackets that name a photographer, an agency or a file.
pub(super) fn is_credit(credit: &str) -> bool {
    let folded = fold(credit);
    let head = folded.split([':', '：']).next().unwrap_or_default().trim();
    let announced = credit.contains([':', '：']) && WORDS.credit.contains(head);
    let first = folded.split_whitespace().next().unwrap_or_default();
    announced
        || is_lender(folded.trim())
        || (WORDS.credit.contains(first) && folded.split_whitespace().count() > 1)
        || folded.split(['/', ',', ';', '-', '|']).any(|part| is_lender(part.trim()))
}
