//! A page as a tree: small, flat, built in one pass over its tags.
//!
//! Tags are taken as browsers take them where it matters for text (paragraphs, points, rows and links
//! that nobody ends; ends that nobody began), without the copies that the standard makes of elements.
//! So time and memory go with the length of the page alone.

use html5ever::LocalName;
use html5ever::tokenizer::Tag;

/// Elements that have no end.
pub(super) const EMPTY: &[&str] =
    &["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Elements that end an open paragraph.
const ENDS_PARAGRAPH: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dd",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "ul",
];

/// Elements that format text; their ends do not end what stands around them.
pub(super) const FORMATTING: &[&str] = &[
    "a", "abbr", "acronym", "b", "big", "cite", "code", "del", "em", "font", "i", "ins", "mark", "nobr", "q", "s",
    "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u",
];

/// Elements that nothing within them ends from outside.
const SCOPES: &[&str] = &["caption", "table", "td", "th", "object", "marquee", "button"];

/// The attributes that are kept.
const ATTRIBUTES: &[&str] = &[
    "class",
    "id",
    "itemprop",
    "rel",
    "href",
    "role",
    "style",
    "hidden",
    "aria-hidden",
    "alt",
    "datetime",
    "content",
    "start",
    "value",
    "pubdate",
    "title",
    "data-component",
    "data-testid",
    "itemtype",
    "lang",
    "src",
    "colspan",
];

/// No attribute is longer; addresses and lists of classes are far shorter.
const LONGEST_ATTRIBUTE: usize = 2000;

/// How many elements around the innermost are looked at for one that an end tag ends.
const LOOKED_AT: usize = 64;

/// Elements that lie deeper within each other stand side by side.
const DEEPEST: usize = 200;

/// A tree has no more elements and runs of text: at about 60 bytes each, a tenth of a gigabyte is
/// never reached. The longest real pages have a tenth of it.
const MOST_NODES: usize = 1_000_000;

/// No node.
pub(super) const NONE: u32 = u32::MAX;

/// An element, or a run of text.
#[derive(Debug)]
pub(super) struct Node {
    /// The name of the element; `None` for text.
    pub name: Option<LocalName>,
    /// The element around it.
    pub parent: u32,
    /// What follows in the same element.
    pub next: u32,
    /// What it begins with.
    pub first: u32,
    last: u32,
    /// Of text, its bytes in [`Tree::text`]; of an element, its attributes.
    start: u32,
    end: u32,
}

/// A page as a tree. A node comes before all that lies within it.
#[derive(Debug)]
pub(super) struct Tree {
    /// All nodes; the first is the page.
    pub nodes: Vec<Node>,
    /// All text of the page.
    text: String,
    attributes: Vec<(u8, u32, u32)>,
    values: String,
    /// The open elements: their names and nodes.
    open: Vec<(LocalName, u32)>,
    /// How many of them are paragraphs.
    paragraphs: usize,
    /// Whether there was more than a tree may hold.
    pub is_cut: bool,
}

impl Default for Tree {
    fn default() -> Tree {
        let page = Node {
            name: Some(LocalName::from("body")),
            parent: NONE,
            next: NONE,
            first: NONE,
            last: NONE,
            start: 0,
            end: 0,
        };
        Tree {
            nodes: vec![page],
            text: String::new(),
            attributes: Vec::new(),
            values: String::new(),
            open: vec![(LocalName::from("body"), 0)],
            paragraphs: 0,
            is_cut: false,
        }
    }
}

impl Tree {
    /// The name of an element; empty for text.
    pub fn name(&self, node: u32) -> &str {
        self.nodes[node as usize].name.as_deref().unwrap_or_default()
    }

    /// The text of a run of text; empty for elements.
    pub fn text(&self, node: u32) -> &str {
        let node = &self.nodes[node as usize];
        if node.name.is_some() { "" } else { &self.text[node.start as usize..node.end as usize] }
    }

    /// The value of an attribute.
    pub fn attribute(&self, node: u32, name: &str) -> Option<&str> {
        let node = &self.nodes[node as usize];
        node.name.as_ref()?;
        let all = &self.attributes[node.start as usize..node.end as usize];
        let found = all.iter().find(|(at, _, _)| ATTRIBUTES[usize::from(*at)] == name)?;
        Some(&self.values[found.1 as usize..found.2 as usize])
    }

