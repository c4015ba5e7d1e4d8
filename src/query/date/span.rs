//! Spans whose ends may be counted from today.

use chrono::{Datelike, Days, Months, NaiveDate};

use super::super::DateSpan;
use super::{Direction, Span};

/// A day, told by the calendar or counted from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// This day.
    Day(NaiveDate),
    /// A day counted from today.
    FromToday {
        /// What is counted.
        unit: Unit,
        /// How many units before today; 0 is today, -1 is one unit ahead. At most 10,000.
        back: i32,
        /// Which day of that unit.
        edge: Edge,
        /// Days to add, from -1 to 1.
        shift: i8,
    },
}

/// A length of time in the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A day.
    Day,
    /// A week, which begins with Monday.
    Week,
    /// A month.
    Month,
    /// A year.
    Year,
}

/// Which day of a unit is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Its first day.
    First,
    /// The day that stands in it as today stands in its own.
    Same,
    /// Its last day.
    Last,
}

impl Moment {
    /// A day counted from today, in the one form that all equal ones share.
    pub(super) fn counted(unit: Unit, back: i32, edge: Edge, shift: i8) -> Moment {
        let day = |back: i32| Moment::FromToday {
            unit: Unit::Day,
            back: back - i32::from(shift),
            edge: Edge::Same,
            shift: 0,
        };
        match (unit, edge, shift) {
            (Unit::Day, ..) => day(back),
            (Unit::Week, Edge::Same, _) => day(back.saturating_mul(7)),
            (_, Edge::Last, 1) => Moment::FromToday { unit, back: back - 1, edge: Edge::First, shift: 0 },
            (_, Edge::First, -1) => Moment::FromToday { unit, back: back + 1, edge: Edge::Last, shift: 0 },
            _ => Moment::FromToday { unit, back, edge, shift },
        }
    }

    /// The day it is, when today is `today`. Beyond the calendar it is the calendar's end.
    pub fn day(self, today: NaiveDate) -> NaiveDate {
        let (unit, back, edge, shift) = match self {
            Moment::Day(day) => return day,
            Moment::FromToday { unit, back, edge, shift } => (unit, back, edge, shift),
        };
        let end = if back > 0 { NaiveDate::MIN } else { NaiveDate::MAX };
        let day = counted_back(today, unit, back).and_then(|day| edge_of(day, unit, edge));
        day.and_then(|day| plus_days(day, shift.into())).unwrap_or(end)
    }

    /// The day after or before it; `None` beyond the years that can be written.
    fn plus(self, days: i8) -> Option<Moment> {
        match self {
            Moment::Day(day) => {
                plus_days(day, days.into()).filter(|day| (0..=9999).contains(&day.year())).map(Moment::Day)
            }
            Moment::FromToday { unit, back, edge, shift } => Some(Moment::counted(unit, back, edge, shift + days)),
        }
    }
}

fn counted_back(today: NaiveDate, unit: Unit, back: i32) -> Option<NaiveDate> {
    let months = |months: i32| {
        let count = Months::new(months.unsigned_abs());
        if months < 0 { today.checked_add_months(count) } else { today.checked_sub_months(count) }
    };
    match unit {
        Unit::Day => plus_days(today, -i64::from(back)),
        Unit::Week => plus_days(today, -7 * i64::from(back)),
        Unit::Month => months(back),
        Unit::Year => months(back.checked_mul(12)?),
    }
}

fn edge_of(day: NaiveDate, unit: Unit, edge: Edge) -> Option<NaiveDate> {
    let weekday = i64::from(day.weekday().num_days_from_monday());
    match (unit, edge) {
        (_, Edge::Same) | (Unit::Day, _) => Some(day),
        (Unit::Week, Edge::First) => plus_days(day, -weekday),
        (Unit::Week, Edge::Last) => plus_days(day, 6 - weekday),
        (Unit::Month, Edge::First) => day.with_day(1),
        (Unit::Month, Edge::Last) => month_end(day),
        (Unit::Year, Edge::First) => NaiveDate::from_ymd_opt(day.year(), 1, 1),
        (Unit::Year, Edge::Last) => NaiveDate::from_ymd_opt(day.year(), 12, 31),
    }
}

/// The last day of the month that `day` is in.
pub(super) fn month_end(day: NaiveDate) -> Option<NaiveDate> {
    day.with_day(1)?.checked_add_months(Months::new(1))?.pred_opt()
}

fn plus_days(day: NaiveDate, days: i64) -> Option<NaiveDate> {
    let count = Days::new(days.unsigned_abs());
    if days < 0 { day.checked_sub_days(count) } else { day.checked_add_days(count) }
}

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
