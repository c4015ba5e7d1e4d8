//! What a query has found in a text.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use regex::Regex;

use super::passage::{merged, passage, passage_of_opening};
use crate::archive::{Compounds, Hit, Marker, MatchKind, Quotation};
use crate::article::{LanguageTag, Paragraph};
use crate::index::analysis::asked::{Asked, AskedUnit, allowed_errors, asked, asked_phrase, joined};
use crate::index::analysis::forms::{Forms, Umlauts};
use crate::index::analysis::scripts::other_scripts;
use crate::index::analysis::spelling::errors_between;
use crate::index::analysis::splits::splits;
use crate::index::analysis::stems::{LanguageStemmer, SHORTEST_PART};
use crate::index::analysis::units::{UnitKind, Units};
use crate::index::asking::near::{reach, runs};
use crate::query::expression::{of_wildcards, ready};
use crate::query::{Condition, Form, Node, Part, Query};
use crate::text::fold::fold;

/// Finds in a text every form under which a query finds it.
///
/// It follows the rules of the index: what is marked is what the search has matched.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matcher {
    wanted: Vec<Wanted>,
    /// The compounds that the index knows; without them it is guessed by their letters alone.
    compounds: Option<Arc<Compounds>>,
}

/// Words and characters that stand one directly after the other; mostly a single word.
#[derive(Clone, Debug)]
struct Wanted {
    elements: Vec<Element>,
    /// How many places each of them stands behind the first.
    offsets: Vec<usize>,
    /// How far the last may stand behind the first, where they stand in any order.
    reach: Option<u32>,
    /// The word that the elements would be without hyphens between.
    joined: Option<Forms>,
}

/// The stem that other words may share with one that is looked for.
struct WantedStem {
    stem: String,
    /// Whether the language writes compounds as one word.
    compounds: bool,
    /// The stems of the same name in the script of the language.
    scripts: Vec<String>,
}

#[derive(Clone, Debug)]
enum Element {
    Word {
        forms: Forms,
        likeness: Likeness,
        /// The same name in other scripts, folded.
        scripts: Vec<String>,
    },
    /// A word that fits a pattern, in any of its forms.
    Fitting(Regex),
    Char(char),
}

/// How like a word another must be.
#[derive(Clone, Copy, Debug, Default)]
struct Likeness {
    /// Its accents count.
    exactly: bool,
    /// It may go on.
    prefix: bool,
    /// It may be another with the same stem, a compound with it, or the same name in another script.
    stem: bool,
    /// So many letters may be wrong.
    errors: u8,
}

/// A unit of the text that is searched.
struct Seen {
    range: Range<usize>,
    position: usize,
    unit: SeenUnit,
}

enum SeenUnit {
    Word { forms: Forms, stem: Option<String> },
    Char(char),
}

impl Matcher {
    /// What `query` asks for in titles and texts; what it excludes is not looked for.
    pub(crate) fn new(query: &Query) -> Matcher {
        Matcher::of(query, false)
    }

    /// The same for a search that forgave typing errors, see
    /// [`Found::forgiven`](crate::archive::Found::forgiven).
    pub(crate) fn forgiving(query: &Query) -> Matcher {
        Matcher::of(query, true)
    }

    /// The same with the compounds that the search has found, so that no others are marked.
    pub(crate) fn knowing(self, compounds: Arc<Compounds>) -> Matcher {
        Matcher { compounds: Some(compounds), ..self }
    }

    fn of(query: &Query, forgiving: bool) -> Matcher {
        let mut matcher = Matcher::default();
        if let Some(root) = &query.root {
            matcher.add(root, true, forgiving);
        }
        matcher
    }

    fn add(&mut self, node: &Node, wanted: bool, forgiving: bool) {
        match node {
            Node::And(nodes) | Node::Or(nodes) => nodes.iter().for_each(|node| self.add(node, wanted, forgiving)),
            Node::Not(inner) => self.add(inner, !wanted, forgiving),
            Node::Leaf(condition) => {
                let shown = matches!(condition.part(), Some(Part::Anywhere | Part::Title | Part::Body));
                if wanted && shown {
                    self.add_condition(condition, forgiving);
                }
            }
        }
    }

