//! Styles as words: `cyan bold`, `black on cyan`, `#88c0d0`.

use std::fmt;

use ratatui::style::{Color, Modifier, Style};
use serde::de::{Deserialize, Deserializer, Visitor};

/// Colours of the terminal. The first name of a colour is the one that is printed.
const COLORS: &[(&str, Color)] = &[
    ("default", Color::Reset),
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("white", Color::Gray),
    ("bright-black", Color::DarkGray),
    ("bright-red", Color::LightRed),
    ("bright-green", Color::LightGreen),
    ("bright-yellow", Color::LightYellow),
    ("bright-blue", Color::LightBlue),
    ("bright-magenta", Color::LightMagenta),
    ("bright-cyan", Color::LightCyan),
    ("bright-white", Color::White),
    ("gray", Color::Gray),
    ("grey", Color::Gray),
    ("dark-gray", Color::DarkGray),
    ("dark-grey", Color::DarkGray),
];

/// Everything else that letters can be.
const MODIFIERS: &[(&str, Modifier)] = &[
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underlined", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
    ("crossed", Modifier::CROSSED_OUT),
    ("underline", Modifier::UNDERLINED),
    ("reverse", Modifier::REVERSED),
];

/// Reads a style; `none` and nothing at all are the plain one. The words may stand in any order,
/// `not bold` takes away what lies below.
pub(super) fn parse(text: &str) -> Result<Style, String> {
    let lower = text.to_lowercase();
    let mut words = lower.split([' ', ',', '\t']).filter(|word| !word.is_empty());
    let mut style = Style::new();
    while let Some(word) = words.next() {
        style = match word {
            "none" | "plain" => style,
            "on" => style.bg(color(words.next().ok_or("a colour must follow `on`")?)?),
            "not" => {
                let word = words.next().unwrap_or_default();
                style.remove_modifier(
                    modifier(word).ok_or_else(|| format!("`not` takes away bold, dim ..., not `{word}`"))?,
                )
            }
            _ => match modifier(word) {
                Some(modifier) => style.add_modifier(modifier),
                None if style.fg.is_some() => {
                    return Err(format!("`{word}` would be a second colour (a background is `on {word}`)"));
                }
                None => style.fg(color(word)?),
            },
        };
    }
    Ok(style)
}

fn modifier(word: &str) -> Option<Modifier> {
    MODIFIERS.iter().find(|(name, _)| *name == word).map(|(_, modifier)| *modifier)
}

/// Reads a colour: a name, a number of the terminal's 256, or `#rrggbb`.
fn color(word: &str) -> Result<Color, String> {
    if let Some((_, color)) = COLORS.iter().find(|(name, _)| *name == word.replace('_', "-")) {
        return Ok(*color);
    }
    if let Some(hex) = word.strip_prefix('#') {
        let value = u32::from_str_radix(hex, 16).ok().filter(|_| hex.len() == 6 && !hex.starts_with('+'));
        return value
            .map(Color::from_u32)
            .ok_or_else(|| format!("`{word}` is no colour: six digits must follow the #"));
    }
    word.parse().map(Color::Indexed).map_err(|_| {
        let names: Vec<&str> = COLORS[..9].iter().map(|(name, _)| *name).collect();
        let modifiers: Vec<&str> = MODIFIERS[..6].iter().map(|(name, _)| *name).collect();
        format!(
            "`{word}` is no colour and no style; colours are {} (also with `bright-`), 0 to 255 and #rrggbb, styles are {}",
            names.join(", "),
            modifiers.join(", ")
        )
    })
}

/// A style in words that are read as the same style.
pub(super) fn written(style: &Style) -> String {
    let mut words = Vec::new();
    words.extend(style.fg.map(color_name));
    words.extend(style.bg.map(|color| format!("on {}", color_name(color))));
    for (name, modifier) in &MODIFIERS[..6] {
        if style.add_modifier.contains(*modifier) {
            words.push((*name).to_owned());
        }
        if style.sub_modifier.contains(*modifier) {
            words.push(format!("not {name}"));
        }
    }
    if words.is_empty() { "none".to_owned() } else { words.join(" ") }
}

fn color_name(color: Color) -> String {
    match (COLORS.iter().find(|(_, other)| *other == color), color) {
        (Some((name, _)), _) => (*name).to_owned(),
        (None, Color::Indexed(number)) => number.to_string(),
        (None, other) => other.to_string().to_lowercase(),
    }
}

/// A style in the file.
pub(super) struct Written(pub Style);

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Written, D::Error> {
        deserializer.deserialize_any(StyleVisitor).map(Written)
    }
}

struct StyleVisitor;

impl Visitor<'_> for StyleVisitor {
    type Value = Style;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a style such as \"cyan bold\" or \"#88c0d0\"")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Style, E> {
        parse(text).map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(parse(text).map_or_else(|reason| reason, |style| written(&style)), expected, "{text}");
    }

    #[test]
    fn styles_are_read_and_written() {
        check("cyan bold", "cyan bold");
        check("Bold CYAN", "cyan bold");
        check("black on bright_yellow underline", "black on bright-yellow underlined");
        check("#88C0D0", "#88c0d0");
        check("244 dim", "244 dim");
        check("on #000000", "on #000000");
        check("italic not bold", "not bold italic");
        check("gray", "white");
        check("", "none");
        check("none", "none");
    }

    #[test]
    fn what_is_wrong_is_said() {
        check("red blue", "`blue` would be a second colour (a background is `on blue`)");
        check("on", "a colour must follow `on`");
        check("#12345", "`#12345` is no colour: six digits must follow the #");
        check("not red", "`not` takes away bold, dim ..., not `red`");
        assert!(
            parse("cyann")
                .expect_err("no such colour")
                .starts_with("`cyann` is no colour and no style; colours are default, black,")
        );
        assert!(parse("256").is_err());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_as_the_same_style(text in "\\PC*|((on |not |)(red|bright-blue|#[0-9a-f]{6}|bold|dim|[0-9]{1,3}) ?){0,4}") {
            if let Ok(style) = parse(&text) {
                prop_assert_eq!(parse(&written(&style)), Ok(style));
            }
        }
    }
}
