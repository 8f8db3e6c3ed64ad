"""Every page in every state that a practice can be in, for each kind of reader that opens it.

The states are those of ``tests/dashboards/thirty.py``, one a practice. What a kind of reader may
not open at all is tested in ``test_permission.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboards import clock, session
from tests.dashboards.conftest import MAIN, text_of
from tests.dashboards.people import PEOPLE, signed_in
from tests.dashboards.small_practice import TODAY
from tests.dashboards.thirty import LONG, LONG_WORD, NUMBERS, RTL, RTL_WHO, thirty

ISOLATED = "\u2068{}\u2069"


@pytest.fixture(scope="module", autouse=True)
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The thirty practices, which these tests look at and do not change."""
    home = tmp_path_factory.mktemp("thirty")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KPI_HOME", str(home))
        patch.setenv("KPI_DATABASE_URL", f"sqlite:///{home / 'rolecard.db'}")
        patch.setattr(clock, "today", lambda: TODAY)
        for state in NUMBERS:
            patch.setitem(PEOPLE, state, ("manager", (state,), state))
        thirty(f"sqlite:///{home / 'rolecard.db'}").dispose()
        st.cache_resource.clear()
        _TABS.clear()
        yield


@pytest.fixture(autouse=True)
def own_home(office: None) -> None:
    """The home of the thirty practices, in place of one of the test's own."""


_TABS: dict[str, tuple[str | None, AppTest]] = {}


def shown(page: str, reader: str, /, **query: str) -> str:
    """The words of a page as its address asks, in the one tab that a reader has: each page is a
    click away from the one before it."""
    if reader not in _TABS:
        _TABS[reader] = signed_in(reader), AppTest.from_file(str(MAIN), default_timeout=60)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(session, "secret", lambda: _TABS[reader][0])
            _TABS[reader][1].run()
    secret, app = _TABS[reader]
    app.switch_page(f"../pages/{page}.py")
    app.query_params.clear()
    for name, value in query.items():
        app.query_params[name] = value
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session, "secret", lambda: secret)
        app.run()
    return sound(app)


def sound(app: AppTest) -> str:
    """The words that a page shows, once it is known to be whole: one heading, no fault, and
    nothing that a program says where it has no value."""
    assert not app.exception
    markup = re.sub(r"<(style|script)\b.*?</\1>", "", text_of(app), flags=re.DOTALL)
    assert markup.count("<h1>") == 1
    # What a word means is shown only once the word is pressed.
    markup = re.sub(r"<span popover.*?</a></span>", "", markup, flags=re.DOTALL)
    words = unescape(
        re.sub(r"<[^>]+>", "\n", re.sub(r"</?(b|a|span|button|bdi|i)\b[^>]*>", "", markup))
    )
    assert "Rolecard itself failed" not in words
    assert not re.findall(r"(?<!\w)(?:nan|None|null|inf|NaT|Timestamp|undefined)(?![\w. ])", words)
    return words


NO_ROLE = ("No role is published yet", "HR writes and publishes it on the page Roles")
NO_DATA = ("No period can be scored yet", "has no month of data", "on the page Month-end")
NO_ACTION = ("No action yet", "Add what was agreed: what, who, until when.")
NOT_KNOWN = ("No data", "charges for January 2025 (no file yet)")

