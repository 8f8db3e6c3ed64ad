"""Bad files: each gives a sentence that says what to do, or loses no row."""

import codecs
import gzip
import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from kpi.datasets import all_datasets
from kpi.errors import FileRefused
from tests.ingest.opened import LAYOUTS, opened, take, taken

HEADER = "complaint_id,received_on,resolved_on,category\n"
GOOD = HEADER + "K-1,2026-01-12,2026-01-15,Wartezeit für Müller\n"


def zipped(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf", "blank lines"),
        (b"\r\n \n\t\n", "blank lines"),
        (HEADER.encode(), "has a header and no rows"),
        ((HEADER + ",,,\n").encode(), "has a header and no rows"),
        (zipped("[Content_Types].xml", "xl/workbook.xml"), "damaged Excel workbook"),
        (zipped("export.csv"), "ZIP archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Excel workbook"),
        (gzip.compress(GOOD.encode(), mtime=0), "gzip archive"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF document"),
        (b"\n<!DOCTYPE html><html><table><tr><td>1</td></tr></table></html>", "web page"),
        (b"\xef\xbb\xbf<table><tr><td>1</td></tr></table>", "web page"),
        (b'<?xml version="1.0"?><Workbook/>', "XML file"),
        (b"ISA*00*          *00*          *ZZ*SENDER~", "X12 file"),
        (b'{"rows": []}', "JSON file"),
        (b'[{"id": 1}]', "JSON file"),
        (b"a\x00\x00,\x00\n\x00\x00\x01" * 50, "mostly NUL bytes"),
        (HEADER.encode() + b"K-1,2026-01-12,,\x81\x8d\xff\n", "not UTF-8, nor any other"),
        (b"first,second\n1,2\n", "is not one that is known.*kpi template"),
        (b"Example,Jane,1950-01-01\nSample,Joe,1960\n", "perhaps the first line is no header"),
        (b"complaint_id,recieved_on\nK-1,2026-01-12\n", "Did you mean 'received_on'"),
        (b"complaint_id,received_on,received on\nK-1,2026-01-12,2026-01-12\n", "the same name"),
        (b"--\nK-1\n", "names no columns"),
        (b"complaint_id,received_on\n" + b"K-1,2026-01-12,5\n" * 3, "names 2 columns, but 3"),
        (b",".join(b"c%d" % n for n in range(600)) + b"\n1\n", "at most 512"),
    ],
)  # fmt: skip
def test_a_bad_file_is_refused_with_a_sentence(content: bytes, message: str) -> None:
    with pytest.raises(FileRefused, match=message) as refusal:
        taken(opened(content))
    assert "file.csv" in str(refusal.value)
    assert "Jane" not in str(refusal.value)


def test_a_file_that_is_not_there(tmp_path) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(FileRefused, match=r"nothing\.csv cannot be read"):
        opened(tmp_path / "nothing.csv")


def test_unknown_datasets_and_profiles_are_named() -> None:
    with pytest.raises(FileRefused, match=r"no dataset 'complaint'\. Did you mean 'complaints'"):
        opened(GOOD, "complaint")
    with pytest.raises(FileRefused, match=r"no profile 'sinthea_encounters'\. Did you mean"):
        opened(GOOD, None, "sinthea_encounters")
    with pytest.raises(FileRefused, match=r"is not Synthea encounters\.csv: its header lacks Id"):
        opened(GOOD, None, "synthea_encounters")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (GOOD.encode(), "Comma-separated, UTF-8, header in line 1."),
        (codecs.BOM_UTF8 + GOOD.encode(), "byte order mark"),
        (codecs.BOM_UTF16_LE + GOOD.encode("utf-16-le"), "UTF-16"),
        (codecs.BOM_UTF16_BE + GOOD.replace(",", "\t").encode("utf-16-be"), "Tab-separated"),
        (GOOD.encode("cp1252"), "Windows-1252"),
        (GOOD.replace(",", ";").encode(), "Semicolon-separated"),
        (GOOD.replace(",", "|").encode(), "Vertical bar-separated"),
        (b"sep=;\n" + GOOD.replace(",", ";").encode(), "header in line 2"),
        (GOOD.replace("\n", "\r").encode(), "header in line 1"),
        (GOOD.replace("\n", "\r\n").encode(), "header in line 1"),
        (b"\n\n" + GOOD.encode(), "header in line 3"),
        (GOOD.replace("\n", ",,\n").encode(), "header in line 1"),
        (GOOD.replace("received_on", " Received\u00a0On* ").encode(), "header in line 1"),
    ],
)  # fmt: skip
def test_a_file_in_another_form_reads_alike(content: bytes, said: str) -> None:
    reading = opened(content)
    assert said in reading.dialect
    (row,) = taken(reading)["complaints"].rows
    assert row["category"] == "Wartezeit für Müller"


def test_ragged_rows() -> None:
    rows = "".join(f"K-{n},2026-01-12,,x\n" for n in range(5, 15))
    found = take(HEADER + "K-1,2026-01-12\nK-2\nK-3,2026-01-12,,a,b\nK-4,2026-01-12,,a,,\n" + rows)
    assert found.refused == [(3, "", "too_few_cells"), (4, "", "too_many_cells")]
    short, long = found.quarantined
    assert short.key is not None
    assert (long.key, long.month) == (None, None)
    assert len(found.rows) == 12


def test_decimal_commas_are_read_in_files_separated_by_semicolons() -> None:
    found = take(
        "month;account;kind;amount\n2026-01;Rent;expense;1.234,50\n2026-01;IT;expense;7,5\n"
    )
    assert [row["amount"] for row in found.rows] == [123450, 750]
    found = take("month;account;kind;amount\n2026-01;Rent;expense;1,234.50\n")
    assert [row["amount"] for row in found.rows] == [123450]


