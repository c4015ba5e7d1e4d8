use super::*;
use ratatui::style::{Color, Modifier, Style};

fn parse(text: &str) -> Result<Config> {
    Config::parse(text, Path::new("/home/reader/config.toml"))
}

/// What is wrong with a file, without its path.
fn reason(text: &str) -> String {
    let error = parse(text).expect_err("the file is wrong").to_string();
    error.strip_prefix("/home/reader/config.toml: ").expect("the file is named").to_owned()
}

#[test]
fn an_empty_file_changes_nothing() {
    let Config { default_paths, reading_width, mouse, sort, cache_dir, theme, keys, .. } =
        parse("").expect("a valid file");
    let default = Config::default();
    assert_eq!(
        (default_paths, reading_width, mouse, sort, cache_dir, theme, keys),
        (default.default_paths, 72, true, None, None, default.theme, default.keys)
    );
}

#[test]
fn everything_can_be_set() {
    let config = parse(
        r##"
        library = ["/news", "more"]
        reading_width = 60
        mouse = false
        sort = "-date"
        density = "one-line"
        bidi = "newsstand"
        cache_dir = "cache"

        [theme]
        accent = "#88c0d0"
        mark = "black on yellow bold"

        [keys]
        quit = "Q"
        down = ["n", "ctrl-n", "g g"]
        up = []
        "##,
    )
    .expect("a valid file");
    assert_eq!(config.default_paths, ["/news", "/home/reader/more"].map(PathBuf::from));
    assert_eq!((config.reading_width, config.mouse, config.sort.as_deref()), (60, false, Some("-date")));
    assert_eq!((config.density, config.bidi), (Density::OneLine, true));
    assert_eq!(config.cache_dir, Some("/home/reader/cache".into()));
    assert_eq!(config.theme.accent, Style::new().fg(Color::Rgb(0x88, 0xc0, 0xd0)));
    assert_eq!(config.theme.mark, Style::new().fg(Color::Black).bg(Color::Yellow).add_modifier(Modifier::BOLD));
    assert_eq!(config.theme.date, Theme::default().date);
    assert_eq!(config.keys["quit"], ["Q"]);
    assert_eq!(config.keys["down"], ["n", "ctrl-n", "g g"]);
    assert!(config.keys["up"].is_empty());
    assert_eq!(parse("library = \"/news\"").expect("a valid file").default_paths, [PathBuf::from("/news")]);
}

#[test]
fn a_tilde_is_home() {
    let home = etcetera::home_dir().expect("a home");
    assert_eq!(parse("library = \"~/news\"").expect("a valid file").default_paths, [home.join("news")]);
    assert_eq!(parse("library = \"~\"").expect("a valid file").default_paths, [home]);
    assert_eq!(
        parse("library = \"~news\"").expect("a valid file").default_paths,
        [PathBuf::from("/home/reader/~news")]
    );
}

#[test]
fn errors_name_line_column_and_choices() {
    for (text, expected) in [
        (
            "mouse = true\ncolour = 1",
            "line 2, column 1: unknown field `colour`, expected one of `library`, `reading_width`, `mouse`, `sort`, `mark_read`, `background`, `density`, `bidi`, `cache_dir`, `follow`, `fields`, `archives`, `theme`, `keys`",
        ),
        ("reading_width = 500", "line 1, column 17: `reading_width` is from 20 to 200, not 500"),
        ("reading_width = -1", "line 1, column 17: `reading_width` is from 20 to 200, not -1"),
        ("mouse = \"yes\"", "line 1, column 9: invalid type: string \"yes\", expected a boolean"),
        (
            "sort = \"size\"",
            "line 1, column 8: no order is called `size`; there are `newest`, `oldest`, `relevance`, `title` and `added`",
        ),
        ("background = \"white\"", "line 1, column 14: `background` is auto, light or dark, not `white`"),
        ("library = 1", "line 1, column 11: invalid type: integer `1`, expected a string or a list of strings"),
        (
            "[keys]\nquit = [\"q\", \"qq\"]",
            "line 2, column 8: no key is called `qq` (keys are j, G, ctrl-d, alt-x, enter, space, pgdn, f1 ...); for one after the other write `q q`",
        ),
        (
            "[theme]\naccent = \"red blue\"",
            "line 2, column 10: `blue` would be a second colour (a background is `on blue`)",
        ),
        (
            "[theme]\n date = 7",
            "line 2, column 9: invalid type: integer `7`, expected a style such as \"cyan bold\" or \"#88c0d0\"",
        ),
    ] {
        assert_eq!(reason(text), expected, "{text}");
    }
    assert!(
        reason("[theme]\n\nacent = \"red\"")
            .starts_with("line 3, column 1: no style is called `acent`; there are `text`, `accent`, ")
    );
    assert!(reason("é = 1").starts_with("line 1, column 1: "));
    assert!(reason("mouse = \n").starts_with("line 1, column "));
}

