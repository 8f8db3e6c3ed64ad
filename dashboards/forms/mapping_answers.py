"""The wizard's controls: which column is which, what words mean, how values are written. What
stands in them is read before they are drawn, since what is drawn depends on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from dashboards.markup.text import block, small
from dashboards.views.by_hand import label_of
from dashboards.views.mapping import NOT_THERE, SAME, Chosen, Control, Sort
from dashboards.views.words import count_of
from kpi.datasets import Kind
from kpi.ingest.mapping.offer import Offer, ShownWord
from kpi.ingest.mapping.proposal import Proposal

_ORDERS = {"": "As the values tell", "month first": "Month first: 3/4 is March 4",
           "day first": "Day first: 3/4 is April 3"}  # fmt: skip
_UNITS = {"": "As the values tell", "minutes": "Minutes", "hours": "Hours", "seconds": "Seconds",
          "hh:mm": "Hours and minutes, 1:30", "mm:ss": "Minutes and seconds, 1:30"}  # fmt: skip

# -- columns -----------------------------------------------------------------------------------


def chosen(key: str, controls: Sequence[Control]) -> dict[str, Chosen]:
    """What stands in the controls, read before they are drawn."""
    found: dict[str, Chosen] = {}
    for each in controls:
        name = f"{key}_{each.column}"
        if each.sort is Sort.TIME:
            found[each.column] = (
                st.session_state.get(name, each.chosen[0]),
                st.session_state.get(f"{name}_time", each.chosen[1]),
            )
        else:
            value = st.session_state.get(name, each.chosen)
            if value == SAME:
                value = f"{SAME}{_same(name)}"
            found[each.column] = (value,) if isinstance(value, str) else tuple(value)
    return found


def _same(name: str) -> str:
    """What stands beside a control for every row; empty where nothing does yet."""
    said = st.session_state.get(f"{name}_same")
    return f"{said:g}" if isinstance(said, float) else (said or "").strip()


def draw_columns(key: str, controls: Sequence[Control], stands: Mapping[str, Chosen]) -> None:
    """Required and guessed columns at once, the others in a fold. ``stands``: what is chosen."""
    shown = [each for each in controls if each.urgency < 3]
    free = [each for each in controls if each.urgency == 3]
    _draw_controls(key, shown, stands)
    if free:
        with st.expander(f"{count_of(len(free), 'more column')} that it may have"):
            _draw_controls(key, free, stands)


def _draw_controls(key: str, controls: Sequence[Control], stands: Mapping[str, Chosen]) -> None:
    left, right = st.columns(2)
    half = (len(controls) + 1) // 2  # so that the order holds where the two stand in one column
    for at, each in enumerate(controls):
        with left if at < half else right:
            _draw_control(f"{key}_{each.column}", each)
            grounds = each.grounds if stands[each.column] == each.chosen else "As you say."
            if grounds:
                st.caption(grounds)


def _draw_control(key: str, control: Control) -> None:
    values = list(control.options)
    words = control.options.__getitem__
    if control.sort is Sort.SEVERAL:
        st.multiselect(
            control.label, values, list(control.chosen), format_func=words, key=key,
            help=f"{control.help} Several columns are joined.", placeholder="Choose columns",
        )  # fmt: skip
    else:
        st.selectbox(
            control.label, values, values.index(control.chosen[0]), format_func=words, key=key,
            help=control.help,
        )  # fmt: skip
    if st.session_state.get(key) == SAME:
        words_for = f"{control.label}: in every row"
        if control.number:
            st.number_input(words_for, value=None, step=1.0, format="%g", key=f"{key}_same")
        else:
            st.text_input(words_for, key=f"{key}_same", max_chars=80)
    if control.sort is Sort.TIME:
        times = {**control.options, NOT_THERE: "In the same column"}
        st.selectbox(
            f"{control.label}: time of day", values, values.index(control.chosen[1]),
            format_func=times.__getitem__, key=f"{key}_time",
            help="Where the day and the time of day stand in two columns.",
        )  # fmt: skip


# -- words -------------------------------------------------------------------------------------


def meanings(key: str, words: Sequence[ShownWord]) -> dict[str, dict[str, str]]:
    """By column the words to which another meaning is given than was proposed."""
    found: dict[str, dict[str, str]] = {}
    for each in words:
        meaning = st.session_state.get(_word_key(key, each), each.meaning or "")
        if meaning and meaning != each.meaning:
            found.setdefault(each.column, {})[each.word] = meaning
    return found


def draw_words(key: str, words: Sequence[ShownWord], more: Mapping[str, int]) -> None:
    """What each word of the file means, those first that nobody can know. ``more``: by column
    how many texts cannot be shown."""
    if not words:
        return
    st.html(block("<h3>What its words mean</h3>"))
    left, right = st.columns(2)
    half = (len(words) + 1) // 2
    for at, each in enumerate(words):
        values = ["", *each.choices] if each.meaning is None else list(each.choices)
        with left if at < half else right:
            st.selectbox(
                f"{label_of(each.column)} {_quoted(each.word)}, {count_of(each.count, 'row')}",
                values,
                values.index(each.meaning or ""),
                format_func=lambda name: label_of(name) if name else "Not chosen",
                key=_word_key(key, each),
            )
    for column, count in more.items():
        st.html(
            block(
                small(
                    f"{count_of(count, 'more text')} of {label_of(column).lower()} may say who "
                    "somebody is and cannot be shown; rows with them go to quarantine."
                )
            )
        )


def _quoted(word: str) -> str:
    return f"'{word}'" if word else "where it is blank"


def _word_key(key: str, word: ShownWord) -> str:
    return f"{key}_{word.column}_word_{word.word}"


# -- how values are written --------------------------------------------------------------------


def ways(key: str, proposal: Proposal) -> dict[str, dict[str, Any]]:
    """By column what is said of how it is written, where it was not known."""
    found: dict[str, dict[str, Any]] = {}
    for name, way in _offered_ways(proposal):
        value = st.session_state.get(f"{key}_{name}_{way}")
        if value and value != proposal.guesses[name].written.get(way):
            found.setdefault(name, {})[way] = value
    return found


def _offered_ways(proposal: Proposal) -> list[tuple[str, str]]:
    """What can be said of how a mapped column is written."""
    found = []
    for name, guess in proposal.guesses.items():
        column = proposal.dataset.column(name)
        if not guess.headings:
            continue
        if column.kind in (Kind.DATE, Kind.TIME):
            found.append((name, "dates"))
        elif column.unit is not None:
            found.append((name, "unit"))
        elif column.kind is Kind.MONEY:
            found.append((name, "negate"))
    return found


def draw_ways(key: str, proposal: Proposal, offer: Offer) -> None:
    """Order of dates, units and signs: those that nothing tells at once, the others in a fold."""
    ways = _offered_ways(proposal)
    open = [each for each in ways if each[0] in offer.undecided]
    for name, way in open:
        _draw_way(key, proposal, name, way)
    told = [each for each in ways if each not in open]
    if told:
        with st.expander("How its values are written"):
            for name, way in told:
                _draw_way(key, proposal, name, way)


def _draw_way(key: str, proposal: Proposal, name: str, way: str) -> None:
    key = f"{key}_{name}_{way}"
    told = proposal.guesses[name].written.get(way)
    if way == "negate":
        st.checkbox(f"{label_of(name)}: turn the sign", bool(told), key=key)
        return
    options: Mapping[str, str] = _ORDERS if way == "dates" else _UNITS
    words = "day and month" if way == "dates" else "unit"
    values = list(options)
    st.selectbox(
        f"{label_of(name)}: {words}", values, values.index(told or ""),
        format_func=options.__getitem__, key=key,
    )  # fmt: skip