NO_NUMBERS = [
    "inf", "-inf", "1e400", "1_000", "0x1F", "١٢", "１２", "#N/A", "#REF!", "#DIV/0!",
    "#####", "<5", ">120", "1-4", "12†", "1,23,4", "1.2.3", "(5", "5)", "-(5)", "--5", "5%",
    "1.005", "9" * 30, "one",
]  # fmt: skip


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_no_number_is_taken_by_courtesy(text: str) -> None:
    found = take(f'charge_id,posted_date,amount\nC1,2026-01-12,"{text}"\n')
    assert not found.rows
    (refused,) = found.quarantined
    assert refused.column == "amount"
    assert refused.reason != "blank"


@pytest.mark.parametrize(
    ("text", "cents"),
    [
        ("1,234.50", 123450), ("$ 5", 500), ("USD 5.5", 550), ("(50.00)", -5000),
        ("$(50.00)", -5000), ("($50.00)", -5000), ("50.00-", -5000),
        ("50.00CR", -5000), ("-$2,916.00", -291600),
        ("$-5", -500), ("\u22125.00", -500), (".5", 50), ("5.", 500), ("1.5E+3", 150000),
        ("5.000", 500), ("0", 0), (" 7 ", 700),
    ],
)  # fmt: skip
def test_forms_of_money(text: str, cents: int) -> None:
    (row,) = take(f'charge_id,posted_date,amount\nC1,2026-01-12,"{text}"\n').rows
    assert row["amount"] == cents


@pytest.mark.parametrize(
    "text",
    ["2026-02-30", "1900-01-01", "1969-12-31", "2100-01-01", "2205-01-01",
     "2/30/2026", "20260230", "45778", "FY26 P05", "Q2",
     "Jan 32, 2026", "٢٠٢٦-٠١-٠٥", "2026-01-05T25:00:00", "9999-12-31", "0001-01-01T00:00:00Z"],
)  # fmt: skip
def test_no_date_is_rolled_over_or_guessed(text: str) -> None:
    found = take(f'complaint_id,received_on\nK-1,"{text}"\nK-2,1/13/2026\n')
    assert found.refused == [(2, "received_on", "not_a_date")]


def test_identifiers_that_excel_shortened_are_quarantined() -> None:
    found = take("complaint_id,received_on\n2.98725E+13,2026-01-05\n007,2026-01-05\n7,2026-01-05\n")
    assert found.refused == [(2, "complaint_id", "shortened_by_excel")]
    assert found.rows[0]["key"] != found.rows[1]["key"]


def test_formulas_are_kept_as_texts() -> None:
    found = take("complaint_id,received_on,category\n1,2026-01-05,=1+1\n2,2026-01-05,@x\n")
    assert [row["category"] for row in found.rows] == ["=1+1", "@x"]


# -- any bytes at all ---------------------------------------------------------------------------

SEEDS = [path.read_bytes() for path in sorted(LAYOUTS.glob("*.csv"))] + [
    (
        ",".join(each.names) + "\n" + ",".join(column.example for column in each.columns) + "\n"
    ).encode()
    for each in all_datasets()
]
SPLICES = st.one_of(
    st.sampled_from(
        [b'"', b",", b"\n", b"\r", b"\0", b";", b"\xff", b"\xc3", b"Total for Income,", b"inf"]
    ),
    st.binary(max_size=12),
    st.text(max_size=8).map(lambda text: text.encode("utf-8", "replace")),
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A good file with pieces cut out, put in, or said twice."""
    content = draw(st.sampled_from(SEEDS))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(content)))
        end = draw(st.integers(at, min(len(content), at + 60)))
        content = content[:at] + draw(SPLICES) + content[draw(st.sampled_from([at, end])) :]
    return content


def read_or_refused(content: bytes, dataset: str | None = None) -> None:
    """Gives rows (that none is lost is asserted while they are read) or FileRefused."""
    with suppress(FileRefused):
        for each in taken(opened(content, dataset)).values():
            assert each.read == len(each.rows) + each.left_out.total() + len(each.quarantined)
            lines = [row["line"] for row in each.rows]
            assert all(len(row["key"]) == 16 for row in each.rows)
            assert lines == sorted(lines)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(damaged())
@example(b'complaint_id,received_on\n"')
@example(b"a\n\xef\xbb\xbf")
def test_a_damaged_file_gives_rows_or_a_sentence(content: bytes) -> None:
    read_or_refused(content)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_give_rows_or_a_sentence(content: bytes) -> None:
    read_or_refused(content)


CELL = st.one_of(
    st.sampled_from(
        [
            "",
            "1",
            "2026-01-05",
            "1/13/2026",
            "2026-01-05 08:00",
            "completed",
            "hipaa",
            "refund",
            "-5.00",
        ]
    ),
    st.sampled_from(NO_NUMBERS),
    st.text(st.characters(exclude_characters='\0\r\n"', exclude_categories=["Cs"]), max_size=12),
)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(all_datasets()), st.data())
def test_any_cells_under_a_known_header_give_rows_or_a_sentence(dataset, data) -> None:  # type: ignore[no-untyped-def]
    rows = data.draw(
        st.lists(st.lists(CELL, min_size=1, max_size=len(dataset.names) + 2), max_size=4)
    )
    lines = [",".join(dataset.names)] + [",".join(f'"{cell}"' for cell in row) for row in rows]
    read_or_refused("\n".join(lines).encode(), data.draw(st.sampled_from([None, dataset.name])))