    fn add_condition(&mut self, condition: &Condition, forgiving: bool) {
        let fitting = |expression| Wanted {
            elements: vec![Element::Fitting(expression)],
            offsets: vec![0],
            reach: None,
            joined: None,
        };
        match condition {
            Condition::Word { text, form: Form::Wildcard, .. } => {
                self.wanted.extend(of_wildcards(&fold(text)).map(fitting));
            }
            Condition::Word { text, form: Form::Expression, .. } => self.wanted.extend(ready(text).ok().map(fitting)),
            Condition::Word { text, form: Form::Exact, .. } | Condition::Phrase { text, .. } => {
                self.add_words(asked_phrase(text), text, None, false);
            }
            Condition::Word { text, form, .. } => self.add_words(asked(text), text, Some(*form), forgiving),
            Condition::Near { text, within, .. } => self.add_near(text, *within),
            Condition::Fact { .. } => {}
        }
    }

    /// Adds words that stand near each other, each in any order and once.
    fn add_near(&mut self, text: &str, within: u32) {
        let mut elements: Vec<Element> = Vec::new();
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for asked in asked(text) {
            let (name, element) = match asked.unit {
                AskedUnit::Char(c, _) => (c.to_string(), Element::Char(c)),
                AskedUnit::Word(forms) => {
                    let (likeness, scripts) = Default::default();
                    (forms.folded.clone(), Element::Word { forms, likeness, scripts })
                }
            };
            if seen.insert(name) {
                elements.push(element);
            }
        }
        let reach = Some(reach(elements.len(), within));
        if !elements.is_empty() {
            self.wanted.push(Wanted { offsets: vec![0; elements.len()], elements, reach, joined: None });
        }
    }

    /// Adds a word of a form, or a phrase.
    fn add_words(&mut self, asked: Vec<Asked>, text: &str, form: Option<Form>, forgiving: bool) {
        let (count, single) = (asked.len(), asked.len() == 1);
        let stem = matches!(form, Some(Form::Word | Form::Typing)) && single;
        let element = |(at, unit)| match unit {
            AskedUnit::Char(c, _) => Element::Char(c),
            AskedUnit::Word(forms) => {
                let errors = form == Some(Form::Fuzzy) || forgiving && form != Some(Form::Prefix);
                let likeness = Likeness {
                    exactly: form.is_none(),
                    prefix: matches!(form, Some(Form::Typing | Form::Prefix)) && at + 1 == count,
                    stem,
                    errors: if errors && single { allowed_errors(&forms.folded) } else { 0 },
                };
                let scripts = if stem { other_scripts(&forms.folded) } else { Vec::new() };
                Element::Word { forms, likeness, scripts }
            }
        };
        let first = asked.first().map_or(0, |first| first.position);
        let offsets = asked.iter().map(|asked| asked.position - first).collect();
        let elements: Vec<Element> = asked.into_iter().map(|asked| asked.unit).enumerate().map(element).collect();
        let joined = form.and_then(|_| joined(text)).filter(|_| !single);
        if !elements.is_empty() {
            self.wanted.push(Wanted { elements, offsets, reach: None, joined });
        }
    }

    fn wants_stems(&self) -> bool {
        let stemmed = |element: &Element| matches!(element, Element::Word { likeness, .. } if likeness.stem);
        self.wanted.iter().flat_map(|wanted| &wanted.elements).any(stemmed)
    }
}

/// What marks in texts what `query` finds, with these compounds; `forgiven` where typing errors were.
pub(crate) fn marker(query: &Query, forgiven: bool, compounds: Arc<Compounds>) -> Arc<dyn Marker> {
    let matcher = if forgiven { Matcher::forgiving(query) } else { Matcher::new(query) };
    Arc::new(matcher.knowing(compounds))
}

impl Marker for Matcher {
    fn len(&self) -> usize {
        self.wanted.len()
    }

    fn hits(&self, text: &str, language: Option<LanguageTag>) -> Vec<Hit> {
        if self.is_empty() {
            return Vec::new();
        }
        let stemmer = language.and_then(LanguageStemmer::of).filter(|_| self.wants_stems());
        let stems: Vec<Option<WantedStem>> = self.wanted.iter().map(|wanted| wanted.stem(stemmer)).collect();
        let seen = see(text, language, stemmer, &stems);
        let mut hits = Vec::new();
        for (word, wanted) in self.wanted.iter().enumerate() {
            hits.extend(wanted.near(&seen).into_iter().map(|range| Hit { range, word, kind: MatchKind::Exact }));
        }
        let any_near = !hits.is_empty();
        for at in 0..seen.len() {
            for (word, (wanted, stem)) in self.wanted.iter().zip(&stems).enumerate() {
                if wanted.reach.is_some() {
                    continue;
                }
                if let Some((end, kind)) = wanted.matches(&seen[at..], stem.as_ref(), self.compounds.as_deref()) {
                    hits.push(Hit { range: seen[at].range.start..end, word, kind });
                }
            }
        }
        if any_near {
            hits.sort_by_key(|hit| (hit.range.start, hit.word));
        }
        hits
    }

