//! The styles of everything on the screen.

use std::fmt;

use ratatui::style::{Color, Modifier, Style};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _, MapAccess, Visitor};

use super::listed;
use super::style::Written;

/// How things look. By default only the terminal's own 16 colours are used, so that it fits every
/// theme, light or dark.
///
/// ```
/// use newsstand::config::theme::Theme;
/// use ratatui::style::{Color, Style};
///
/// assert_eq!(Theme::default().date, Style::new().fg(Color::Green));
/// assert_eq!(Theme::plain().date, Style::new());
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    /// Plain text.
    pub text: Style,
    /// What has the focus, bars of the histogram, the prompt.
    pub accent: Style,
    /// The title of the selected article.
    pub title: Style,
    /// Other titles, and headings.
    pub heading: Style,
    /// The lines between title and text.
    pub deck: Style,
    /// Laid over a title that is only the beginning of a text without one.
    pub stand_in: Style,
    /// Languages.
    pub language: Style,
    /// Dates.
    pub date: Style,
    /// A date that is missing or not told in full, and other warnings.
    pub undated: Style,
    /// Numbers of articles.
    pub count: Style,
    /// What stands in the second row: source, passage, hints.
    pub dim: Style,
    /// What stands in the last row: page furniture, what is behind the end.
    pub faint: Style,
    /// The lines between the parts of the screen.
    pub rule: Style,
    /// Words that were found.
    pub mark: Style,
    /// Lists that lie over the screen.
    pub selection: Style,
    /// Active filters, and what is chosen in a list that lies over the screen.
    pub chip: Style,
    /// Keys in hints.
    pub key: Style,
    /// Errors.
    pub error: Style,
}

/// A style that can be set.
pub struct StyleRow {
    /// Its name in `[theme]`.
    pub name: &'static str,
    /// What it is for.
    pub description: &'static str,
    /// Where it is kept.
    pub style: fn(&mut Theme) -> &mut Style,
}

/// All styles.
pub const STYLES: &[StyleRow] = &[
    StyleRow { name: "text", description: "plain text", style: |theme| &mut theme.text },
    StyleRow { name: "accent", description: "what has the focus", style: |theme| &mut theme.accent },
    StyleRow { name: "title", description: "the title of the selected article", style: |theme| &mut theme.title },
    StyleRow { name: "heading", description: "other titles, and headings", style: |theme| &mut theme.heading },
    StyleRow { name: "deck", description: "lines between title and text", style: |theme| &mut theme.deck },
    StyleRow {
        name: "stand_in",
        description: "over the title of a text without one",
        style: |theme| &mut theme.stand_in,
    },
    StyleRow { name: "language", description: "languages", style: |theme| &mut theme.language },
    StyleRow { name: "date", description: "dates", style: |theme| &mut theme.date },
    StyleRow { name: "undated", description: "missing dates, warnings", style: |theme| &mut theme.undated },
    StyleRow { name: "count", description: "numbers of articles", style: |theme| &mut theme.count },
    StyleRow { name: "dim", description: "sources, passages, hints", style: |theme| &mut theme.dim },
    StyleRow { name: "faint", description: "page furniture", style: |theme| &mut theme.faint },
    StyleRow { name: "rule", description: "lines between parts of the screen", style: |theme| &mut theme.rule },
    StyleRow { name: "mark", description: "words that were found", style: |theme| &mut theme.mark },
    StyleRow { name: "selection", description: "lists over the screen", style: |theme| &mut theme.selection },
    StyleRow { name: "chip", description: "active filters", style: |theme| &mut theme.chip },
    StyleRow { name: "key", description: "keys in hints", style: |theme| &mut theme.key },
    StyleRow { name: "error", description: "errors", style: |theme| &mut theme.error },
];

impl Default for Theme {
    fn default() -> Theme {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        let gray = plain.fg(Color::DarkGray);
        Theme {
            text: plain,
            accent: plain.fg(Color::Cyan),
            title: bold,
            heading: bold,
            deck: plain.add_modifier(Modifier::ITALIC),
            stand_in: plain.add_modifier(Modifier::ITALIC).remove_modifier(Modifier::BOLD),
            language: plain.fg(Color::Magenta),
            date: plain.fg(Color::Green),
            undated: plain.fg(Color::Yellow),
            count: bold,
            dim: plain.add_modifier(Modifier::DIM),
            faint: gray,
            rule: gray,
            mark: bold.fg(Color::Yellow),
            selection: plain.fg(Color::Black).bg(Color::Gray),
            chip: plain.fg(Color::Black).bg(Color::Cyan),
            key: bold.fg(Color::Cyan),
            error: bold.fg(Color::Red),
        }
    }
}

