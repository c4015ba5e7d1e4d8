//! Passwords and tokens.

use std::fmt;
use std::process::{Command, Stdio};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;

/// What a server is told to let us in. It is never shown: neither in a message nor in a log.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret {
    header: String,
}

impl Secret {
    /// A user and a password.
    pub fn basic(user: &str, password: &str) -> Secret {
        Secret { header: format!("Basic {}", BASE64_STANDARD.encode(format!("{user}:{password}"))) }
    }

    /// A token.
    ///
    /// # Errors
    ///
    /// When it has characters that no token has.
    pub fn bearer(token: &str) -> Result<Secret, String> {
        if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err("the token has characters that no token has".to_owned());
        }
        Ok(Secret { header: format!("Bearer {token}") })
    }

    /// What stands in the header of a request.
    pub(super) fn header(&self) -> &str {
        &self.header
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The first line of what a command of the reader's own prints.
///
/// # Errors
///
/// In words, when it cannot be started, fails, or prints nothing. What it prints is in no message.
pub fn printed_by(command: &str) -> Result<String, String> {
    let mut shell = if cfg!(windows) { Command::new("cmd") } else { Command::new("sh") };
    let shell = shell.args([if cfg!(windows) { "/C" } else { "-c" }, command]);
    // Whatever asks for something asks on the terminal.
    let output = shell.stdin(Stdio::inherit()).stderr(Stdio::inherit()).output();
    let output = output.map_err(|error| format!("`{command}` cannot be started: {error}"))?;
    if !output.status.success() {
        return Err(format!("`{command}` fails: {}", output.status));
    }
    let printed = String::from_utf8_lossy(&output.stdout);
    match printed.lines().next().filter(|line| !line.is_empty()) {
        Some(line) => Ok(line.to_owned()),
        None => Err(format!("`{command}` prints nothing")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_not_shown() {
        let secret = Secret::basic("ada", "pears");
        assert_eq!(format!("{secret:?}"), "Secret(…)");
        assert_eq!(secret.header(), "Basic YWRhOnBlYXJz");
        assert!(Secret::bearer("a\r\nx-other: b").is_err());
        assert!(Secret::bearer("").is_err());
    }

    #[cfg(unix)]
    #[test]
    fn a_command_tells_a_password() {
        assert_eq!(printed_by("echo pears; echo apples"), Ok("pears".to_owned()));
        assert!(printed_by("true").is_err_and(|reason| reason.ends_with("prints nothing")));
        assert!(printed_by("echo pears; exit 3").is_err_and(|reason| !reason.contains("pears\n")));
    }
}
