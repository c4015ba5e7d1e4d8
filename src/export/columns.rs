//! What can be exported of an article, one by one: the columns of a table, the fields of `--fields`.

use serde_json::Value;

use super::Item;

/// Something that can be exported of an article.
pub struct Column {
    /// Its name, in `--fields` and at the head of a table.
    pub name: &'static str,
    /// What it is, in a few words.
    pub description: &'static str,
    /// The value; `null` where the article has none.
    pub value: fn(&Item<'_>) -> Value,
}

impl std::fmt::Debug for Column {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// All columns.
pub static COLUMNS: &[Column] = &[
    Column { name: "id", description: "its id", value: |item| item.record.id.to_string().into() },
    Column { name: "path", description: "its file", value: |item| item.record.path.as_str().into() },
    Column { name: "part", description: "its number within the file", value: |item| item.record.part.into() },
    Column { name: "title", description: "its title", value: |item| item.record.title.as_str().into() },
    Column {
        name: "byline",
        description: "who wrote it",
        value: |item| item.record.byline.as_ref().map(|byline| byline.as_str()).into(),
    },
    Column {
        name: "source",
        description: "who published it",
        value: |item| item.record.source.as_ref().map(|source| source.as_str()).into(),
    },
    Column {
        name: "url",
        description: "its address",
        value: |item| item.record.url.as_ref().map(|url| url.as_str()).into(),
    },
    Column {
        name: "date",
        description: "its date, as exactly as it is known",
        value: |item| item.record.date.as_ref().map(|date| date.value.as_str()).into(),
    },
    Column {
        name: "precision",
        description: "how exact the date is: year, month, day, minute, yearless",
        value: |item| {
            let precision = item.record.date.as_ref().map(|date| serde_json::to_value(date.precision));
            precision.and_then(Result::ok).unwrap_or(Value::Null)
        },
    },
    Column {
        name: "language",
        description: "the code of its language",
        value: |item| item.record.language.code.map(|tag| tag.code()).into(),
    },
    Column { name: "words", description: "how many words it has", value: |item| item.record.words.into() },
    Column { name: "read", description: "whether you have read it", value: |item| item.marks.read.into() },
    Column { name: "starred", description: "whether you have starred it", value: |item| item.marks.starred.into() },
    Column { name: "tags", description: "your tags", value: |item| item.marks.tags.clone().into() },
    Column { name: "note", description: "your note", value: |item| item.marks.note.clone().into() },
    Column { name: "added", description: "when it came into the pile", value: |item| item.marks.added.clone().into() },
    Column { name: "text", description: "its text, cleaned", value: |item| item.article.map(super::text::body).into() },
];

/// The column of this name, or what is wrong with it.
///
/// # Errors
///
/// That there is no such column, with those that there are.
pub fn column(name: &str) -> Result<&'static Column, String> {
    COLUMNS.iter().find(|column| column.name == name).ok_or_else(|| {
        let names: Vec<&str> = COLUMNS.iter().map(|column| column.name).collect();
        format!("no field is called `{name}` (there are {})", names.join(", "))
    })
}
