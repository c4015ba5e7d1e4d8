//! Where an article can be read on the web, and the site that this is.

use super::blocks::Block;
use crate::text::Clean;

/// The address of the article, where one of its first or last lines is nothing else.
pub(super) fn address(blocks: &[Block]) -> Option<Clean> {
    let ends = blocks.iter().take(12).chain(blocks.iter().rev().take(4));
    ends.map(|block| &block.text)
        .find(|text| {
            (text.starts_with("https://") || text.starts_with("http://")) && !text.contains(' ') && text.len() < 500
        })
        .cloned()
}

/// The site that an address leads to: its host, without what all hosts have in common.
pub(super) fn site(url: &str) -> Option<Clean> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?.to_lowercase();
    let host = ["www.", "m.", "amp."].iter().find_map(|prefix| host.strip_prefix(prefix)).unwrap_or(&host);
    host.contains('.').then(|| Clean::new(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_tells_the_site_where_nothing_else_does() {
        for (url, expected) in [
            ("https://www.Bay-Courier.example/2021/ferry?x=1", Some("bay-courier.example")),
            ("http://user@m.bay.example:8080", Some("bay.example")),
            ("https://localhost/a", None),
            ("mailto:ann@bay.example", None),
        ] {
            assert_eq!(site(url).as_deref(), expected, "{url}");
        }
    }
}
