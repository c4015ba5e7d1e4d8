//! A name of an outlet or agency at a place of a page, and the gathering of them.

use super::super::byline::{self, agency};
use super::super::furniture::is_furniture;
use super::name::{has_article, is_paper, key, outlet, without_company};
use crate::text::fold::fold;

/// A kind of place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The address of the article.
    Address,
    /// Behind the year or the mark of a copyright.
    Copyright,
    /// The name of the company in a copyright line.
    Owner,
    /// Behind the headline, after a bar.
    Tail,
    /// Behind the headline, after a dash.
    DashedTail,
    /// Behind the headline of another article.
    OtherTail,
    /// Before the text.
    Dateline,
    /// Before the day in a line that dates the article.
    Dated,
    /// An address for mail right below the headline.
    AuthorsMail,
    /// The name of an outlet in a credit: it may speak for another place, and never alone.
    Credited,
    /// `Source: …`
    Label,
    /// The byline, or right beside it.
    Byline,
    /// A line of the outlet's own: `About …`.
    Own,
    /// The same where a section may stand as well: `… newsletter`.
    Section,
    /// A line that begins with a name which many lines begin with.
    Often,
    /// An address for mail.
    Mail,
    /// An account.
    Account,
    /// An address of the web among the lines.
    Link,
    /// The first lines of the page.
    First,
    /// Alone on its line.
    Alone,
    /// In brackets or after a dash at the end of the text.
    End,
}

impl Place {
    /// What a name in such a place weighs; ten are enough.
    ///
    /// The weights were chosen so that one strong place or two weak ones that agree suffice.
    pub(super) fn weight(self) -> i32 {
        match self {
            Place::Address => 20,
            Place::Copyright => 12,
            Place::Tail => 11,
            Place::Dateline | Place::Label | Place::AuthorsMail => 10,
            Place::Byline | Place::End => 8,
            Place::DashedTail => 7,
            Place::Mail | Place::Link | Place::Own | Place::Dated => 6,
            Place::Owner | Place::Often | Place::OtherTail | Place::Account | Place::First => 5,
            Place::Alone | Place::Section => 4,
            Place::Credited => 2,
        }
    }

    /// How well it shows how a name is written.
    pub(super) fn spelling(self) -> i32 {
        match self {
            Place::Copyright | Place::Tail | Place::Label => 3,
            Place::Dateline
            | Place::Byline
            | Place::Own
            | Place::Section
            | Place::First
            | Place::Alone
            | Place::DashedTail
            | Place::Often => 2,
            _ => 0,
        }
    }

    /// How often it counts: what is there twice may be there for another reason.
    pub(super) fn counts_once(self) -> bool {
        matches!(self, Place::First | Place::Account | Place::Alone | Place::Credited | Place::Dated | Place::Section)
    }

    /// True where sections and topics stand as well.
    pub(super) fn may_be_a_topic(self) -> bool {
        matches!(self, Place::First | Place::Alone | Place::Often | Place::Section)
    }

    /// True where only the outlet itself stands, so that an agency there is the outlet.
    pub(super) fn is_outlets_own(self) -> bool {
        matches!(self, Place::Copyright | Place::Tail | Place::Own | Place::Address)
    }

    /// Why it says whose the article is, in words for a reader.
    pub(super) fn reason(self) -> &'static str {
        match self {
            Place::Address => "the address of the article",
            Place::Copyright => "the copyright line",
            Place::Owner => "the owner in the copyright line",
            Place::Tail | Place::DashedTail => "behind the headline",
            Place::OtherTail => "behind other headlines",
            Place::Dated => "beside the date",
            Place::Credited => "a credit",
            Place::Dateline => "before the text",
            Place::Label => "a line that tells the source",
            Place::Byline => "beside the byline",
            Place::Own | Place::Section | Place::Often => "lines of the outlet's own",
            Place::Mail | Place::AuthorsMail => "an address for mail",
            Place::Account => "an account",
            Place::Link => "an address on the page",
            Place::First => "the first lines of the page",
            Place::Alone => "a line with the name alone",
            Place::End => "behind the text",
        }
    }
}

/// A name in a place.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub(super) key: String,
    pub(super) name: String,
    pub(super) place: Place,
    pub(super) line: Option<u32>,
    /// Whether it is the name of a company, which may own several outlets.
    pub(super) company: bool,
    /// The agency that it is.
    pub(super) agency: Option<&'static str>,
}

/// The mentions so far.
pub(super) struct Gathered(pub(super) Vec<Mention>);

impl Gathered {
    pub(super) fn add(&mut self, name: &str, place: Place, line: Option<u32>) {
        if self.0.len() >= 400 {
            return;
        }
        if let Some(agency) = agency(name) {
            let mention =
                Mention { key: key(name), name: agency.to_owned(), place, line, company: false, agency: Some(agency) };
            self.0.push(mention);
            return;
        }
        let Some(name) = outlet(name) else { return };
        let (brand, company) = without_company(&name);
        let Some(brand) = outlet(&brand) else { return };
        let key = key(&brand);
        // Only where rights are claimed the owner stands in place of the outlet.
        let company = company && place == Place::Copyright;
        let place = if company { Place::Owner } else { place };
        if key.chars().count() < 2 || (key.len() < 3 && place.weight() < 10) {
            return;
        }
        // `0 comments`, `My account`: a line of the page.
        let of_the_page = || {
            brand.starts_with(['0', '۰', '٠', '०', '০'])
                || brand.contains(' ') && brand.split_whitespace().any(|word| is_furniture(word) && !is_paper(word))
        };
        if place == Place::First && of_the_page() {
            return;
        }
        // A button or a section, which may stand anywhere.
        if place.weight() < Place::Label.weight() && is_furniture(&brand) {
            return;
        }
        // `Le Quai` has the family name of many people in Vietnam.
        let named = byline::person::likeness(&brand) == byline::person::Likeness::Known && !has_article(&fold(&brand));
        if named && !matches!(place, Place::Tail | Place::Label | Place::Copyright | Place::Dateline) {
            return;
        }
        self.0.push(Mention { key, name: brand, place, line, company, agency: None });
    }

    pub(super) fn add_keyed(&mut self, key: String, name: &str, place: Place, line: Option<u32>) {
        if self.0.len() < 400 && key.len() >= 2 {
            self.0.push(Mention { key, name: name.to_owned(), place, line, company: false, agency: None });
        }
    }
}
