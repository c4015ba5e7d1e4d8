//! The query line: one grammar for the filter bar, the command line and everything that selects articles.
//!
//! Parsing cannot fail: whatever is unfinished or unknown is guessed, and each guess is a [`Note`].

pub mod complete;
mod condition;
mod date;
pub mod edit;
pub mod expression;
pub mod field;
mod lex;
mod meaning;
mod moment;
mod parse;
mod print;
mod steps;
mod word;

use std::ops::Range;

pub use complete::{Completion, complete};
pub use condition::{Condition, DateCondition, DateSpan, Fact, Form, Names, Number, Part, Set, Sort, Trait};
pub use field::{FIELDS, Facet, Field};
pub use meaning::{Meaning, Reading, Style, Value};
pub use moment::{Edge, Moment, Unit};
pub use parse::{LONGEST_LINE, parse, parse_finished};

/// What is looked for, as understood from a query line.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// What an article must fulfil; `None` matches every article.
    pub root: Option<Node>,
    /// The order that was asked for, the last one if there are several.
    pub sort: Option<Sort>,
    /// The conditions in the order of the line, for chips and for editing it.
    pub clauses: Vec<Clause>,
    /// What was guessed.
    pub notes: Vec<Note>,
}

/// How conditions are combined.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Node {
    /// All of them; never empty.
    And(Vec<Node>),
    /// At least one of them; never empty.
    Or(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
    /// One condition.
    Leaf(Condition),
}

/// One item of the line, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// Its bytes in the line, with `-` or `NOT` and field name.
    pub span: Range<usize>,
    /// The bytes of its value, without field name; quotes are included.
    pub value: Range<usize>,
    /// The name of the field in its usual spelling (`lang`), or `None` for words.
    pub field: Option<&'static str>,
    /// What it asks for: any of these. Empty for `sort:`, and for a value that is left out because
    /// it is not finished.
    pub conditions: Vec<Condition>,
    /// Whether articles that fulfil it are left out.
    pub negated: bool,
    /// Whether it stands outside all brackets and `OR`s, so that it can be taken away alone.
    pub top_level: bool,
}

/// Something that was guessed while reading the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The bytes of the line it is about.
    pub span: Range<usize>,
    /// What was guessed, in words for a reader.
    pub text: String,
}

impl Query {
    /// True when a condition outside of brackets and `OR`s decides by what `facet` counts.
    pub fn chooses(&self, facet: Facet) -> bool {
        let chooses = |clause: &Clause| clause.conditions.iter().any(|condition| condition.facet() == Some(facet));
        self.clauses.iter().any(|clause| clause.top_level && chooses(clause))
    }

    /// True when what matches depends on the reader's marks.
    pub fn asks_for_marks(&self) -> bool {
        let marks = |condition: &Condition| matches!(condition, Condition::Fact { fact: Fact::Among(_), .. });
        self.clauses.iter().any(|clause| clause.conditions.iter().any(marks))
    }

    /// The query without the conditions that `left_out` names, wherever they stand outside of brackets
    /// and `OR`s: what there would be to choose from if nothing of that kind were chosen.
    ///
    /// Clauses and notes stay as they are: they speak of the line.
    pub fn without(&self, left_out: impl Fn(&Condition) -> bool) -> Query {
        fn is_left_out(node: &Node, left_out: &impl Fn(&Condition) -> bool) -> bool {
            match node {
                Node::Leaf(condition) => left_out(condition),
                Node::Not(inner) => is_left_out(inner, left_out),
                // The values of one clause.
                Node::Or(nodes) => {
                    nodes.iter().all(|node| matches!(node, Node::Leaf(condition) if left_out(condition)))
                }
                Node::And(_) => false,
            }
        }
        let is_left_out = |node: &Node| is_left_out(node, &left_out);
        let kept: Vec<Node> = match &self.root {
            None => Vec::new(),
            Some(Node::And(nodes)) => nodes.iter().filter(|node| !is_left_out(node)).cloned().collect(),
            Some(node) => Some(node).filter(|node| !is_left_out(node)).cloned().into_iter().collect(),
        };
        Query { root: Node::all(kept), ..self.clone() }
    }

