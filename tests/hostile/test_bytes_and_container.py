"""Hostile inputs 1 to 17: what kind of file it is, its bytes and its encoding."""

import codecs
import gzip
import io
import zipfile
from pathlib import Path

import pytest

from kpi.errors import FileRefused
from tests.hostile.handed_in import (
    COMPLAINTS,
    GOOD,
    all_handed_in,
    hand_in,
    read,
    rows,
    stored_rows,
)
from tests.hostile.workbooks import workbook
from tests.ingest.opened import PRACTICE, PROTECT, all_opened, opened, take
from tests.office import Office


def refusal_of(content: bytes) -> str:
    """The sentence with which a file is refused; it names the file."""
    with pytest.raises(FileRefused) as refusal:
        [read(each) for each in all_opened(content)]
    assert str(refusal.value).startswith("file.csv")
    return str(refusal.value)


def test_01_a_byte_order_mark_is_passed_over_also_before_a_quoted_cell() -> None:
    content = b'\xef\xbb\xbf"complaint_id","received_on"\nK-1,2026-01-12\n'
    reading = opened(content)
    assert "UTF-8 with a byte order mark" in reading.dialect
    assert len(read(reading)["complaints"].rows) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (codecs.BOM_UTF16_LE + GOOD.replace(",", "\t").encode("utf-16-le"), "UTF-16"),
        (codecs.BOM_UTF16_BE + GOOD.replace(",", "\t").encode("utf-16-be"), "UTF-16"),
        (GOOD.replace(",", "\t").encode("utf-16-le"), "UTF-16 without a byte order mark"),
        (GOOD.replace(",", "\t").encode("utf-16-be"), "UTF-16 without a byte order mark"),
    ],
)
def test_02_utf_16_is_read_by_its_mark_or_its_zeros(content: bytes, said: str) -> None:
    reading = opened(content)
    assert f"Tab-separated, {said}," in reading.dialect
    (row,) = read(reading)["complaints"].rows
    assert row["category"] == "Wartezeit für Müller"


def test_03_windows_1252_is_read_and_said() -> None:
    content = COMPLAINTS.encode() + b"K-1,2026-01-12,,Jos\xe9 didn\x92t wait\n"
    reading = opened(content)
    (row,) = read(reading)["complaints"].rows
    assert row["category"] == "José didn\u2019t wait"
    assert "Windows-1252" in reading.dialect
    (note,) = [each for each in reading.notes if "Windows-1252" in each]
    assert "check that accented letters are right (first in line 2)" in note


def test_03_bytes_that_no_encoding_explains_are_refused() -> None:
    said = refusal_of(COMPLAINTS.encode() + b"K-1,2026-01-12,,\x81\x8d\xff\n")
    assert "not UTF-8, nor any other encoding" in said
    assert "Save or export it as 'CSV UTF-8'" in said


def test_04_letters_garbled_before_are_kept_and_said() -> None:
    reading = opened(COMPLAINTS + "K-1,2026-01-12,,MÃ¼ller waited\n")
    (row,) = read(reading)["complaints"].rows
    assert row["category"] == "MÃ¼ller waited"
    assert any("garbled already in the file" in note for note in reading.notes)
    assert not any("Müller" in note or "MÃ" in note for note in reading.notes)


def test_05_a_line_of_another_encoding_is_refused_alone() -> None:
    content = (COMPLAINTS + "K-1,2026-01-12,,café\n").encode()
    at = len(content) + len(b"K-2,2026-01-13,,caf")
    content += b"K-2,2026-01-13,,caf\xe9\nK-3,2026-01-14,,na\xc3\xafve\n"
    reading = opened(content)
    found = read(reading)["complaints"]
    assert found.refused == [(3, "", "undecodable")]
    assert [row["category"] for row in found.rows] == ["café", "naïve"]
    assert any(f"line 3 are not UTF-8 (the first at byte {at})" in note for note in reading.notes)


def test_06_nul_bytes_are_left_out_and_said() -> None:
    reading = opened(b"complaint_id,\x00received_on\nK\x00-1,2026-01-12\nK-2,\x002026-01-13\n")
    assert len(read(reading)["complaints"].rows) == 2
    assert "3 NUL bytes were left out." in reading.notes


