//! The part of a page that is its article.

use super::around::{Named, Names, REASONS};
use super::flow::{BLOCKS, Flow, LINES, parts};
use super::tree::{NONE, Tree};
use crate::article::SpanKind;
use crate::extract::{Hint, Place};

/// What is known of each node of a page.
pub(super) struct Survey<'a> {
    pub tree: &'a Tree,
    names: Vec<Named>,
    /// Letters and digits within each node, those of scripts without spaces counted twice.
    letters: Vec<u32>,
    /// How many of them lead elsewhere.
    linked: Vec<u32>,
    /// Letters of running text within each node.
    prose: Vec<u32>,
    /// Whether a node belongs to what stands around the article.
    dropped: Vec<bool>,
    /// Whether all of it is the article.
    is_whole: bool,
}

/// How much text a character is.
fn weight(c: char) -> u32 {
    match c {
        c if c.is_ascii() => u32::from(c.is_ascii_alphanumeric()),
        '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' => 3,
        c => u32::from(c.is_alphanumeric()),
    }
}

/// True where text holds a sentence, or a part of one.
fn has_stop(text: &str) -> bool {
    text.contains(['.', ',', '!', '?', '。', '，', '、', '।', '؟', '،', '۔', '“', '„', '။', '።', '։'])
}

/// How many elements of a small part are looked at.
const LOOKED_AT: usize = 200;

/// How many headings are looked at for the headline.
const MOST_HEADINGS: usize = 200;

/// So many letters may stand between the headline and the text: facts and a summary.
const MOST_ABOVE: u32 = 1500;

