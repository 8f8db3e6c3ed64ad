"""Parts of the reading side that no shipped export exercises in full."""

import hashlib
import hmac
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi.datasets import all_datasets, dataset
from kpi.ingest.files.opening import open_grids
from kpi.ingest.fold import fold_header, fold_value
from kpi.ingest.layout.blocks import read_blocks
from kpi.ingest.layout.header import find_header
from kpi.ingest.mapping.plan import Plan
from kpi.ingest.mapping.planning import Context, plan_of
from kpi.ingest.mapping.profile import Profile
from kpi.ingest.model import Chunk
from kpi.ingest.protect import JOIN, Protector, fold_ids
from kpi.ingest.reasons import FAULTS, reason_sentence
from kpi.ingest.rows import FeedState, forms_of, learn, take_rows
from tests.ingest.opened import PRACTICE, PROTECT

PROFILE = Profile(
    name="made_up",
    title="a made-up posting report",
    header=("Txn", "Posted", "Amt"),
    feeds={
        "payments": {
            "payment_id": "Txn",
            "posted_date": {"column": "Posted", "dates": "month first"},
            "amount": {"column": "Amt", "negate": True},
            "kind": {"column": "Type", "values": {"CO-45": "contractual", "=": "payment"}},
            "payer": {"constant": "Example Health"},
            "provider": "Doctor",
        }
    },
)


def read(content: str) -> tuple[Plan, Chunk]:
    """The made-up profile's plan for a file's content, and its only chunk."""
    (grid,) = open_grids(io.BytesIO(content.encode()), "posting.csv")
    header = find_header(grid, lambda each: not PROFILE.missing(each), frozenset())
    plan = plan_of(PROFILE, header, Context("posting.csv"))
    (block,) = read_blocks(grid, header, plan.needed)
    forms = forms_of(plan.feeds[0], PRACTICE.timezone, decimal_comma=False)
    learn(plan.feeds[0], block, forms)
    return plan, take_rows(plan.feeds[0], block, None, FeedState(PROTECT, forms))


def test_a_profile_sets_sign_date_order_values_and_constants() -> None:
    plan, chunk = read(
        "Patient,Txn,POSTED,Amt,Type\nJane,1,3/4/2026,-20.00,CO-45\nJoe,2,3/4/2026,5.00,=\n"
    )
    assert plan.dropped == ("Patient",)
    # The file has no column Doctor, so the feed has no provider.
    assert plan.feeds[0].feed.columns == ("payment_id", "posted_date", "amount", "kind", "payer")
    assert chunk.frame["amount"].tolist() == [2000, -500]
    assert chunk.frame["kind"].tolist() == ["contractual", "payment"]
    assert chunk.frame["payer"].tolist() == ["Example Health"] * 2
    assert chunk.frame["posted_date"].tolist() == [20516, 20516]  # 2026-03-04


def test_a_frame_holds_values_as_they_are_stored() -> None:
    _, chunk = read("Txn,Posted,Amt,Type,Doctor\n1,3/4/2026,-20.00,=,\n")
    assert list(chunk.frame.columns) == [
        "key", "line", "unreadable", "posted_date", "amount", "kind", "payer", "provider",
    ]  # fmt: skip
    assert chunk.frame["provider"].tolist() == [None]
    assert {str(kind) for kind in chunk.frame.dtypes} <= {"object", "int64", "Int64"}


def test_hashes_are_hmac_sha_256_of_practice_space_and_text() -> None:
    for key in (b"k" * 16, b"k" * 64, b"k" * 100):
        wanted = hmac.digest(key, b"lakeside\x1fclaim\x1fm\xc3\xbcller", hashlib.sha256)[:16]
        assert Protector(key, "lakeside")("claim", ["müller"]) == [wanted]
    with pytest.raises(ValueError, match="16 bytes"):
        Protector(b"short", "lakeside")


@given(st.lists(st.text()))
def test_folding_ids_is_settled_after_once(texts: list[str]) -> None:
    folded = fold_ids(texts)
    assert [fold_ids([text])[0] for text in texts] == folded
    assert not any(JOIN in text for text in folded)


def test_folding() -> None:
    assert fold_ids([" A-01  b ", "007", "7"]) == ["a-01 b", "007", "7"]
    assert fold_header("\ufeff Start\u00a0 At*") == "start_at"
    assert {fold_value(text) for text in ("No-Show", "NO_SHOW ", "no  show")} == {"no show"}


@pytest.mark.parametrize("code", [code for code in FAULTS if code])
def test_every_reason_has_a_sentence(code: str) -> None:
    column = "status" if code == "unknown_value" else "start_at"
    sentence = reason_sentence(dataset("appointments"), column, code)
    assert sentence.startswith(column)
    assert sentence.endswith(".")
    assert sentence != f"{column}: {code}."


def test_no_spelling_of_a_choice_means_two_things() -> None:
    for each in all_datasets():
        for column in each.columns:
            spelled = [
                fold_value(text)
                for choice, others in column.choices.items()
                for text in {fold_value(choice), *map(fold_value, others)}
            ]
            assert len(spelled) == len(set(spelled)), (each.name, column.name)
