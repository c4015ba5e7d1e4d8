//! Where a server is.

use std::fmt;
use std::net::IpAddr;

/// Scheme, host and port of a server.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Origin {
    encrypted: bool,
    host: String,
    port: u16,
}

impl Origin {
    /// Reads the beginning of an address, and returns what follows the origin in it: the path, without the
    /// slash before it. A name before the host (`https://ada@host`) is returned as well.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in words.
    pub fn read(address: &str) -> Result<(Origin, Option<&str>, &str), String> {
        let (encrypted, rest) = match address.split_once("://") {
            Some(("https", rest)) => (true, rest),
            Some(("http", rest)) => (false, rest),
            Some((scheme, _)) => return Err(format!("`{scheme}://` is not spoken here; `https://` is")),
            None => return Err("an address begins with `https://`".to_owned()),
        };
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        let (user, host) = authority.rsplit_once('@').map_or((None, authority), |(user, host)| (Some(user), host));
        if user.is_some_and(|user| user.contains(':')) {
            // It would be in the history of the shell and in every list of processes.
            return Err("a password does not belong into an address".to_owned());
        }
        let is_port = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
        let (host, port) = match host.rsplit_once(':').filter(|(_, port)| is_port(port)) {
            Some((host, port)) => (host, port.parse().map_err(|_| format!("`{port}` is not a port"))?),
            None => (host, if encrypted { 443 } else { 80 }),
        };
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
        let bracketed = host.strip_prefix('[').and_then(|host| host.strip_suffix(']'));
        let sound = bracketed
            .map_or(!host.is_empty() && host.chars().all(plain), |host| host.parse::<std::net::Ipv6Addr>().is_ok());
        if !sound {
            return Err(format!("`{host}` is not the name of a host"));
        }
        Ok((Origin { encrypted, host: host.to_ascii_lowercase(), port }, user, path))
    }

    /// Whether what is said is encrypted on its way.
    pub fn is_encrypted(&self) -> bool {
        self.encrypted
    }

    /// Whether it is this machine by its address, which needs no network.
    pub fn is_loopback(&self) -> bool {
        let host = self.host.trim_start_matches('[').trim_end_matches(']');
        host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}:{}", if self.encrypted { "https" } else { "http" }, self.host, self.port)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str, expected: &str) {
        let read = match Origin::read(address) {
            Ok((origin, user, path)) => {
                format!(
                    "{origin} {} {path} {}",
                    user.unwrap_or("-"),
                    if origin.is_loopback() { "here" } else { "there" }
                )
            }
            Err(reason) => reason,
        };
        assert_eq!(read, expected, "{address}");
    }

    #[test]
    fn addresses_are_read() {
        check("https://search.example.org:9200/news", "https://search.example.org:9200 - news there");
        check("https://ada@Example.org/news", "https://example.org:443 ada news there");
        check("http://127.0.0.1:9200", "http://127.0.0.1:9200 -  here");
        check("http://[::1]:9200/a/b", "http://[::1]:9200 - a/b here");
        check("http://localhost/x", "http://localhost:80 - x here");
        check("http://localhost.example.org/x", "http://localhost.example.org:80 - x there");
        check("http://127.0.0.1.example.org/x", "http://127.0.0.1.example.org:80 - x there");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        check("host:9200/news", "an address begins with `https://`");
        check("ftp://host/news", "`ftp://` is not spoken here; `https://` is");
        check("https://ada:secret@host/news", "a password does not belong into an address");
        check("https:///news", "`` is not the name of a host");
        check("https://a b/news", "`a b` is not the name of a host");
        check("https://host:99999/news", "`99999` is not a port");
        check("https://[zz]/news", "`[zz]` is not the name of a host");
    }
}
