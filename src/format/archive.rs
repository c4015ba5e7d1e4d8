//! ZIP and tar: files that hold files. Here is how they are laid out; who has the disk reads them.
//!
//! Names of members are words: nothing is ever written where they point to.

use std::io::{self, BufRead, Read, Seek, SeekFrom};

use flate2::bufread::DeflateDecoder;

use super::decode;

/// A kind of archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Archive {
    /// A list of contents at its end; each member packed by itself.
    Zip,
    /// One member after the other.
    Tar,
}

/// The extensions of archives, in lower case.
const EXTENSIONS: &[&str] = &["zip", "tar", "tgz", "tzst"];

/// What is a ZIP archive and yet one document, by the beginning of its first member's name.
const DOCUMENTS: &[&[u8]] =
    &[b"mimetype", b"[Content_Types].xml", b"_rels/", b"META-INF/", b"word/", b"xl/", b"ppt/", b"docProps/"];

/// What stands between an archive and the name of a member: `pile.zip!/2021/a.html`.
pub const WITHIN: &str = "!/";

impl Archive {
    /// What a file that begins with `head` is; `None` for what is no archive of files.
    pub fn of(head: &[u8]) -> Option<Archive> {
        if head.starts_with(b"PK\x03\x04") {
            let name = head.get(30..).unwrap_or_default();
            return (!DOCUMENTS.iter().any(|known| name.starts_with(known))).then_some(Archive::Zip);
        }
        let block = head.get(..BLOCK)?;
        Header::of(block).filter(|header| header.is_sound && block[257..].starts_with(b"ustar")).map(|_| Archive::Tar)
    }

    /// Its word.
    pub fn name(self) -> &'static str {
        match self {
            Archive::Zip => "zip",
            Archive::Tar => "tar",
        }
    }

    /// True for the extension of an archive, in any case.
    pub fn has_extension(extension: &str) -> bool {
        EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension))
    }
}

/// The name of a member as a path in its archive: forward, downward, without empty steps.
pub fn member_name(name: &str) -> String {
    let steps = name.split(['/', '\\']).filter(|step| !matches!(*step, "" | "." | ".."));
    steps.collect::<Vec<_>>().join("/")
}

/// How long the parts of a tar archive are.
pub const BLOCK: usize = 512;

/// What stands before a member of a tar archive.
#[derive(Debug, PartialEq, Eq)]
pub struct Header {
    /// Its name, perhaps cut: longer ones stand in members of their own.
    pub name: String,
    /// How many bytes it has.
    pub size: u64,
    /// What it is: `0` a file, `L` the name of the next, `x` facts about the next, others no files.
    pub kind: u8,
    /// Whether its sum is right.
    pub is_sound: bool,
}

impl Header {
    /// Reads a block; `None` for an empty one.
    pub fn of(block: &[u8]) -> Option<Header> {
        if block.len() < BLOCK || block.iter().all(|byte| *byte == 0) {
            return None;
        }
        let text = |bytes: &[u8]| {
            let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
            decode::decode(&bytes[..end], true, None).text.into_owned()
        };
        let prefix = if block[257..].starts_with(b"ustar\0") { text(&block[345..500]) } else { String::new() };
        let name = text(&block[..100]);
        let name = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        let sum = |at: usize, byte: &u8| u64::from(if (148..156).contains(&at) { b' ' } else { *byte });
        let all: u64 = block[..BLOCK].iter().enumerate().map(|(at, byte)| sum(at, byte)).sum();
        let kind = if block[156] == 0 { b'0' } else { block[156] };
        Some(Header { name, size: number(&block[124..136]), kind, is_sound: number(&block[148..156]) == all })
    }
}

/// A number in octal digits, or in bytes where it is large.
fn number(field: &[u8]) -> u64 {
    if field.first().is_some_and(|byte| byte & 0x80 != 0) {
        return field.iter().skip(1).fold(0u64, |number, byte| number.wrapping_shl(8) | u64::from(*byte));
    }
    let digits = field.iter().skip_while(|byte| **byte == b' ').take_while(|byte| (b'0'..=b'7').contains(*byte));
    digits.fold(0u64, |number, byte| number.wrapping_mul(8).wrapping_add(u64::from(byte - b'0')))
}

