"""Every page refuses by itself whoever may not see it: no list of pages is the gate."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from dashboards import session
from dashboards.app import PAGES
from tests.access.test_actor import MAY
from tests.dashboards.people import signed_in

READERS = ("physician", "manager", "hr", "administrator")
ASKS = {
    "accounts": MAY["manage_accounts"],
    "catalogue": " ".join(READERS),  # what KPIs mean is nobody's secret
    "kpi": MAY["read_scores"],
    "month_end": MAY["read_uploads"],
    "overview": MAY["read_scores"],
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