impl Theme {
    /// The default theme on a light ground, where yellow and cyan are hard to read.
    ///
    /// ```
    /// use newsstand::config::theme::Theme;
    /// use ratatui::style::{Color, Style};
    ///
    /// assert_eq!(Theme::light().mark, Style::new().fg(Color::Black).bg(Color::Yellow));
    /// assert_eq!(Theme::light().text, Theme::default().text);
    /// ```
    pub fn light() -> Theme {
        let plain = Style::new();
        let blue = plain.fg(Color::Blue);
        Theme {
            accent: blue,
            undated: plain.fg(Color::Red),
            mark: plain.fg(Color::Black).bg(Color::Yellow),
            chip: plain.fg(Color::White).bg(Color::Blue),
            key: blue.add_modifier(Modifier::BOLD),
            ..Theme::default()
        }
    }

    /// The same theme on a light ground: what was not set otherwise is as there.
    pub fn on_light(mut self) -> Theme {
        let (mut usual, mut light) = (Theme::default(), Theme::light());
        for row in STYLES {
            let style = (row.style)(&mut self);
            if *style == *(row.style)(&mut usual) {
                *style = *(row.style)(&mut light);
            }
        }
        self
    }

    /// The theme for `NO_COLOR`: bold, dim, reversed and underlined letters alone.
    pub fn plain() -> Theme {
        let plain = Style::new();
        let bold = plain.add_modifier(Modifier::BOLD);
        let dim = plain.add_modifier(Modifier::DIM);
        let reversed = plain.add_modifier(Modifier::REVERSED);
        Theme {
            text: plain,
            accent: bold,
            title: bold,
            heading: bold,
            deck: plain,
            stand_in: plain.remove_modifier(Modifier::BOLD),
            language: plain,
            date: plain,
            undated: plain,
            count: bold,
            dim,
            faint: dim,
            rule: dim,
            // Titles are bold already.
            mark: bold.add_modifier(Modifier::UNDERLINED),
            selection: reversed,
            chip: reversed.add_modifier(Modifier::BOLD),
            key: bold,
            error: bold.add_modifier(Modifier::REVERSED | Modifier::UNDERLINED),
        }
    }
}

impl<'de> Deserialize<'de> for Theme {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Theme, D::Error> {
        deserializer.deserialize_map(ThemeVisitor)
    }
}

/// Lays the styles of the file over the default ones.
struct ThemeVisitor;

impl<'de> Visitor<'de> for ThemeVisitor {
    type Value = Theme;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table of styles")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Theme, A::Error> {
        let mut theme = Theme::default();
        while let Some(row) = map.next_key_seed(StyleName)? {
            let Written(style) = map.next_value()?;
            *(row.style)(&mut theme) = style;
        }
        Ok(theme)
    }
}

/// Reads the name of a style, so that an unknown one is reported where it stands.
struct StyleName;

impl<'de> DeserializeSeed<'de> for StyleName {
    type Value = &'static StyleRow;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<&'static StyleRow, D::Error> {
        let name = String::deserialize(deserializer)?;
        STYLES.iter().find(|row| row.name == name).ok_or_else(|| {
            let names: Vec<&str> = STYLES.iter().map(|row| row.name).collect();
            D::Error::custom(format!("no style is called `{name}`; there are {}", listed(&names)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_holds_every_style_once() {
        let mut theme = Theme::default();
        for (at, row) in STYLES.iter().enumerate() {
            *(row.style)(&mut theme) = Style::new().fg(Color::Indexed(at as u8));
        }
        for (at, row) in STYLES.iter().enumerate() {
            assert_eq!((row.style)(&mut theme).fg, Some(Color::Indexed(at as u8)), "{}", row.name);
        }
        let debug = format!("{theme:?}");
        assert_eq!(debug.matches("Style").count(), STYLES.len(), "{debug}");
    }

    #[test]
    fn plain_has_no_colours_and_tells_filters_from_lists() {
        let mut plain = Theme::plain();
        for row in STYLES {
            let style = *(row.style)(&mut plain);
            assert_eq!((style.fg, style.bg), (None, None), "{}", row.name);
            let shown = Modifier::BOLD | Modifier::DIM | Modifier::REVERSED | Modifier::UNDERLINED;
            assert!(shown.contains(style.add_modifier), "{}", row.name);
        }
        assert_ne!(plain.chip, plain.selection);
        assert_ne!(plain.mark, plain.title);
    }

    #[test]
    fn the_default_uses_the_colours_of_the_terminal() {
        for mut theme in [Theme::default(), Theme::light()] {
            for row in STYLES {
                let style = *(row.style)(&mut theme);
                let own = |color: Option<Color>| !matches!(color, Some(Color::Rgb(..) | Color::Indexed(_)));
                assert!(own(style.fg) && own(style.bg), "{}", row.name);
            }
        }
    }

    #[test]
    fn what_was_set_stays_on_a_light_ground() {
        let date = Style::new().fg(Color::Blue);
        let theme = Theme { date, ..Theme::default() }.on_light();
        assert_eq!(theme, Theme { date, ..Theme::light() });
    }
}
