//! Whether the beginning of a file is still what it was.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// How many bytes are looked at in one place.
const BLOCK: u64 = 64 << 10;
/// In how many places at most: beginnings of 16 MB are looked at as a whole.
const BLOCKS: u64 = 256;

/// A hash of the first `length` bytes of a file.
///
/// Of more than 16 MB, it is that of 256 places spread evenly, the beginning and the end among them:
/// whatever moved the rest of the file is noticed, but not a change between them that kept its
/// length.
///
/// # Errors
///
/// When the file cannot be read, or is shorter.
pub fn fingerprint(path: &Path, length: u64) -> io::Result<u64> {
    let mut file = File::open(path)?;
    let mut block = vec![0; BLOCK.min(length) as usize];
    let mut hash = length;
    let last = length.div_ceil(BLOCK).clamp(1, BLOCKS) - 1;
    for at in 0..=last {
        // The last block ends where the beginning does; smaller files overlap there.
        let start = match at == last {
            true => length - block.len() as u64,
            false => (length / BLOCK).max(last) * at / last * BLOCK,
        };
        file.seek(SeekFrom::Start(start))?;
        file.read_exact(&mut block)?;
        hash = rapidhash::v3::rapidhash_v3(&[hash, rapidhash::v3::rapidhash_v3(&block)].map(u64::to_le_bytes).concat());
    }
    Ok(hash)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;

    #[test]
    fn changes_and_moves_are_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("dump");
        let of = |bytes: &[u8], length: usize| {
            fs::write(&path, bytes).expect("written");
            fingerprint(&path, length as u64).ok()
        };
        // Lengths around the borders of blocks, and one of which not everything is looked at.
        for length in [0, 1, 65_535, 65_536, 65_537, 200_000, 18 << 20] {
            let bytes: Vec<u8> = (0..length as u32).map(|at| (at % 251) as u8).collect();
            let before = of(&bytes, length);
            assert!(before.is_some());
            assert_eq!(of(&[&bytes[..], b"more"].concat(), length), before, "{length}");
            assert_eq!(of(&[b"x", &bytes[..]].concat(), length) == before, length == 0, "{length}");
            // The ninth block of the longest one is passed over.
            for at in [0, length / 2, 8 * BLOCK as usize + 7, length.saturating_sub(1)] {
                let mut other = bytes.clone();
                other.get_mut(at).into_iter().for_each(|byte| *byte = 252);
                let unseen = at >= length || length > 16 << 20 && at / BLOCK as usize == 8;
                assert_eq!(of(&other, length) == before, unseen, "{length}: {at}");
            }
        }
        assert_eq!(of(b"short", 6), None);
    }
}
