//! gzip and Zstandard: files that were packed, read as what is in them.
//!
//! Nobody can jump into the middle of a packed file. To read one article again, everything before
//! it is unpacked and passed over: a tenth of a second for each 30 MB or so.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::rc::Rc;

use flate2::bufread::MultiGzDecoder;
use zstd::stream::read::Decoder as ZstandardDecoder;

/// How a file may be packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// gzip, also in many members one after the other.
    Gzip,
    /// Zstandard, also in many frames.
    Zstandard,
}

/// The extensions that packed files have behind that of their format, in lower case.
const EXTENSIONS: &[&str] = &["gz", "gzip", "zst", "zstd"];

/// A file may unpack to this many bytes whatever its size …
const ROOM: u64 = 256 << 20;

/// … and to this many more for each of its own. Text packs to a tenth of its length, text that
/// repeats itself to a hundredth; only what was made to fill a disk packs better.
const MOST: u64 = 500;

/// How much memory unpacking may take, as a power of two: as much as `zstd` takes without being asked.
const WINDOW: u32 = 27;

impl Packing {
    /// How a file that begins with `head` is packed; `None` for one that is not.
    pub fn of(head: &[u8]) -> Option<Packing> {
        match head {
            [0x1f, 0x8b, 8, ..] => Some(Packing::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Packing::Zstandard),
            _ => None,
        }
    }

    /// What is in a packed file, read on the way.
    ///
    /// # Errors
    ///
    /// When the unpacker cannot be made; a file that is damaged, or would fill the disk, fails where
    /// that is met.
    pub fn unpack<'a>(self, packed: impl BufRead + 'a) -> io::Result<Box<dyn BufRead + 'a>> {
        let taken = Rc::new(Cell::new(0));
        let packed = Counted { packed, taken: Rc::clone(&taken) };
        let inner: Box<dyn Read + 'a> = match self {
            Packing::Gzip => Box::new(MultiGzDecoder::new(packed)),
            Packing::Zstandard => {
                let mut decoder = ZstandardDecoder::with_buffer(packed)?;
                decoder.window_log_max(WINDOW)?;
                Box::new(decoder)
            }
        };
        Ok(Box::new(BufReader::with_capacity(64 << 10, Guarded { inner, taken, given: 0 })))
    }
}

/// `name` without the extension of a packed file: `dump.jsonl` for `dump.jsonl.gz`.
pub fn without_extension(name: &str) -> &str {
    let known = |extension: &str| EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension));
    match name.rsplit_once('.') {
        Some((inner, extension)) if !inner.is_empty() && known(extension) => inner,
        _ => name,
    }
}

/// The first bytes of a file, unpacked; at most `most` of them.
///
/// # Errors
///
/// When the file cannot be read.
pub fn head(file: impl Read, most: usize) -> io::Result<Vec<u8>> {
    let mut file = BufReader::with_capacity(most.clamp(4, 64 << 10), file);
    let mut head = Vec::with_capacity(most);
    let read = match Packing::of(file.fill_buf()?) {
        None => file.take(most as u64).read_to_end(&mut head),
        Some(packing) => packing.unpack(file)?.take(most as u64).read_to_end(&mut head),
    };
    match read {
        Err(error) if head.is_empty() => Err(error),
        _ => Ok(head),
    }
}

/// `reader` again, with its first bytes, at most `most`, to look at. Where it fails on the way, it does so
/// again behind what was read.
///
/// # Errors
///
/// When nothing of it can be read.
pub fn with_head<'a>(mut reader: Box<dyn BufRead + 'a>, most: usize) -> io::Result<(Vec<u8>, Box<dyn BufRead + 'a>)> {
    let mut head = Vec::new();
    let failed = (&mut reader).take(most as u64).read_to_end(&mut head).err();
    let again = Cursor::new(head.clone());
    match failed {
        Some(error) if head.is_empty() => Err(error),
        Some(error) => Ok((head, Box::new(again.chain(BufReader::with_capacity(1, Failing(Some(error))))))),
        None => Ok((head, Box::new(again.chain(reader)))),
    }
}

/// Fails, and ends then.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

/// Counts the bytes that are taken.
struct Counted<R> {
    packed: R,
    taken: Rc<Cell<u64>>,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.packed.read(buffer)?;
        self.taken.set(self.taken.get() + read as u64);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.packed.fill_buf()
    }

    fn consume(&mut self, length: usize) {
        self.taken.set(self.taken.get() + length as u64);
        self.packed.consume(length);
    }
}

/// Stops where far more comes out than any text packs to.
struct Guarded<'a> {
    inner: Box<dyn Read + 'a>,
    taken: Rc<Cell<u64>>,
    given: u64,
}