    /// The line in the usual spelling, where a field of `line` is spelled in another one: as other tools
    /// have it (`subject:putin`), or by the name of a language or a month.
    ///
    /// ```
    /// use newsstand::query::parse_finished;
    ///
    /// let usual = |line: &str| parse_finished(line).usual_spelling(line);
    /// assert_eq!(usual("subject:putin @2-weeks-ago").as_deref(), Some("title:putin date:14-days-ago.."));
    /// assert_eq!(usual("title:putin date:2021"), None);
    /// ```
    pub fn usual_spelling(&self, line: &str) -> Option<String> {
        let is_usual = |clause: &Clause| match (&clause.conditions[..], clause.field) {
            ([], _) | (_, None | Some("sort")) => true,
            ([condition], _) => {
                let typed = line.get(clause.span.clone()).unwrap_or_default();
                typed.trim_start_matches('-') == print::clause(condition)
            }
            _ => false,
        };
        let differs = !self.clauses.iter().all(is_usual);
        differs.then(|| self.to_string().trim_end().to_owned())
    }

    /// The sets that are kept beside the archive and that this asks for, each once: whoever keeps them hands
    /// the archive their ids.
    pub fn sets(&self) -> Vec<&Set> {
        let mut sets = Vec::new();
        for condition in self.clauses.iter().flat_map(|clause| &clause.conditions) {
            if let Some(Fact::Among(set)) = condition.fact()
                && !sets.contains(&set)
            {
                sets.push(set);
            }
        }
        sets
    }

    /// The words and phrases that articles are to have, for marking them where they are found.
    /// What is excluded is not among them.
    pub fn words(&self) -> Vec<&Condition> {
        let mut words = Vec::new();
        if let Some(root) = &self.root {
            root.collect_words(true, &mut words);
        }
        words
    }
}

impl Condition {
    /// The field that asks for it; `None` for words without one.
    pub fn field(&self) -> Option<&'static Field> {
        match self {
            Condition::Fact { field, .. } => field::find(field).map(|(field, _)| field),
            Condition::Word { part, .. } | Condition::Phrase { part, .. } | Condition::Near { part, .. } => {
                field::of_part(*part)
            }
        }
    }

    /// What is counted by what it asks for, so that there is something else to choose.
    pub fn facet(&self) -> Option<Facet> {
        self.field().and_then(|field| field.facet)
    }
}

impl Node {
    /// All of `nodes`, or `None` when there are none.
    fn all(nodes: Vec<Node>) -> Option<Node> {
        let mut flat = Node::flat(nodes, |node| match node {
            Node::And(inner) => Ok(inner),
            other => Err(other),
        });
        if flat.len() > 1 { Some(Node::And(flat)) } else { flat.pop() }
    }

    /// Any of `nodes`, or `None` when there are none.
    fn any(nodes: Vec<Node>) -> Option<Node> {
        let mut flat = Node::flat(nodes, |node| match node {
            Node::Or(inner) => Ok(inner),
            other => Err(other),
        });
        if flat.len() > 1 { Some(Node::Or(flat)) } else { flat.pop() }
    }

    /// The nodes with those within in the place of such as are combined in the same way.
    fn flat(nodes: Vec<Node>, within: fn(Node) -> Result<Vec<Node>, Node>) -> Vec<Node> {
        let mut flat: Vec<Node> = Vec::new();
        for node in nodes {
            match within(node) {
                // The first ones stay where they are: brackets that open a line may be nested deeply.
                Ok(inner) if flat.is_empty() => flat = inner,
                Ok(inner) => {
                    steps::count(inner.len());
                    flat.extend(inner);
                }
                Err(other) => flat.push(other),
            }
            steps::count(1);
        }
        flat
    }

    /// Not `node`; what is excluded twice is asked for.
    fn not(node: Node) -> Node {
        match node {
            Node::Not(inner) => *inner,
            other => Node::Not(Box::new(other)),
        }
    }

    fn collect_words<'a>(&'a self, wanted: bool, words: &mut Vec<&'a Condition>) {
        match self {
            Node::And(nodes) | Node::Or(nodes) => nodes.iter().for_each(|node| node.collect_words(wanted, words)),
            Node::Not(node) => node.collect_words(!wanted, words),
            Node::Leaf(condition) if wanted && condition.part().is_some() => words.push(condition),
            Node::Leaf(_) => {}
        }
    }
}