/// What the facts about the next member say of it: its name, and how long it is.
pub fn facts(records: &[u8]) -> (Option<String>, Option<u64>) {
    let (mut name, mut size) = (None, None);
    let mut rest = records;
    while let Some(space) = rest.iter().take(20).position(|byte| *byte == b' ') {
        let length = std::str::from_utf8(&rest[..space]).ok().and_then(|digits| digits.parse::<usize>().ok());
        let Some(record) = length.and_then(|length| rest.get(space + 1..length)) else { break };
        let record = String::from_utf8_lossy(record);
        match record.trim_end_matches('\n').split_once('=') {
            Some(("path", value)) => name = Some(value.to_owned()),
            Some(("size", value)) => size = value.parse().ok(),
            _ => {}
        }
        rest = &rest[length.unwrap_or(rest.len())..];
    }
    (name, size)
}

/// A member of a ZIP archive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Its name.
    pub name: String,
    /// How many bytes it has when unpacked, as the archive says.
    pub size: u64,
    packed: u64,
    at: u64,
    method: u16,
    is_encrypted: bool,
}

/// The members of a ZIP archive, and whether its list of contents is damaged or missing.
#[derive(Debug, Default)]
pub struct Contents {
    /// The members, in the order of the list.
    pub members: Vec<Member>,
    /// Whether there may be more.
    pub is_damaged: bool,
}

/// An archive has no more members that are read.
const MOST_MEMBERS: usize = 1_000_000;