    fn find(&self, text: &str, language: Option<LanguageTag>) -> Vec<Range<usize>> {
        merged(&self.hits(text, language))
    }

    fn passage(&self, paragraphs: &[Paragraph], language: Option<LanguageTag>, cells: usize) -> Option<Quotation> {
        passage(paragraphs, language, self, cells)
    }

    fn passage_of_opening(&self, opening: &str, language: Option<LanguageTag>, cells: usize) -> Option<Quotation> {
        passage_of_opening(opening, language, self, cells)
    }
}

impl Wanted {
    /// The stem that other words may share with this one.
    fn stem(&self, stemmer: Option<LanguageStemmer>) -> Option<WantedStem> {
        let [Element::Word { forms, likeness, scripts }] = &self.elements[..] else {
            return None;
        };
        let stemmer = stemmer.filter(|_| likeness.stem)?;
        let scripts = scripts.iter().filter(|spelled| stemmer.writes(spelled));
        Some(WantedStem {
            stem: stemmer.stem(forms.written()),
            compounds: stemmer.links.is_some(),
            scripts: scripts.map(|spelled| stemmer.stem(spelled)).collect(),
        })
    }

    /// Where the match ends that begins with the first of `seen`, and in which way it is one.
    fn matches(
        &self,
        seen: &[Seen],
        stem: Option<&WantedStem>,
        known: Option<&Compounds>,
    ) -> Option<(usize, MatchKind)> {
        let in_parts = self.in_parts(seen).map(|end| (end, MatchKind::Part));
        in_parts.or_else(|| self.one_by_one(seen, stem, known))
    }

    /// The words that stand near each other, where that is asked for.
    fn near(&self, seen: &[Seen]) -> Vec<Range<usize>> {
        let Some(reach) = self.reach else { return Vec::new() };
        let mut places: Vec<(u32, usize)> = Vec::new();
        let mut ranges: Vec<Range<usize>> = Vec::new();
        for seen in seen {
            if let Some(number) =
                self.elements.iter().position(|element| element.likeness(&seen.unit, None, None).is_some())
            {
                places.push((seen.position as u32, number));
                ranges.push(seen.range.clone());
            }
        }
        let runs = runs(&places, self.elements.len(), reach);
        let within: BTreeSet<usize> = runs.into_iter().flatten().collect();
        within.into_iter().map(|at| ranges[at].clone()).collect()
    }

    /// The same for words written as two instead of one, or as one instead of several.
    fn in_parts(&self, seen: &[Seen]) -> Option<usize> {
        let Seen { unit: SeenUnit::Word { forms: first, .. }, range, position } = seen.first()? else {
            return None;
        };
        if self.joined.as_ref().is_some_and(|joined| joined.folded == first.folded) {
            return Some(range.end);
        }
        let [Element::Word { forms, likeness, .. }] = &self.elements[..] else {
            return None;
        };
        let rest = forms.folded.strip_prefix(&*first.folded).filter(|rest| likeness.stem && !rest.is_empty())?;
        let Seen { unit: SeenUnit::Word { forms: last, .. }, range, position: next } = seen.get(1)? else {
            return None;
        };
        let is_split =
            *next == position + 1 && last.folded == rest && splits(&forms.folded).any(|(_, last)| last == rest);
        is_split.then_some(range.end)
    }

    /// Where the match ends in which every word is one of the text, and the least exact way of them.
    fn one_by_one(
        &self,
        seen: &[Seen],
        stem: Option<&WantedStem>,
        known: Option<&Compounds>,
    ) -> Option<(usize, MatchKind)> {
        let start = seen.first()?.position;
        let (mut end, mut least) = (0, MatchKind::Exact);
        let mut at = 0;
        for (element, offset) in self.elements.iter().zip(&self.offsets) {
            // What is asked for with gaps passes over words.
            at += seen[at..].iter().position(|seen| seen.position >= start + offset)?;
            let seen = seen.get(at).filter(|seen| seen.position == start + offset)?;
            least = least.max(element.likeness(&seen.unit, stem, known)?);
            end = seen.range.end;
        }
        Some((end, least))
    }
}

