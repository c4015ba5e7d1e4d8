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
    /// Whether text that runs from right to left is put in order here, since the terminal does not.
    pub bidi: bool,
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
            // Readable on any background: both colours are set.
            mark: plain.fg(Color::Black).bg(Color::Yellow),
            selection: plain.fg(Color::Black).bg(Color::Gray),
            chip: plain.fg(Color::Black).bg(Color::Cyan),
            key: bold.fg(Color::Cyan),
            error: bold.fg(Color::Red),
            bidi: false,
        }
    }
}

impl Theme {
    /// The default theme on a light background, where yellow and cyan are hard to read.
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
            chip: plain.fg(Color::White).bg(Color::Blue),
            key: blue.add_modifier(Modifier::BOLD),
            ..Theme::default()
        }
    }

    /// The default theme on a background that nobody has told us, with warnings in the terminal's own colour.
    pub fn either() -> Theme {
        Theme { undated: Style::new().add_modifier(Modifier::UNDERLINED), ..Theme::default() }
    }

    /// The same theme on a light background: what was not set otherwise is as there.
    pub fn on_light(self) -> Theme {
        self.laid_over(Theme::light())
    }

    /// The same theme on an unknown background.
    pub fn on_either(self) -> Theme {
        self.laid_over(Theme::either())
    }

    /// This theme where it differs from the default one, else `other`.
    fn laid_over(mut self, other: Theme) -> Theme {
        let (mut usual, mut light) = (Theme::default(), other);
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
            bidi: false,
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
        for mut theme in [Theme::default(), Theme::light(), Theme::either()] {
            for row in STYLES {
                let style = *(row.style)(&mut theme);
                let own = |color: Option<Color>| !matches!(color, Some(Color::Rgb(..) | Color::Indexed(_)));
                assert!(own(style.fg) && own(style.bg), "{}", row.name);
            }
        }
    }

    /// What terminals show of black, red, yellow and white letters: xterm, Campbell (Windows), VS Code, Tango
    /// (GNOME), Terminal (macOS), PuTTY.
    const PALETTES: [[u32; 4]; 6] = [
        [0x000000, 0xcd0000, 0xcdcd00, 0xe5e5e5],
        [0x0c0c0c, 0xc50f1f, 0xc19c00, 0xcccccc],
        [0x000000, 0xcd3131, 0xe5e510, 0xe5e5e5],
        [0x000000, 0xcc0000, 0xc4a000, 0xd3d7cf],
        [0x000000, 0x990000, 0x999900, 0xbfbfbf],
        [0x000000, 0xbb0000, 0xbbbb00, 0xbbbbbb],
    ];

    /// The contrast of two colours, as the guidelines for web content define it.
    fn contrast(one: u32, other: u32) -> f64 {
        let luminance = |colour: u32| {
            let part = |shift: u32| {
                let part = f64::from(colour >> shift & 0xff) / 255.0;
                if part <= 0.03928 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * part(16) + 0.7152 * part(8) + 0.0722 * part(0) + 0.05
        };
        let (one, other) = (luminance(one), luminance(other));
        one.max(other) / one.min(other)
    }

    #[test]
    fn found_words_and_warnings_can_be_read_on_either_background() {
        for [black, red, yellow, white] in PALETTES {
            let shown = |colour: Option<Color>, own: u32| match colour {
                None => own,
                Some(Color::Black) => black,
                Some(Color::Red) => red,
                Some(Color::Yellow) => yellow,
                Some(other) => panic!("{other} is not in the palettes of this test"),
            };
            let dark = (Theme::default(), black, white);
            let light = (Theme::light(), 0xff_ff_ff, black);
            let unknown = [(Theme::either(), black, white), (Theme::either(), 0xff_ff_ff, black)];
            for (theme, background, letters) in [dark, light].into_iter().chain(unknown) {
                for style in [theme.mark, theme.undated] {
                    let contrast = contrast(shown(style.fg, letters), shown(style.bg, background));
                    assert!(contrast >= 4.5, "{style:?} on {background:06x}: {contrast:.1}");
                }
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
