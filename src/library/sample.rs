//! The sample edition: a few articles that come with the program, for a first look around.

/// A file of the sample edition: its name and its bytes.
pub(super) type Sample = (&'static str, &'static [u8]);

/// Names the pile of the sample edition.
pub(super) const KEY: u64 = 0x5a4d_504c_4530_3031;

/// The files, in the order of their names.
pub(super) const FILES: &[Sample] = &[
    ("000_musk_west_clubhouse.txt", include_bytes!("../../data/000_musk_west_clubhouse.txt")),
    ("001_musk_invites_putin.txt", include_bytes!("../../data/001_musk_invites_putin.txt")),
    ("002_everyone_guesses.txt", include_bytes!("../../data/002_everyone_guesses.txt")),
    ("003_kremlin_answers.txt", include_bytes!("../../data/003_kremlin_answers.txt")),
    ("004_ajakan_ke_putin.txt", include_bytes!("../../data/004_ajakan_ke_putin.txt")),
];
