//! The newsstand program. Everything is in the library.

fn main() -> std::process::ExitCode {
    newsstand::cli::main()
}
