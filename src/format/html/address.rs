//! Addresses of links, made whole by that of their page.

/// The whole address of `link` on the page at `base`; `None` where it leads nowhere else, or to no page.
pub(super) fn resolved(base: &str, link: &str) -> Option<String> {
    let link = link.trim();
    let (scheme, rest) = base.split_once("://")?;
    if link.is_empty() || link.starts_with('#') {
        return None;
    }
    if let Some(host) = link.strip_prefix("//") {
        return Some(format!("{scheme}://{host}"));
    }
    // What has a scheme of its own is whole.
    let end = link.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))).unwrap_or(link.len());
    if link[end..].starts_with(':') {
        return None;
    }
    let path_start = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (host, path) = rest.split_at(path_start);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    if link.starts_with('/') {
        return Some(format!("{scheme}://{host}{link}"));
    }
    if link.starts_with('?') {
        return Some(format!("{scheme}://{host}{path}{link}"));
    }
    let mut folders: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    if !path.ends_with('/') {
        folders.pop();
    }
    let mut link = link;
    loop {
        if let Some(rest) = link.strip_prefix("./") {
            link = rest;
        } else if let Some(rest) = link.strip_prefix("../") {
            folders.pop();
            link = rest;
        } else {
            break;
        }
    }
    let folder = folders.iter().map(|folder| format!("/{folder}")).collect::<String>();
    Some(format!("{scheme}://{host}{folder}/{link}"))
}

/// True unless this is the address of somebody's page, as some sites have it.
pub(super) fn is_name(text: &str) -> bool {
    !is_address(text) && !text.starts_with('@') && text.chars().any(char::is_alphabetic) && text.chars().count() < 300
}

pub(super) fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_made_whole() {
        let base = "https://example.org/news/2021/a.html?x=1#top";
        for (link, whole) in [
            ("/b", "https://example.org/b"),
            ("b.html", "https://example.org/news/2021/b.html"),
            ("./b", "https://example.org/news/2021/b"),
            ("../b", "https://example.org/news/b"),
            ("../../../../b", "https://example.org/b"),
            ("//other.org/b", "https://other.org/b"),
            ("?page=2", "https://example.org/news/2021/a.html?page=2"),
            ("#part", "-"),
            ("", "-"),
            ("https://other.org", "-"),
            ("mailto:nora@example.org", "-"),
            ("javascript:void(0)", "-"),
        ] {
            assert_eq!(resolved(base, link).as_deref().unwrap_or("-"), whole, "{link}");
        }
        assert_eq!(resolved("https://example.org", "b").as_deref(), Some("https://example.org/b"));
        assert_eq!(resolved("about:blank", "b"), None);
    }
}
