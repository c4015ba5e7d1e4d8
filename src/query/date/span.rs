//! Spans whose ends may be counted from today.

use chrono::NaiveDate;

use super::super::condition::DateSpan;
use super::super::moment::{Edge, Moment, Unit, edge_of};
use super::{Direction, Span};

/// The days that lie in, after or before `span`; `None` when there are none.
pub(super) fn directed(span: Span, direction: Direction) -> Option<DateSpan> {
    let (first, last) = match direction {
        Direction::In => (span.first, span.last),
        Direction::From => (Some(span.first?), None),
        // Nobody who types `after:7d` looks for what comes after today.
        Direction::After if span.recent => (span.first, None),
        Direction::After => (Some(span.last?.plus(1)?), None),
        Direction::Before => (None, Some(span.first?.plus(-1)?)),
        Direction::Until => (None, Some(span.last?)),
    };
    Some(match (first, last) {
        (Some(Moment::FromToday { .. }), _) | (_, Some(Moment::FromToday { .. })) => DateSpan::Relative(first, last),
        (first, last) => DateSpan::Days(first.and_then(calendar_day), last.and_then(calendar_day)),
    })
}

fn calendar_day(moment: Moment) -> Option<NaiveDate> {
    match moment {
        Moment::Day(day) => Some(day),
        Moment::FromToday { .. } => None,
    }
}

/// The field and the value that ask for `span`, in the shortest usual spelling.
pub(in crate::query) fn clause(span: DateSpan) -> (&'static str, String) {
    let (first, last) = match span {
        DateSpan::Days(first, last) => (first.map(Moment::Day), last.map(Moment::Day)),
        DateSpan::Relative(first, last) => (first, last),
    };
    if let Some((field, value)) = strict(first, last) {
        return (field, value);
    }
    let value = match (first, last) {
        (Some(Moment::Day(first)), Some(Moment::Day(last))) => calendar_span(first, last),
        (Some(first), Some(last)) => relative_span(first, last),
        (first, last) => {
            let first = first.map(|day| bound(day, Edge::First)).unwrap_or_default();
            let last = last.map(|day| bound(day, Edge::Last)).unwrap_or_default();
            format!("{first}..{last}")
        }
    };
    ("date", value)
}

/// Ends that only `after:` and `before:` can name.
fn strict(first: Option<Moment>, last: Option<Moment>) -> Option<(&'static str, String)> {
    let (field, moment, shift) = match (first, last) {
        (Some(first), None) => ("after", first, -1),
        (None, Some(last)) => ("before", last, 1),
        _ => return None,
    };
    let nameable = match moment {
        Moment::Day(_) => true,
        Moment::FromToday { unit: Unit::Day, back, .. } => back >= 0,
        Moment::FromToday { edge: Edge::Same, shift, .. } => shift == 0 || (shift == 1 && field == "after"),
        Moment::FromToday { back, .. } => (0..=1).contains(&back),
    };
    if nameable {
        return None;
    }
    let edge = if field == "after" { Edge::Last } else { Edge::First };
    Some((field, bound(moment.plus(shift)?, edge)))
}

/// One end of a span. `edge` says which end: a year is its first day at the first end.
fn bound(moment: Moment, edge: Edge) -> String {
    match moment {
        Moment::Day(day) => calendar_bound(day, edge),
        Moment::FromToday { unit: Unit::Day, back: 0, .. } => "today".to_owned(),
        Moment::FromToday { unit: Unit::Day, back: 1, .. } => "yesterday".to_owned(),
        Moment::FromToday { unit, back, edge: Edge::Same, shift: 0 } => {
            format!("{back}-{}{}-ago", name(unit), if back == 1 { "" } else { "s" })
        }
        Moment::FromToday { unit, back, edge: Edge::Same, .. } => format!("{back}{}", &name(unit)[..1]),
        Moment::FromToday { unit, back, .. } => {
            format!("{}-{}", if back == 0 { "this" } else { "last" }, name(unit))
        }
    }
}

fn name(unit: Unit) -> &'static str {
    match unit {
        Unit::Day => "day",
        Unit::Week => "week",
        Unit::Month => "month",
        Unit::Year => "year",
    }
}

/// A span that has a name of its own, or one from end to end.
fn relative_span(first: Moment, last: Moment) -> String {
    match (first, last) {
        (first, last) if first == last => bound(first, Edge::First),
        (Moment::FromToday { unit: Unit::Day, back, .. }, Moment::FromToday { unit: Unit::Day, back: 0, .. })
            if (1..9999).contains(&back) =>
        {
            format!("{}d", back + 1)
        }
        (Moment::FromToday { edge: Edge::Same, shift: 1, .. }, Moment::FromToday { unit: Unit::Day, back: 0, .. }) => {
            bound(first, Edge::First)
        }
        (
            Moment::FromToday { unit, back, edge: Edge::First, .. },
            Moment::FromToday { unit: other, back: end, edge: Edge::Last, .. },
        ) if unit == other && back == end => bound(first, Edge::First),
        (first, last) => format!("{}..{}", bound(first, Edge::First), bound(last, Edge::Last)),
    }
}

/// `2021`, `2021-02`, `2021-02-16`, or from end to end in the coarsest unit that fits both.
fn calendar_span(first: NaiveDate, last: NaiveDate) -> String {
    const UNITS: [Unit; 3] = [Unit::Year, Unit::Month, Unit::Day];
    let fits = |unit: &Unit| is_edge(first, *unit, Edge::First) && is_edge(last, *unit, Edge::Last);
    let unit = UNITS.into_iter().find(fits).unwrap_or(Unit::Day);
    let (first, last) = (written(first, unit), written(last, unit));
    if first == last { first } else { format!("{first}..{last}") }
}

/// A day that begins or ends a year or month is written as that.
fn calendar_bound(day: NaiveDate, edge: Edge) -> String {
    let unit = [Unit::Year, Unit::Month].into_iter().find(|unit| is_edge(day, *unit, edge));
    written(day, unit.unwrap_or(Unit::Day))
}

fn is_edge(day: NaiveDate, unit: Unit, edge: Edge) -> bool {
    edge_of(day, unit, edge) == Some(day)
}

fn written(day: NaiveDate, unit: Unit) -> String {
    let format = match unit {
        Unit::Year => "%Y",
        Unit::Month => "%Y-%m",
        Unit::Week | Unit::Day => "%Y-%m-%d",
    };
    day.format(format).to_string()
}
