//! A chart of counts, as a picture in SVG: lines over time, bars otherwise.

use plotters::coord::Shift;
use plotters::prelude::*;

use crate::text::Clean;
use crate::text::width::clip;

/// Width and height of the picture, in pixels.
const SIZE: (u32, u32) = (960, 540);
/// So many labels stand below the chart at most.
const MOST_LABELS: usize = 12;
/// So many groups of bars there are at most: the largest ones.
const MOST_GROUPS: usize = 16;
/// So many cells have room below the chart: labels share them.
const LABELS: usize = 110;
/// No name in the legend takes more cells.
const NAME: usize = 32;

/// Colours that people who see some colours alike can tell apart, as Masataka Okabe and Kei Ito chose them
/// ("Color Universal Design", 2008), the plainest on white first.
const COLOURS: [RGBColor; 8] = [
    RGBColor(0, 114, 178),
    RGBColor(213, 94, 0),
    RGBColor(0, 158, 115),
    RGBColor(204, 121, 167),
    RGBColor(230, 159, 0),
    RGBColor(86, 180, 233),
    RGBColor(0, 0, 0),
    RGBColor(240, 228, 66),
];

/// What is drawn.
#[derive(Clone, Debug, Default)]
pub struct Chart {
    /// What it is about.
    pub title: String,
    /// What is counted.
    pub unit: &'static str,
    /// The places along the chart, in order.
    pub places: Vec<String>,
    /// Whether the places are times, which follow each other evenly.
    pub over_time: bool,
    /// What is drawn over them.
    pub series: Vec<Series>,
    /// How many series are not drawn, as there would be too many.
    pub left_out: usize,
}

/// A line, or the bars of one colour.
#[derive(Clone, Debug, Default)]
pub struct Series {
    /// Its name.
    pub name: String,
    /// A value for each place; `None` where nothing is known.
    pub values: Vec<Option<f64>>,
}

/// What is drawn on; it cannot fail, as it is a string.
type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Drawn<'a> = Result<(), DrawingAreaErrorKind<<SVGBackend<'a> as DrawingBackend>::ErrorType>>;

impl Chart {
    /// The picture.
    pub fn draw(&self) -> String {
        let mut picture = String::new();
        let chart = if self.over_time { self.clone() } else { self.largest() };
        {
            let area = SVGBackend::with_string(&mut picture, SIZE).into_drawing_area();
            // A string takes whatever is written to it.
            let _ = chart.on(&area).and_then(|()| area.present());
        }
        picture
    }

    /// The same with the largest groups of bars alone.
    fn largest(&self) -> Chart {
        let height = |at: usize| -> f64 { self.series.iter().filter_map(|series| *series.values.get(at)?).sum() };
        let mut places: Vec<usize> = (0..self.places.len()).collect();
        places.sort_by(|a, b| height(*b).total_cmp(&height(*a)));
        // A group without bars says less than the room it takes.
        let with_bars = places.iter().filter(|at| height(**at) > 0.0).count();
        places.truncate(if with_bars > 0 { with_bars.min(MOST_GROUPS) } else { MOST_GROUPS });
        let kept = |series: &Series| Series {
            name: series.name.clone(),
            values: places.iter().map(|at| series.values.get(*at).copied().flatten()).collect(),
        };
        Chart {
            places: places.iter().map(|at| self.places[*at].clone()).collect(),
            series: self.series.iter().map(kept).collect(),
            ..self.clone()
        }
    }

