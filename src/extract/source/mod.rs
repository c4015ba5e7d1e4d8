//! Which paper, agency or site an article comes from: every place that may say so, weighed.
//!
//! Plain text states its outlet nowhere and everywhere: behind the headline, before the text, in the copyright
//! line, in lines of its own (`About The Star`, `NZZ abonnieren`), in addresses and accounts, in the byline. One
//! strong place or two weak ones that agree make a source. The outlet goes before the agency that it prints, the
//! brand before its company; whose a picture is says nothing. [`places`] finds the names, this module weighs them.

mod copyright;
mod dateline;
mod mention;
mod name;
mod own;
mod places;
mod words;

use rapidhash::RapidHashMap;

use super::blocks::Block;
use super::byline::House;
use super::kinds::Kind;
use super::roles::Layout;
use crate::article::Stated;
use crate::text::Clean;
use mention::{Mention, Place};
pub(in crate::extract) use name::{key, site};

/// All that is known of an article when its outlet is looked for.
pub(super) struct Context<'a> {
    pub(super) blocks: &'a [Block],
    pub(super) kinds: &'a [Kind],
    pub(super) layout: &'a Layout,
    /// The headline, as it is known.
    pub(super) title: &'a str,
    /// The agencies and papers that the byline names.
    pub(super) houses: &'a [House],
    /// Where it can be read on the web.
    pub(super) url: Option<&'a str>,
    /// The name of its file.
    pub(super) file_name: Option<&'a str>,
}

/// What a name must weigh to be given: one strong place, or two weak ones.
const LEAST: i32 = 10;
/// What an agency must weigh: nobody else is called as it is.
const LEAST_AGENCY: i32 = 8;

