"""Three job descriptions as careful HR people wrote them: nothing in them may be called wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi.role import read_role

GOOD = sorted((Path(__file__).parent / "good").glob("*.yaml"))


def test_three_of_them_are_there() -> None:
    assert len(GOOD) == 3


@pytest.mark.parametrize("file", GOOD, ids=lambda file: file.stem)
def test_a_good_description_has_no_errors(file: Path) -> None:
    reading = read_role(file.read_bytes(), file.name)

    assert reading.errors == ()
    assert reading.role is not None
