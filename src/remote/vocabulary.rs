//! What the words of the cluster say of a word: the compounds it is part of, and the parts it is made of.
//!
//! The server is not asked for the words it keeps, but for a pattern, and how it has understood that: it answers with
//! all words that fit, of every part of the index (the `profile` of a search). That takes the right to read alone, one
//! question for all words of a query and one for the parts found so, and is remembered as long as the archive is.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

use regex_syntax::hir::{Class, Hir, HirKind};
use serde_json::{Value, json};

use super::cluster::Cluster;
use super::mapping::field;
use super::question::Question;
use crate::archive::Compounds;
use crate::error::Result;
use crate::index::same::{
    Asked, AskedUnit, Forms, LanguageStemmer, SHORTEST_PART, allowed_errors, asked, backwards, errors_between, splits,
};
use crate::query::{Condition, Form, Part, Query};

/// Most words that are no compound can be split by chance in more than one way.
const MOST_SPLITS: usize = 3;
/// More words than a server puts into one question are not told.
const MOST_WORDS: usize = 1000;
/// Longer expressions are not sent: the server takes a thousand characters.
const LONGEST: usize = 900;

/// The compounds that a word is a part of, and its own parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Parts {
    /// The keys of the stems of compounds that end with it.
    pub ending: BTreeSet<String>,
    /// The compounds that begin with it.
    pub beginning: BTreeSet<String>,
    /// The pairs of words that it is when they are written as one.
    pub splits: Vec<(String, String)>,
}

/// What is known of the words that were asked for.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    parts: HashMap<String, Parts>,
}

/// What may be a compound, and what its other part would be.
type Whole = (String, Vec<String>);

/// What was learnt so far.
#[derive(Debug, Default)]
pub(crate) struct Learnt(Mutex<HashMap<String, Parts>>);

impl Vocabulary {
    /// What is known of a word.
    pub(crate) fn of(&self, forms: &Forms) -> Option<&Parts> {
        self.parts.get(forms.written())
    }
}

impl Vocabulary {
    /// The compounds of all words, for those who mark them.
    pub(crate) fn compounds(&self) -> Compounds {
        let mut compounds = Compounds::default();
        for parts in self.parts.values() {
            // A key is a stem backwards, after a sign.
            compounds.ending.extend(
                parts
                    .ending
                    .iter()
                    .map(|key| key.chars().skip(1).collect::<Vec<_>>().into_iter().rev().collect::<String>()),
            );
            compounds.beginning.extend(parts.beginning.iter().cloned());
        }
        compounds
    }
}

impl Learnt {
    /// Learns what the cluster says of the words of a query; `None` when nobody waits for it.
    ///
    /// # Errors
    ///
    /// When nobody answers. A server that does not allow it is no error: then no compounds are found.
    pub(crate) fn of(
        &self,
        cluster: &Cluster,
        query: &Query,
        cancelled: &dyn Fn() -> bool,
    ) -> Result<Option<Vocabulary>> {
        let mut wanted: BTreeMap<String, Forms> = BTreeMap::new();
        let mut vocabulary = Vocabulary::default();
        for forms in words(query) {
            let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(forms.written()).cloned();
            match known {
                Some(parts) => drop(vocabulary.parts.insert(forms.written().to_owned(), parts)),
                None => drop(wanted.insert(forms.written().to_owned(), forms)),
            }
        }
        if wanted.is_empty() {
            return Ok(Some(vocabulary));
        }
        let Some(learnt) = learn(cluster, &wanted, cancelled)? else { return Ok(None) };
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() > MOST_WORDS {
            all.clear();
        }
        for (word, parts) in learnt {
            all.insert(word.clone(), parts.clone());
            vocabulary.parts.insert(word, parts);
        }
        Ok(Some(vocabulary))
    }
}

/// The words of a query of which compounds are found.
fn words(query: &Query) -> Vec<Forms> {
    let word = |condition: &Condition| match condition {
        Condition::Word { part: Part::Anywhere | Part::Title | Part::Body, text, form: Form::Word | Form::Typing } => {
            match asked(text).into_iter().map(|Asked { unit, .. }| unit).collect::<Vec<_>>().pop() {
                Some(AskedUnit::Word(forms)) if asked(text).len() == 1 => Some(forms),
                _ => None,
            }
        }
        _ => None,
    };
    query.words().into_iter().filter_map(word).collect()
}

