//! A day that may be counted from today.

use chrono::{Datelike, Days, Months, NaiveDate};

/// A day, told by the calendar or counted from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
    pub(super) fn plus(self, days: i8) -> Option<Moment> {
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

/// The day at an edge of the unit that `day` lies in.
pub(super) fn edge_of(day: NaiveDate, unit: Unit, edge: Edge) -> Option<NaiveDate> {
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
