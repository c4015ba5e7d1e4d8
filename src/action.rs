//! What a reader can ask for. Help, README, the palette and the key map all come from [`ACTIONS`].

pub mod keymap;

/// Something a reader can ask for with a key, the palette or the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Action {
    /// To the next line or article.
    Down,
    /// To the previous line or article.
    Up,
    /// Half a page down.
    HalfPageDown,
    /// Half a page up.
    HalfPageUp,
    /// A page down.
    PageDown,
    /// A page up.
    PageUp,
    /// To the first article or line; with a count, to that article.
    Top,
    /// To the last article or line.
    Bottom,
    /// Reads the selected article.
    Read,
    /// Back to the list.
    List,
    /// To the next pane.
    NextPane,
    /// A page on in the article, then to the next one.
    PageOn,
    /// Scrolls the article by a line while the list has the focus.
    ScrollDown,
    /// Scrolls the article back.
    ScrollUp,
    /// Opens the next article of the list.
    NextArticle,
    /// Opens the previous article of the list.
    PreviousArticle,
    /// To the next article that was not read.
    NextUnread,
    /// To the previous article that was not read.
    PreviousUnread,
    /// Marks as read, or as unread.
    MarkRead,
    /// Stars, or takes the star away.
    Star,
    /// Puts tags on, or takes them off.
    Tags,
    /// Writes a note.
    Note,
    /// Marks everything that is listed as read.
    MarkAllRead,
    /// Selects several articles.
    SelectSeveral,
    /// Only what was not read.
    FilterUnread,
    /// Only what came since the last visit.
    FilterNew,
    /// Only what is starred.
    FilterStarred,
    /// Chooses tags.
    FilterTag,
    /// To the next match in the article.
    NextMatch,
    /// To the previous match in the article.
    PreviousMatch,
    /// Edits the query line.
    Search,
    /// Searches within the article.
    Find,
    /// Chooses languages.
    FilterLanguage,
    /// Chooses dates.
    FilterDate,
    /// Moves over the timeline.
    Timeline,
    /// Chooses sources.
    FilterSource,
    /// Chooses a saved search.
    SavedSearches,
    /// Puts a saved search into the line: the first to the ninth, by the digit pressed.
    SavedSearch,
    /// Saves the search on the screen under a name.
    SaveSearch,
    /// Takes back the last change of the query line or the saved searches.
    Undo,
    /// Takes the last condition away.
    RemoveFilter,
    /// Takes all filters away, and keeps the words.
    ClearFilters,
    /// The next order of the list.
    Sort,
    /// Shows more or less of each article in the list.
    Density,
    /// Takes the words that were most likely meant, or takes the condition away that nothing fulfils.
    Correct,
    /// Why the title, date and language are what they are.
    Why,
    /// The article alone on the screen.
    Zen,
    /// A wider column of text.
    Wider,
    /// A narrower column of text.
    Narrower,
    /// Copies the article's address, or its path.
    Copy,
    /// Copies the text of the article.
    CopyText,
    /// Copies the path of the article's file.
    CopyPath,
    /// Copies the article's title and address.
    CopyTitled,
    /// Copies a citation.
    CopyCitation,
    /// Shows every place where the query finds something.
    Concordance,
    /// Looks for articles about the same as the selected one.
    Similar,
    /// Shows the words of the result.
    Terms,
    /// Writes what is listed or selected to a file.
    Write,
    /// Shows a letter for each link of the article, to open or copy it.
    Links,
    /// Opens the article's address or file with the system's program.
    Open,
    /// Opens the article's file in the editor.
    Edit,
    /// Looks for new and changed files.
    Refresh,
    /// What could not be read.
    Problems,
    /// Takes or leaves the mouse.
    Mouse,
    /// All keys.
    Help,
    /// Finds a command by name.
    Palette,
    /// Leaves what is open, clears the query.
    Escape,
    /// Back, then quit.
    Back,
    /// Suspends the program.
    Suspend,
    /// Quits.
    Quit,
}

/// Where a key means an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Context {
    /// In the list and in the reading pane.
    Everywhere,
    /// In the list.
    List,
    /// In the reading pane.
    Reading,
}

impl Context {
    /// The heading in help and README.
    pub fn name(self) -> &'static str {
        match self {
            Context::Everywhere => "Everywhere",
            Context::List => "In the list",
            Context::Reading => "While reading",
        }
    }
}

