"""The scorecard as a workbook, read back by openpyxl: numbers, formats, charts, and no formula."""

import io
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kpi.numbers import number_format
from kpi.report import render
from kpi.review.frozen.canonical import hash_of
from tests.report.documents import document, everything_null, of_kpis, without_score


def book_of(made: dict[str, Any]) -> Workbook:
    return load_workbook(io.BytesIO(render(made, "xlsx")))


def column(sheet: Worksheet, heading: str, row: int = 1) -> int:
    return next(cell.column for cell in sheet[row] if cell.value == heading)


@pytest.fixture(scope="module")
def book() -> Workbook:
    return book_of(document())


def test_its_sheets(book: Workbook) -> None:
    assert book.sheetnames == [
        "Scorecard", "KPIs", "Review", "Measures", "Trends", "Definitions", "Sources",
    ]  # fmt: skip
    for name in ("KPIs", "Measures", "Definitions"):
        assert book[name].freeze_panes == "B2"
        assert book[name].print_title_rows == "$1:$1"
    assert all(sheet.sheet_properties.pageSetUpPr.fitToPage for sheet in book)


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("Value", "value"), ("Numerator", "numerator"), ("Denominator", "denominator"),
        ("n", "n"), ("Stretch", "stretch"), ("Attainment", "attainment"), ("Weight", "weight"),
        ("Points", "points"), ("Points lost", "points_lost"),
    ],
)  # fmt: skip
def test_every_figure_is_a_number_of_the_document(book: Workbook, heading: str, key: str) -> None:
    sheet = book["KPIs"]
    at = column(sheet, heading)
    for row, given in enumerate(document()["kpis"], 2):
        value = sheet.cell(row, at).value
        # A workbook keeps sixteen digits of a number.
        assert value == (given[key] if given[key] is None else pytest.approx(given[key], rel=1e-15))


def test_figures_have_the_format_of_their_unit(book: Workbook) -> None:
    sheet = book["KPIs"]
    at = column(sheet, "Value")
    for row, given in enumerate(document()["kpis"], 2):
        if given["value"] is not None:
            assert sheet.cell(row, at).number_format == number_format(given["value"], given["unit"])
    assert sheet.cell(2, at).number_format == '#,##0.0" days"'
    assert sheet.cell(5, at).number_format == "#,##0.00%"


def test_both_ends_of_a_band(book: Workbook) -> None:
    sheet = book["KPIs"]
    row = next(each for each in range(2, 10) if sheet.cell(each, 1).value == "Slot utilization")
    ends = [
        sheet.cell(row, column(sheet, heading)).value
        for heading in ("Floor", "Floor to", "Target", "Target to")
    ]
    assert ends == [0.7, 1.0, 0.85, 0.95]


def test_the_first_sheet_has_the_score_and_its_hash(book: Workbook) -> None:
    values = [cell.value for row in book["Scorecard"].iter_rows() for cell in row]
    assert values.count(60.0) >= 1
    assert document()["uncapped_score"] in values
    assert any(hash_of(document()) in str(value) for value in values)
    assert "Final. Review 12, version 1" in values


def test_charts_are_native_and_say_their_numbers() -> None:
    content = render(document(), "xlsx")
    with ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        drawings = "".join(
            archive.read(each).decode() for each in names if "drawings/drawing" in each
        )
        charts = [archive.read(each).decode() for each in names if "charts/chart" in each]
    assert len(charts) == 2 + len(document()["kpis"])
    assert sum("<c:lineChart>" in each for each in charts) == len(document()["kpis"])
    assert drawings.count('descr="Trend of') == len(document()["kpis"])
    assert 'descr="Attainment (100 is the target): Days in A/R 87' in drawings


def test_measures_and_trends_are_the_documents(book: Workbook) -> None:
    sheet = book["Measures"]
    rows = {row[0].value: [cell.value for cell in row[1:]] for row in sheet.iter_rows()}
    assert rows["no shows"] == [22, 20, 19]
    values = [cell.value for cell in book["Trends"]["B"][2:29]]
    points = document()["trends"]["days_in_ar"]["points"]
    for value, each in zip(values, points, strict=True):
        assert value == (each["value"] and pytest.approx(each["value"], rel=1e-15))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_text_is_ever_a_formula(start: str) -> None:
    text = f'{start}HYPERLINK("http://x")'
    made = document(manager_name=text)
    made["texts"]["whole"]["manager"] = text
    made["sources"][0]["file"] = text
    made["exclusions"][0]["reason"] = text
    book = book_of(made)
    found = 0
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f"
                assert cell.hyperlink is None
                if isinstance(cell.value, str) and "HYPERLINK" in cell.value:
                    assert cell.quotePrefix
                    found += 1
    assert found == 4


def test_the_same_document_gives_the_same_bytes() -> None:
    assert render(document(), "xlsx") == render(document(), "xlsx")


@pytest.mark.parametrize(
    "made",
    [of_kpis(40), of_kpis(1), without_score(), everything_null(), document(kpis=[], gates=[])],
    ids=["forty KPIs", "one KPI", "no score", "everything null", "no KPI"],
)
def test_any_document_is_written(made: dict[str, Any]) -> None:
    sheet = book_of(made)["KPIs"]
    assert [cell.value for cell in sheet["A"][1:]] == [row["name"] for row in made["kpis"]]


def test_a_text_too_long_for_a_cell_takes_several() -> None:
    made = document()
    made["texts"]["whole"]["manager"] = "a" * 70_000
    values = [str(cell.value) for cell in book_of(made)["Review"]["C"]]
    assert "".join(value for value in values if set(value) == {"a"}) == "a" * 70_000