/// The outlet of an article, or the agency where no outlet is told.
pub(super) fn find(context: &Context) -> Option<Stated> {
    let mentions = places::mentions(context);
    let mut groups = Groups::of(&mentions);
    groups.support(context);
    let best = groups.best();
    if let Some((group, _)) = best.filter(|(_, weight)| *weight >= LEAST) {
        let text = group.spelled(context);
        return Some(Stated { text: Clean::new(&text), line: group.line, why: group.why });
    }
    let mut agencies: Vec<(&'static str, i32, &Mention)> = Vec::new();
    for mention in &mentions {
        let Some(name) = mention.agency else { continue };
        match agencies.iter_mut().find(|(other, ..)| *other == name) {
            Some((_, weight, _)) => *weight += mention.place.weight(),
            None => agencies.push((name, mention.place.weight(), mention)),
        }
    }
    let mut best: Option<&(&'static str, i32, &Mention)> = None;
    for agency in agencies.iter().filter(|(_, weight, _)| *weight >= LEAST_AGENCY) {
        // Who only stands for many is asked last.
        let better = |other: &&(&'static str, i32, &Mention)| {
            (agency.0 != "Agencies", agency.1) > (other.0 != "Agencies", other.1)
        };
        if best.as_ref().is_none_or(better) {
            best = Some(agency);
        }
    }
    let (name, _, mention) = best.filter(|(name, ..)| *name != "Agencies")?;
    Some(Stated { text: Clean::new(name), line: mention.line, why: mention.place.reason() })
}

/// What is said of one name.
#[derive(Debug)]
struct Group {
    key: String,
    weight: i32,
    /// How it is written, and what the writing weighs.
    written: Vec<(String, i32)>,
    /// Its heaviest place.
    line: Option<u32>,
    why: &'static str,
    heaviest: i32,
    /// Whether it is known only as the company that owns an outlet.
    company: bool,
    /// The first of each kind of place, and how often it was met.
    places: Vec<(Place, u32)>,
}

/// The names that a page mentions, by their letters.
struct Groups(Vec<Group>);

impl Groups {
    fn of(mentions: &[Mention]) -> Groups {
        let mut groups: Vec<Group> = Vec::new();
        let mut index: RapidHashMap<&str, usize> = RapidHashMap::default();
        for mention in mentions.iter().filter(|mention| mention.agency.is_none() || mention.place.is_outlets_own()) {
            let at = *index.entry(&mention.key).or_insert_with(|| {
                groups.push(Group {
                    key: mention.key.clone(),
                    weight: 0,
                    written: Vec::new(),
                    line: None,
                    why: "",
                    heaviest: 0,
                    company: true,
                    places: Vec::new(),
                });
                groups.len() - 1
            });
            groups[at].add(mention);
        }
        Groups(groups)
    }

    /// Adds what names say for each other: a longer name for the shorter within it, and the other way round.
    fn support(&mut self, context: &Context) {
        let keys: Vec<(String, i32)> = self.0.iter().map(|group| (group.key.clone(), group.weight)).collect();
        let file = context.file_name.map(key).unwrap_or_default();
        for (at, group) in self.0.iter_mut().enumerate().take(60) {
            let mut support = 0;
            for (other, (key, weight)) in keys.iter().enumerate().take(60) {
                if other == at {
                    continue;
                }
                let (short, long) = if key.len() < group.key.len() { (key, &group.key) } else { (&group.key, key) };
                let related = short.chars().count() >= 3
                    && (long.starts_with(short.as_str()) || long.ends_with(short.as_str()))
                    && (short.len() >= 4 || !short.is_ascii());
                if related {
                    support += weight / 2;
                }
            }
            group.weight += support.min(8);
            if group.key.len() >= 4 && file.contains(&group.key) {
                group.weight += 4;
            }
        }
        for group in &mut self.0 {
            let met = |place: Place| group.places.iter().any(|(other, _)| *other == place);
            // The owner that is named elsewhere, too, is the outlet: `© 2023 KUTB LLC`, `About KUTB`.
            if met(Place::Owner) && group.places.len() > 1 {
                group.weight += Place::Copyright.weight() - Place::Owner.weight();
                group.company = false;
            }
            let begun = group.weight >= 5 && group.heaviest < LEAST;
            if begun && group.key.len() >= 3 {
                // Behind a dash the headline itself goes on as well, and the text speaks of what sections are about.
                let told = group.places.iter().any(|(place, _)| !place.may_be_a_topic() && *place != Place::DashedTail);
                group.weight += match times_spoken_of(group, context) {
                    0 => 0,
                    _ if !told && group.places.iter().any(|(place, _)| *place == Place::DashedTail) => 0,
                    1..TOPIC if !told => 0,
                    // The text speaks of its own outlet by name.
                    1..TOPIC => 4 * i32::from(group.weight < LEAST),
                    // It is what the text is about, and a section or a topic bears its name: `Gaza`. A press
                    // release is about its sender, who is told in other places as well.
                    _ if group.places.iter().all(|(place, _)| place.may_be_a_topic()) => -8,
                    _ => 4 * i32::from(group.weight < LEAST),
                };
            }
        }
        // Initials stand for a whole name: `NZZ`.
        let initials: Vec<(usize, String)> =
            self.0.iter().enumerate().map(|(at, group)| (at, name::initials(&group.written))).collect();
        for (long, short) in initials.iter().filter(|(_, short)| short.len() >= 2) {
            if let Some(at) = self.0.iter().position(|group| group.key == *short) {
                let weight = self.0[*long].weight;
                self.0[at].weight += weight;
                self.0[at].company = false;
            }
        }
    }

    /// The heaviest group and what it weighs.
    fn best(&self) -> Option<(&Group, i32)> {
        let mut best: Option<(&Group, i32)> = None;
        for group in &self.0 {
            // Companies own several outlets, and readers know none by their owner.
            let weight = if group.company { group.weight - 4 } else { group.weight };
            // Who owns the rights and is named nowhere else may own the outlet, which is.
            // In these places stand the names of sections and topics as well.
            let is_topic = group.places.iter().all(|(place, _)| place.may_be_a_topic());
            let weight = if is_topic { weight.min(LEAST - 1) } else { weight };
            let lonely = group.places.iter().all(|(place, _)| *place == Place::Copyright);
            let weight = if lonely { weight.min(LEAST) } else { weight };
            let better = best.is_none_or(|(other, heaviest)| {
                weight > heaviest || weight == heaviest && group.key.len() > other.key.len()
            });
            if better {
                best = Some((group, weight));
            }
        }
        best
    }
}

/// What so many paragraphs speak of is the topic of the text; so is what its headline names.
const TOPIC: usize = 4;

/// In how many paragraphs running text speaks of the bearer of a name; [`TOPIC`] where the headline does.
fn times_spoken_of(group: &Group, context: &Context) -> usize {
    let written: Vec<&str> = group
        .written
        .iter()
        .map(|(name, _)| name.as_str())
        .filter(|name| name::is_written(name) && name.len() >= 3)
        .collect();
    if written.is_empty() {
        return usize::from(group.key.len() >= 6 && name::spelled(&group.key, context.blocks).is_some());
    }
    let holds = |text: &str| written.iter().any(|name| text.contains(name));
    if holds(context.title) {
        return TOPIC;
    }
    let prose = context.blocks.iter().zip(context.kinds).filter(|(_, kind)| **kind == Kind::Prose).take(120);
    prose.filter(|(block, _)| holds(&block.text)).take(TOPIC).count()
}

impl Group {
    fn add(&mut self, mention: &Mention) {
        let weight = mention.place.weight();
        let seen = match self.places.iter_mut().find(|(place, _)| *place == mention.place) {
            Some((_, count)) => {
                *count += 1;
                *count
            }
            None => {
                self.places.push((mention.place, 1));
                1
            }
        };
        // The same again is worth less: a line may stand on a page ten times.
        self.weight += match seen {
            1 => weight,
            _ if mention.place.counts_once() => 0,
            2 => weight.min(5),
            3..=5 => 1,
            _ => 0,
        };
        self.company &= mention.company;
        match self.written.iter_mut().find(|(written, _)| *written == mention.name) {
            Some((_, worth)) => *worth += 1,
            None => self.written.push((mention.name.clone(), mention.place.spelling())),
        }
        if weight > self.heaviest {
            self.heaviest = weight;
            self.line = mention.line;
            self.why = mention.place.reason();
        }
    }

    /// The name as readers write it.
    fn spelled(&self, context: &Context) -> String {
        let best = self
            .written
            .iter()
            .max_by_key(|(name, worth)| (name::is_written(name), *worth, name.chars().filter(|c| *c == ' ').count()));
        let written = best.map_or(self.key.as_str(), |(name, _)| name.as_str());
        if name::is_written(written) {
            return written.to_owned();
        }
        name::spelled(&self.key, context.blocks).unwrap_or_else(|| written.to_owned())
    }
}

#[cfg(test)]
mod tests;
