"""Every chart of every page says in words what it shows, made of its data, and a table holds it."""

import re

import pytest
from sqlalchemy import Engine

from tests.dashboards.conftest import Open, text_of

IMAGE = re.compile(r"<img\b[^>]*>")
ALT = re.compile(r'\balt="([^"]*)"')

PAGES = [
    ("overview", "physician", {}),
    ("kpi", "physician", {"kpi": "no_show_rate"}),
    ("kpi", "physician", {"kpi": "hipaa_violations"}),
    ("month_end", "manager", {}),
    ("reviews", "hr", {}),
    ("review", "hr", {}),
    ("plan", "manager", {}),
    ("role", "manager", {}),
    ("roles", "hr", {}),
    ("editor", "hr", {"practice": "maple", "role": "medical-office-manager"}),
    ("scorecards", "hr", {}),
    ("catalogue", "physician", {"kpi": "no_show_rate"}),
]


@pytest.mark.parametrize(("page", "by", "query"), PAGES)
def test_every_figure_has_an_alternative(
    practice: Engine, open_page: Open, page: str, by: str, query: dict[str, str]
) -> None:
    app = open_page(page, by=by, **query)
    text = text_of(app)
    # Each word that says what it means has a note of its own, and no note stands twice.
    targets = re.findall(r'popovertarget="([^"]*)"', text)
    assert sorted(targets) == sorted(re.findall(r'<span popover id="([^"]*)"', text))
    assert len(targets) == len({*targets})
    for image in IMAGE.findall(text):
        found = ALT.search(image)
        assert found is not None, image[-120:]
        # A sign's word stands beside it, a group's part its figure; every chart says its own.
        if 'class="rc-figure"' in image and ' width="160"' not in image:
            assert re.search(r"\d|no value|no month", found[1]), image[-200:]
    if page in ("overview", "kpi"):
        assert 'class="rc-figure"' in text
    for chart in app.get("plotly_chart"):
        assert re.search(r"\d", chart.proto.alt)
        assert "<table" in text
