"""The style sheet: the only place with CSS. Sizes and spaces are those of ``docs/design.md``."""

from __future__ import annotations

from dataclasses import asdict

from kpi.report.theme import DARK, LIGHT, Palette


def style(palette: Palette) -> str:
    """The style sheet as a ``<style>`` element; ``palette``: what the page's charts are drawn in.

    Its own colours follow the theme that stands, also where that changes with no rerun: a system
    that turns dark in the evening tells the browser, and not us.
    """
    drawn = _DRAWN_DARK if palette is DARK else ""
    return f"<style>{_variables()}{_SHEET}{drawn}</style>"


def _variables() -> str:
    light, dark = asdict(LIGHT), asdict(DARK)
    plain = "".join(f"--rc-{name}:{light[name]};" for name in _COLOURS)
    both = "".join(f"--rc-{name}:light-dark({light[name]},{dark[name]});" for name in _COLOURS)
    return f":root{{{plain}}}@supports (color:light-dark(#fff,#000)){{:root{{{both}}}}}"


_COLOURS = ("page", "panel", "ink", "muted", "line", "link", "better", "worse", "neutral")

_SHEET = """
.stMainBlockContainer { max-width: 1320px; padding: 2.5rem 2.5rem 4rem; }
[data-testid="stSidebarUserContent"] { padding-bottom: 2rem; }
.stApp, .rc { font-variant-numeric: tabular-nums lining-nums; }

.rc { color: var(--rc-ink); font-size: 15px; line-height: 1.45; container-type: inline-size; }
.rc a { color: var(--rc-link); text-decoration: none; }
.rc a:hover, .rc a:focus-visible { text-decoration: underline; }
.rc a:focus-visible, .rc summary:focus-visible, .rc-scroll:focus-visible {
  outline: 2px solid var(--rc-link); outline-offset: 2px; }
.rc img { display: inline-block; vertical-align: middle; max-width: 100%; }
.rc p { margin: 0; }
.rc-muted { color: var(--rc-muted); }
.rc-small { font-size: 13px; font-weight: 400; color: var(--rc-muted); line-height: 1.4; }
.rc ul, .rc ol { list-style: none; margin: 0; padding: 0; }
.rc li { margin: 0; padding: 0; }
.rc-sign { width: 18px; height: 18px; flex: none; margin-right: 8px; }

.rc-brand { display: flex; align-items: center; gap: 10px; font-weight: 700; font-size: 20px;
  letter-spacing: -0.01em; }
.rc-brand i { display: inline-block; width: 10px; height: 22px; background: var(--rc-better);
  border-radius: 2px; box-shadow: 14px 6px 0 -2px var(--rc-neutral); margin-right: 12px; }
.rc-whose { display: grid; gap: 10px; justify-items: start; margin-top: 8px; }
.rc-whose b { display: block; font-weight: 600; overflow-wrap: anywhere; }
.rc-whose button { font: inherit; font-size: 14px; color: var(--rc-link); background: none;
  border: 1px solid var(--rc-line); border-radius: 6px; padding: 6px 12px; white-space: nowrap;
  cursor: pointer; }
.rc-whose button:hover { border-color: var(--rc-link); }
.rc-whose button:focus-visible { outline: 2px solid var(--rc-link); outline-offset: 2px; }
.rc p.rc-demo { font-size: 13px; color: var(--rc-muted); border-bottom: 1px solid var(--rc-line);
  padding-bottom: 8px; }
.rc-title h1 { font-size: 28px; line-height: 1.2; font-weight: 650; letter-spacing: -0.015em;
  margin: 0; padding: 0; color: var(--rc-ink); }
.rc-title .rc-eyebrow { font-size: 13px; color: var(--rc-muted); margin-bottom: 4px; }
.rc h2 { font-size: 18px; font-weight: 650; margin: 0 0 12px; padding: 0; letter-spacing: -0.005em;
  color: var(--rc-ink); }
.rc h3 { font-size: 15px; font-weight: 650; margin: 0; padding: 0; color: var(--rc-ink); }

.rc-head { display: grid; grid-template-columns: minmax(0, 5fr) minmax(0, 4fr);
  border: 1px solid var(--rc-line); border-radius: 10px; overflow: hidden; }
.rc-head > div { padding: 24px 28px; }
.rc-head > div + div { background: var(--rc-panel); border-left: 1px solid var(--rc-line); }
.rc-score { display: flex; align-items: baseline; flex-wrap: wrap; gap: 4px 16px; }
.rc-score b { font-size: 60px; line-height: 1; font-weight: 650; letter-spacing: -0.03em; }
.rc-score .rc-reach { font-size: 24px; color: var(--rc-muted); font-variant-numeric: tabular-nums; }
.rc-score .rc-rating { font-size: 20px; font-weight: 600; }
.rc-scale { margin: 14px 0 10px; }
.rc-scale img { width: 100%; max-width: 420px; height: auto; }
.rc ul.rc-facts { display: grid; gap: 4px; font-size: 14px; }
.rc ul.rc-gates { display: grid; gap: 6px; margin-top: 16px; padding-top: 14px;
  border-top: 1px solid var(--rc-line); font-size: 14px; }
.rc-gates li { display: flex; align-items: center; }
.rc ol.rc-gaps { display: grid; gap: 16px; }
.rc-gaps li { display: grid; grid-template-columns: minmax(0, 1fr) auto; gap: 2px 16px; }
.rc-gaps b { font-weight: 600; }
.rc-gaps .rc-cost { white-space: nowrap; font-weight: 600; }
.rc-gaps .rc-small { grid-column: 1 / -1; font-size: 14px; }

.rc-note { border: 1px solid var(--rc-line); border-left: 4px solid var(--rc-neutral);
  border-radius: 6px; padding: 12px 16px; background: var(--rc-panel); }
.rc .rc-note * + h3, .rc .rc-note .rc-scroll + details { margin-top: 14px; }
.rc-note.rc-worse { border-left-color: var(--rc-worse); }
.rc-note.rc-better { border-left-color: var(--rc-better); }
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] p {
  color: var(--rc-muted); opacity: 1; }
.rc-empty { border: 1px dashed var(--rc-line); border-radius: 10px; padding: 32px; }
.rc-empty h2 { margin-bottom: 6px; }

.rc-scroll { overflow-x: auto; }
.rc table { border-collapse: collapse; width: 100%; border: 0; margin: 0; color: inherit; }
.rc th, .rc td { border: 0; text-align: left; vertical-align: top; padding: 10px 14px 10px 0; }
.rc thead th { font-size: 12.5px; font-weight: 600; color: var(--rc-muted); padding: 0 14px 8px 0;
  border-bottom: 1px solid var(--rc-line); white-space: nowrap; vertical-align: bottom; }
.rc tbody tr { border-bottom: 1px solid var(--rc-line); }
.rc tbody th { font-weight: 600; }
.rc td:last-child, .rc th:last-child { padding-right: 0; }
.rc .rc-number { text-align: right; white-space: nowrap; }

.rc .rc-dense th, .rc .rc-dense td { font-size: 13.5px; padding-top: 6px; padding-bottom: 6px; }
.rc .rc-dense td { white-space: nowrap; }
.rc .rc-dense td:last-child { white-space: normal; min-width: 84px; }
.rc .rc-dense thead th { font-size: 12.5px; }

.rc-kpis td { font-size: 14px; }
.rc-kpis .rc-value > b { font-size: 17px; font-weight: 650; display: block; line-height: 1.3; }
.rc-kpis .rc-name { min-width: 150px; max-width: 210px; line-height: 1.35; }
.rc-kpis .rc-value { min-width: 112px; max-width: 180px; }
.rc-kpis .rc-change { min-width: 108px; }
.rc-kpis .rc-change span { white-space: nowrap; }
.rc-kpis .rc-signal { min-width: 128px; max-width: 176px; }
.rc-cell { display: flex; align-items: center; font-weight: 600; line-height: 1.3; }
.rc-cell + .rc-small { display: block; padding-left: 26px; }
.rc-kpis .rc-value .rc-small { display: block; }
.rc-kpis .rc-points b { font-size: 15px; font-weight: 650; }
.rc-kpis .rc-label { display: none; }
.rc-key { display: flex; flex-wrap: wrap; align-items: center; gap: 4px 18px; margin: 0;
  font-size: 13px; color: var(--rc-muted); }
.rc-key span { display: inline-flex; align-items: center; gap: 6px; }

@container (max-width: 560px) {
  .rc .rc-wrap .rc-dense th, .rc .rc-wrap .rc-dense td { white-space: normal; min-width: 0; }
}
@container (max-width: 860px) {
  .rc-head { grid-template-columns: minmax(0, 1fr); }
  .rc-head > div { padding: 20px; }
  .rc-head > div + div { border-left: 0; border-top: 1px solid var(--rc-line); }
  .rc-kpis thead { position: absolute; width: 1px; height: 1px; overflow: hidden;
    clip-path: inset(50%); }
  .rc-kpis, .rc-kpis tbody { display: block; }
  .rc-kpis tr { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 10px 16px;
    padding: 16px 0; grid-template-areas: "name name" "value spark" "aim aim" "change signal"
    "attained points"; }
  .rc-kpis td, .rc-kpis tbody th { padding: 0; max-width: none; min-width: 0; }
  .rc .rc-kpis .rc-number { text-align: left; }
  .rc-kpis .rc-name { grid-area: name; font-size: 16px; }
  .rc-kpis .rc-value { grid-area: value; }
  .rc-kpis .rc-spark { grid-area: spark; }
  .rc-kpis .rc-aim { grid-area: aim; }
  .rc-kpis .rc-change { grid-area: change; }
  .rc-kpis .rc-signal { grid-area: signal; }
  .rc-kpis .rc-attained { grid-area: attained; }
  .rc-kpis .rc-points { grid-area: points; }
  .rc-kpis .rc-label { display: block; font-size: 12.5px; color: var(--rc-muted); }
}

.rc-board td, .rc-board th { padding: 10px 12px 10px 0; font-size: 14px; min-width: 104px; }
.rc-board tbody th { min-width: 150px; }
@container (max-width: 720px) {
  .rc-board thead { position: absolute; width: 1px; height: 1px; overflow: hidden;
    clip-path: inset(50%); }
  .rc-board, .rc-board tbody { display: block; }
  .rc-board tr { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 10px 12px;
    padding: 16px 0; }
  .rc-board th { grid-column: 1 / -1; padding: 0; }
  .rc-board td { padding: 0; min-width: 0; }
  .rc-board .rc-label { display: block; font-size: 12.5px; color: var(--rc-muted); }
}
@container (min-width: 720.02px) { .rc-board .rc-label { display: none; } }

.rc-cards tbody th, .rc-cards td:nth-child(2) { overflow-wrap: anywhere; min-width: 130px; }
@container (max-width: 860px) {
  .rc-cards thead { position: absolute; width: 1px; height: 1px; overflow: hidden;
    clip-path: inset(50%); }
  .rc-cards, .rc-cards tbody { display: block; }
  .rc-cards tr { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr)); gap: 10px 16px;
    padding: 16px 0; }
  .rc-cards tbody th, .rc-cards td:last-child { grid-column: 1 / -1; }
  .rc-cards td, .rc-cards tbody th { padding: 0; }
  .rc .rc-cards .rc-number { text-align: left; white-space: normal; }
  .rc-cards .rc-label { display: block; font-size: 12.5px; color: var(--rc-muted); }
}
@container (min-width: 860.02px) { .rc-cards .rc-label { display: none; } }

.rc ol.rc-largest { list-style: decimal; padding-left: 22px; margin: 12px 0 18px; display: grid;
  gap: 6px; }
.rc-parts td, .rc .rc-parts tbody th { font-size: 14px; padding-top: 7px; padding-bottom: 7px; }
.rc-parts tbody th { overflow-wrap: anywhere; min-width: 120px; }
.rc .rc-parts thead th { white-space: normal; }
.rc-parts .rc-part b { display: inline-block; min-width: 84px; }
.rc-parts .rc-sense { display: inline-block; width: 46px; text-align: right; }
.rc-parts + details { margin-top: 12px; }
.rc-largest + .rc-facts { margin-bottom: 18px; }
.rc .rc-meaning + .rc-note { margin-top: 14px; }
@container (max-width: 720px) {
  .rc-parts thead { position: absolute; width: 1px; height: 1px; overflow: hidden;
    clip-path: inset(50%); }
  .rc-parts, .rc-parts tbody { display: block; }
  .rc-parts tr { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 8px 14px;
    padding: 14px 0; align-items: end; }
  .rc .rc-parts td, .rc .rc-parts tbody th { padding: 0; }
  .rc-parts tbody th, .rc-parts .rc-part { grid-column: 1 / -1; }
  .rc .rc-parts .rc-number { text-align: left; white-space: normal; }
  .rc-parts .rc-none { display: none; }
  .rc-parts .rc-part { display: flex; align-items: center; gap: 8px; }
  .rc-parts .rc-part b { min-width: 70px; }
  .rc-parts .rc-sense { width: auto; }
  .rc-parts .rc-label { display: block; font-size: 12.5px; color: var(--rc-muted); }
}
@container (min-width: 720.02px) { .rc-parts .rc-label { display: none; } }

.rc ol.rc-changes { display: grid; margin: 0; }
.rc-changes li { display: grid; grid-template-columns: minmax(0, 2fr) minmax(0, 3fr);
  gap: 6px 24px; padding: 12px 0; border-top: 1px solid var(--rc-line); overflow-wrap: anywhere; }
.rc-changes b { font-weight: 650; }
.rc-changes .rc-small { display: block; }
@container (max-width: 720px) { .rc-changes li { grid-template-columns: minmax(0, 1fr); } }
.rc .rc-event { margin: 0 0 10px; }
.rc .rc-scroll + .rc-event { margin-top: 24px; }
.rc .rc-event ~ h3 { margin: 0 0 6px; }
.rc .rc-event ~ .rc-scroll + h3 { margin-top: 14px; }

.rc-sum { display: flex; flex-wrap: wrap; gap: 8px 22px; margin: 12px 0; align-items: baseline; }
.rc-sum div { display: grid; }
.rc-sum b { font-size: 20px; font-weight: 650; line-height: 1.2; }
.rc-sum .rc-equals { font-size: 20px; color: var(--rc-muted); align-self: center; }
.rc-summary h3 { margin-top: 10px; }
.rc-summary h3:first-child { margin-top: 0; }
.rc summary { cursor: pointer; font-weight: 600; font-size: 14px; }
.rc details > h3 { margin: 14px 0 6px; }
.rc details > .rc-scroll { margin-top: 10px; }
.rc-figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
  border: 1px solid var(--rc-line); border-radius: 10px; overflow: hidden; gap: 1px;
  background: var(--rc-line); }
.rc-figures > div { padding: 16px 20px; background: var(--rc-page); }
.rc-figures b { display: block; font-size: 24px; font-weight: 650; line-height: 1.25;
  letter-spacing: -0.01em; }
.rc p.rc-meaning + ol.rc-gaps { margin: 14px 0 18px; }
.rc p.rc-meaning { font-size: 17px; margin: 16px 0 0; }
.rc p.rc-next { margin-top: 16px; font-size: 14px; }
.rc .rc-note p.rc-next { margin-top: 4px; }
.rc .rc-figures ~ .rc-note { margin-top: 16px; }
.rc-figures img.rc-figure { margin: 6px 0 4px; }
.rc-figures .rc-cell { margin: 6px 0 2px; font-size: 15px; }
.rc dl.rc-define { display: grid; grid-template-columns: 150px minmax(0, 1fr); gap: 8px 20px;
  margin: 0; padding: 0; }
.rc-define dt { color: var(--rc-muted); font-size: 14px; margin: 0; }
.rc .rc-define dd { margin: 0; padding: 0; }
.rc-define code { color: var(--rc-ink); background: var(--rc-panel); padding: 2px 6px;
  border-radius: 4px; font-size: 13px; overflow-wrap: anywhere; }
@container (max-width: 560px) {
  .rc dl.rc-define { grid-template-columns: minmax(0, 1fr); gap: 2px; }
  .rc .rc-define dd { margin-bottom: 10px; } }
.rc-foot { border-top: 1px solid var(--rc-line); padding-top: 14px; display: flex; flex-wrap: wrap;
  gap: 4px 24px; font-size: 13px; color: var(--rc-muted); }
.rc-foot code { font-size: 12.5px; color: var(--rc-muted); background: none; padding: 0; }

.rc ol.rc-findings { display: grid; }
.rc-findings li { display: grid; gap: 4px; padding: 12px 0; border-top: 1px solid var(--rc-line);
  font-size: 14px; overflow-wrap: anywhere; }
.rc-findings code, .rc-document code { color: var(--rc-ink); background: var(--rc-panel);
  padding: 2px 6px; border-radius: 4px; font-size: 13px; overflow-wrap: anywhere; }
.rc .rc-findings p { font-size: 14px; }
.rc-findings p + p { color: var(--rc-muted); }
.rc .rc-plain td { font-size: 14px; }
.rc .rc-short th, .rc .rc-short td { padding-top: 7px; padding-bottom: 7px; }
.rc-short tbody th { font-size: 14px; overflow-wrap: anywhere; min-width: 110px; }
@container (max-width: 560px) {
  .rc-short thead { position: absolute; width: 1px; height: 1px; overflow: hidden;
    clip-path: inset(50%); }
  .rc-short, .rc-short tbody { display: block; }
  .rc-short tr { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 8px 14px;
    padding: 14px 0; }
  .rc-short tbody th { grid-column: 1 / -1; }
  .rc .rc-short td, .rc .rc-short tbody th { padding: 0; }
  .rc-short .rc-label { display: block; font-size: 12.5px; color: var(--rc-muted); }
}
@container (min-width: 560.02px) { .rc-short .rc-label { display: none; } }
[class*="st-key-text_"] textarea { font-family: ui-monospace, Consolas, Menlo, monospace;
  font-size: 13.5px; }
.stMain [data-selected="true"] p,
button[data-variant="segmented_control"][aria-checked="true"],
button[data-variant="segmented_control"][aria-checked="true"] p { color: var(--rc-link);
  font-weight: 600; }
.rc-plain + h3, .rc .rc-facts + h3 { margin-top: 20px; }
.rc h3 + .rc-plain, .rc h3 + .rc-facts { margin-top: 8px; }
.rc-plain + .rc-small { margin-top: 10px; }
.rc-under { display: block; }
.rc ul.rc-differences { display: grid; gap: 6px; font-size: 14px; margin: 0 0 14px; }
.rc-differences li { padding-left: 14px; border-left: 2px solid var(--rc-line);
  overflow-wrap: anywhere; }

.rc-count { font-size: 14px; font-weight: 600; color: var(--rc-muted); margin-left: 4px; }
.rc .rc-stage { margin: 12px 0 0; }
.rc-turn { font-size: 12.5px; font-weight: 600; border: 1px solid var(--rc-better);
  border-radius: 6px; padding: 2px 8px; margin-left: 10px; vertical-align: 2px; }
.rc .rc-lead-in { margin: 2px 0 12px; }
.rc-reviews tbody th .rc-small { display: block; }
.rc-reviews .rc-late { font-weight: 650; }
.rc-reviews .rc-late::before { content: "! "; }
@container (min-width: 860.02px) {
  .rc-reviews { table-layout: fixed; }
  .rc-reviews th:nth-child(1), .rc-reviews th:nth-child(2) { width: 17%; }
  .rc-reviews th:nth-child(3) { width: 14%; }
  .rc-reviews th:nth-child(4) { width: 10%; }
}
.rc .rc-reviews ul.rc-points, .rc-stands ul.rc-points { display: grid; gap: 6px; font-size: 14px; }
.rc-reviews details { margin-top: 8px; }
.rc-reviews details .rc-points { margin-top: 6px; }

.rc ol.rc-path { display: grid; grid-template-columns: repeat(5, minmax(0, 1fr)); gap: 8px;
  font-size: 14px; }
.rc-path li { border-top: 3px solid var(--rc-line); padding-top: 10px; overflow-wrap: anywhere; }
.rc-path li.rc-done { border-top-color: var(--rc-better); }
.rc-path li.rc-now { border-top-color: var(--rc-neutral); }
.rc-path li.rc-ahead .rc-cell { font-weight: 400; color: var(--rc-muted); }
@container (max-width: 720px) {
  .rc ol.rc-path { grid-template-columns: minmax(0, 1fr); gap: 0; }
  .rc-path li { border-top: 0; border-left: 3px solid var(--rc-line); padding: 6px 0 6px 14px; }
  .rc-path li.rc-done { border-left-color: var(--rc-better); }
  .rc-path li.rc-now { border-left-color: var(--rc-neutral); }
}
.rc-ratings { display: flex; flex-wrap: wrap; gap: 14px 32px; margin-bottom: 18px; }
.rc-ratings > div { flex: 1 1 180px; }
.rc-ratings b { display: block; font-size: 20px; font-weight: 650; line-height: 1.3; }
.rc-stands h3 { margin: 14px 0 4px; }
.rc-stands ul.rc-facts { margin-top: 14px; }

.rc-judged { padding: 16px 0; border-top: 1px solid var(--rc-line); }
.rc-judged > div + div { margin-top: 12px; }
.rc-figured { display: grid; gap: 8px 24px; align-items: start; align-content: start;
  grid-template-columns: minmax(150px, 5fr) 200px minmax(150px, 4fr) minmax(200px, 4fr);
  grid-template-areas: "name aim marks counts" "worth aim marks counts"; }
.rc-figured h3 { grid-area: name; }
.rc-figured h3 .rc-small { display: block; }
.rc-worth { grid-area: worth; }
.rc-aimed { grid-area: aim; }
.rc-marks { grid-area: marks; }
.rc-worth b { display: block; font-size: 20px; font-weight: 650; line-height: 1.25; }
.rc-aimed .rc-small { display: block; margin-top: 4px; }
.rc-counts { grid-area: counts; display: flex; flex-wrap: wrap; gap: 8px 24px;
  justify-content: flex-end; text-align: right; }
.rc-counts b { display: block; font-size: 15px; font-weight: 650; }
.rc-pay ul.rc-points { font-size: 14px; }
.rc-marks { font-size: 14px; display: grid; gap: 4px; }
.rc-marks .rc-cell + .rc-small { padding-left: 26px; }
.rc blockquote.rc-said { margin: 0 0 12px; padding: 0 0 0 14px; border: 0;
  border-left: 2px solid var(--rc-line); color: var(--rc-ink); }
.rc-said p + p { white-space: pre-line; overflow-wrap: anywhere; font-size: 14px; }
.rc-note { white-space: pre-line; }
.rc-questions details { border-top: 1px solid var(--rc-line); padding: 10px 0; }
.rc .rc-questions ul.rc-points { display: grid; gap: 6px; font-size: 14px; margin: 8px 0 4px; }
@container (max-width: 860px) {
  .rc-figured { grid-template-columns: minmax(120px, 2fr) minmax(180px, 3fr);
    grid-template-areas: "name name" "worth aim" "counts marks"; }
  .rc-figured h3 .rc-small { display: inline; margin-left: 6px; }
  .rc-counts { justify-content: flex-start; text-align: left; gap: 8px 16px; }
}
@container (max-width: 400px) {
  .rc-figured { grid-template-columns: minmax(0, 1fr);
    grid-template-areas: "name" "worth" "aim" "counts" "marks"; }
}

.rc-version { padding: 12px 0; border-top: 1px solid var(--rc-line); }
.rc .rc-version h2 { font-size: 15px; margin: 0; }
.rc-version details { margin-top: 8px; }
.rc-version details > .rc-small { margin-top: 8px; }
.rc-document { max-width: 860px; }
.rc-document h2 { margin: 28px 0 8px; }
.rc .rc-document dl.rc-define { margin: 14px 0; }
.rc-document h3 { margin: 16px 0 4px; }
.rc-document p + p { margin-top: 8px; }
.rc-document .rc-lead { font-size: 17px; }
.rc .rc-document ul.rc-points { display: grid; gap: 8px; }
.rc-points > li { padding-left: 16px; position: relative; overflow-wrap: anywhere; }
.rc-points > li::before { content: ""; position: absolute; left: 2px; top: 9px; width: 5px;
  height: 5px; border-radius: 50%; background: var(--rc-neutral); }
.rc .rc-points ul { margin: 4px 0 0; display: grid; gap: 2px; color: var(--rc-muted);
  font-size: 14px; }
.rc-points .rc-small { display: block; }
.rc-document .rc-scroll, .rc-document table { margin: 14px 0; }
.rc .rc-document caption { text-align: left; font-size: 15px; font-weight: 650;
  padding-bottom: 8px; caption-side: top; color: var(--rc-ink); }
.rc-document .rc-cards td:nth-child(2) { min-width: 0; }

@media (max-width: 640px) {
  .stMainBlockContainer { padding: 3.5rem 1rem 3rem; }
  .rc-score b { font-size: 52px; }
}
@media (prefers-reduced-motion: reduce) {
  *, *::before, *::after { animation-duration: 0.01ms !important;
    animation-iteration-count: 1 !important; transition-duration: 0.01ms !important;
    scroll-behavior: auto !important; }
}
@media print {
  @page { margin: 14mm 12mm; }
  [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stStatusWidget"],
  [data-testid="stExpandSidebarButton"], [data-testid="stFileUploader"], .stButton,
  .stDownloadButton, .stFormSubmitButton, .stPopover, .stSelectbox, .stDateInput,
  [data-testid="stExpander"]:has(details:not([open])), .rc-next {
    display: none !important; }
  html, body, #root, .stApp, .stApp [data-testid="stAppViewContainer"], .stApp .stMain,
  .stApp .stMainBlockContainer { position: static !important; display: block !important;
    height: auto !important; min-height: 0 !important; overflow: visible !important; }
  .stApp, .stApp .stMain, .stApp * { color-scheme: light; }
  html, body, #root, .stApp, .stApp [data-testid="stAppViewContainer"], .stApp .stMain {
    background: #fff !important; }
  .stApp, .stApp summary, .stApp label, .stApp [data-testid="stMarkdownContainer"] p {
    color: var(--rc-ink) !important; }
  .stApp .stMainBlockContainer { max-width: none; padding: 0; zoom: 0.7; }
  [data-testid="stPlotlyChart"] { zoom: 0.75; }
  .rc, .rc-figures > div, .rc-note, .rc-head > div { print-color-adjust: exact; }
  .rc-scroll { overflow: visible; }
  .rc tr, .rc li, .rc-head, .rc-figures, .rc-note, [data-testid="stPlotlyChart"] {
    break-inside: avoid; }
  .rc thead { display: table-header-group; }
  .rc h2, .rc h3, .rc .rc-key { break-after: avoid; }
}
"""

_DRAWN_DARK = """
@media print { .rc img, [data-testid="stPlotlyChart"] { filter: invert(1) hue-rotate(180deg); } }
"""
