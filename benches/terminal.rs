//! From a frame to a terminal: what is written for the next one, in bytes and in time, by us and by the
//! library that we draw with. Ours stays as long as this shows that it is worth its lines.

use std::fmt;
use std::io::Write;

use crossterm::queue;
use crossterm::terminal::{BeginSynchronizedUpdate, EndSynchronizedUpdate};
use divan::Bencher;
use divan::counter::BytesCount;
use newsstand::app::Settings;
use newsstand::config::keys::parse_typed;
use newsstand::index::{Index, Location};
use newsstand::library::Pile;
use newsstand::runtime::changes::write_changes;
use newsstand::runtime::frame::Stage;
use ratatui::backend::{Backend, CrosstermBackend};
use ratatui::buffer::Buffer;

/// The sample edition on a screen of 120 columns and 36 rows, and the keys of which each makes a frame. The
/// first keys make none.
#[derive(Clone, Copy, Debug)]
struct Reader(&'static str, &'static str, &'static str);

impl fmt::Display for Reader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

const READERS: [Reader; 4] = [
    Reader("scrolls an article", "<enter>", "jjjjjjjjjjjjjjjjjjjj"),
    Reader("scrolls a Chinese article", "/lang:zh<enter><enter>", "jjjjjjjjjjjjjjjjjjjj"),
    Reader("goes through the list", "", "jjjjjjkkkkkk"),
    Reader("types a query", "/", "clubhouse putin"),
];

/// The frames that a reader sees, the first one first.
fn frames(Reader(_, first, keys): Reader) -> Vec<Buffer> {
    let index = Index::open(&Location::Memory).expect("memory is there");
    let mut stage =
        Stage::new(Settings::default(), index.shelf(), Pile::sample(), 120, 36).expect("the sample can be read");
    let mut press = |key| {
        stage.press(key).expect("nothing fails");
        stage.draw()
    };
    for key in parse_typed(first).expect("keys") {
        press(key);
    }
    parse_typed(keys).expect("keys").into_iter().map(press).collect()
}

/// What a way to the terminal writes for these frames, after the first.
fn written(frames: &[Buffer], write: impl Fn(&Buffer, &Buffer, &mut Vec<u8>)) -> usize {
    let mut bytes = Vec::with_capacity(1 << 16);
    for pair in frames.windows(2) {
        queue!(bytes, BeginSynchronizedUpdate).expect("memory takes everything");
        write(&pair[0], &pair[1], &mut bytes);
        queue!(bytes, EndSynchronizedUpdate).expect("memory takes everything");
    }
    bytes.len()
}

fn measure(bencher: Bencher, reader: Reader, write: impl Fn(&Buffer, &Buffer, &mut Vec<u8>)) {
    let frames = frames(reader);
    let bytes = written(&frames, &write);
    println!("{reader}: {bytes} bytes for {} frames", frames.len() - 1);
    bencher.counter(BytesCount::new(bytes)).bench_local(|| written(&frames, &write));
}

/// As newsstand writes it.
#[divan::bench(args = READERS)]
fn ours(bencher: Bencher, reader: Reader) {
    measure(bencher, reader, |before, after, bytes| {
        write_changes(before, after, bytes).expect("memory takes everything");
    });
}

/// As ratatui writes it.
#[divan::bench(args = READERS)]
fn theirs(bencher: Bencher, reader: Reader) {
    measure(bencher, reader, |before, after, bytes| {
        let mut backend = CrosstermBackend::new(bytes);
        backend.draw(before.diff_iter(after)).expect("memory takes everything");
        Write::flush(&mut backend).expect("memory takes everything");
    });
}
