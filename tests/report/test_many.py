"""Scorecards of many managers: the same bytes as one by one, and one that fails stops no other."""

import pytest

from kpi.report import file_name, many, render
from kpi.report.many import render_many
from tests.report.documents import of_kpis


@pytest.mark.parametrize("count", [3, 9], ids=["here", "in other processes"])
def test_each_is_rendered_in_order_and_one_that_fails_is_named(count: int) -> None:
    given = [{**of_kpis(1), "manager": f"m{at}"} for at in range(3)]
    given[1] = {"manager": "m1"}  # no scorecard at all
    found = list(render_many(iter(given), count, ("pdf", "csv"), "a4"))
    assert [each.manager for each in found] == ["m0", "m1", "m2"]
    assert [each.error is None for each in found] == [True, False, True]
    assert found[1].files == ()
    for each, document in ((found[0], given[0]), (found[2], given[2])):
        assert each.files == (
            (file_name(document, "pdf"), render(document, "pdf", "a4")),
            (file_name(document, "csv"), render(document, "csv")),
        )


def test_documents_are_asked_for_a_few_ahead_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(many, "_WORTH_IT", 0)
    asked: list[int] = []

    def documents():  # type: ignore[no-untyped-def]
        for at in range(12):
            asked.append(at)
            yield {**of_kpis(1), "manager": f"m{at}"}

    made = render_many(documents(), 12, ("csv",), "letter")
    next(made)
    assert len(asked) <= 2 * many.PROCESSES + 1
    assert len(list(made)) == 11
