//! `--at` and `--to`: collections on clusters.

use std::path::Path;

use crate::config::{Archive, Config};
use crate::error::{Error, Result};
use crate::net::{Secret, Trust, printed_by};
use crate::remote::{Access, RemotePlace};

use super::Common;

/// The variables of the environment that let us in.
const USER: &str = "NEWSSTAND_USER";
const PASSWORD: &str = "NEWSSTAND_PASSWORD";
const TOKEN: &str = "NEWSSTAND_TOKEN";

/// Where a collection is that the reader names by its address or by a name of `[archives]`, and how we are let in.
///
/// # Errors
///
/// What is wrong with it, with the place and the way out.
pub fn place(named: &str, common: &Common, config: &Config) -> Result<(RemotePlace, Access)> {
    let told = config.archives.get(named).cloned();
    let archive = match told {
        Some(archive) => archive,
        None if RemotePlace::is_meant(named) => Archive { url: named.to_owned(), ..Archive::default() },
        None => {
            let names: Vec<&str> = config.archives.keys().map(String::as_str).collect();
            let there = match names[..] {
                [] => "and the configuration names no archives".to_owned(),
                _ => format!("and none of the archives in the configuration: {}", names.join(", ")),
            };
            return Err(Error::NotFound(format!("`{named}` is no address (https://host:9200/INDEX), {there}")));
        }
    };
    let place = RemotePlace::read(&archive.url)?;
    let secret = secret(&place, &archive, &|name| std::env::var(name).ok())?;
    let trust = match common.ca.as_ref().or(archive.ca.as_ref()) {
        Some(path) => trust(path)?,
        None => Trust::default(),
    };
    Ok((place, Access { secret, trust, plain: common.plain_http || archive.plain_http }))
}

/// What we are let in with: what the configuration says, else the environment, else nothing.
fn secret(place: &RemotePlace, archive: &Archive, variable: &dyn Fn(&str) -> Option<String>) -> Result<Option<Secret>> {
    let wrong = |reason: String| Error::Server { address: place.to_string(), reason };
    let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
    if let Some(command) = &archive.token_command {
        return Secret::bearer(&printed_by(command).map_err(wrong)?).map(Some).map_err(wrong);
    }
    let user = archive.user.clone().or_else(|| place.user.clone()).or_else(|| variable(USER));
    let password = match &archive.password_command {
        Some(command) => Some(printed_by(command).map_err(wrong)?),
        None => variable(PASSWORD),
    };
    match (user, password) {
        (Some(user), Some(password)) => Ok(Some(Secret::basic(&user, &password))),
        (Some(user), None) if variable(TOKEN).is_none() => Err(wrong(format!(
            "no password is told for {user}: set {PASSWORD}, or password_command in [archives] of the configuration"
        ))),
        (None, Some(_)) => Err(wrong(format!("a password is told, and not whose it is: set {USER}"))),
        (_, None) => match variable(TOKEN) {
            Some(token) => Secret::bearer(&token).map(Some).map_err(wrong),
            None => Ok(None),
        },
    }
}

/// The authority whose certificate is in a file.
fn trust(path: &Path) -> Result<Trust> {
    let wrong =
        |reason: String| Error::NotFound(format!("{}: cannot be used as a certificate: {reason}", path.display()));
    let pem = std::fs::read(path).map_err(|error| wrong(error.to_string()))?;
    Trust::only(&pem).map_err(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(url: &str, archive: Archive, variables: &[(&str, &str)], expected: Option<Secret>) {
        let variable = |name: &str| variables.iter().find(|row| row.0 == name).map(|row| row.1.to_owned());
        let place = RemotePlace::read(url).expect("a place");
        assert_eq!(secret(&place, &archive, &variable).ok().flatten(), expected, "{url} {variables:?}");
    }

    #[test]
    fn who_we_are_is_told_by_the_configuration_or_the_environment() {
        let (url, pears) = ("https://a/news", ("NEWSSTAND_PASSWORD", "pears"));
        check(url, Archive::default(), &[], None);
        check(url, Archive::default(), &[("NEWSSTAND_USER", "ada"), pears], Some(Secret::basic("ada", "pears")));
        check("https://eve@a/news", Archive::default(), &[pears], Some(Secret::basic("eve", "pears")));
        let named = Archive { user: Some("ada".to_owned()), ..Archive::default() };
        check("https://eve@a/news", named.clone(), &[pears], Some(Secret::basic("ada", "pears")));
        check(url, named, &[], None);
        check(url, Archive::default(), &[("NEWSSTAND_TOKEN", "abc")], Secret::bearer("abc").ok());
        check(url, Archive::default(), &[pears], None);
    }

    #[cfg(unix)]
    #[test]
    fn what_a_command_prints_is_taken_first() {
        let archive = |password: &str, token: Option<&str>| Archive {
            user: Some("ada".to_owned()),
            password_command: Some(password.to_owned()),
            token_command: token.map(str::to_owned),
            ..Archive::default()
        };
        let variables = [("NEWSSTAND_PASSWORD", "apples")];
        check("https://a/news", archive("echo pears", None), &variables, Some(Secret::basic("ada", "pears")));
        check("https://a/news", archive("echo pears", Some("echo abc")), &variables, Secret::bearer("abc").ok());
        check("https://a/news", archive("false", None), &variables, None);
    }
}