# State, page, and what has to be said there; an address that asks for more than the state's own
# manager comes last. Every cell is looked at by the manager and by a physician of all practices.
CELLS: list[tuple[str, str, tuple[str, ...], dict[str, str]]] = [
    ("roleless", "overview", NO_ROLE, {}),
    ("roleless", "kpi", NO_ROLE, {}),
    ("roleless", "role", NO_ROLE, {}),
    ("roleless", "plan", NO_ACTION, {}),
    (
        "roleless",
        "month_end",
        ("No published role needs a dataset here yet", "HR publishes one on the page Roles"),
        {},
    ),
    ("bare", "overview", NO_DATA, {}),
    ("bare", "kpi", NO_DATA, {"kpi": "no_show_rate"}),
    ("bare", "role", ("Medical Office Manager", "Keeps the schedule filled."), {}),
    ("bare", "plan", NO_ACTION, {}),
    ("bare", "month_end", ("March 2025: nothing is loaded yet", "Nothing is loaded yet."), {}),
    ("undone", "overview", NO_DATA, {"period": "2025-01..2025-03"}),
    ("undone", "kpi", NO_DATA, {"period": "2025-01..2025-03", "kpi": "no_show_rate"}),
    ("undone", "month_end", ("Appointments missing", "Undone"), {}),
    (
        "month",
        "overview",
        ("Score for March 2025", "1 month so far: limits are drawn from 12 on."),
        {},
    ),
    (
        "month",
        "kpi",
        ("4.55%", "No change is shown", "1 month so far: limits are drawn from 12 on."),
        {"kpi": "no_show_rate"},
    ),
    ("month", "month_end", ("Every dataset that the role needs is there.",), {}),
    ("month", "plan", NO_ACTION, {}),
    (
        "gap",
        "overview",
        ("90% of the weight is scored", "Not scored: Days in A/R", *NOT_KNOWN),
        {},
    ),
    (
        "gap",
        "kpi",
        ("No month has a value yet, so there is no trend to show.", *NOT_KNOWN),
        {"kpi": "days_in_ar"},
    ),
    ("gap", "month_end", ("January 2025: A/R aging and Charges missing.",), {}),
    ("gap", "plan", NO_ACTION, {}),
    ("single", "overview", ("100% of the weight is scored", "weight 100"), {}),
    ("single", "kpi", ("No-show rate", "weight 100; none lost"), {}),
    ("single", "month_end", ("Appointments", "Every dataset"), {}),
    ("single", "role", ("No-show rate",), {}),
    ("forty", "overview", ("counted as own_00", "counted as own_39"), {}),
    ("forty", "kpi", ("counted as own_39", "Attainment"), {"kpi": "own_39"}),
    ("forty", "month_end", ("for own_00, own_01 and 38 more",), {}),
    ("forty", "role", ("counted as own_39", "Front-Desk Operations"), {}),
    ("long", "overview", (LONG, LONG_WORD), {}),
    ("long", "kpi", (LONG,), {}),
    ("long", "month_end", (f"{LONG}.csv",), {}),
    ("long", "role", (LONG, LONG_WORD), {}),
    ("long", "plan", (LONG_WORD,), {}),
    # What stands before and after such a name in a line keeps its place.
    ("rtl", "overview", (f"{ISOLATED.format(RTL)} · ", f"{ISOLATED.format(RTL_WHO)}, "), {}),
    ("rtl", "kpi", (f"{ISOLATED.format(RTL)} · ",), {}),
    ("rtl", "month_end", (ISOLATED.format(RTL), f"{RTL}.csv"), {}),
    ("rtl", "role", (ISOLATED.format(RTL), ISOLATED.format(RTL_WHO)), {}),
    ("rtl", "plan", (f"{ISOLATED.format(RTL_WHO)} · {ISOLATED.format(RTL)}",), {}),
]


@pytest.mark.parametrize("reader", ["manager", "physician"])
@pytest.mark.parametrize(
    ("state", "page", "says", "query"), CELLS, ids=[f"{each[0]}-{each[1]}" for each in CELLS]
)
def test_a_practice_in_every_state(
    state: str, page: str, says: tuple[str, ...], query: dict[str, str], reader: str
) -> None:
    if reader == "manager":
        words = shown(page, state, **query)
    else:
        words = shown(page, "physician", assignment=NUMBERS[state], **query)
    for each in says:
        assert each in words
    if (state, page) in UNKNOWN:
        # What is not known is a dash and never 0.
        assert not re.search(r"(?m)^\s*(0|\$0|0%|0 days|0\.0)\s*$", words)


UNKNOWN = {("gap", "kpi"), ("bare", "overview"), ("undone", "overview"), ("roleless", "overview")}

# What HR sees of all thirty at once, and of one that is chosen.
HRS: list[tuple[str, tuple[str, ...], dict[str, str]]] = [
    ("overview", NO_ROLE, {"assignment": NUMBERS["roleless"]}),
    ("overview", (LONG, LONG_WORD), {"assignment": NUMBERS["long"]}),
    ("month_end", ("March 2025: nothing is loaded yet",), {"assignment": NUMBERS["bare"]}),
    ("role", ("For applicants", "counted as own_39"), {"assignment": NUMBERS["forty"]}),
    ("plan", NO_ACTION, {}),
    ("review", ("No review is chosen", "Choose one on the page Reviews"), {}),
    ("reviews", ("8 to be opened", f"{ISOLATED.format(RTL_WHO)}, "), {}),
    (
        "scorecards",
        ("No scorecard", "Waits for data", "2 KPIs: No-show rate, HIPAA violations", RTL_WHO),
        {},
    ),
    ("roles", ("30 roles: 22 roles without a version in force", LONG), {}),
    ("people", (LONG_WORD, f"{RTL_WHO}", "Nothing is left out."), {}),
    (
        "people",
        (f"{ISOLATED.format(RTL_WHO)} at {ISOLATED.format(RTL)}",),
        {"assignment": NUMBERS["rtl"]},
    ),
    ("trail", (f"{LONG}.csv", f"{RTL}.csv"), {}),
    ("practices", (LONG, RTL, "No role is published"), {}),
    ("practices", (LONG, RTL), {"period": "2019-01..2019-03"}),
    ("editor", ("No role is chosen", "on the page Roles"), {}),
    (
        "editor",
        ("Begin a draft", LONG),
        {"practice": "long", "role": "medical-office-manager"},
    ),
]


