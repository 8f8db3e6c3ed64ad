"""Reading is total: any bytes give rows, every one accounted for, or one sentence.

The same mutations run for hours in ``tests/soak``; here a few hundred of them, always the same.
"""

import ast
import re
from pathlib import Path
from random import Random

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kpi.datasets import Dataset, all_datasets
from tests.soak.laws import read_or_refused
from tests.soak.mapping_laws import mapped_or_refused
from tests.soak.mutations import NASTY, mutated
from tests.soak.seeds import seeds


def test_every_hostile_input_has_a_test() -> None:
    """``test_NN_…``: the number is the one of the list of bad inputs."""
    found: set[int] = set()
    for path in Path(__file__).parent.glob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and (
                number := re.match(r"test_(\d\d)_", node.name)
            ):
                found.add(int(number[1]))
    assert found == set(range(1, 91))


def test_every_good_file_is_read() -> None:
    refused = {seed.name: read_or_refused(seed.content) for seed in seeds()}
    canonical = {f"{each.name}.{ext}" for each in all_datasets() for ext in ("csv", "html", "xlsx")}
    assert {name: said for name, said in refused.items() if said and name in canonical} == {}


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False))
def test_a_good_file_gone_bad_gives_rows_or_a_sentence(random: Random) -> None:
    _, content = mutated(random)
    read_or_refused(content)


def test_every_good_file_is_mapped_or_refused_with_a_sentence() -> None:
    for seed in seeds():
        mapped_or_refused(Random(seed.name), seed.content)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False), st.sampled_from([None, *all_datasets()]))
def test_a_good_file_gone_bad_is_mapped_or_refused_with_a_sentence(
    random: Random, wanted: Dataset | None
) -> None:
    _, content = mutated(random)
    mapped_or_refused(random, content, wanted.name if wanted else None)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
@example(b"")
@example(b'complaint_id,received_on\n"')
@example(b"a\n\xef\xbb\xbf")
@example(b"PK\x03\x04")
@example(b"PK\x05\x06" + bytes(18))
@example(b"<table>")
@example(b"\xff\xfe\x00")
@example(b"--\nK-1\n")
def test_any_bytes_give_rows_or_a_sentence(content: bytes) -> None:
    read_or_refused(content)


CELL = st.one_of(
    st.sampled_from(["", "1", "2026-01-05", "1/13/2026", "2026-01-05 08:00", "completed", "-5.00"]),
    st.sampled_from(NASTY),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(all_datasets()), st.data())
def test_any_cells_under_a_known_header_give_rows_or_a_sentence(
    dataset: Dataset, data: st.DataObject
) -> None:
    rows = data.draw(
        st.lists(st.lists(CELL, min_size=1, max_size=len(dataset.names) + 2), max_size=4)
    )
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows]
    content = "\n".join([",".join(dataset.names), *quoted]).encode()
    read_or_refused(content, data.draw(st.sampled_from([None, dataset.name])))