/// Two bytes, four or eight as a number; 0 beyond the end.
fn le(bytes: &[u8], at: usize, count: usize) -> u64 {
    let bytes = bytes.get(at..at + count).unwrap_or_default();
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// The members of a ZIP archive: as its list has them, or as they lie where that is missing.
///
/// # Errors
///
/// When the archive cannot be read.
pub fn contents(archive: &mut (impl Read + Seek + ?Sized)) -> io::Result<Contents> {
    let length = archive.seek(SeekFrom::End(0))?;
    let tail = length.min(66_000);
    archive.seek(SeekFrom::Start(length - tail))?;
    let mut bytes = Vec::new();
    Read::take(&mut *archive, tail).read_to_end(&mut bytes)?;
    let end = bytes.windows(4).rposition(|four| four == b"PK\x05\x06");
    let Some(end) = end.filter(|end| bytes.len() >= end + 22) else { return walked(archive, length) };
    let (mut size, mut at) = (le(&bytes, end + 12, 4), le(&bytes, end + 16, 4));
    let mut last = length - tail + end as u64;
    // Large archives have the numbers elsewhere.
    if let Some(place) = end.checked_sub(20).filter(|place| bytes[*place..].starts_with(b"PK\x06\x07")) {
        let wide = le(&bytes, place + 8, 8);
        let mut record = [0; 56];
        archive.seek(SeekFrom::Start(wide))?;
        if archive.read_exact(&mut record).is_ok() && record.starts_with(b"PK\x06\x06") {
            (size, at, last) = (le(&record, 40, 8), le(&record, 48, 8), wide);
        }
    }
    // Something may stand before the archive, of which it knows nothing.
    let start = last.saturating_sub(size);
    let before = start.saturating_sub(at);
    if size > length || size > 512 << 20 {
        return walked(archive, length);
    }
    archive.seek(SeekFrom::Start(start))?;
    let mut list = io::BufReader::with_capacity(64 << 10, Read::take(&mut *archive, size));
    let mut found = Contents::default();
    let mut head = [0; 46];
    loop {
        if list.read_exact(&mut head).is_err() || !head.starts_with(b"PK\x01\x02") {
            found.is_damaged = !list.fill_buf().unwrap_or_default().is_empty();
            break;
        }
        let count = |at| le(&head, at, 2) as usize;
        let (name, extra, comment) = (count(28), count(30), count(32));
        let mut more = vec![0; name + extra + comment];
        if list.read_exact(&mut more).is_err() || found.members.len() >= MOST_MEMBERS {
            found.is_damaged = true;
            break;
        }
        let flags = le(&head, 8, 2);
        let mut member = Member {
            name: name_of(&more[..name], flags),
            size: le(&head, 24, 4),
            packed: le(&head, 20, 4),
            at: le(&head, 42, 4),
            method: le(&head, 10, 2) as u16,
            is_encrypted: flags & 1 != 0,
        };
        widen(&mut member, &more[name..name + extra]);
        member.at = member.at.saturating_add(before);
        found.members.push(member);
    }
    // A list that holds nothing of what is there is none.
    if found.members.is_empty() && found.is_damaged { walked(archive, length) } else { Ok(found) }
}

/// Numbers that have no room in four bytes stand behind the name.
fn widen(member: &mut Member, extra: &[u8]) {
    let mut rest = extra;
    while rest.len() >= 4 {
        let (kind, length) = (le(rest, 0, 2), le(rest, 2, 2) as usize);
        let field = rest.get(4..4 + length).unwrap_or_default();
        if kind == 1 {
            let mut at = 0;
            for number in [&mut member.size, &mut member.packed, &mut member.at] {
                if *number == u64::from(u32::MAX) && field.len() >= at + 8 {
                    *number = le(field, at, 8);
                    at += 8;
                }
            }
        }
        rest = rest.get(4 + length..).unwrap_or_default();
    }
}

fn name_of(bytes: &[u8], flags: u64) -> String {
    match std::str::from_utf8(bytes) {
        Ok(name) => name.to_owned(),
        Err(_) if flags & 0x800 != 0 => String::from_utf8_lossy(bytes).into_owned(),
        // The packers of old wrote the letters of their system.
        Err(_) => encoding_rs::IBM866.decode_without_bom_handling(bytes).0.into_owned(),
    }
}

/// The members of an archive whose end is missing, by what stands before each.
fn walked(archive: &mut (impl Read + Seek + ?Sized), length: u64) -> io::Result<Contents> {
    let mut found = Contents { members: Vec::new(), is_damaged: true };
    let mut at = 0;
    while at + 30 <= length && found.members.len() < MOST_MEMBERS {
        let mut head = [0; 30];
        archive.seek(SeekFrom::Start(at))?;
        if archive.read_exact(&mut head).is_err() || !head.starts_with(b"PK\x03\x04") {
            break;
        }
        let (name, extra) = (le(&head, 26, 2) as usize, le(&head, 28, 2) as usize);
        let mut more = vec![0; name + extra];
        if archive.read_exact(&mut more).is_err() {
            break;
        }
        let flags = le(&head, 6, 2);
        let mut member = Member {
            name: name_of(&more[..name], flags),
            size: le(&head, 22, 4),
            packed: le(&head, 18, 4),
            at,
            method: le(&head, 8, 2) as u16,
            is_encrypted: flags & 1 != 0,
        };
        widen(&mut member, &more[name..]);
        let data = at + 30 + more.len() as u64;
        // A packer that wrote to a stream did not know the length: the next member tells where this one ends.
        if flags & 8 != 0 && member.packed == 0 {
            member.packed = next_mark(archive, data)?.unwrap_or(length) - data;
            member.size = u64::MAX;
        }
        at = data.saturating_add(member.packed);
        if flags & 8 != 0 {
            at = next_header(archive, at)?.unwrap_or(length);
        }
        found.members.push(member);
    }
    Ok(found)
}

/// Where, from a place on, a member ends: before the numbers that follow it, or the next one.
fn next_mark(archive: &mut (impl Read + Seek + ?Sized), from: u64) -> io::Result<Option<u64>> {
    find(archive, from, &[b"PK\x07\x08", b"PK\x03\x04", b"PK\x01\x02"])
}

fn next_header(archive: &mut (impl Read + Seek + ?Sized), from: u64) -> io::Result<Option<u64>> {
    find(archive, from, &[b"PK\x03\x04", b"PK\x01\x02"])
}

fn find(archive: &mut (impl Read + Seek + ?Sized), from: u64, marks: &[&[u8; 4]]) -> io::Result<Option<u64>> {
    archive.seek(SeekFrom::Start(from))?;
    let (mut at, mut window) = (from, Vec::new());
    loop {
        let kept = window.len();
        let read = Read::take(&mut *archive, 64 << 10).read_to_end(&mut window)?;
        if let Some(place) = window.windows(4).position(|four| marks.iter().any(|mark| four == *mark)) {
            return Ok(Some(at + place as u64));
        }
        if read == 0 {
            return Ok(None);
        }
        let passed = (kept + read).saturating_sub(3);
        window.drain(..passed);
        at += passed as u64;
    }
}

/// What is in a member of a ZIP archive.
///
/// # Errors
///
/// When it cannot be read, or is packed in a way that is not read; the error says which.
pub fn open<'a>(archive: &'a mut (impl BufRead + Seek + ?Sized), member: &Member) -> io::Result<Box<dyn BufRead + 'a>> {
    let odd = |reason: String| io::Error::new(io::ErrorKind::Unsupported, reason);
    if member.is_encrypted {
        return Err(odd("is encrypted".to_owned()));
    }
    let mut head = [0; 30];
    archive.seek(SeekFrom::Start(member.at))?;
    archive.read_exact(&mut head)?;
    if !head.starts_with(b"PK\x03\x04") {
        return Err(io::Error::new(io::ErrorKind::InvalidData, "the archive is damaged: no such member is there"));
    }
    archive.seek(SeekFrom::Current((le(&head, 26, 2) + le(&head, 28, 2)) as i64))?;
    let packed = Read::take(archive, member.packed);
    match member.method {
        0 => Ok(Box::new(packed)),
        8 => Ok(Box::new(io::BufReader::with_capacity(64 << 10, DeflateDecoder::new(packed)))),
        93 => {
            let decoder = zstd::stream::read::Decoder::with_buffer(packed)?;
            Ok(Box::new(io::BufReader::with_capacity(64 << 10, decoder)))
        }
        method => Err(odd(format!("is packed in a way that is not read (method {method})"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::{Cursor, Write};

    /// A ZIP archive of these files, each packed.
    fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
        let (mut bytes, mut list) = (Vec::new(), Vec::new());
        for (name, text) in files {
            let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
            let packed = encoder.write_all(text.as_bytes()).and_then(|()| encoder.finish()).expect("memory");
            let at = bytes.len() as u32;
            let sizes = [(packed.len() as u32).to_le_bytes(), (text.len() as u32).to_le_bytes()].concat();
            let lengths = [(name.len() as u16).to_le_bytes(), 0u16.to_le_bytes()].concat();
            bytes.extend(
                [
                    b"PK\x03\x04\x14\0\0\x08\x08\0\0\0\0\0\0\0\0\0".as_slice(),
                    &sizes,
                    &lengths,
                    name.as_bytes(),
                    &packed,
                ]
                .concat(),
            );
            list.extend(
                [
                    b"PK\x01\x02\x14\0\x14\0\0\x08\x08\0\0\0\0\0\0\0\0\0".as_slice(),
                    &sizes,
                    &lengths,
                    &[0; 10],
                    &at.to_le_bytes(),
                    name.as_bytes(),
                ]
                .concat(),
            );
        }
        let end = [(files.len() as u16).to_le_bytes(); 2].concat();
        let place = [(list.len() as u32).to_le_bytes(), (bytes.len() as u32).to_le_bytes()].concat();
        [&bytes[..], &list, b"PK\x05\x06\0\0\0\0", &end, &place, &[0; 2]].concat()
    }

    /// The names and texts in a ZIP archive, and whether it is damaged.
    fn read(archive: &[u8]) -> (Vec<(String, String)>, bool) {
        let mut archive = Cursor::new(archive);
        let contents = contents(&mut archive).expect("memory can be read");
        let text = |member: &Member, archive: &mut Cursor<&[u8]>| {
            let mut text = String::new();
            let read = open(archive, member).and_then(|mut member| member.read_to_string(&mut text));
            read.map_or_else(|error| format!("! {error}"), |_| text)
        };
        let found = contents.members.iter().map(|member| (member.name.clone(), text(member, &mut archive)));
        (found.collect(), contents.is_damaged)
    }

    #[test]
    fn members_of_zip_are_found_by_its_list() {
        let files = [("2021/a.txt", "The harbour is closed."), ("ä.txt", "Closed.")];
        let owned: Vec<(String, String)> = files.iter().map(|(name, text)| ((*name).into(), (*text).into())).collect();
        let archive = zipped(&files);
        assert_eq!(read(&archive), (owned.clone(), false));
        assert_eq!(Archive::of(&archive), Some(Archive::Zip));
        // Behind something else, and with its end cut off.
        assert_eq!(read(&[b"#!/bin/sh\n".as_slice(), &archive].concat()), (owned.clone(), false));
        assert_eq!(read(&archive[..archive.len() - 30]), (owned, true));
        assert_eq!(Archive::of(&zipped(&[("word/document.xml", "x")])), None);
    }

    #[test]
    fn names_point_nowhere() {
        for (name, expected) in
            [("../../etc/passwd", "etc/passwd"), ("/a//b/./c", "a/b/c"), ("a\\b.txt", "a/b.txt"), ("C:\\x", "C:/x")]
        {
            assert_eq!(member_name(name), expected);
        }
    }

    #[test]
    fn facts_about_a_member_are_read() {
        assert_eq!(facts(b"nonsense 7"), (None, None));
        let records = b"20 path=2021/a1.txt\n11 size=70\n";
        assert_eq!(facts(records), (Some("2021/a1.txt".into()), Some(70)));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..300), cut in 0usize..400) {
            let _ = (read(&bytes), Archive::of(&bytes), Header::of(&bytes), facts(&bytes));
            let mut archive = zipped(&[("a.txt", "The harbour is closed."), ("b.txt", "Closed.")]);
            let at = cut % archive.len();
            archive[at] = bytes.first().copied().unwrap_or(7);
            let _ = read(&archive);
            archive.truncate(at);
            let _ = read(&archive);
        }
    }
}