def test_06_a_file_that_is_mostly_nul_bytes_is_refused() -> None:
    assert "mostly NUL bytes" in refusal_of(b"a\x00\x00,\x00\n\x00\x00\x01" * 50)


def test_07_a_workbook_is_read_whatever_its_name() -> None:
    content = workbook(
        {
            "January": [["complaint_id", "received_on"], ["K-1", "2026-01-12"]],
            "Notes": [["nothing to see here"]],
        }
    )
    (reading,) = all_opened(content)
    assert "Excel workbook, sheet 'January'" in reading.dialect
    assert len(read(reading)["complaints"].rows) == 1
    assert any("[Notes]" in note for note in reading.notes)


@pytest.mark.parametrize(
    ("content", "what", "instead"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Excel workbook", "CSV UTF-8"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "a PDF document", "Export the report as CSV"),
        (b"ISA*00*          *00*          *ZZ*SENDER~", "an X12 file", "as CSV"),
        (b'{"rows": []}', "a JSON file", "as CSV"),
        (b'[{"id": 1}]', "a JSON file", "as CSV"),
        (b"-- dump\nCREATE TABLE visits (id int);", "a dump of a database", "as CSV"),
        (b'<?xml version="1.0"?><Workbook/>', "an XML file", "as CSV"),
        (b"7z\xbc\xaf\x27\x1c" + bytes(40), "a 7-Zip archive", "Unpack it"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "a picture", "as CSV"),
    ],
)
def test_08_other_formats_are_named_with_what_to_export(
    content: bytes, what: str, instead: str
) -> None:
    said = refusal_of(content)
    assert f"is {what}" in said
    assert instead in said


TABLE = "<table><tr><th>complaint_id</th><th>received_on</th></tr>{}</table>"
CELLS = "<tr><td>K-{}</td><td>2026-01-12</td></tr>"


def test_09_the_table_of_a_web_page_is_read() -> None:
    content = "<html><body><h1>Report</h1>" + TABLE.format(CELLS.format(1)) + "</body></html>"
    reading = opened(content)
    assert "Web page, table 1 of 1" in reading.dialect
    assert len(read(reading)["complaints"].rows) == 1


def test_09_of_several_tables_those_that_are_known_are_read_and_the_others_named() -> None:
    other = "<table><tr><td>Run by</td><td>somebody</td></tr><tr><td>a</td><td>b</td></tr></table>"
    (reading,) = all_opened((other + TABLE.format(CELLS.format(1))).encode())
    assert reading.file == "file.csv [table 2]"
    assert any("[table 1]" in note for note in reading.notes)
    assert "has no table" in refusal_of(b"<!DOCTYPE html><html><p>Session expired</p></html>")


