//! A file line by line, with the place of each line, and never more than one line in memory.

use std::io::{self, BufRead, Read};
use std::ops::Range;

use encoding_rs::{UTF_16BE, UTF_16LE};

use super::{Bookmark, Limits, decode};

/// Reads lines of bytes. A line break is a line feed in the encoding of the file.
pub(super) struct Lines<'a> {
    reader: &'a mut dyn BufRead,
    limits: Limits,
    breaks: Break,
    /// How far the file has been read.
    at: u64,
    number: u64,
    bytes: Vec<u8>,
}

/// A line of a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// Its number, from 1.
    pub number: u64,
    /// Its bytes without the line break and the white space around them; fewer than `range` says if
    /// it is too long.
    pub bytes: &'a [u8],
    /// Where it lies in the file.
    pub range: Range<u64>,
}

/// What a line feed looks like.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Break {
    /// One byte.
    Narrow,
    /// Two bytes, the lower first (UTF-16LE).
    Little,
    /// Two bytes, the upper first (UTF-16BE).
    Big,
}

impl<'a> Lines<'a> {
    /// The lines of a file that has not been read yet. A byte-order mark belongs to no line.
    pub fn new(reader: &'a mut dyn BufRead, limits: Limits) -> io::Result<Lines<'a>> {
        let head = reader.fill_buf()?;
        let wide = decode::utf16(head);
        let breaks = match wide {
            Some(encoding) if encoding == UTF_16LE => Break::Little,
            Some(encoding) if encoding == UTF_16BE => Break::Big,
            _ => Break::Narrow,
        };
        let mark = encoding_rs::Encoding::for_bom(head).map_or(0, |(_, length)| length);
        reader.consume(mark);
        Ok(Lines { reader, limits, breaks, at: mark as u64, number: 0, bytes: Vec::new() })
    }

    /// The lines of a file of narrow characters from a place within it. What is left of the line in
    /// which the place is comes first.
    pub fn go_on(reader: &'a mut dyn BufRead, limits: Limits, from: Bookmark) -> Lines<'a> {
        let number = from.line.saturating_sub(1);
        Lines { reader, limits, breaks: Break::Narrow, at: from.byte, number, bytes: Vec::new() }
    }

    /// The next line, or `None` at the end of the file.
    pub fn next(&mut self) -> io::Result<Option<Line<'_>>> {
        self.bytes.clear();
        let start = self.at;
        // What does not fit in memory is passed over, but its length is known.
        while !self.read_to_feed()? {
            if self.at == start {
                return Ok(None);
            }
            if self.reader.fill_buf()?.is_empty() {
                break;
            }
        }
        self.number += 1;
        let length = self.at - start;
        if length > self.limits.whole {
            self.bytes.truncate(usize::try_from(self.limits.cut).unwrap_or(usize::MAX));
            return Ok(Some(Line { number: self.number, bytes: &self.bytes, range: start..self.at }));
        }
        let bytes: &[u8] = match self.breaks {
            Break::Narrow => self.bytes.trim_ascii_end(),
            Break::Little => self.bytes.strip_suffix(b"\n\0").unwrap_or(&self.bytes),
            Break::Big => self.bytes.strip_suffix(b"\0\n").unwrap_or(&self.bytes),
        };
        let end = start + bytes.len() as u64;
        let bytes = if self.breaks == Break::Narrow { bytes.trim_ascii_start() } else { bytes };
        Ok(Some(Line { number: self.number, bytes, range: end - bytes.len() as u64..end }))
    }

    /// Reads on behind the next byte that may be a line feed; true when it is one.
    fn read_to_feed(&mut self) -> io::Result<bool> {
        let room = (self.limits.whole + 1).saturating_sub(self.bytes.len() as u64);
        if room == 0 {
            return self.pass_to_feed();
        }
        let read = Read::take(&mut *self.reader, room).read_until(b'\n', &mut self.bytes)?;
        self.at += read as u64;
        if !self.bytes.ends_with(b"\n") {
            return Ok(false);
        }
        let at = self.bytes.len() - 1;
        match self.breaks {
            Break::Narrow => Ok(true),
            Break::Big => Ok(at % 2 == 1 && self.bytes[at - 1] == 0),
            Break::Little if at % 2 == 1 => Ok(false),
            Break::Little => {
                let ends = self.reader.fill_buf()?.first() == Some(&0);
                if ends {
                    self.reader.consume(1);
                    self.at += 1;
                    self.bytes.push(0);
                }
                Ok(ends)
            }
        }
    }

    /// Passes over the rest of a line that is too long. Where units are two bytes, its end may be
    /// mistaken; then the next line is a broken one, and is reported as such.
    fn pass_to_feed(&mut self) -> io::Result<bool> {
        let buffer = self.reader.fill_buf()?;
        let feed = buffer.iter().position(|byte| *byte == b'\n');
        let passed = feed.map_or(buffer.len(), |at| at + 1);
        self.reader.consume(passed);
        self.at += passed as u64;
        if feed.is_some() && self.breaks == Break::Little && self.reader.fill_buf()?.first() == Some(&0) {
            self.reader.consume(1);
            self.at += 1;
        }
        Ok(feed.is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::io::BufReader;

    const LIMITS: Limits = Limits { whole: 40, cut: 8 };

    /// The lines of `bytes` as number, place and text, read with a small buffer.
    fn lines(bytes: &[u8]) -> Vec<(u64, Range<u64>, Vec<u8>)> {
        let mut reader = BufReader::with_capacity(7, bytes);
        let mut lines = Lines::new(&mut reader, LIMITS).expect("memory can be read");
        let mut all = Vec::new();
        while let Some(line) = lines.next().expect("memory can be read") {
            all.push((line.number, line.range, line.bytes.to_vec()));
        }
        all
    }

    fn check(bytes: &[u8], expected: &[(u64, Range<u64>, &str)]) {
        let lines = lines(bytes);
        let got: Vec<_> = lines
            .iter()
            .map(|(number, range, bytes)| (*number, range.clone(), std::str::from_utf8(bytes).expect("text")))
            .collect();
        assert_eq!(got, expected, "{:?}", String::from_utf8_lossy(bytes));
    }

    #[test]
    fn lines_know_their_place() {
        check(b"", &[]);
        check(b"one", &[(1, 0..3, "one")]);
        check(b"one\n", &[(1, 0..3, "one")]);
        check(b"one\r\n  two \n\nthree", &[(1, 0..3, "one"), (2, 7..10, "two"), (3, 12..12, ""), (4, 13..18, "three")]);
        check(b"\xef\xbb\xbfone\ntwo", &[(1, 3..6, "one"), (2, 7..10, "two")]);
    }

    #[test]
    fn a_line_that_is_too_long_is_cut_and_passed_over() {
        let long = "a".repeat(100);
        check(
            format!("one\n{long}\nthree").as_bytes(),
            &[(1, 0..3, "one"), (2, 4..105, "aaaaaaaa"), (3, 105..110, "three")],
        );
        check(long.as_bytes(), &[(1, 0..100, "aaaaaaaa")]);
    }

    #[test]
    fn wide_lines_break_at_wide_feeds() {
        // The second character of the first line holds a byte that looks like a line feed: U+0A05.
        let text = "\u{feff}a ਅ b\nc \u{100a} d\r\n";
        for big in [false, true] {
            let bytes: Vec<u8> = text
                .encode_utf16()
                .flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() })
                .collect();
            let lines = lines(&bytes);
            let texts: Vec<_> =
                lines.iter().map(|(_, _, bytes)| decode::decode(bytes, true, None).text.into_owned()).collect();
            let ranges: Vec<_> = lines.iter().map(|(_, range, _)| range.clone()).collect();
            assert_eq!(ranges, [2..12, 14..26], "{big}");
            assert_eq!(texts[0].trim(), "a ਅ b", "{big}");
            assert_eq!(texts[1].trim(), "c \u{100a} d", "{big}");
        }
    }

    proptest! {
        #[test]
        fn every_line_lies_where_it_says(bytes in prop::collection::vec(prop_oneof![Just(b'\n'), Just(b' '), Just(0), any::<u8>()], 0..120)) {
            for (_, range, line) in lines(&bytes) {
                let place = &bytes[range.start as usize..range.end as usize];
                prop_assert!(place.starts_with(&line));
                prop_assert!(place == line || place.len() > LIMITS.whole as usize);
            }
        }
    }
}
