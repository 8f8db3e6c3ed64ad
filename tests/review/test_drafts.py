"""A role file that is being written is kept, and nobody's newer text is overwritten."""

from __future__ import annotations

from hashlib import sha256

import pytest
from sqlalchemy import Engine

from kpi.access.actor import Actor, operator
from kpi.access.audit import entries
from kpi.access.practices import add_practice, list_practices
from kpi.errors import InputError, NotFound
from kpi.review.roles.drafts import OvertakenDraft, discard_draft, draft_of, list_drafts, save_draft
from kpi.review.scores.scoring import data_version
from kpi.store.engine import reading

ROLE = "office-manager"
NOOR = Actor("hr", "Noor Adeyemi")
LEE = Actor("hr", "Lee Park")


@pytest.fixture
def practices(engine: Engine) -> Engine:
    for id in ("lakeside", "hillcrest"):
        add_practice(engine, operator(), id, id.title())
    return engine


def test_a_draft_is_there_again_as_it_was_left(practices: Engine) -> None:
    text = "role: office-manager\r\n# a comment, « in quotes », 日本\n"
    saved = save_draft(practices, NOOR, "lakeside", ROLE, text, None, base="ab" * 32)
    found = draft_of(practices, NOOR, "lakeside", ROLE)
    assert found == saved
    assert (found.text, found.base, found.by) == (text, "ab" * 32, "Noor Adeyemi (hr)")
    assert found.sha256 == sha256(text.encode()).hexdigest()
    assert draft_of(practices, NOOR, "hillcrest", ROLE) is None


def test_whoever_saves_has_seen_what_she_overwrites(practices: Engine) -> None:
    first = save_draft(practices, NOOR, "lakeside", ROLE, "a: 1\n", None)
    second = save_draft(practices, LEE, "lakeside", ROLE, "a: 2\n", first.sha256)
    with pytest.raises(OvertakenDraft, match=r"Lee Park \(hr\) saved another text"):
        save_draft(practices, NOOR, "lakeside", ROLE, "a: 3\n", first.sha256)
    with pytest.raises(OvertakenDraft, match="saved another text"):
        save_draft(practices, NOOR, "lakeside", ROLE, "a: 3\n", None)
    with pytest.raises(OvertakenDraft, match="saved another text"):
        discard_draft(practices, NOOR, "lakeside", ROLE, first.sha256)
    assert draft_of(practices, NOOR, "lakeside", ROLE) == second
    discard_draft(practices, NOOR, "lakeside", ROLE, second.sha256)
    assert draft_of(practices, NOOR, "lakeside", ROLE) is None
    with pytest.raises(OvertakenDraft, match="is gone"):
        save_draft(practices, NOOR, "lakeside", ROLE, "a: 4\n", second.sha256)
    discard_draft(practices, NOOR, "lakeside", ROLE, second.sha256)  # gone already: as wanted


def test_the_list_holds_the_practices_of_whoever_asks(practices: Engine) -> None:
    for id in ("lakeside", "hillcrest"):
        save_draft(practices, NOOR, id, ROLE, "a: 1\n", None)
    save_draft(practices, NOOR, "lakeside", "biller", "a: 1\n", None)
    assert [(each.practice, each.role) for each in list_drafts(practices, NOOR)] == [
        ("hillcrest", ROLE), ("lakeside", "biller"), ("lakeside", ROLE),
    ]  # fmt: skip
    own = Actor("hr", "Kim", practices=frozenset({"lakeside"}))
    assert {each.practice for each in list_drafts(practices, own)} == {"lakeside"}


def test_the_trail_keeps_who_began_who_took_over_and_who_threw_away(practices: Engine) -> None:
    draft = save_draft(practices, NOOR, "lakeside", ROLE, "a: 1\n", None)
    for at in range(3):
        draft = save_draft(practices, NOOR, "lakeside", ROLE, f"a: 1{at}\n", draft.sha256)
    draft = save_draft(practices, LEE, "lakeside", ROLE, "a: 2\n", draft.sha256)
    discard_draft(practices, LEE, "lakeside", ROLE, draft.sha256)
    noted = [each for each in entries(practices, operator()) if each.action == "draft_role"]
    assert [each.subject for each in reversed(noted)] == [
        "began the draft of office-manager",
        "went on with the draft of office-manager",
        "threw away the draft of office-manager",
    ]


def test_a_draft_moves_no_figure(practices: Engine) -> None:
    place = next(each for each in list_practices(practices, operator()) if each.id == "lakeside")
    with reading(practices) as connection:
        before = data_version(connection, place)
    save_draft(practices, NOOR, "lakeside", ROLE, "a: 1\n", None)
    with reading(practices) as connection:
        assert data_version(connection, place) == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: \0", "control character"),
        ("a: \ud800", "half a character"),
        ("x" * 1_000_001, "at most"),
    ],
)
def test_a_text_that_no_database_keeps_is_refused(practices: Engine, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        save_draft(practices, NOOR, "lakeside", ROLE, text, None)
    assert list_drafts(practices, NOOR) == []


def test_a_practice_or_role_that_is_none(practices: Engine) -> None:
    with pytest.raises(NotFound):
        save_draft(practices, NOOR, "nowhere", ROLE, "a: 1\n", None)
    with pytest.raises(InputError, match="cannot be the id of a role"):
        save_draft(practices, NOOR, "lakeside", "Office Manager", "a: 1\n", None)
