//! What can go wrong between us and a server.

use std::io::ErrorKind;

/// Why there is no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Nobody listens there.
    #[error("nobody answers there")]
    Refused,
    /// There is no such host.
    #[error("there is no such host")]
    NoHost,
    /// The connection was closed in the middle.
    #[error("the connection was closed")]
    Closed,
    /// It took too long.
    #[error("no answer came in time")]
    Late,
    /// The server's certificate is not to be trusted, or it does not speak TLS.
    #[error("the connection is not safe: {0}")]
    Unsafe(String),
    /// More bytes than we take.
    #[error("the answer is larger than {0} bytes")]
    TooLarge(u64),
    /// The server sends us elsewhere.
    #[error("the server sends us elsewhere, and questions and passwords go nowhere else")]
    Elsewhere,
    /// The answer is not what was asked for.
    #[error("the answer cannot be understood: {0}")]
    Odd(String),
    /// Who asked has given up.
    #[error("given up")]
    GivenUp,
}

impl Failure {
    /// Whether another server that knows the same may do better.
    pub fn is_of_server(&self) -> bool {
        matches!(self, Failure::Refused | Failure::NoHost | Failure::Closed | Failure::Late)
    }

    /// What the library that speaks HTTP says.
    pub(super) fn of(error: ureq::Error) -> Failure {
        match error {
            ureq::Error::HostNotFound => Failure::NoHost,
            ureq::Error::Timeout(_) => Failure::Late,
            ureq::Error::Io(error) => match error.kind() {
                ErrorKind::ConnectionRefused
                | ErrorKind::HostUnreachable
                | ErrorKind::NetworkUnreachable
                | ErrorKind::AddrNotAvailable => Failure::Refused,
                ErrorKind::TimedOut | ErrorKind::WouldBlock => Failure::Late,
                // What goes wrong with a certificate comes wrapped into this one.
                ErrorKind::InvalidData => Failure::Unsafe(error.to_string()),
                _ => Failure::Closed,
            },
            ureq::Error::ConnectionFailed => Failure::Refused,
            ureq::Error::Rustls(error) => Failure::Unsafe(error.to_string()),
            ureq::Error::Tls(reason) => Failure::Unsafe(reason.to_owned()),
            other => Failure::Odd(other.to_string()),
        }
    }
}