impl Element {
    /// In which way a unit of the text is this; `None` where it is something else.
    fn likeness(&self, unit: &SeenUnit, stem: Option<&WantedStem>, known: Option<&Compounds>) -> Option<MatchKind> {
        match (self, unit) {
            (Element::Char(wanted), SeenUnit::Char(c)) => (wanted == c).then_some(MatchKind::Exact),
            (Element::Fitting(expression), SeenUnit::Word { forms, .. }) => {
                let fits = |text: &String| !text.is_empty() && expression.is_match(text);
                let fitting = fits(&forms.folded) || fits(&forms.exact) || fits(&forms.spelled);
                fitting.then_some(MatchKind::Pattern)
            }
            (Element::Word { forms, likeness, scripts }, SeenUnit::Word { forms: word, stem: word_stem }) => {
                let script = || scripts.contains(&word.folded).then_some(MatchKind::Script);
                let family = || stem?.covers(forms, word, word_stem.as_deref(), known);
                likeness.covers(forms, word).or_else(family).or_else(script)
            }
            _ => None,
        }
    }
}

impl WantedStem {
    /// Whether the stem of this folded word may be shared: to stem a word takes longer than all else, and
    /// most words of a text begin otherwise than what is wanted.
    fn may_cover(&self, word: &str, keeps_initials: bool) -> bool {
        let first = word.chars().next();
        let begins_alike = |stem: &String| stem.chars().next() == first;
        // The last part of a compound stands behind another, and endings may grow by a letter or two.
        let is_long = || word.chars().count() + 2 >= self.stem.chars().count() + SHORTEST_PART;
        !keeps_initials
            || begins_alike(&self.stem)
            || self.scripts.iter().any(begins_alike)
            || self.compounds && is_long()
    }

    /// In which way a word of the text shares the stem, or is a compound with it.
    fn covers(
        &self,
        wanted: &Forms,
        word: &Forms,
        word_stem: Option<&str>,
        known: Option<&Compounds>,
    ) -> Option<MatchKind> {
        let shares = |stem: &str| !stem.is_empty() && (word.folded == stem || word_stem == Some(stem));
        if shares(&self.stem) {
            return Some(MatchKind::Stem);
        }
        if self.scripts.iter().any(|stem| shares(stem)) {
            return Some(MatchKind::Script);
        }
        let long = |part: &str| part.chars().count() >= SHORTEST_PART;
        let is_part = || {
            let before = word_stem.and_then(|whole| whole.strip_suffix(&*self.stem)).filter(|_| long(&self.stem));
            let after = word.folded.strip_prefix(&*wanted.folded).filter(|_| long(&wanted.folded));
            let ends = || known.zip(word_stem).is_none_or(|(known, whole)| known.ending.contains(whole));
            let begins = || known.is_none_or(|known| known.beginning.contains(&word.folded));
            before.is_some_and(long) && ends() || after.is_some_and(long) && begins()
        };
        (self.compounds && is_part()).then_some(MatchKind::Part)
    }
}

impl Likeness {
    /// In which way a word of the text is the one that is wanted, by its letters.
    fn covers(self, wanted: &Forms, word: &Forms) -> Option<MatchKind> {
        if self.exactly {
            let exact = if wanted.exact.is_empty() { &word.folded } else { &word.exact };
            let same = exact == wanted.written() || word.spelled == wanted.folded;
            return same.then_some(MatchKind::Exact);
        }
        let spellings = [&word.folded, &word.spelled];
        let same = |text: &String| !text.is_empty() && spellings.contains(&text);
        if same(&wanted.folded) || same(&wanted.spelled) {
            let plain = wanted.exact.is_empty() && word.folded == wanted.folded;
            let is_exact = plain || !wanted.exact.is_empty() && word.exact == wanted.exact;
            return Some(if is_exact { MatchKind::Exact } else { MatchKind::Folded });
        }
        if self.prefix && spellings.iter().any(|text| text.starts_with(&wanted.folded)) {
            return Some(MatchKind::Beginning);
        }
        let errors = errors_between(&wanted.folded, &word.folded, self.errors).filter(|_| self.errors > 0)?;
        Some(if errors > 1 { MatchKind::TwoErrors } else { MatchKind::Error })
    }
}

