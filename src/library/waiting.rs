//! Opening and reading what may keep a reader waiting: pipes, and files that are none.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// A file that is read without waiting for anybody.
///
/// The system lets a few files wait as pipes do until there is something to read, such as the messages of
/// the kernel; whoever reads a pile does not.
pub(super) struct Unhurried(File);

impl Unhurried {
    /// Opens the file at `path`.
    pub fn open(path: &Path) -> io::Result<Unhurried> {
        open(path).map(Unhurried)
    }

    /// What the system knows of it.
    pub fn metadata(&self) -> io::Result<std::fs::Metadata> {
        self.0.metadata()
    }
}

impl Read for Unhurried {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.0.read(buffer).map_err(|error| match error.kind() {
            io::ErrorKind::WouldBlock => {
                io::Error::new(io::ErrorKind::TimedOut, "there is nothing to read in it now, and it may stay so")
            }
            _ => error,
        })
    }
}

impl Seek for Unhurried {
    fn seek(&mut self, place: SeekFrom) -> io::Result<u64> {
        self.0.seek(place)
    }
}

#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let flags = rustix::fs::OFlags::NONBLOCK.bits();
    File::options().read(true).custom_flags(flags.cast_signed()).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}

#[cfg(unix)]
pub(super) use pipe::{LOOKS, Pipe};

#[cfg(unix)]
mod pipe {
    use super::open;
    use std::fs::File;
    use std::io::{self, Read};
    use std::path::Path;

    use rustix::event::{PollFd, PollFlags, Timespec, poll};

    /// So many times somebody is looked for who writes into a pipe.
    pub const LOOKS: u32 = 50;
    /// The time between them.
    const BETWEEN: Timespec = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };

    /// A pipe, for whose writer one waits a few seconds: a pipe without any would be waited for without end.
    pub struct Pipe {
        file: File,
        /// Somebody writes into it, or has.
        has_writer: bool,
        looks: u32,
    }

    impl Pipe {
        /// Opens the pipe at `path`; `looks` says how many tenths of a second it may stay without a writer.
        pub fn open(path: &Path, looks: u32) -> io::Result<Pipe> {
            // A pipe that has no name of its own, such as a shell's `<(…)`, was made with a writer, who may
            // be gone by now.
            let has_writer = path.canonicalize().is_err();
            Ok(Pipe { file: open(path)?, has_writer, looks })
        }
    }

    impl Read for Pipe {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            loop {
                match self.file.read(buffer) {
                    Ok(0) if !self.has_writer && !buffer.is_empty() => {
                        self.looks = self.looks.checked_sub(1).ok_or_else(|| {
                            io::Error::new(io::ErrorKind::TimedOut, "nobody writes into this pipe (waited 5 seconds)")
                        })?;
                        // It sleeps: a pipe without a writer may also be ready all the time.
                        let _ = poll(&mut [], Some(&BETWEEN));
                    }
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                        self.has_writer = true;
                        let _ = poll(&mut [PollFd::new(&self.file, PollFlags::IN)], None);
                    }
                    read => {
                        self.has_writer = true;
                        return read;
                    }
                }
            }
        }
    }
}
