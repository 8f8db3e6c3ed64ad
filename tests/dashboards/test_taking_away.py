"""Scorecards and own files that are taken away from the pages."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from zipfile import ZipFile

import pytest
from sqlalchemy import Engine, select

from dashboards.forms import scorecard_files
from kpi.errors import InputError
from kpi.store.engine import reading
from kpi.store.people import trail
from tests.dashboards.conftest import Open, text_of


@contextmanager
def offered(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, Any]]:
    """What the page's download buttons hand out, by their keys."""
    found: dict[str, Any] = {}

    def button(_label: str, data: Any, *, key: str, **_rest: Any) -> bool:
        found[key] = data
        return False

    with monkeypatch.context() as patch:
        patch.setattr("streamlit.download_button", button)
        yield found


def test_hr_takes_one_in_any_format_and_all_as_a_zip(
    practice: Engine, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    with offered(monkeypatch) as found:
        app = open_page("scorecards", by="hr")
        assert {f"download_{form}" for form in ("pdf", "xlsx", "html", "csv", "json")} <= set(found)
        assert "download_all" not in found
        assert found["download_json"]().startswith(b'{"assignment":')
        app.button(key="download_make").click().run()
        assert not app.exception
        names = ZipFile(io.BytesIO(found["download_all"])).namelist()
    assert {name.rpartition(".")[2] for name in names} == {"pdf", "xlsx"}
    with reading(practice) as connection:
        subjects = list(connection.execute(select(trail.c.subject)).scalars())
    assert any(each.startswith("scorecard of") for each in subjects)


def test_of_all_one_that_fails_is_named_and_the_rest_is_there(
    practice: Engine, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise InputError("Its <b>data</b> is gone.")

    monkeypatch.setattr(scorecard_files, "scorecard_document", fails)
    with offered(monkeypatch) as found:
        app = open_page("scorecards", by="hr")
        app.button(key="download_make").click().run()
    assert "Its &lt;b&gt;data&lt;/b&gt; is gone." in text_of(app)
    assert "download_all" not in found


def test_a_manager_takes_her_own_file(
    practice: Engine, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    with offered(monkeypatch) as found:
        open_page(by="manager")
        names = ZipFile(io.BytesIO(found["download_own_file"]())).namelist()
    assert any(name.endswith("record.json") for name in names)
    assert any("/roles/" in name for name in names)
    with offered(monkeypatch) as found:
        open_page(by="physician")
    assert "download_own_file" not in found