@pytest.mark.parametrize(
    ("page", "says", "query"), HRS, ids=[f"{at}-{each[0]}" for at, each in enumerate(HRS)]
)
def test_hr_sees_thirty_practices(page: str, says: tuple[str, ...], query: dict[str, str]) -> None:
    words = shown(page, "hr", **query)
    for each in says:
        assert each in words


@pytest.mark.parametrize(
    ("page", "says"),
    [
        ("accounts", (LONG_WORD, RTL_WHO)),
        ("trail", (f"{RTL}.csv",)),
        ("health", ("Last backup",)),
        ("catalogue", ("Compliance",)),
    ],
)
def test_the_administrator_sees_thirty_practices(page: str, says: tuple[str, ...]) -> None:
    words = shown(page, "administrator")
    for each in says:
        assert each in words


def test_thirty_practices_are_thirty_choices() -> None:
    shown("overview", "physician")
    (choice,) = [each for each in _TABS["physician"][1].selectbox if each.label == "Manager"]
    assert len(choice.options) == 30
    assert f"{ISOLATED.format(RTL_WHO)}, {ISOLATED.format(RTL)}" in choice.options


# Addresses that were good once, or never: what is shown instead, and that it is said.
GONE = "January to March 2019 cannot be shown: it is no review period of this assignment"
NUMBER = NUMBERS["single"]
ADDRESSES: list[tuple[str, str, tuple[str, ...], dict[str, str]]] = [
    ("single", "overview", (GONE, "100% of the weight"), {"period": "2019-01..2019-03"}),
    ("single", "kpi", (GONE, "No-show rate"), {"period": "2019-01..2019-03"}),
    ("hr", "scorecards", (GONE, "Waits for data"), {"period": "2019-01..2019-03"}),
    ("single", "overview", ("No period is under way yet",), {"period": "so-far"}),
    ("single", "overview", ("100% of the weight",), {"period": "<script>", "order": "'--"}),
    # A KPI that was taken out of the role, one that is none, and one that is no word at all.
    ("single", "kpi", ("The role has no KPI 'hipaa_violations'",), {"kpi": "hipaa_violations"}),
    ("single", "kpi", ("The role has no KPI '<script>alert(1)</script>'",),
     {"kpi": "<script>alert(1)</script>"}),
    ("single", "kpi", ("The role has no KPI 'x",), {"kpi": "x" * 5000}),
    ("single", "kpi", ("What changed since?",),
     {"since": "0001-01-01", "by": "'", "page": "9" * 9}),
    ("single", "kpi", ("What changed since?",), {"since": "9999-12-31", "against": "\x00"}),
    ("single", "role", ("Medical Office Manager",), {"version": "1999.9"}),
    ("single", "role", ("Medical Office Manager",), {"version": "<script>"}),
    ("single", "review", ("There is no review 4711 that you may see", "on the page Reviews"),
     {"review": "4711"}),
    ("single", "review", ("No review is chosen",), {"review": "<script>"}),
    ("single", "month_end", ("may not see assignment 999999999",), {"assignment": "9" * 9}),
    ("single", "plan", ("may not see assignment 1,",), {"assignment": NUMBERS["roleless"]}),
    ("single", "role", ("may not see assignment 1,",), {"assignment": NUMBERS["roleless"]}),
    ("single", "overview", ("100% of the weight",), {"assignment": "1 OR 1=1"}),
    ("physician", "kpi", (GONE,), {"assignment": NUMBER, "period": "2019-01..2019-03"}),
    ("hr", "people", ("may not see assignment 4711",), {"assignment": "4711"}),
    ("hr", "editor", ("names no role of a practice",), {"practice": "nowhere", "role": "x"}),
    ("hr", "editor", ("names no role of a practice",), {"practice": "long", "role": "<script>"}),
    ("hr", "editor", ("names no role of a practice",), {"practice": "long", "role": "x" * 5000}),
    ("hr", "editor", ("Begin a draft",),
     {"practice": "long", "role": "medical-office-manager", "part": "<b>", "kpi": "<b>"}),
    ("single", "catalogue", ("The catalogue has no KPI 'x",), {"kpi": "x" * 5000}),
]  # fmt: skip


@pytest.mark.parametrize(
    ("by", "page", "says", "query"),
    ADDRESSES,
    ids=[f"{at}-{each[1]}" for at, each in enumerate(ADDRESSES)],
)
def test_an_address_that_names_nothing(
    by: str, page: str, says: tuple[str, ...], query: dict[str, str]
) -> None:
    words = shown(page, by, **query)
    for each in says:
        assert each in words