/// Asks the cluster about some words.
fn learn(
    cluster: &Cluster,
    wanted: &BTreeMap<String, Forms>,
    cancelled: &dyn Fn() -> bool,
) -> Result<Option<HashMap<String, Parts>>> {
    let linking: Vec<(LanguageStemmer, &[&str])> =
        LanguageStemmer::all().filter_map(|stemmer| Some((stemmer, stemmer.links?))).collect();
    let long = |word: &&str| word.chars().count() >= SHORTEST_PART;
    // What may be a compound: stems that end with that of a word, and words that begin with one.
    let stems: BTreeSet<String> = wanted
        .values()
        .flat_map(|forms| linking.iter().map(|(stemmer, _)| stemmer.stem(forms.written())))
        .filter(|stem| long(&stem.as_str()))
        .collect();
    let endings: Vec<String> = stems.iter().map(|stem| format!("{}..*", escaped(&backwards(stem)))).collect();
    let beginnings: Vec<String> = wanted
        .values()
        .filter(|forms| long(&forms.folded.as_str()))
        .map(|forms| format!("{}...*", escaped(&forms.folded)))
        .collect();
    let mut told: [BTreeSet<String>; 2] = Default::default();
    let asked = [(field::BODY_STEMS, field::TITLE_STEMS, endings), (field::BODY, field::TITLE, beginnings)];
    for (told, (body, title, patterns)) in told.iter_mut().zip(asked) {
        for field in [body, title] {
            let Some(fitting) = fitting(cluster, field, &patterns, cancelled)? else { return Ok(None) };
            told.extend(fitting);
        }
    }
    let [reversed, longer] = told;

    // What the other part would have to be.
    let mut candidates: BTreeSet<String> = BTreeSet::new();
    let of_ending = |stem: &str| -> Vec<Whole> {
        let begin = backwards(stem);
        let wholes = reversed.iter().filter_map(|key| Some((key, key.strip_prefix(&*begin)?)));
        let firsts = wholes.filter(|(_, rest)| !rest.is_empty()).map(|(key, rest)| {
            let first: String = rest.chars().rev().collect();
            (key.clone(), unlinked(&first, &linking, |first, link| first.strip_suffix(link)))
        });
        firsts.collect()
    };
    let of_beginning = |folded: &str| -> Vec<Whole> {
        let rests = longer.iter().filter_map(|word| Some((word, word.strip_prefix(folded)?)));
        rests
            .filter(|(_, rest)| !rest.is_empty())
            .map(|(word, rest)| (word.clone(), unlinked(rest, &linking, |rest, link| rest.strip_prefix(link))))
            .collect()
    };
    let mut found: HashMap<&String, (Vec<Whole>, Vec<Whole>)> = HashMap::new();
    for (word, forms) in wanted {
        let stems: BTreeSet<String> = linking.iter().map(|(stemmer, _)| stemmer.stem(forms.written())).collect();
        let ending: Vec<_> =
            stems.iter().filter(|stem| long(&stem.as_str())).flat_map(|stem| of_ending(stem)).collect();
        let beginning = if long(&forms.folded.as_str()) { of_beginning(&forms.folded) } else { Vec::new() };
        candidates.extend(ending.iter().chain(&beginning).flat_map(|(_, others)| others.iter().cloned()));
        candidates.extend(splits(&forms.folded).flat_map(|(first, last)| [first.to_owned(), last.to_owned()]));
        found.insert(word, (ending, beginning));
    }
    let patterns: Vec<String> = candidates.iter().map(|word| escaped(word)).collect();
    let mut held: BTreeSet<String> = BTreeSet::new();
    for field in [field::BODY, field::TITLE] {
        let Some(fitting) = fitting(cluster, field, &patterns, cancelled)? else { return Ok(None) };
        held.extend(fitting);
    }
    let is_word = |word: &String| long(&word.as_str()) && held.contains(word);
    let learnt = wanted.iter().map(|(word, forms)| {
        let (ending, beginning) = found.remove(word).unwrap_or_default();
        let whole = |(whole, others): Whole| others.iter().any(is_word).then_some(whole);
        let held_both = |(first, last): &(&str, &str)| held.contains(*first) && held.contains(*last);
        let parts = Parts {
            ending: ending.into_iter().filter_map(whole).collect(),
            beginning: beginning.into_iter().filter_map(whole).collect(),
            splits: splits(&forms.folded)
                .filter(held_both)
                .take(MOST_SPLITS)
                .map(|(first, last)| (first.to_owned(), last.to_owned()))
                .collect(),
        };
        (word.clone(), parts)
    });
    Ok(Some(learnt.collect()))
}