impl Read for Guarded<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer).map_err(|error| match error.kind() {
            // The words of the library are no words for a reader.
            io::ErrorKind::UnexpectedEof => io::Error::new(error.kind(), "the packed file ends too early"),
            // Behind a whole member, what is no other one belongs to nothing.
            io::ErrorKind::InvalidInput if self.given > 0 => {
                io::Error::new(io::ErrorKind::InvalidData, "something that is not packed stands behind the packed file")
            }
            io::ErrorKind::InvalidData | io::ErrorKind::InvalidInput | io::ErrorKind::Other => {
                io::Error::new(io::ErrorKind::InvalidData, "the packed file is damaged")
            }
            _ => error,
        })?;
        self.given += read as u64;
        if self.given > ROOM.saturating_add(self.taken.get().saturating_mul(MOST)) {
            let reason = "the packed file holds far more than any text packs to";
            return Err(io::Error::new(io::ErrorKind::InvalidData, reason));
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::Write;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory can be written")
    }

    fn zstandard(bytes: &[u8]) -> Vec<u8> {
        zstd::encode_all(bytes, 1).expect("memory can be written")
    }

    /// What is in `packed`, or what the reader is told.
    fn unpacked(packed: &[u8]) -> Result<Vec<u8>, String> {
        let packing = Packing::of(packed).ok_or("not packed")?;
        let mut bytes = Vec::new();
        let read = packing.unpack(packed).and_then(|mut reader| reader.read_to_end(&mut bytes));
        read.map(|_| bytes).map_err(|error| error.to_string())
    }

    #[test]
    fn packed_files_are_unpacked() {
        let text = "The harbour is closed.\n".repeat(5000);
        for pack in [gzip, zstandard] {
            assert_eq!(unpacked(&pack(text.as_bytes())).as_deref(), Ok(text.as_bytes()));
            assert_eq!(unpacked(&pack(b"")).as_deref(), Ok(&b""[..]));
            let members = [pack(b"one "), pack(b"two "), pack(b"three")].concat();
            assert_eq!(unpacked(&members).as_deref(), Ok(&b"one two three"[..]));
            assert_eq!(head(&pack(text.as_bytes())[..], 11).expect("readable"), b"The harbour");
        }
        assert_eq!(unpacked(b"The harbour").unwrap_err(), "not packed");
        assert_eq!(head(&b"The harbour"[..], 3).expect("readable"), b"The");
    }

    #[test]
    fn a_file_that_was_cut_or_damaged_says_so() {
        let text: Vec<u8> = (0..20_000u32).map(|at| (at.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        for pack in [gzip, zstandard] {
            let packed = pack(&text);
            assert_eq!(unpacked(&packed[..packed.len() / 2]).unwrap_err(), "the packed file ends too early");
            let mut damaged = packed.clone();
            let end = damaged.len() - 6;
            damaged[end] ^= 0x55;
            damaged[20] ^= 0x55;
            assert!(unpacked(&damaged).is_err());
        }
    }

    #[test]
    fn what_stands_before_the_damage_is_given() {
        let text = "The harbour is closed.\n".repeat(200);
        let read = |packed: &[u8]| {
            let inside = Packing::of(packed).expect("packed").unpack(packed).expect("an unpacker");
            let (head, mut again) = with_head(inside, 64 << 10).expect("something is read");
            let mut bytes = Vec::new();
            let error = again.read_to_end(&mut bytes).expect_err("damage").to_string();
            assert!(bytes.starts_with(&head) && text.as_bytes().starts_with(&head) && !head.is_empty());
            error
        };
        let packed = gzip(text.as_bytes());
        assert_eq!(read(&packed[..packed.len() - 9]), "the packed file ends too early");
        let behind = [&packed[..], b"garbage and more of it"].concat();
        assert_eq!(read(&behind), "something that is not packed stands behind the packed file");
    }

    #[test]
    fn a_file_that_would_fill_the_disk_is_left() {
        let bomb = zstd::encode_all(io::repeat(b' ').take(ROOM + (64 << 20)), 1).expect("memory can be written");
        assert!(bomb.len() < 100_000, "{}", bomb.len());
        let mut reader = Packing::Zstandard.unpack(&bomb[..]).expect("an unpacker");
        let error = io::copy(&mut reader, &mut io::sink()).expect_err("too much");
        assert_eq!(error.to_string(), "the packed file holds far more than any text packs to");
    }

    #[test]
    fn names_are_read_without_the_packing() {
        for (name, inner) in [
            ("dump.jsonl.gz", "dump.jsonl"),
            ("page.html.ZST", "page.html"),
            ("a.txt", "a.txt"),
            (".gz", ".gz"),
            ("gz", "gz"),
        ] {
            assert_eq!(without_extension(name), inner, "{name}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_unpacked_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200), zstandard: bool) {
            let start: &[u8] = if zstandard { b"\x28\xb5\x2f\xfd" } else { b"\x1f\x8b\x08" };
            let _ = unpacked(&[start, &bytes].concat());
        }

        #[test]
        fn changed_files_are_unpacked_or_refused(at in 0usize..1000, by in 1u8.., zstandard_: bool) {
            let text = b"The harbour is closed, and nobody knows for how long. ".repeat(9);
            let mut packed = if zstandard_ { zstandard(&text) } else { gzip(&text) };
            let at = at % packed.len();
            packed[at] ^= by;
            let _ = unpacked(&packed);
        }
    }
}
