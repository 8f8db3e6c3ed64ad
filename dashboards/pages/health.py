"""Health: whether the installation is sound, for an administrator."""

from __future__ import annotations

import streamlit as st

from dashboards import frame, session
from dashboards.forms.take_away import Export, listed, take_away
from dashboards.health import Run, checks_run, run_checks
from dashboards.markup.health import checks_block, practices_block, tiles_block
from dashboards.markup.text import block, note, safe, small, title
from dashboards.session import Session
from dashboards.views.health import (
    FIGURES,
    NEVER,
    Looked,
    looked,
    nearly_full,
    summary,
    tiles,
)
from kpi.health.facts import installation_facts
from kpi.report.theme import palette

# Seconds after which the page looks how far a run is.
EVERY = 1.0


def draw() -> None:
    """The facts, then the checks: run by a button, and kept with their time."""
    who = frame.signed_in()
    facts = installation_facts(who.engine, who.actor)
    st.html(title("Health", "Whether this installation is sound"))
    if full := nearly_full(facts):
        st.html(note(full, "worse"))
    st.html(tiles_block(tiles(facts)))
    st.html(block("<h2>Checks</h2>"))
    under_way, last = checks_run(who.engine, who.actor)
    if st.button("Run the checks", type="primary", disabled=under_way is not None):
        run_checks(who.engine, who.actor)
        st.rerun()
    if under_way is not None:
        _progress()
    if last is not None and last.finished is not None:
        _found(who, last, last.finished)
    elif under_way is None:
        st.html(block(f"<p>{safe(NEVER)}</p>"))
    st.html(block(small(FIGURES)))


@st.fragment(run_every=EVERY)
def _progress() -> None:
    """How far the run is; the page is drawn anew once it is finished."""
    who = session.current()
    under_way = checks_run(who.engine, who.actor)[0] if who else None
    if under_way is None:
        st.rerun(scope="app")
    done, total = len(under_way.findings), under_way.total
    st.progress(min(1.0, done / total), f"Checking, {done} of {total}. You may leave the page.")


def _found(who: Session, run: Run, finished: str) -> None:
    findings = list(run.findings)
    whole = all(each.ok for each in findings)
    said = summary(findings, run.practices, finished, run.by)
    st.html(note(said, "better" if whole else "worse"))
    tones = palette(st.context.theme.type)
    of_all = looked([each for each in findings if each.practice is None], tones)
    of_practices = looked([each for each in findings if each.practice is not None], tones)
    st.html(block(checks_block("Checks of the installation", of_all, False)))
    if of_practices:
        st.html(block("<h3>Practices</h3>", practices_block(of_practices)))
    _take_away(who, [*of_all, *of_practices])


def _take_away(who: Session, lines: list[Looked]) -> None:
    headings = ("Check", "Practice", "Result", "What was found")
    rows = [(each.check, each.practice, each.state, each.says) for each in lines]
    files = [listed("Checks", "checks", headings, rows)]
    take_away(who, files, Export("checks of the installation", "check_health"))


draw()
