"""The scorecard as JSON: the document itself, canonical, valid by the schema that the docs show."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.months import Month
from kpi.report import file_name, render
from kpi.review.frozen.canonical import hash_of
from kpi.review.frozen.document import scorecard_document
from tests.report.documents import document, everything_null, of_kpis, preview, without_score
from tests.scored import scored_office

SCHEMA = Path(__file__).parents[2] / "docs" / "scorecard.schema.json"
DOCUMENTS = (document(), preview(), of_kpis(1), of_kpis(40), without_score(), everything_null())


@pytest.fixture(scope="module")
def schema() -> Draft202012Validator:
    given = json.loads(SCHEMA.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(given)
    return Draft202012Validator(given)


def test_it_is_the_document_and_its_own_sha256_is_the_reviews() -> None:
    given = render(document(), "json")
    assert json.loads(given) == document()
    assert hashlib.sha256(given).hexdigest() == hash_of(document())


def test_the_order_of_keys_changes_nothing() -> None:
    turned = dict(reversed(document().items()))
    assert render(turned, "json") == render(document(), "json")


@pytest.mark.parametrize("made", DOCUMENTS, ids=lambda made: f"{len(made['kpis'])} KPIs")
def test_it_is_what_the_schema_says(made: dict[str, Any], schema: Draft202012Validator) -> None:
    found = [each.message for each in schema.iter_errors(json.loads(render(made, "json")))]
    assert found == []


def test_so_is_one_of_a_database(engine: Engine, schema: Draft202012Validator) -> None:
    scored_office(engine)
    made = scorecard_document(engine, operator(), "dana", Month(2026, 1), Month(2026, 3))
    found = [each.message for each in schema.iter_errors(json.loads(render(made, "json")))]
    assert found == []


def test_the_schema_explains_each_field_and_refuses_what_is_none(
    schema: Draft202012Validator,
) -> None:
    fields = schema.schema["properties"]
    assert set(fields) >= set(document())
    assert all(each.get("description") for each in fields.values())
    assert not schema.is_valid(document(score="91"))
    assert not schema.is_valid({**document(), "kpis": None})


def test_no_pay_is_in_it() -> None:
    said = json.dumps(document()).lower()
    assert not any(word in said for word in ("salary", "bonus", "wage", "compensation"))


def test_file_names_are_taken_by_every_system() -> None:
    assert file_name(document(), "html") == "scorecard_dana_lakeside_2026-01_2026-03.html"
    assert file_name(document(manager="o'brien: a/b"), "csv") == (
        "scorecard_o-brien-a-b_lakeside_2026-01_2026-03.csv"
    )
