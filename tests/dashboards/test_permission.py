"""Every page refuses by itself whoever may not see it: no list of pages is the gate."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboards import session
from dashboards.app import PAGES
from kpi.access.actor import Action, Actor, operator
from kpi.ingest.declaring import attest
from kpi.ingest.log import uploads_list
from kpi.ingest.undoing import undo
from tests.access.test_actor import MAY
from tests.dashboards.people import signed_in
from tests.dashboards.small_practice import LAST

READERS = ("physician", "manager", "hr", "administrator")
ASKS = {
    "editor": MAY["publish_role"],
    "accounts": MAY["manage_accounts"],
    "catalogue": " ".join(READERS),  # what KPIs mean is nobody's secret
    "health": MAY["check_health"],
    "kpi": MAY["read_scores"],
    "month_end": MAY["read_uploads"],
    "overview": MAY["read_scores"],
    "people": MAY["exclude"],
    "plan": MAY["read_scores"],
    "practices": MAY["read_scores"],
    "review": MAY["read_scores"],
    "reviews": MAY["read_scores"],
    "role": MAY["read_roles"],
    "roles": MAY["publish_role"],
    "scorecards": "hr",
    "trail": MAY["read_trail"],
}


def test_every_page_is_known() -> None:
    assert sorted(ASKS) == sorted(each.stem for each in PAGES.glob("[!_]*.py"))


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("page", ASKS)
def test_every_cell(
    practice: Engine, monkeypatch: pytest.MonkeyPatch, page: str, reader: str
) -> None:
    secret = signed_in(reader)
    monkeypatch.setattr(session, "secret", lambda: secret)
    app = AppTest.from_file(str(PAGES / f"{page}.py"), default_timeout=30).run()
    names = [each.message for each in app.exception]
    if reader in ASKS[page].split():
        assert not names
    else:
        assert names
        assert "may not" in names[0] or "HR's to see" in names[0]


# Each action that a page offers: the page, and the words on what offers it. What else there is
# (roles published, practices and managers added) commands offer only.
OFFERED = {
    "upload": ("month_end", "Undo"),
    "countersign": ("month_end", "Countersign "),
    "spot_check": ("kpi", "Draw a spot check"),
    "exclude": ("people", "Leave it out"),
    "plan": ("plan", "Add the action"),
    "manage_accounts": ("accounts", "Add, and make the link"),
    "read_trail": ("trail", "Check the seals"),
}


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("action", OFFERED)
def test_a_page_offers_an_action_to_those_who_may(
    practice: Engine, monkeypatch: pytest.MonkeyPatch, action: Action, reader: str
) -> None:
    declared = next(
        each["id"] for each in uploads_list(practice, operator(), "maple")
        if each["kind"] == "attestation" and each["months"] == [str(LAST)]
    )  # fmt: skip
    undo(practice, operator(), "maple", declared)
    robin = Actor("manager", "Robin", "robin", frozenset({"maple"}))
    attest(practice, robin, "maple", "incidents", LAST)
    page, words = OFFERED[action]
    secret = signed_in(reader)
    monkeypatch.setattr(session, "secret", lambda: secret)
    app = AppTest.from_file(str(PAGES / f"{page}.py"), default_timeout=30)
    if page == "kpi":
        app.query_params["kpi"] = "no_show_rate"
    app.run()
    offered = any(each.label.startswith(words) for each in app.button)
    assert offered is (reader in MAY[action].split())