/// The letters and digits of a text, in lower case.
fn letters_of(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

impl<'a> Survey<'a> {
    pub fn new(tree: &'a Tree) -> Survey<'a> {
        let count = tree.nodes.len();
        let mut names = vec![Named::default(); count];
        let (mut letters, mut linked) = (vec![0u32; count], vec![0u32; count]);
        // The text that stands in each block itself, and how much of it leads elsewhere.
        let (mut own, mut own_linked) = (vec![0u32; count], vec![0u32; count]);
        let mut stops = vec![false; count];
        let mut block = vec![0u32; count];
        let mut in_link = vec![false; count];
        let mut known = Names::default();
        for at in 0..count {
            let parent = tree.nodes[at].parent;
            let (parent_block, parent_link) = if parent == NONE {
                (0, false)
            } else {
                let p = parent as usize;
                (block[p], in_link[p])
            };
            let name = tree.name(at as u32);
            if name.is_empty() {
                let text = tree.text(at as u32);
                let size: u32 = text.chars().map(weight).sum();
                letters[at] = size;
                own[parent_block as usize] += size;
                stops[parent_block as usize] |= has_stop(text);
                if parent_link {
                    linked[at] = size;
                    own_linked[parent_block as usize] += size;
                }
                continue;
            }
            names[at] = known.of(tree, at as u32);
            block[at] = if parts(name) && name != "br" { at as u32 } else { parent_block };
            in_link[at] = parent_link || name == "a" && tree.attribute(at as u32, "href").is_some();
        }
        // Running text of each block itself.
        let free = |at: usize| {
            let free = own[at].saturating_sub(own_linked[at]);
            let is_prose = (free >= 80 || free >= 25 && stops[at]) && own_linked[at] <= free;
            if is_prose { free } else { 0 }
        };
        let prose = (0..count).map(free).collect();
        let mut survey = Survey { tree, names, letters, linked, prose, dropped: Vec::new(), is_whole: false };
        survey.sum();
        // A word that would set much of the text aside means something else on this page.
        let all = survey.prose[0];
        let mut by_reason = vec![0; REASONS + 1];
        let mut within = vec![false; count];
        for at in 1..count {
            let parent = tree.nodes[at].parent as usize;
            let names = survey.names[at];
            let reason = if names.hidden { Some(REASONS as u16) } else { names.around };
            within[at] = within[parent] || reason.is_some() || names.surely_around;
            if let Some(reason) = reason.filter(|_| !within[parent]) {
                by_reason[usize::from(reason)] += survey.prose[at];
            }
        }
        let mut dropped = vec![false; count];
        for at in 1..count {
            let parent = tree.nodes[at].parent as usize;
            let names = survey.names[at];
            let around = names.around.is_some_and(|reason| by_reason[usize::from(reason)] * 3 <= all);
            dropped[at] = dropped[parent]
                || names.hidden && by_reason[REASONS] * 3 <= all
                || (around || names.surely_around) && names.body < 3 && survey.prose[at] * 2 <= all;
        }
        // The same without what was dropped.
        let kept = dropped.iter().enumerate().map(|(at, dropped)| if *dropped { 0 } else { free(at) });
        survey.prose = kept.collect();
        for at in (1..count).rev() {
            let parent = tree.nodes[at].parent as usize;
            survey.prose[parent] += survey.prose[at];
        }
        survey.dropped = dropped;
        survey
    }

    /// What is known of a piece of markup that is all text of an article.
    pub fn of_fragment(tree: &'a Tree) -> Survey<'a> {
        let count = tree.nodes.len();
        let letters = (0..count as u32).map(|at| tree.text(at).chars().map(weight).sum()).collect();
        let (linked, prose, names) = (vec![0; count], vec![0; count], vec![Named::default(); count]);
        let mut survey = Survey { tree, names, letters, linked, prose, dropped: vec![false; count], is_whole: true };
        survey.sum();
        survey
    }

    /// How much text the page has in all.
    pub fn all_letters(&self) -> usize {
        self.letters[0] as usize
    }

    fn sum(&mut self) {
        for at in (1..self.tree.nodes.len()).rev() {
            let parent = self.tree.nodes[at].parent as usize;
            self.letters[parent] += self.letters[at];
            self.linked[parent] += self.linked[at];
            self.prose[parent] += self.prose[at];
        }
    }

    /// The headline: a heading that the head of the page repeats, else its only main heading.
    pub fn headline(&self, titles: &[&str]) -> Option<u32> {
        let titles: Vec<String> =
            titles.iter().map(|title| letters_of(title)).filter(|title| title.chars().count() >= 4).collect();
        let headings = |wanted: &'static [&'static str]| {
            (0..self.tree.nodes.len() as u32)
                .filter(move |at| wanted.contains(&self.tree.name(*at)))
                .take(MOST_HEADINGS)
        };
        let told = |at: &u32| {
            let letters = letters_of(&self.tree.all_text(*at));
            letters.chars().count() >= 4
                && titles.iter().any(|title| {
                    title.starts_with(&letters)
                        || letters.starts_with(title.as_str()) && letters.len() < 2 * title.len()
                })
        };
        let found = headings(&["h1"]).find(told).or_else(|| headings(&["h2", "h3"]).find(told));
        found.or_else(|| {
            let mut main = headings(&["h1"]).filter(|at| self.letters[*at as usize] > 8 && !self.dropped[*at as usize]);
            main.next().filter(|_| main.next().is_none())
        })
    }

    /// The innermost element around the headline with a good share of the text.
    fn around_headline(&self, headline: Option<u32>) -> u32 {
        let all = self.prose[0];
        let Some(headline) = headline else { return 0 };
        self.tree.around(headline).find(|at| self.prose[*at as usize] >= (all / 5).max(250)).unwrap_or(0)
    }

    /// The elements that hold the article, in order.
    pub fn roots(&self, headline: Option<u32>) -> Vec<u32> {
        let scope = self.around_headline(headline);
        let all = self.prose[scope as usize];
        if all == 0 {
            return vec![0];
        }
        for rank in [4, 3, 2] {
            let found: Vec<u32> = (scope..self.tree.after(scope))
                .filter(|at| {
                    let at = *at as usize;
                    self.names[at].body == rank && !self.dropped[at]
                })
                .collect();
            let Some(best) = found.iter().copied().max_by_key(|at| (self.prose[*at as usize], std::cmp::Reverse(*at)))
            else {
                continue;
            };
            let within: Vec<u32> =
                found.iter().copied().filter(|at| *at == best || self.same_article(*at, best)).collect();
            let outermost = self.outermost(&within);
            let together: u32 = outermost.iter().map(|at| self.prose[*at as usize]).sum();
            if self.prose[best as usize] * 10 >= all * 3 || together * 10 >= all * 4 {
                return outermost;
            }
        }
        vec![self.densest(scope)]
    }

    /// Of these nodes, those that lie in no other.
    fn outermost(&self, nodes: &[u32]) -> Vec<u32> {
        let mut kept: Vec<u32> = Vec::new();
        for node in nodes {
            if kept.last().is_none_or(|last| self.tree.after(*last) <= *node) {
                kept.push(*node);
            }
        }
        kept
    }

    /// True for two elements of the same name that lie in the same article.
    fn same_article(&self, one: u32, other: u32) -> bool {
        let class = |at: u32| {
            self.tree.attribute(at, "class").and_then(|class| class.split_whitespace().next()).map(str::to_owned)
        };
        let article = |at: u32| self.tree.around(at).find(|at| matches!(self.tree.name(*at), "article" | "main"));
        self.prose[one as usize] > 0 && class(one) == class(other) && article(one) == article(other)
    }

    /// The innermost element that holds nearly all running text of `node`.
    fn densest(&self, node: u32) -> u32 {
        let mut at = node;
        loop {
            let best = self.tree.children(at).max_by_key(|child| self.prose[*child as usize]);
            match best {
                Some(best)
                    if self.prose[best as usize] * 100 >= self.prose[at as usize] * 80
                        && !matches!(self.tree.name(best), "p" | "li" | "td" | "tr" | "blockquote" | "") =>
                {
                    at = best
                }
                _ => return at,
            }
        }
    }

    /// Writes what stands between the headline and the article, and the headline itself.
    pub fn write_above(&self, headline: Option<u32>, roots: &[u32], flow: &mut Flow) {
        let root = roots[0];
        let Some(headline) = headline.filter(|headline| *headline < root && self.tree.after(*headline) <= root) else {
            return;
        };
        flow.place = Place::Above;
        let mut at = headline;
        let mut room = MOST_ABOVE;
        while at < root && room > 0 {
            let holds_root = self.tree.after(at) > root;
            if !holds_root {
                let names = &self.names[at as usize];
                let letters = self.letters[at as usize];
                let is_fact = names.hint.is_some() && letters < 200;
                let is_around = self.dropped[at as usize] && !is_fact && !self.holds_fact(at);
                if at == headline || !is_around && letters <= room {
                    room = room.saturating_sub(letters);
                    flow.start("div");
                    if at == headline {
                        flow.hint = Some(Hint::Headline);
                    }
                    self.node(at, flow, true);
                    flow.hint = None;
                    flow.end("div");
                    at = self.tree.after(at);
                    continue;
                }
                if is_around || letters == 0 || self.tree.nodes[at as usize].first == NONE {
                    at = self.tree.after(at);
                    continue;
                }
            }
            at += 1;
        }
        flow.place = Place::Text;
    }

    /// True for a small element that is set aside and holds a byline or a date.
    fn holds_fact(&self, node: u32) -> bool {
        self.letters[node as usize] < 300
            && (node..self.tree.after(node)).take(LOOKED_AT).any(|at| self.names[at as usize].hint.is_some())
    }

    /// Writes the article.
    pub fn write(&self, roots: &[u32], flow: &mut Flow) {
        for root in roots {
            flow.start("div");
            self.node(*root, flow, true);
            flow.end("div");
        }
    }

    fn node(&self, node: u32, flow: &mut Flow, is_root: bool) {
        let tree = self.tree;
        let at = node as usize;
        let name = tree.name(node);
        if name.is_empty() {
            flow.push(tree.text(node));
            return;
        }
        if !is_root && !self.is_whole && (self.dropped[at] || self.is_links(node)) {
            return;
        }
        let hint = self.names[at].hint.filter(|_| self.letters[at] < 200);
        let is_caption = self.names[at].caption
            && self.letters[at] < 400
            && !matches!(name, "figcaption" | "figure")
            && !parts_are_marked(tree, node);
        let place = flow.place;
        if is_caption {
            flow.start("figcaption");
            flow.place = Place::Aside;
        }
        let outer = flow.hint;
        if hint.is_some() && flow.hint.is_none() {
            flow.start_fact(hint);
        }
        flow.hint = flow.hint.or(hint);
        if flow.place == Place::Above && name == "span" {
            flow.part_above();
        }
        let children = |flow: &mut Flow| {
            for child in tree.children(node) {
                self.node(child, flow, false);
            }
        };
        match name {
            "img" => self.picture(node, flow),
            "br" => flow.start("br"),
            "hr" => flow.rule(),
            "em" | "i" | "cite" => {
                flow.start_span(SpanKind::Emphasis);
                children(flow);
                flow.end_span(|kind| kind == SpanKind::Emphasis);
            }
            "strong" | "b" => {
                flow.start_span(SpanKind::Strong);
                children(flow);
                flow.end_span(|kind| kind == SpanKind::Strong);
            }
            "code" | "kbd" | "samp" | "tt" => {
                flow.start_span(SpanKind::Code);
                children(flow);
                flow.end_span(|kind| kind == SpanKind::Code);
            }
            "a" => {
                let href = tree.attribute(node, "href").unwrap_or_default().trim();
                let open = !href.is_empty() && flow.start_link(href);
                children(flow);
                if open {
                    flow.end_span(|kind| matches!(kind, SpanKind::Link(_)));
                }
            }
            "table" if self.is_data(node) => {
                flow.start("table");
                self.rows(node, flow);
                flow.end("table");
            }
            "ol" => {
                let first = tree.attribute(node, "start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
                flow.start_list(first);
                children(flow);
                flow.end("ol");
            }
            name => {
                let block = BLOCKS.contains(&name) || LINES.contains(&name);
                if block {
                    flow.start(name);
                }
                children(flow);
                if block {
                    flow.end(name);
                }
            }
        }
        if flow.place == Place::Above && name == "span" {
            flow.part_above();
        }
        flow.hint = outer;
        if is_caption {
            flow.end("figcaption");
            flow.place = place;
        }
    }

    /// Writes the words that stand for a picture, unless something else in the text says them.
    fn picture(&self, node: u32, flow: &mut Flow) {
        let words = self.tree.attribute(node, "alt").unwrap_or_default().trim();
        let is_said = || {
            let box_of = self.tree.around(node).take(6).find(|at| self.tree.name(*at) == "figure");
            box_of.is_some_and(|figure| {
                (figure..self.tree.after(figure))
                    .take(LOOKED_AT)
                    .any(|at| self.tree.name(at) == "figcaption" && self.letters[at as usize] > 0)
            })
        };
        let is_sentence = words.split_whitespace().count() >= 3 && words.len() <= 400
            || words.chars().map(weight).sum::<u32>() >= 20 && !words.is_ascii();
        let is_name = words.contains(['/', '_'])
            || words.rsplit_once('.').is_some_and(|(_, end)| matches!(end, "jpg" | "jpeg" | "png" | "gif" | "webp"));
        if is_sentence && !is_name && flow.place == Place::Text && !is_said() {
            flow.picture(words);
        }
    }

    fn rows(&self, table: u32, flow: &mut Flow) {
        for child in self.tree.children(table) {
            match self.tree.name(child) {
                "tr" => {
                    flow.start_row();
                    for cell in self.tree.children(child).filter(|cell| matches!(self.tree.name(*cell), "td" | "th")) {
                        flow.start_cell(self.tree.name(cell) == "th");
                        for child in self.tree.children(cell) {
                            self.node(child, flow, false);
                        }
                        flow.end_cell();
                    }
                    flow.end_row();
                }
                "thead" | "tbody" | "tfoot" => self.rows(child, flow),
                "caption" => self.node(child, flow, false),
                _ => {}
            }
        }
    }

    /// True for a table of data; pages use others to put things side by side.
    fn is_data(&self, table: u32) -> bool {
        let (mut rows, mut wide) = (0, 0);
        let mut cells = 0;
        for at in table + 1..self.tree.after(table) {
            match self.tree.name(at) {
                "tr" => {
                    rows += 1;
                    wide += usize::from(cells >= 2);
                    cells = 0;
                }
                "td" | "th" => {
                    cells += 1;
                    if self.letters[at as usize] > 400 {
                        return false;
                    }
                }
                "table" | "h1" | "h2" | "h3" | "figure" | "article" | "section" => return false,
                _ => {}
            }
        }
        wide += usize::from(cells >= 2);
        rows >= 2 && wide * 2 >= rows
    }

    /// True for a list or a box of links.
    fn is_links(&self, node: u32) -> bool {
        let at = node as usize;
        let (letters, linked) = (self.letters[at], self.linked[at]);
        match self.tree.name(node) {
            "ul" | "ol" | "dl" | "div" | "section" | "aside" | "table" | "header" => {
                letters > 0 && linked * 10 >= letters * 7 && self.prose[at] * 3 <= letters
            }
            "p" | "li" => false,
            _ => false,
        }
    }
}

/// True within an element that says by its kind what it is.
fn parts_are_marked(tree: &Tree, node: u32) -> bool {
    tree.around(node).take(4).any(|at| tree.name(at) == "figcaption")
        || (node..tree.after(node)).take(LOOKED_AT).any(|at| tree.name(at) == "figcaption")
}
