"""The scorecard as PDF, read back by two readers that had no part in making it."""

import io
import json
import subprocess
import sys
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from kpi.numbers import show, show_score, show_threshold
from kpi.report import render
from kpi.report.document import threshold
from kpi.review.frozen.canonical import canonical, hash_of
from tests.report.documents import document, everything_null, of_kpis, preview, without_score


def pages_of(made: dict[str, Any]) -> list[str]:
    """The text of each page, spaces as one."""
    return read(canonical(made))


@lru_cache(maxsize=4)
def read(content: bytes) -> list[str]:
    reader = PdfReader(io.BytesIO(render(json.loads(content), "pdf")))
    return [" ".join(page.extract_text().split()) for page in reader.pages]


def tagged(pdf: pikepdf.Pdf) -> list[Any]:
    """Every element of the structure tree, in reading order."""
    found, waiting = [], [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop()
        if isinstance(element, pikepdf.Dictionary):
            found.append(element)
            kids = element.get("/K", [])
            kids = kids if isinstance(kids, pikepdf.Array) else [kids]
            waiting += [each for each in reversed(list(kids)) if not isinstance(each, int)]
    return found


@pytest.fixture(scope="module")
def final() -> bytes:
    return render(document(), "pdf")


def test_it_is_tagged_titled_and_in_english(final: bytes) -> None:
    with pikepdf.open(io.BytesIO(final)) as pdf:
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.Root.Lang) == "en"
        with pdf.open_metadata() as data:
            assert data["pdfuaid:part"] == "1"
            assert data["dc:title"] == "Scorecard: Dana Whitfield, January to March 2026"
        kinds = Counter(str(each.get("/S")) for each in tagged(pdf))
    assert kinds["/H1"] == 1
    assert kinds["/Table"] >= 5
    assert kinds["/TH"] >= 8
    # Ratings' scale, and a bullet chart and a trend a KPI.
    assert kinds["/Figure"] == 1 + 2 * len(document()["kpis"])


def test_every_figure_says_its_numbers(final: bytes) -> None:
    with pikepdf.open(io.BytesIO(final)) as pdf:
        alts = [str(each.get("/Alt", "")) for each in tagged(pdf) if each.get("/S") == "/Figure"]
    assert all(alts)
    assert any(each.startswith("Bullet chart: value 5.12%, floor 10%, target 5%") for each in alts)
    trends = [each for each in alts if each.startswith("Trend of No-show rate")]
    assert "1 month without a value; usual range" in trends[0]
    assert "more than chance in May 2024, March 2026" in trends[0]


def test_the_document_is_attached_byte_for_byte_and_its_hash_stands_on_every_page(
    final: bytes,
) -> None:
    with pikepdf.open(io.BytesIO(final)) as pdf:
        (attached,) = pdf.attachments.values()
        content = attached.get_file().read_bytes()
    assert content == canonical(document())
    pages = pages_of(document())
    assert all(hash_of(document()) in page for page in pages)
    assert pages[-1].count(hash_of(document())) == 2  # the last page's own, and its foot


def test_every_figure_of_the_kpi_table_is_the_documents() -> None:
    page = pages_of(document())[0]
    for row in document()["kpis"]:
        unit = row["unit"]
        shown = [
            show(row["value"], unit),
            show_threshold(threshold(row["target"]), unit),
            show(row["attainment"], "points"),
            show(row["weight"], "points"),
            show_score(row["points"]),
        ]
        found = page.index(" ".join(shown))
        assert row["name"] in page[found - 60 : found], row["id"]


def test_the_first_page_says_who_what_and_how_sure() -> None:
    page = pages_of(document())[0]
    for said in (
        "Dana Whitfield",
        "Medical Office Manager, Lakeside Family Medicine",
        "Final. Review 12, version 1",
        "60.0",
        "Margin ± 1.9",
        "Below expectations",
        "Developing",
        "nobody was harmed",
        "Confirmed by Priya Raman",
        "HIPAA violations: breached: holds the score to at most 60.",
        "HIPAA violations: 11.1 points. 1 against a target of 0",
        "not distinguishable from the target",
        "has not been acknowledged",
    ):
        assert said in page, said


def test_what_was_said_done_and_left_out_is_all_there() -> None:
    text = " ".join(pages_of(document()))
    for said in (
        "Two of the four schedulers left in January",
        "Agreed. Keep the calls.",
        "A quarter with two schedulers short",
        "The export shows both; the figure stands.",
        "14 April 2026, 09:00 Acknowledged",
        "Ticket 4711",
        "without that there would be none",
        "On leave in August 2025",
        "9 agree, 1 differ",
        "A breach is a breach.",
        "SHA-256 " + "c" * 64,
        "SHA-256 " + "b" * 64,
        f"follows review 9, version 1, SHA-256 {'d' * 64}",
        "Targets agreed in January.",
    ):
        assert said in text, said


def test_a_draft_says_so_on_every_page() -> None:
    assert all("DRAFT – not final" in page for page in pages_of(preview()))
    assert not any("DRAFT" in page for page in pages_of(document()))


def test_one_page_a_family() -> None:
    pages = pages_of(document())
    starts = [page.split("SHA-256")[0] for page in pages]
    for family in ("Financial", "Operational", "Satisfaction", "Compliance"):
        assert sum(f"version 1 {family}" in each for each in starts) == 1