/// A part of a compound, as it is and without what may link it to the other.
fn unlinked(
    part: &str,
    linking: &[(LanguageStemmer, &[&str])],
    strip: impl for<'t> Fn(&'t str, &str) -> Option<&'t str>,
) -> Vec<String> {
    let links: BTreeSet<&str> = linking.iter().flat_map(|(_, links)| links.iter().copied()).collect();
    let mut parts = vec![part.to_owned()];
    parts.extend(links.into_iter().filter_map(|link| strip(part, link)).map(str::to_owned));
    parts.retain(|part| part.chars().count() >= SHORTEST_PART);
    parts
}

/// The words of a field that fit any of some patterns; nothing where the server does not tell.
pub(crate) fn fitting(
    cluster: &Cluster,
    field: &str,
    patterns: &[String],
    cancelled: &dyn Fn() -> bool,
) -> Result<Option<BTreeSet<String>>> {
    let mut words = BTreeSet::new();
    let mut rest = patterns;
    while !rest.is_empty() {
        let mut length = 0;
        let together = rest.iter().take_while(|pattern| {
            length += pattern.len() + 1;
            length <= LONGEST
        });
        let together = together.count().max(1);
        let pattern = rest[..together].join("|");
        rest = &rest[together..];
        if pattern.len() > LONGEST {
            continue;
        }
        let asked = json!({ "regexp": { field: {
            "value": pattern, "flags": "NONE", "rewrite": "scoring_boolean", "max_determinized_states": 100_000,
        } } });
        let Some(told) = rewritten(cluster, field, &asked, cancelled)? else { return Ok(None) };
        words.extend(told);
    }
    Ok(Some(words))
}

/// The words into which the server resolves a question about a field.
fn rewritten(
    cluster: &Cluster,
    field: &str,
    asked: &Value,
    cancelled: &dyn Fn() -> bool,
) -> Result<Option<BTreeSet<String>>> {
    let path = format!("/{}/_search?filter_path=profile.shards.searches.query.description", cluster.index());
    // One article is enough: it is not asked which there are.
    let body = json!({ "query": asked, "size": 0, "track_total_hits": false, "terminate_after": 1, "profile": true });
    let reply = match cluster.try_ask(&Question::reading(path, &body), cancelled) {
        Ok(Some(reply)) => reply,
        Ok(None) => return Ok(None),
        Err(failure) => return Err(cluster.failed(&failure)),
    };
    let told = reply.json::<Value>().unwrap_or_default();
    let each = |told: &Value, name: &str| told[name].as_array().cloned().unwrap_or_default();
    let searches = each(&told["profile"], "shards").into_iter().flat_map(|shard| each(&shard, "searches"));
    let explained = searches.flat_map(|search| each(&search, "query"));
    let explained: Vec<String> =
        explained.filter_map(|query| query["description"].as_str().map(str::to_owned)).collect();
    let begin = format!("{field}:");
    let words = explained.iter().flat_map(|told| told.split_whitespace()).filter_map(|told| {
        // What they are together stands before the first: `ConstantScore((body:a body:b))`.
        let (kind, word) = told.split_once(&*begin)?;
        let word = word
            .split([')', '^'])
            .next()
            .filter(|_| kind.chars().all(|c| c.is_ascii_alphabetic() || "(+".contains(c)))?;
        // Where nothing fits, the pattern stands there as it is.
        (!word.is_empty() && !word.starts_with('/') && !word.contains(['*', '~'])).then(|| word.to_owned())
    });
    Ok(Some(words.collect()))
}

