"""A draft replayed over the practice's past months, before anybody is bound by it."""

from __future__ import annotations

import streamlit as st

from dashboards.forms.take_away import Export, carded, drawn, take_away
from dashboards.markup.cards import cards
from dashboards.markup.text import block, items, note, safe, small
from dashboards.session import Session
from dashboards.views.backtest import (
    HEADINGS,
    KEY,
    PERIOD_HEADINGS,
    chance_words,
    kpi_cards,
    left_out_words,
    period_cards,
    standing_charts,
    suggestion_words,
)
from kpi.months import Month
from kpi.report.theme import LIGHT, Palette
from kpi.review.roles.backtest import RoleBacktest, backtest_role
from kpi.review.roles.drafts import Draft
from kpi.review.roles.history import MONTHS, months_held
from kpi.role.model import RoleReading

_DONE = "backtest_done"


def draw(who: Session, draft: Draft, reading: RoleReading, palette: Palette) -> None:
    """The choice of months, the button, and what the last run of this text gave."""
    st.html(block("<h2>Backtest</h2>"))
    if reading.role is None:
        st.html(block("<p>The draft can be replayed once it has no error.</p>"))
        return
    months = months_held(who.engine, who.actor, draft.practice)
    if not months:
        st.html(block("<p>This practice has no data yet to replay it over.</p>"))
        return
    st.html(
        block(small("How the draft's targets would have stood in past months. Nothing is stored."))
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        first = _month("From", months, max(0, len(months) - MONTHS), "backtest_from")
        last = _month("To", months, len(months) - 1, "backtest_to")
        if st.button("Run the backtest", key="backtest_run", type="primary"):
            st.session_state[_DONE] = (
                draft.sha256,
                backtest_role(
                    who.engine, who.actor, draft.practice, draft.text.encode(), "draft", first, last
                ),
            )
    sha256, done = st.session_state.get(_DONE, ("", None))
    if sha256 == draft.sha256:
        _show(done, palette)
        _take_away(who, draft, done)
    elif done is not None:
        st.html(note("The draft has changed since the last backtest; run it again."))


def _take_away(who: Session, draft: Draft, done: RoleBacktest) -> None:
    files = [carded("By KPI", "backtest", HEADINGS, kpi_cards(done, LIGHT))]
    if periods := period_cards(done):
        files.append(carded("By period", "backtest_periods", PERIOD_HEADINGS, periods))
    files.append(drawn(lambda: standing_charts(done), "backtest_charts"))
    about = f"backtest of the draft of role {draft.role}"
    take_away(who, files, Export(about, "publish_role", draft.practice))


def _month(label: str, months: tuple[Month, ...], at: int, key: str) -> Month:
    return st.selectbox(
        label, months, at, format_func=lambda month: month.words, key=key, width=200
    )


def _show(done: RoleBacktest, palette: Palette) -> None:
    listed = suggestion_words(done)
    said = items(listed) if listed else small("Nothing stands out.")
    left = left_out_words(done)
    out = f"<h3>Not replayed</h3>{items(left)}" if left else ""
    st.html(block("<h3>Worth a look</h3>", said, out))
    st.html(
        block(
            "<h3>By KPI</h3>",
            cards("Months by KPI", HEADINGS, kpi_cards(done, palette)),
            f'<p class="rc-small">{safe(KEY)} {safe(chance_words(done))}</p>',
        )
    )
    periods = period_cards(done)
    if periods:
        st.html(block("<h3>By period</h3>", cards("Scores", PERIOD_HEADINGS, periods)))
    else:
        st.html(block(small("No whole review period lies within these months.")))