@pytest.mark.parametrize(("paper", "size"), [("letter", (612, 792)), ("a4", (595, 842))])
def test_paper(paper: Any, size: tuple[int, int]) -> None:
    reader = PdfReader(io.BytesIO(render(document(), "pdf", paper)))
    assert {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages} == {
        size
    }


def test_the_same_document_gives_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    given = tmp_path / "document.json"
    given.write_text(json.dumps(document()), encoding="utf-8")
    program = (
        "import json, sys; from pathlib import Path; from kpi.report import render\n"
        "made = json.loads(Path(sys.argv[1]).read_text('utf-8'))\n"
        "for form in ('pdf', 'xlsx'): Path(sys.argv[1] + '.' + form)"
        ".write_bytes(render(made, form))\n"
    )
    subprocess.run([sys.executable, "-c", program, str(given)], check=True)
    for form in ("pdf", "xlsx"):
        assert Path(f"{given}.{form}").read_bytes() == render(document(), form)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "made",
    [of_kpis(40), of_kpis(1), without_score(), everything_null(), document(kpis=[], gates=[])],
    ids=["forty KPIs", "one KPI", "no score", "everything null", "no KPI"],
)
def test_any_document_is_printed(made: dict[str, Any]) -> None:
    text = " ".join(pages_of(made))
    assert "Dana Whitfield" in text
    assert all(row["name"] in text for row in made["kpis"])
    assert "nan" not in text.lower().split()


def test_without_a_score_there_is_a_dash_and_a_reason_and_no_points() -> None:
    page = pages_of(without_score())[0]
    assert "Only 0% of the weight has data" in page
    assert "Where points were lost" not in page


@pytest.mark.parametrize(
    "name",
    [
        "Dana *bold* #heading $x$ @ref <label> \\ `raw` [x] _u_ //",
        "דנה ויטפילד",
        "سلام Dana",
        "Dana 😀👩‍⚕️ 王小明 Whitfield",
        "<svg 😀 xmlns='x'><script>",
        "ไทย हिन्दी \ue000 \u0301 \ufeff\u00ad\ud7a3",
        "D" * 80,
        "Wilhelmina-Alexandra Featherstonehaugh-Cholmondeley de la Fontaine-Montgomery III",
    ],
)
def test_whatever_a_name_holds_is_text_and_the_attached_data_has_it_whole(name: str) -> None:
    made = document(manager_name=name)
    made["texts"]["whole"]["manager"] = f"{name}\u202e\x07 {name}"
    content = render(made, "pdf")
    with pikepdf.open(io.BytesIO(content)) as pdf:
        (attached,) = pdf.attachments.values()
        assert json.loads(attached.get_file().read_bytes())["manager_name"] == name
    pages = PdfReader(io.BytesIO(content)).pages
    text = f"{pages[0].extract_text()} {pages[-1].extract_text()}"
    for part in ("*bold* #heading $x$ @ref <label>", "Featherstonehaugh", "Whitfield"):
        assert part not in name or part in text
    assert ("stand as \N{REPLACEMENT CHARACTER}" in " ".join(text.split())) == bool(
        set("😀ไ") & set(name)
    )


def test_a_very_long_comment_runs_over_pages() -> None:
    made = document()
    made["texts"]["kpis"]["no_show_rate"]["manager"] = "\n".join(
        f"Paragraph {at} of what happened in the office. " * 6 for at in range(60)
    )
    text = " ".join(pages_of(made))
    assert "Paragraph 0 of" in text
    assert "Paragraph 59 of" in text


def test_no_pay_is_in_it() -> None:
    text = " ".join(pages_of(document())).lower()
    assert not any(word in text for word in ("salary", "bonus", "compensation"))


def test_long_words_of_hr_stand_beside_each_other_and_not_in_one_another() -> None:
    reason = (
        "The incidents of May were never exported, and nobody can say whether there were some. "
    )
    evidence = "Letter of the former vendor of 4 February, in the file on the change of systems. "
    made = document(
        exclusions=[
            {"kpi": "clean_claim_rate", "months": ["2026-01"], "reason": 3 * reason,
             "evidence": 2 * evidence, "by": "Priya Raman-Featherstone (hr)",
             "at": "2026-04-03T10:00:00Z"},
        ]
    )  # fmt: skip
    reader = PdfReader(io.BytesIO(render(made, "pdf")))
    lines = [
        line for page in reader.pages
        for line in page.extract_text(extraction_mode="layout").splitlines()
    ]  # fmt: skip
    # Both columns begin on one line, each with several of its words, the one left of the other.
    both = [line for line in lines if "January 2026" in line and "Letter of" in line]
    assert len(both) == 1
    assert both[0].index("The incidents of May") < both[0].index("Letter of the former")


def test_a_step_names_its_kind_once() -> None:
    made = document()
    made["review"]["steps"][-1]["by"] = "Priya Raman (hr)"
    made["review"]["steps"][-1]["kind"] = "hr"
    text = " ".join(pages_of(made))
    assert "Priya Raman (HR)" in text
    assert "(hr) (HR)" not in text


def test_a_gate_that_hr_left_out_says_so() -> None:
    made = document()
    gate = made["gates"][0]["kpi"]
    row = next(each for each in made["kpis"] if each["id"] == gate)
    row |= {"status": "excluded", "attainment": None, "points": None, "points_lost": None}
    assert f"{row['name']}: left out by HR, and so holds nothing." in pages_of(made)[0]