/// The word that was most likely meant by one that differs by typing errors; `None` in it when there is none.
///
/// # Errors
///
/// When nobody answers.
pub(crate) fn meant(cluster: &Cluster, word: &str, cancelled: &dyn Fn() -> bool) -> Result<Option<Vec<String>>> {
    let allowed = allowed_errors(word);
    let mut near: BTreeSet<String> = BTreeSet::new();
    for field in [field::TITLE, field::BODY] {
        let asked = json!({ "fuzzy": { field: {
            "value": word, "fuzziness": allowed.to_string(), "transpositions": true, "max_expansions": 200,
            "rewrite": "top_terms_blended_freqs_200",
        } } });
        let Some(told) = rewritten(cluster, field, &asked, cancelled)? else { return Ok(None) };
        near.extend(told);
    }
    near.remove(word);
    let errors = |other: &String| errors_between(word, other, allowed).unwrap_or(u8::MAX);
    let least = near.iter().map(errors).min();
    Ok(Some(near.into_iter().filter(|other| Some(errors(other)) == least).collect()))
}

/// A text as a pattern that only it fits.
fn escaped(text: &str) -> String {
    let mut pattern = String::new();
    for c in text.chars() {
        if !c.is_alphanumeric() {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

/// A regular expression as the server writes them; `None` for one that it does not know.
pub(crate) fn expression(text: &str) -> Option<String> {
    crate::query::expression::ready(text).ok()?;
    let parsed = regex_syntax::ParserBuilder::new().case_insensitive(true).build().parse(text).ok()?;
    let mut written = String::new();
    write(&parsed, &mut written).filter(|()| written.len() <= LONGEST)?;
    Some(written)
}

/// Writes a part of an expression.
fn write(part: &Hir, out: &mut String) -> Option<()> {
    match part.kind() {
        HirKind::Empty => out.push_str("()"),
        HirKind::Literal(literal) => out.push_str(&escaped(std::str::from_utf8(&literal.0).ok()?)),
        HirKind::Class(Class::Unicode(class)) => {
            // `.` is all but a line break, and no word has one.
            let all = class.ranges().iter().map(|range| range.end() as u64 - range.start() as u64 + 1).sum::<u64>();
            if all > 1_000_000 {
                out.push('.');
                return Some(());
            }
            out.push('[');
            for range in class.ranges() {
                out.push_str(&escaped(&range.start().to_string()));
                if range.start() != range.end() {
                    out.push('-');
                    out.push_str(&escaped(&range.end().to_string()));
                }
            }
            out.push(']');
        }
        HirKind::Class(Class::Bytes(_)) => return None,
        // Every expression is of a whole word; what looks at its ends alone says nothing more.
        HirKind::Look(regex_syntax::hir::Look::Start | regex_syntax::hir::Look::End) => {}
        HirKind::Look(_) => return None,
        HirKind::Repetition(repetition) => {
            out.push('(');
            write(&repetition.sub, out)?;
            out.push(')');
            match (repetition.min, repetition.max) {
                (0, None) => out.push('*'),
                (1, None) => out.push('+'),
                (0, Some(1)) => out.push('?'),
                (least, None) => out.push_str(&format!("{{{least},}}")),
                (least, Some(most)) => out.push_str(&format!("{{{least},{most}}}")),
            }
        }
        HirKind::Capture(capture) => {
            out.push('(');
            write(&capture.sub, out)?;
            out.push(')');
        }
        HirKind::Concat(parts) => parts.iter().try_for_each(|part| write(part, out))?,
        HirKind::Alternation(parts) => {
            out.push('(');
            for (at, part) in parts.iter().enumerate() {
                if at > 0 {
                    out.push('|');
                }
                write(part, out)?;
            }
            out.push(')');
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expressions_are_written_as_the_server_reads_them() {
        let check = |text: &str, expected: Option<&str>| assert_eq!(expression(text).as_deref(), expected, "{text}");
        check("colou?r", Some("[Cc][Oo][Ll][Oo]([Uu])?[Rr]"));
        check("1(2|3)*", Some("1(([2-3]))*"));
        check("12.*", Some("12(.)*"));
        check("1{2,3}#", Some("(1){2,3}\\#"));
        check(r"1\b", None);
        check("(", None);
    }

    #[test]
    fn patterns_fit_the_text_alone() {
        assert_eq!(escaped("<lefpig"), "\\<lefpig");
        assert_eq!(escaped("für"), "für");
    }
}
