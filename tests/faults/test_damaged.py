"""A disk that gave back something else: a page of the file here and there is not what it was."""

import random
from pathlib import Path

from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.errors import DatabaseError
from kpi.review.scores.scoring import ManagerScore, score_manager
from kpi.store.engine import connect, reading
from kpi.store.soundness import damaged_pages
from tests.databases import made
from tests.review.reviewed import FIRST, LAST
from tests.scored import scored_office

PAGE = 4096


def damaged(engine: Engine) -> bool:
    """Whether it is found: by the doctor's look at all pages, if not by opening the file."""
    try:
        with reading(engine) as connection:
            return bool(damaged_pages(connection))
    except DatabaseError:
        return True


def score(engine: Engine) -> ManagerScore | str:
    """A score, or the sentence in its place."""
    try:
        return score_manager(engine, operator(), "dana", FIRST, LAST)
    except DatabaseError as error:
        return str(error)


def test_a_page_that_was_overwritten_is_found_and_no_figure_is_made_of_it(tmp_path: Path) -> None:
    """A score is as it was, or a sentence stands in its place, and the file stays as it is."""
    file, chance = tmp_path / "rolecard.db", random.Random(1)
    whole = scored_office(made(f"sqlite:///{file}")).engine
    before = score(whole)
    whole.dispose()
    good, said = file.read_bytes(), []
    for page in range(1, len(good) // PAGE, 24):
        at = page * PAGE
        bad = good[:at] + chance.randbytes(PAGE) + good[at + PAGE :]
        file.write_bytes(bad)
        engine = connect(f"sqlite:///{file}")
        said.append(score(engine))
        assert damaged(engine), page
        engine.dispose()
        assert file.read_bytes() == bad
    sentence = "The database's file is damaged; restore the last backup."
    assert all(each in (before, sentence) for each in said)
    assert said.count(sentence) > 1