def zipped(**members: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return held.getvalue()


def test_10_archives_are_refused_and_never_unpacked() -> None:
    assert "ZIP archive. Unpack it" in refusal_of(zipped(export=GOOD.encode()))
    assert "gzip archive. Unpack it" in refusal_of(gzip.compress(GOOD.encode(), mtime=0))


def test_10_a_workbook_that_unpacks_to_far_more_than_it_is_is_refused() -> None:
    book = zipped(**{"xl/workbook.xml": b"<workbook/>", "xl/sharedStrings.xml": bytes(40 << 20)})
    assert len(book) < 100_000
    assert "unpacks to 40 MB" in refusal_of(book)


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\r\n \n\t\n", b"\xff\xfe"])
def test_11_an_empty_file_is_refused(content: bytes) -> None:
    said = refusal_of(content)
    assert "is empty" in said or "only blank lines" in said
    assert "Export the report again" in said


def test_12_a_header_without_rows_wipes_nothing_and_is_no_zero(office: Office) -> None:
    office.load(COMPLAINTS + rows(3))
    for content in (COMPLAINTS, COMPLAINTS + ",,,\n"):
        receipt = hand_in(office, content, replace=True)
        assert receipt.status == "refused"
        assert "has a header and no rows. Was the report's date filter right?" in receipt.message
    assert office.value("2026-01", "complaints") == 3
    assert office.state("complaints", "2026-02").state == "missing"


def test_13_a_download_that_broke_off_is_refused() -> None:
    content = (COMPLAINTS + rows(30)).encode()
    assert "looks cut off" in refusal_of(content[:-15])
    assert len(take(content.rstrip(b"\n")).rows) == 30  # whole, and merely without a last line end


def test_13_a_stated_number_of_rows_that_are_not_there_is_said() -> None:
    reading = opened(COMPLAINTS + rows(3) + "Total number of complaints: 5,,,\n")
    assert read(reading)["complaints"].left_out == {"footer": 1}
    (note,) = [each for each in reading.notes if "Part of it may be missing" in each]
    assert "the file says 5 rows, there are 3" in note


def test_14_a_cell_of_ten_megabytes_costs_its_row() -> None:
    content = COMPLAINTS + rows(3) + f"K-9,2026-01-12,,{'a' * 10_000_000}\n" + rows(3, 10)
    found = take(content)
    assert found.refused == [(5, "", "too_long_cell")]
    assert len(found.rows) == 6


def test_14_too_many_columns_and_too_large_a_file_are_refused(tmp_path: Path) -> None:
    header = ",".join(f"c{n}" for n in range(5_000))
    assert "at most 512" in refusal_of(f"{header}\n1\n".encode())
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.write(GOOD.encode())
        file.truncate(301 << 20)  # a hole: it takes no room on the disk
    with pytest.raises(FileRefused, match=r"large\.csv has 301 MB; at most 300 MB"):
        opened(large)


@pytest.mark.parametrize("ends", [("\r",), ("\r\n",), ("\n", "\r\n", "\r")])
def test_15_line_ends_of_all_kinds(ends: tuple[str, ...]) -> None:
    lines = (COMPLAINTS + rows(4)).splitlines()
    content = "".join(line + ends[n % len(ends)] for n, line in enumerate(lines))
    found = take(content)
    assert [row["line"] for row in found.rows] == [2, 3, 4, 5]


def test_15_other_signs_that_break_lines_are_part_of_the_text() -> None:
    for sign in ("\u2028", "\x0b", "\x0c", "\x85"):
        content = COMPLAINTS + rows(3) + f"K-8,2026-01-12,,long{sign}wait\n"
        found = take(content)
        assert len(found.rows) == 4
        assert [row["line"] for row in found.rows] == [2, 3, 4, 5]
        assert take(content.rstrip("\n")).read == 4


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_16_excels_hint_of_the_separator_is_used_and_passed_over(mark: str) -> None:
    reading = opened(mark + "sep=;\n" + GOOD.replace(",", ";"))
    assert "Semicolon-separated" in reading.dialect
    assert "header in line 2" in reading.dialect
    (row,) = read(reading)["complaints"].rows
    assert row["line"] == 3


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../../etc/passwd.csv", "passwd.csv"),
        ("C:\\Users\\Someone\\Desktop\\January \U0001f600.csv", "January \U0001f600.csv"),
        ("line\nbreak\x00\u202e.csv", "linebreak.csv"),
        ("/", "unnamed file"),
    ],
)
def test_17_a_files_name_is_shown_and_never_a_path(office: Office, name: str, kept: str) -> None:
    receipt = hand_in(office, GOOD, name)
    assert (receipt.status, receipt.file) == ("loaded", kept)


def test_17_a_long_name_is_shortened(office: Office) -> None:
    (receipt,) = all_handed_in(office, GOOD, "x" * 300 + ".csv")
    assert len(receipt.file) < 201
    assert receipt.file.endswith(".csv")


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match=r"nothing\.csv cannot be read"):
        opened(tmp_path / "nothing.csv")


def test_a_refused_file_leaves_nothing(office: Office) -> None:
    receipt = hand_in(office, b"%PDF-1.7\n")
    assert receipt.status == "refused"
    assert stored_rows(office.engine) == 0
    assert (PRACTICE.id, callable(PROTECT)) == ("lakeside", True)
