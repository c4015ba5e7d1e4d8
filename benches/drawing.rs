//! From an event to a frame: list and article side by side.

use std::fmt;

use divan::Bencher;
use newsstand::app::Settings;
use newsstand::config::keys::parse_typed;
use newsstand::runtime::frame::Stage;
use newsstand::screen;

use crate::common::{self, Size};

/// A pile, and a screen of so many columns and rows.
#[derive(Clone, Copy, Debug)]
struct Scene(Size, u16, u16);

impl fmt::Display for Scene {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Scene(size, columns, rows) = self;
        write!(f, "{size}, {columns}x{rows}")
    }
}

const SCENES: [Scene; 2] = [Scene(Size(10_000), 120, 36), Scene(Size(10_000), 200, 50)];

/// The program after these keys.
fn stage(Scene(size, columns, rows): Scene, keys: &str) -> Stage {
    let measured = common::measured(size);
    let (index, pile) = (measured.index.clone().shelf(), measured.pile.clone());
    let mut stage = Stage::new(Settings::default(), index, pile, columns, rows).expect("the pile can be read");
    press(&mut stage, keys);
    stage
}

fn press(stage: &mut Stage, keys: &str) {
    for key in parse_typed(keys).expect("keys") {
        stage.press(key).expect("nothing fails");
    }
}

/// A frame alone, into an empty buffer.
#[divan::bench(args = SCENES)]
fn frame(bencher: Bencher, scene: Scene) {
    let mut stage = stage(scene, "/clubhouse<enter>");
    bencher.bench_local(|| stage.draw());
}

/// A line down and a line up in the article, each with a frame.
#[divan::bench(args = SCENES)]
fn scroll_down_and_up(bencher: Bencher, scene: Scene) {
    let mut stage = stage(scene, "/clubhouse<enter><enter>");
    bencher.bench_local(|| press(&mut stage, "jk"));
}

/// To the next article and back, each with a frame and the article read from its file.
#[divan::bench(args = SCENES)]
fn next_article_and_back(bencher: Bencher, scene: Scene) {
    let mut stage = stage(scene, "/clubhouse<enter>");
    bencher.bench_local(|| press(&mut stage, "jk"));
}

/// A letter more in the query line and one less: two searches, what is found in sight of the reader,
/// and two frames.
#[divan::bench(args = SCENES, sample_count = 20)]
fn type_and_take_back_a_letter(bencher: Bencher, scene: Scene) {
    let mut stage = stage(scene, "/clubhou");
    bencher.bench_local(|| press(&mut stage, "s<backspace>"));
}

/// A picture of the screen, for README and bug reports.
#[divan::bench(args = SCENES)]
fn picture(bencher: Bencher, scene: Scene) {
    let buffer = stage(scene, "/clubhouse<enter>").draw();
    bencher.bench_local(|| screen::svg(&buffer));
}