/// A row of [`ACTIONS`].
#[derive(Clone, Copy, Debug)]
pub struct ActionRow {
    /// The action.
    pub action: Action,
    /// Its name, in the palette and the configuration file.
    pub name: &'static str,
    /// The keys that mean it unless the configuration says otherwise; `f l` is one key after another.
    pub keys: &'static [&'static str],
    /// Where they do.
    pub context: Context,
    /// What it does, in a few words.
    pub help: &'static str,
}

const fn row(
    action: Action,
    name: &'static str,
    keys: &'static [&'static str],
    context: Context,
    help: &'static str,
) -> ActionRow {
    ActionRow { action, name, keys, context, help }
}

use Context::{Everywhere, List, Reading};

/// Every action: its name, keys and help.
///
/// An action may have two rows, where it has other keys in the list than while reading.
pub const ACTIONS: &[ActionRow] = &[
    row(Action::Down, "down", &["j", "down"], Everywhere, "next article or line"),
    row(Action::Up, "up", &["k", "up"], Everywhere, "previous article or line"),
    row(Action::HalfPageDown, "half-page-down", &["ctrl-d"], Everywhere, "half a page down"),
    row(Action::HalfPageUp, "half-page-up", &["ctrl-u"], Everywhere, "half a page up"),
    row(Action::PageDown, "page-down", &["pgdn", "ctrl-f"], Everywhere, "a page down"),
    row(Action::PageUp, "page-up", &["pgup", "ctrl-b"], Everywhere, "a page up"),
    row(Action::Top, "top", &["g g", "home"], Everywhere, "first article or line; 5gg: the fifth"),
    row(Action::Bottom, "bottom", &["G", "end"], Everywhere, "last article or line"),
    row(Action::Read, "read", &["enter", "l", "right"], List, "read the article"),
    row(Action::List, "list", &["h", "left"], Reading, "back to the list"),
    row(Action::NextPane, "next-pane", &["tab", "shift-tab"], Everywhere, "switch between list and article"),
    row(Action::PageOn, "page-on", &["space"], Everywhere, "page down, then the next article"),
    row(Action::ScrollDown, "scroll-down", &["J"], List, "scroll the article down"),
    row(Action::ScrollUp, "scroll-up", &["K"], List, "scroll the article up"),
    row(Action::NextArticle, "next-article", &["J", "ctrl-n"], Reading, "next article"),
    row(Action::PreviousArticle, "previous-article", &["K", "ctrl-p"], Reading, "previous article"),
    row(Action::NextUnread, "next-unread", &["]", "f9"], Everywhere, "next unread article"),
    row(Action::PreviousUnread, "previous-unread", &["["], Everywhere, "previous unread article"),
    row(Action::MarkRead, "mark-read", &["m", "f6"], Everywhere, "mark as read, or as unread"),
    row(Action::Star, "star", &["s", "f7"], Everywhere, "star, or remove the star"),
    row(Action::Tags, "tags", &["a", "f8"], Everywhere, "add or remove tags"),
    row(Action::Note, "note", &["E"], Everywhere, "write a note"),
    row(Action::MarkAllRead, "mark-all-read", &["A"], Everywhere, "mark everything listed as read"),
    row(Action::SelectSeveral, "select-several", &["v"], Everywhere, "select several articles to mark"),
    row(Action::NextMatch, "next-match", &["n"], Everywhere, "next match in the article"),
    row(Action::PreviousMatch, "previous-match", &["N"], Everywhere, "previous match"),
    row(Action::Search, "search", &["/", "f2"], List, "search and filter: the query line"),
    row(Action::Search, "search-anywhere", &["f2"], Reading, "search and filter: the query line"),
    row(Action::Find, "find", &["/"], Reading, "find in this article"),
    row(Action::FilterLanguage, "filter-language", &["f l", "f3"], Everywhere, "choose languages"),
    row(Action::FilterDate, "filter-date", &["f d", "f4"], Everywhere, "choose dates"),
    row(Action::Timeline, "timeline", &["t"], Everywhere, "move along the timeline"),
    row(Action::FilterSource, "filter-source", &["f s", "f5"], Everywhere, "choose sources"),
    row(Action::FilterUnread, "filter-unread", &["f u"], Everywhere, "only unread articles, or all again"),
    row(Action::FilterNew, "filter-new", &["f n"], Everywhere, "only what is new since your last visit, or all again"),
    row(Action::FilterStarred, "filter-starred", &["f *"], Everywhere, "only starred articles, or all again"),
    row(Action::FilterTag, "filter-tag", &["f t"], Everywhere, "choose tags"),
    row(Action::RemoveFilter, "remove-filter", &["backspace"], List, "remove the last condition"),
    row(Action::ClearFilters, "clear-filters", &["f x"], Everywhere, "clear all filters"),
    row(Action::SavedSearches, "saved-searches", &["f f"], Everywhere, "choose or remove a saved search"),
    row(Action::SaveSearch, "save-search", &["f w"], Everywhere, "save this search"),
    row(
        Action::SavedSearch,
        "saved-search",
        &["f 1", "f 2", "f 3", "f 4", "f 5", "f 6", "f 7", "f 8", "f 9"],
        Everywhere,
        "a saved search",
    ),
    row(Action::Undo, "undo", &["U"], Everywhere, "undo the last change to the query, saved searches or marks"),
    row(
        Action::Correct,
        "correct",
        &["c"],
        Everywhere,
        "accept the correction, or drop the condition that finds nothing",
    ),
    row(Action::Sort, "sort", &["S"], Everywhere, "change the sort order: best match, newest, oldest, title, added"),
    row(Action::Density, "density", &["L"], Everywhere, "show more or fewer articles in the list"),
    row(Action::Why, "why", &["i"], Everywhere, "details: where date, language and title come from"),
    row(Action::Zen, "zen", &["z"], Everywhere, "the article alone, full screen"),
    row(Action::Wider, "wider", &[">"], Everywhere, "wider column"),
    row(Action::Narrower, "narrower", &["<"], Everywhere, "narrower column"),
    row(Action::Copy, "copy", &["y y"], Everywhere, "copy the address or path"),
    row(Action::CopyText, "copy-text", &["y t"], Everywhere, "copy the text"),
    row(Action::CopyPath, "copy-path", &["y p"], Everywhere, "copy the path"),
    row(Action::CopyTitled, "copy-titled", &["y a"], Everywhere, "copy the title and address"),
    row(Action::CopyCitation, "copy-citation", &["y c"], Everywhere, "copy a citation"),
    row(Action::Concordance, "concordance", &["C"], Everywhere, "every place where the words stand, in context"),
    row(Action::Similar, "similar", &["~"], Everywhere, "articles about the same"),
    row(Action::Terms, "terms", &["T"], Everywhere, "words of the result that are rarer elsewhere"),
    row(Action::Write, "write", &["w"], Everywhere, "write what is listed or selected to a file"),
    row(Action::Open, "open", &["o"], Everywhere, "open the address or file; 5o the fifth link"),
    row(Action::Links, "links", &[";"], Everywhere, "open or copy a link"),
    row(Action::Edit, "edit", &["e"], Everywhere, "open the file in $EDITOR"),
    row(Action::Refresh, "refresh", &["r"], Everywhere, "look for new and changed files"),
    row(Action::Problems, "problems", &["!"], Everywhere, "files that could not be read"),
    row(Action::Mouse, "mouse", &["M"], Everywhere, "mouse on or off"),
    row(Action::Help, "help", &["?", "f1"], Everywhere, "show all keys"),
    row(Action::Palette, "palette", &[":"], Everywhere, "find a command by name"),
    row(Action::Escape, "escape", &["esc"], Everywhere, "close, then clear the query; never quits"),
    row(Action::Back, "back", &["q"], Everywhere, "back, then quit"),
    row(Action::Suspend, "suspend", &["ctrl-z"], Everywhere, "suspend"),
    row(Action::Quit, "quit", &["ctrl-c", "f10"], Everywhere, "quit"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_are_unique() {
        let names: HashSet<&str> = ACTIONS.iter().map(|row| row.name).collect();
        assert_eq!(names.len(), ACTIONS.len());
    }

    #[test]
    fn no_key_means_two_things_in_one_place() {
        for context in [List, Reading] {
            let mut seen = HashSet::new();
            for row in ACTIONS.iter().filter(|row| row.context == context || row.context == Everywhere) {
                for key in row.keys {
                    assert!(seen.insert(*key), "{key} means two things {}", context.name());
                }
            }
        }
    }
}