    /// What an element holds, in order.
    pub fn children(&self, node: u32) -> impl Iterator<Item = u32> + '_ {
        let first = self.nodes[node as usize].first;
        std::iter::successors((first != NONE).then_some(first), |at| {
            let next = self.nodes[*at as usize].next;
            (next != NONE).then_some(next)
        })
    }

    /// The elements around a node, the innermost first.
    pub fn around(&self, node: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(Some(node), |at| {
            let parent = self.nodes[*at as usize].parent;
            (parent != NONE).then_some(parent)
        })
        .skip(1)
    }

    /// The node after a node and all that lies within it; the number of nodes for the last.
    pub fn after(&self, node: u32) -> u32 {
        let mut at = node;
        loop {
            let this = &self.nodes[at as usize];
            if this.next != NONE {
                return this.next;
            }
            if this.parent == NONE {
                return self.nodes.len() as u32;
            }
            at = this.parent;
        }
    }

    /// All text within an element, white space as it comes; of much text, the beginning.
    pub fn all_text(&self, node: u32) -> String {
        const MUCH: usize = 4000;
        let mut text = String::new();
        for at in node..self.after(node) {
            if text.len() > MUCH {
                break;
            }
            text.push_str(self.text(at));
            if self.nodes[at as usize].name.is_some() && super::flow::parts(self.name(at)) {
                text.push(' ');
            }
        }
        text
    }

    /// Goes on with text.
    pub fn characters(&mut self, text: &str) {
        let parent = self.innermost();
        let last = self.nodes[parent as usize].last;
        let start = self.text.len();
        // Text that goes on is one run.
        if last != NONE && self.nodes[last as usize].name.is_none() && self.nodes[last as usize].end as usize == start {
            self.text.push_str(text);
            self.nodes[last as usize].end = self.text.len() as u32;
            return;
        }
        if self.nodes.len() >= MOST_NODES {
            self.is_cut = true;
            return;
        }
        self.text.push_str(text);
        self.add(None, start, self.text.len());
    }

    /// An element begins; `is_empty` where it ends at once.
    pub fn start(&mut self, tag: &Tag, is_empty: bool) {
        let name = &*tag.name;
        if matches!(name, "html" | "head" | "body") {
            return;
        }
        if self.nodes.len() >= MOST_NODES {
            self.is_cut = true;
            return;
        }
        match name {
            "li" => self.end_open(&["li"], &["ul", "ol", "menu"]),
            "dt" | "dd" => self.end_open(&["dt", "dd"], &["dl"]),
            "tr" => self.end_open(&["tr"], &["table"]),
            "td" | "th" => self.end_open(&["td", "th"], &["tr", "table"]),
            "thead" | "tbody" | "tfoot" => self.end_open(&["thead", "tbody", "tfoot"], &["table"]),
            "a" => self.end_open(&["a"], SCOPES),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let is_heading = |name: &str| matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
                if self.open.last().is_some_and(|(open, _)| is_heading(open)) {
                    self.close(self.open.len() - 1);
                }
            }
            _ => {}
        }
        if self.paragraphs > 0 && ENDS_PARAGRAPH.contains(&name) {
            self.end_open(&["p"], SCOPES);
        }
        let start = self.attributes.len();
        for attribute in &tag.attrs {
            let known = ATTRIBUTES.iter().position(|known| *known == &*attribute.name.local);
            if let Some(known) = known.filter(|_| attribute.value.len() <= LONGEST_ATTRIBUTE) {
                let from = self.values.len();
                self.values.push_str(&attribute.value);
                self.attributes.push((known as u8, from as u32, self.values.len() as u32));
            }
        }
        let node = self.add(Some(tag.name.clone()), start, self.attributes.len());
        if !is_empty && !EMPTY.contains(&name) {
            let node = if self.open.len() < DEEPEST { node } else { self.innermost() };
            self.paragraphs += usize::from(name == "p");
            self.open.push((tag.name.clone(), node));
        }
    }

    /// An element ends.
    pub fn end(&mut self, name: &str) {
        let is_formatting = FORMATTING.contains(&name);
        let is_cell = matches!(name, "table" | "tr" | "td" | "th" | "tbody" | "thead" | "tfoot");
        let first = self.open.len().saturating_sub(LOOKED_AT).max(1);
        for at in (first..self.open.len()).rev() {
            let open = &*self.open[at].0;
            if open == name {
                self.close(at);
                return;
            }
            // What formats text ends nothing but what formats text.
            if is_formatting && !FORMATTING.contains(&open) || SCOPES.contains(&open) && !(is_cell && open != "table") {
                return;
            }
        }
    }

    /// Ends the open elements from this one on.
    fn close(&mut self, first: usize) {
        let paragraphs = self.open[first..].iter().filter(|(name, _)| &**name == "p").count();
        self.paragraphs -= paragraphs;
        self.open.truncate(first);
    }

    fn innermost(&self) -> u32 {
        self.open.last().map_or(0, |(_, node)| *node)
    }

    /// Ends the innermost open element of these names, unless one of `scopes` lies around it.
    fn end_open(&mut self, names: &[&str], scopes: &[&str]) {
        let first = self.open.len().saturating_sub(LOOKED_AT).max(1);
        for at in (first..self.open.len()).rev() {
            let open = &*self.open[at].0;
            if names.contains(&open) {
                self.close(at);
                return;
            }
            if scopes.contains(&open) || (open == "table" && names[0] != "tr") {
                return;
            }
        }
    }

    fn add(&mut self, name: Option<LocalName>, start: usize, end: usize) -> u32 {
        let parent = self.innermost();
        let node = self.nodes.len() as u32;
        self.nodes.push(Node {
            name,
            parent,
            next: NONE,
            first: NONE,
            last: NONE,
            start: start as u32,
            end: end as u32,
        });
        let last = self.nodes[parent as usize].last;
        if last == NONE {
            self.nodes[parent as usize].first = node;
        } else {
            self.nodes[last as usize].next = node;
        }
        self.nodes[parent as usize].last = node;
        node
    }
}
