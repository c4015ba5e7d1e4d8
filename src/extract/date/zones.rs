//! Abbreviations of time zones.

use chrono::FixedOffset;

use crate::article::LanguageTag;

/// How far the clock of the zone `name` is from UTC, or `None` when it is no zone.
///
/// `IST` is the time of India, except in Hebrew and Irish articles; `CST` is the time of Chicago,
/// except in Chinese ones.
pub(super) fn offset(name: &str, language: Option<LanguageTag>) -> Option<FixedOffset> {
    let code = language.map_or("", LanguageTag::code);
    let local = LOCAL_ZONES.iter().find(|(zone, language, _)| *zone == name && *language == code).map(|row| row.2);
    let minutes = local.or_else(|| ZONES.iter().find(|(zone, _)| *zone == name).map(|row| row.1))?;
    FixedOffset::east_opt(minutes * 60)
}

/// The names of all zones.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    ZONES.iter().map(|(zone, _)| *zone)
}

/// Zones that mean another clock in one language: name, language, minutes east of Greenwich.
const LOCAL_ZONES: &[(&str, &str, i32)] = &[("IST", "he", 120), ("IST", "ga", 60), ("CST", "zh", 480)];

/// Names of zones and minutes east of Greenwich.
const ZONES: &[(&str, i32)] = &[
    ("UTC", 0),
    ("GMT", 0),
    ("Z", 0),
    ("WET", 0),
    ("BST", 60),
    ("WEST", 60),
    ("CET", 60),
    ("MEZ", 60),
    ("WAT", 60),
    ("HNEC", 60),
    ("CEST", 120),
    ("MESZ", 120),
    ("EET", 120),
    ("CAT", 120),
    ("SAST", 120),
    ("OEZ", 120),
    ("EEST", 180),
    ("OESZ", 180),
    ("MSK", 180),
    ("МСК", 180),
    ("мск", 180),
    ("EAT", 180),
    ("AST", 180),
    ("TRT", 180),
    ("IDT", 180),
    ("IRST", 210),
    ("IRDT", 270),
    ("GST", 240),
    ("AMT", 240),
    ("AZT", 240),
    ("GET", 240),
    ("SAMT", 240),
    ("AFT", 270),
    ("PKT", 300),
    ("UZT", 300),
    ("YEKT", 300),
    ("IST", 330),
    ("SLST", 330),
    ("NPT", 345),
    ("BDT", 360),
    ("MMT", 390),
    ("WIB", 420),
    ("ICT", 420),
    ("WITA", 480),
    ("SGT", 480),
    ("MYT", 480),
    ("PHT", 480),
    ("PHST", 480),
    ("HKT", 480),
    ("AWST", 480),
    ("WIT", 540),
    ("JST", 540),
    ("KST", 540),
    ("ACST", 570),
    ("AEST", 600),
    ("ACDT", 630),
    ("AEDT", 660),
    ("NZST", 720),
    ("NZDT", 780),
    ("BRT", -180),
    ("ART", -180),
    ("ADT", -180),
    ("NST", -210),
    ("NDT", -150),
    ("EDT", -240),
    ("CLT", -240),
    ("EST", -300),
    ("ET", -300),
    ("COT", -300),
    ("PET", -300),
    ("CDT", -300),
    ("CST", -360),
    ("CT", -360),
    ("MDT", -360),
    ("MST", -420),
    ("PDT", -420),
    ("PST", -480),
    ("PT", -480),
    ("AKDT", -480),
    ("AKST", -540),
    ("HST", -600),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_minutes_from_greenwich() {
        let hours = |name, code| offset(name, LanguageTag::find(code)).map(|offset| offset.local_minus_utc() / 3600);
        for (name, code, expected) in
            [("WIB", "id", 7), ("MESZ", "de", 2), ("EST", "en", -5), ("CST", "en", -6), ("CST", "zh", 8)]
        {
            assert_eq!(hours(name, code), Some(expected), "{name}");
        }
        assert_eq!(offset("Uhr", None), None);
    }
}