    fn on<'a>(&self, area: &Area<'a>) -> Drawn<'a> {
        area.fill(&WHITE)?;
        let most = self.series.iter().flat_map(|series| &series.values).flatten().fold(0.0, |a: f64, b| a.max(*b));
        let most = if most > 0.0 { most * 1.08 } else { 1.0 };
        let title = match self.left_out {
            0 => self.title.clone(),
            more => format!("{} (and {more} more)", self.title),
        };
        let mut chart = ChartBuilder::on(area)
            .caption(clip(&Clean::new(&title), 80), ("sans-serif", 20))
            .margin(16)
            .x_label_area_size(36)
            .y_label_area_size(72)
            .build_cartesian_2d(-0.5..self.places.len().max(1) as f64 - 0.5, 0.0..most)?;
        let labels = if self.over_time { self.places.len().min(MOST_LABELS) } else { self.places.len() };
        let width = (LABELS / labels.max(1)).clamp(4, 24);
        let value = |value: &f64| format!("{}", (value * 1e6).round() / 1e6);
        let label = |at: &f64| {
            let whole = (at.fract().abs() < 1e-6 && *at >= 0.0).then_some(*at as usize);
            let place = whole.and_then(|at| self.places.get(at));
            place.map_or(String::new(), |place| clip(&Clean::new(place), width).into_owned())
        };
        chart
            .configure_mesh()
            .disable_x_mesh()
            .light_line_style(WHITE)
            .x_labels(labels.max(1))
            .x_label_formatter(&label)
            .y_label_formatter(&value)
            .y_desc(self.unit)
            .label_style(("sans-serif", 14))
            .axis_desc_style(("sans-serif", 15))
            .draw()?;
        let count = self.series.len().max(1) as f64;
        for (number, (series, colour)) in self.series.iter().zip(COLOURS).enumerate() {
            let points: Vec<Option<(f64, f64)>> =
                series.values.iter().enumerate().map(|(at, value)| Some((at as f64, (*value)?))).collect();
            let drawn = if self.over_time {
                // Where nothing is known, a line is interrupted.
                for run in points.split(Option::is_none).filter(|run| !run.is_empty()) {
                    chart.draw_series(LineSeries::new(run.iter().flatten().copied(), colour.stroke_width(2)))?;
                }
                let few = points.len() <= 60;
                let alone = |at: usize| {
                    let known = |at: Option<usize>| at.and_then(|at| points.get(at)).is_some_and(Option::is_some);
                    !known(at.checked_sub(1)) && !known(Some(at + 1))
                };
                let dots =
                    points.iter().enumerate().filter(|(at, _)| few || alone(*at)).filter_map(|(_, point)| *point);
                chart.draw_series(dots.map(|point| Circle::new(point, 3, colour.filled())).collect::<Vec<_>>())?
            } else {
                let width = 0.8 / count;
                let bar = |(at, value): (f64, f64)| {
                    let left = at - 0.4 + number as f64 * width;
                    Rectangle::new([(left, 0.0), (left + width * 0.94, value)], colour.filled())
                };
                chart.draw_series(points.into_iter().flatten().map(bar).collect::<Vec<_>>())?
            };
            drawn
                .label(clip(&Clean::new(&series.name), NAME))
                .legend(move |(x, y)| Rectangle::new([(x, y - 5), (x + 14, y + 5)], colour.filled()));
        }
        if self.series.len() > 1 {
            chart
                .configure_series_labels()
                .position(SeriesLabelPosition::UpperRight)
                .label_font(("sans-serif", 14))
                .background_style(WHITE.mix(0.9))
                .border_style(BLACK.mix(0.3))
                .draw()?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chart_has_axes_a_legend_and_breaks_where_nothing_is_known() {
        let series = |name: &str, values: &[Option<f64>]| Series { name: name.to_owned(), values: values.to_vec() };
        let chart = Chart {
            title: "<putin> & musk".to_owned(),
            unit: "per million words",
            places: ["2020", "2021", "2022", "2023"].map(str::to_owned).to_vec(),
            over_time: true,
            series: vec![
                series("putin", &[Some(1.0), Some(2.0), None, Some(4.0)]),
                series("musk", &[None, Some(20.0), Some(3.0), None]),
            ],
            left_out: 0,
        };
        let picture = chart.draw();
        for text in ["<svg", "2020", "2023", "per million words", "putin", "musk", "#0072B2", "#D55E00", "polyline"] {
            assert!(picture.contains(text), "{text} in {picture}");
        }
        assert!(!picture.contains("<putin>"), "{picture}");
        let bars = Chart { over_time: false, ..chart }.draw();
        assert!(bars.contains("<rect") && !bars.contains("polyline points=\"\""), "{bars}");
    }

    #[test]
    fn nothing_and_far_too_much_are_drawn() {
        assert!(Chart::default().draw().contains("</svg>"));
        let values = vec![Some(f64::MAX / 1e9); 5000];
        let many = vec![Series { name: "x".to_owned(), values }; 20];
        for over_time in [true, false] {
            let places = (0..5000).map(|number| number.to_string()).collect();
            let chart = Chart { series: many.clone(), places, over_time, ..Chart::default() };
            assert!(chart.draw().contains("</svg>"));
        }
    }
}