/// The units of a text with their forms.
fn see(
    text: &str,
    language: Option<LanguageTag>,
    stemmer: Option<LanguageStemmer>,
    wanted: &[Option<WantedStem>],
) -> Vec<Seen> {
    let umlauts = Umlauts::of(language);
    let unit = |range: &Range<usize>, kind| match kind {
        UnitKind::Char(c, _) => SeenUnit::Char(c),
        UnitKind::Word => {
            let forms = Forms::of(&text[range.clone()], umlauts);
            let may_cover = |stemmer: &LanguageStemmer| {
                wanted.iter().flatten().any(|stem| stem.may_cover(&forms.folded, stemmer.keeps_initials))
            };
            let stem = stemmer.filter(may_cover).map(|stemmer| stemmer.stem(forms.written()));
            SeenUnit::Word { forms, stem }
        }
    };
    Units::new(text)
        .map(|seen| Seen { unit: unit(&seen.range, seen.kind), range: seen.range, position: seen.position })
        .collect()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Marks what `words` find in `text` with brackets. A word in quotes is a phrase, `*` and `~` are
    /// as in a query, and a word that ends in `_` is still being typed.
    fn check(words: &str, language: &str, text: &str, marked: &str) {
        let ranges = matcher(words).find(text, LanguageTag::find(language));
        assert_eq!(bracketed(text, &ranges), marked, "{words}");
    }

    pub(crate) fn matcher(words: &str) -> Matcher {
        let part = Part::Anywhere;
        let leaf = |word: &str| {
            let form = match word.chars().last() {
                Some('*') => Form::Prefix,
                Some('~') => Form::Fuzzy,
                Some('_') => Form::Typing,
                _ => Form::Word,
            };
            Node::Leaf(match word.strip_prefix('"') {
                Some(phrase) => Condition::Phrase { part, text: phrase.trim_end_matches('"').replace('_', " ") },
                None => Condition::Word { part, text: word.trim_end_matches(['*', '~', '_']).to_owned(), form },
            })
        };
        let root = Some(Node::And(words.split(' ').map(leaf).collect()));
        Matcher::new(&Query { root, ..Query::default() })
    }

    pub(crate) fn bracketed(text: &str, ranges: &[Range<usize>]) -> String {
        let mut marked = text.to_owned();
        for range in ranges.iter().rev() {
            marked.insert(range.end, ']');
            marked.insert(range.start, '[');
        }
        marked
    }

    #[test]
    fn each_form_is_named() {
        let kinds = |words: &str, language: &str, text: &str| {
            let hits = matcher(words).hits(text, LanguageTag::find(language));
            hits.iter().map(|hit| format!("{}:{:?}", hit.word, hit.kind)).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(kinds("invite him", "en", "She invited him"), "0:Stem 1:Exact");
        assert_eq!(kinds("fur", "de", "Für, fur"), "0:Exact 0:Exact");
        assert_eq!(kinds("für", "de", "Für, fur, fuer"), "0:Exact 0:Folded 0:Folded");
        assert_eq!(kinds("clu*", "en", "Clubhouse"), "0:Beginning");
        assert_eq!(kinds("clubhouse~", "en", "clubhuose klubhouze"), "0:Error 0:TwoErrors");
        assert_eq!(kinds("profil", "de", "Twitterprofil"), "0:Part");
        assert_eq!(kinds("twitterprofil", "de", "Twitter Profil"), "0:Part");
        assert_eq!(kinds("putin", "ru", "Путин, Путину"), "0:Script 0:Script");
        assert_eq!(kinds("\"kanye_west\"", "en", "Kanye West"), "0:Exact");
        assert_eq!(kinds("电话", "zh", "电话"), "0:Exact");
    }

    #[test]
    fn every_form_is_marked() {
        check("invite", "en", "She invited him; invisible.", "She [invited] him; invisible.");
        check("invite", "", "She invited him.", "She invited him.");
        check("fur", "de", "Für ihn, furchtbar", "[Für] ihn, furchtbar");
        check("gespraech", "de", "Ein Gespräch", "Ein [Gespräch]");
        check("gespräch", "de", "Ein Gespraech, die Gespräche", "Ein [Gespraech], die [Gespräche]");
        check("putin", "en", "Putin's word", "[Putin]'s word");
    }

    #[test]
    fn beginnings_and_errors_are_marked() {
        check("clu*", "en", "Clubhouse, the club", "[Clubhouse], the [club]");
        check("clu_", "en", "Clubhouse, the club", "[Clubhouse], the [club]");
        check("clubhuose~", "en", "Clubhouse, the club", "[Clubhouse], the club");
        check("put~", "en", "put pat", "[put] pat");
    }

    #[test]
    fn phrases_are_marked_as_a_whole() {
        check("\"kanye_west\"", "en", "Kanye West, west of Kanye", "[Kanye West], west of Kanye");
        check("\"für_ihn\"", "de", "für ihn, fur ihn", "[für ihn], fur ihn");
        check("l'homme", "fr", "L’homme et l'autre homme", "[L’homme] et l'autre homme");
    }

    #[test]
    fn any_part_of_chinese_is_marked() {
        check("电话", "zh", "通过电话直呼", "通过[电话]直呼");
        check("话", "zh", "电话。话", "电[话]。[话]");
        check("手机", "zh", "iPhone手机", "iPhone[手机]");
    }

    #[test]
    fn what_is_excluded_is_not_marked() {
        let word =
            |text: &str| Node::Leaf(Condition::Word { part: Part::Anywhere, text: text.to_owned(), form: Form::Word });
        let root = Node::And(vec![word("musk"), Node::Not(Box::new(word("west")))]);
        let matcher = Matcher::new(&Query { root: Some(root), ..Query::default() });
        assert_eq!(bracketed("musk west", &matcher.find("musk west", None)), "[musk] west");
        assert!(Matcher::new(&Query::default()).is_empty());
    }

    #[test]
    fn compounds_and_their_parts_are_marked() {
        check(
            "profil",
            "de",
            "Das Twitterprofil, Twitterprofile, Profis",
            "Das [Twitterprofil], [Twitterprofile], Profis",
        );
        check("klima", "de", "Klimagipfel, Klimax und Klima", "[Klimagipfel], Klimax und [Klima]");
        check("profil", "en", "Twitterprofil", "Twitterprofil");
        check(
            "twitterprofil",
            "de",
            "Twitter-Profil, Twitter Profil, Profil",
            "[Twitter-Profil], [Twitter Profil], Profil",
        );
        check("twitter-profil", "de", "Twitterprofil, Twitter-Profil", "[Twitterprofil], [Twitter-Profil]");
        check("gespräch", "de", "Clubhouse-Gespräch", "Clubhouse-[Gespräch]");
    }

    fn check_line(line: &str, text: &str, expected: &str) {
        let matcher = Matcher::new(&crate::query::parse_finished(line));
        let mut shown = text.to_owned();
        for range in matcher.find(text, LanguageTag::find("de")).into_iter().rev() {
            shown.insert(range.end, ']');
            shown.insert(range.start, '[');
        }
        assert_eq!(shown, expected, "{line}");
    }

    #[test]
    fn words_near_each_other_patterns_and_gaps_are_marked() {
        check_line("\"musk putin\"~3", "Putin und Elon Musk, Musk. Putin", "[Putin] und Elon [Musk], [Musk]. [Putin]");
        check_line("\"musk putin\"~2", "Putin und Elon Musk", "Putin und Elon Musk");
        check_line("einlad*ng", "Einladung, Einladungen, einlädng", "[Einladung], Einladungen, [einlädng]");
        check_line("/m[uü]ll.r|x/", "Müller, Muller, x, xx", "[Müller], [Muller], [x], xx");
        check_line("\"der * zeit\"", "der langen Zeit, der Zeit", "[der langen Zeit], der Zeit");
        check_line("=Einladung", "Einladung, Einladungen", "[Einladung], Einladungen");
        check_line("title:=Einladung words:>5", "Einladung", "Einladung");
    }

    #[test]
    fn names_are_marked_in_other_scripts() {
        check("putin", "ru", "Путин сказал, Путину", "[Путин] сказал, [Путину]");
        check("путин", "en", "Putin said", "[Putin] said");
        check("putin", "el", "Ο Πούτιν", "Ο [Πούτιν]");
        check("путин", "uk", "Пу Путін", "Пу Путін");
    }

    proptest! {
        #[test]
        fn marks_lie_in_order_on_boundaries(
            words in "[a-e电话é\"*~_' -]{1,12}",
            text in "[a-e电话éÉ '\n.-]{0,60}|\\PC*",
        ) {
            let mut end = 0;
            for range in matcher(&words).find(&text, LanguageTag::find("de")) {
                prop_assert!(range.start >= end && text.get(range.clone()).is_some_and(|part| !part.is_empty()));
                end = range.end + 1;
            }
        }
    }
}