#[test]
fn unknown_actions_are_reported_where_they_stand() {
    let config = parse("[keys]\ndown = \"j\"\nleave = \"q\"").expect("a valid file");
    assert!(config.check_actions(&["down", "leave"]).is_ok());
    assert_eq!(
        config.check_actions(&["down", "quit"]).expect_err("something is wrong").to_string(),
        "/home/reader/config.toml: line 3, column 9: no action is called `leave`; there are `down` and `quit`"
    );
}

#[test]
fn files_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("config.toml");
    assert!(matches!(Config::load(&path), Err(Error::Missing { .. })));
    std::fs::write(&path, "\u{feff}mouse = false").expect("the folder is ours");
    assert!(!Config::load(&path).expect("a valid file").mouse);
    std::fs::write(&path, b"# caf\xe9").expect("the folder is ours");
    assert!(Config::load(&path).expect_err("something is wrong").to_string().ends_with("line 1, column 6: not UTF-8"));
    assert!(matches!(Config::load(folder.path()), Err(Error::Config { .. })));
}

#[test]
fn the_sample_holds_every_setting_with_its_default() {
    let default = Config::default();
    let uncommented: String = sample()
        .lines()
        .filter_map(|line| line.strip_prefix("# "))
        .filter(|line| line.contains(" = ") || line.starts_with('['))
        .map(|line| format!("{line}\n"))
        .collect();
    let config = parse(&uncommented).expect("a valid file");
    assert_eq!(config.theme, default.theme);
    assert_eq!((config.reading_width, config.mouse), (default.reading_width, default.mouse));
    let unknown = reason("x = 1");
    for Setting { name, .. } in SETTINGS {
        assert!(unknown.contains(&format!("`{name}`")) && uncommented.contains(&format!("{name} = ")), "{name}");
    }
    assert_eq!(unknown.matches("`, `").count(), SETTINGS.len() + 3);
}

#[test]
fn a_cluster_is_named_by_its_address_or_with_all_that_is_to_be_told() {
    let text = "[archives]\nnear = \"http://127.0.0.1:9200/news\"\n[archives.far]\nurl = \"https://a/news\"\nuser = \"ada\"\nca = \"ca.pem\"";
    let archives = parse(text).expect("a valid file").archives;
    let near = Archive { url: "http://127.0.0.1:9200/news".to_owned(), ..Archive::default() };
    assert_eq!(archives["near"], near);
    assert_eq!((archives["far"].user.as_deref(), archives["far"].plain_http), (Some("ada"), false));
    assert!(archives["far"].ca.as_ref().is_some_and(|ca| ca.ends_with("ca.pem")));
    // A password would be readable by whoever reads the file.
    assert!(parse("[archives.far]\nurl = \"https://a/news\"\npassword = \"x\"").is_err());
}

#[test]
fn folders_are_named_after_the_program() {
    for path in [default_path().and_then(|path| path.parent().map(Path::to_owned)), cache_dir(), state_dir()] {
        assert!(path.expect("a home").ends_with("newsstand"));
    }
}
