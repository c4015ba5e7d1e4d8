//! A template of the reader's own, written once for each article.
//!
//! The language is that of Jinja, as the crate `minijinja` reads it.

use std::io::{self, Write};

use minijinja::{Environment, UndefinedBehavior, context, escape_formatter};

use super::{COLUMNS, ExportFormat, Exporter, Item, citation};

/// A template.
pub(super) const FORMAT: ExportFormat = ExportFormat {
    name: "template",
    description: "a template of your own, given with --template",
    extension: "txt",
    exporter: |options| {
        let template = options.template.as_deref().ok_or("the format `template` needs --template")?;
        Ok(Box::new(Template::new(template)?))
    },
};

/// What help says of templates.
pub const TEMPLATE_HELP: &str = "\
A template is written once for each article. {{ title }} stands for a field (see --fields), {{ citation }} for a
citation in a line; {% if url %} … {% endif %} leaves out what is not known; {% for tag in tags %} … {% endfor %}
repeats; {{ title | upper }}, {{ byline | default('anonymous') }} and the other filters of Jinja change a value.";

struct Template {
    environment: Environment<'static>,
}

impl Template {
    fn new(template: &str) -> Result<Template, String> {
        let mut environment = Environment::new();
        environment.set_undefined_behavior(UndefinedBehavior::Lenient);
        environment.set_keep_trailing_newline(true);
        // What is not known of an article is nothing, not a word for it.
        environment.set_formatter(|out, state, value| match value.is_none() {
            true => Ok(()),
            false => escape_formatter(out, state, value),
        });
        environment
            .add_template_owned("template".to_owned(), template.to_owned())
            .map_err(|error| format!("template, {}", told(&error)))?;
        Ok(Template { environment })
    }
}

/// What is wrong with a template, with its line.
fn told(error: &minijinja::Error) -> String {
    let line = error.line().map_or(String::new(), |line| format!("line {line}: "));
    let detail = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    format!("{line}{detail}")
}

impl Exporter for Template {
    fn item(&mut self, out: &mut dyn Write, item: &Item<'_>) -> io::Result<()> {
        let fields: std::collections::BTreeMap<&str, serde_json::Value> =
            COLUMNS.iter().map(|column| (column.name, (column.value)(item))).collect();
        let failed = |error: minijinja::Error| io::Error::other(format!("template, {}", told(&error)));
        let template = self.environment.get_template("template").map_err(failed)?;
        let text = template
            .render(context! { citation => citation(item.record), ..minijinja::Value::from_serialize(&fields) })
            .map_err(failed)?;
        out.write_all(text.as_bytes())?;
        if text.ends_with('\n') { Ok(()) } else { out.write_all(b"\n") }
    }
}
