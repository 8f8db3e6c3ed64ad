"""The sheets of what was said and done, and of what the figures rest on."""

from __future__ import annotations

from kpi.report import origins, record
from kpi.report.document import Document, named
from kpi.report.record import Table
from kpi.report.sheets.writing import Book, Sheet

_WHO = (("manager", "Manager"), ("supervisor", "Supervisor"), ("answer", "Manager’s answer"))


def record_sheet(book: Book, document: Document) -> None:
    """Adds the sheet ``Review``: comments, contest, plan, what was left out, steps."""
    sheet = book.sheet("Review", (30, 28, 80, 40, 30))
    at = _comments(sheet, document)
    for table in (record.plan(document), record.exclusions(document)):
        at = _part(sheet, table, at)
    for said in record.away(document):
        sheet.text(at, 0, said)
        at += 1
    _part(sheet, record.steps(document), at + 1)


def sources_sheet(book: Book, document: Document) -> None:
    """Adds the sheet ``Sources``: uploads, spot checks, role versions."""
    sheet = book.sheet("Sources", (16, 34, 34, 30, 30, 70))
    at = 0
    for table in (
        origins.sources(document),
        origins.spot_checks(document),
        origins.role_versions(document),
        origins.parts(document),
        origins.accepted(document),
    ):
        at = _part(sheet, table, at)
    sheet.text(at, 0, origins.data_words(document), "muted")
    sheet.text(at + 1, 0, origins.chained(document), "muted")


def _comments(sheet: Sheet, document: Document) -> int:
    texts = document["texts"]
    said = [("The whole", words, texts["whole"].get(key)) for key, words in _WHO]
    said += [
        (named(document, kpi), words, each.get(key))
        for kpi, each in texts["kpis"].items()
        for key, words in _WHO
    ]
    said.append(("Contest", "Manager", texts.get("contest")))
    said.append(("Contest", "Answer of HR", texts.get("contest_answer")))
    sheet.text(0, 0, "Comments", "part")
    sheet.headings(1, ("Of what", "By", "Text"))
    at = 2
    for what, who, text in said:
        if text:
            sheet.text(at, 0, what)
            sheet.text(at, 1, who)
            at = sheet.paragraphs(at, 2, text)
    return at + 1


def _part(sheet: Sheet, table: Table, at: int) -> int:
    """A table under its title, or what stands in its place; gives the row after a gap."""
    if not table.rows and not table.empty:
        return at
    sheet.text(at, 0, table.title, "part")
    at += 1
    if table.note:
        sheet.text(at, 0, table.note)
        at += 1
    if not table.rows:
        sheet.text(at, 0, table.empty, "muted")
        return at + 2
    return sheet.table(at, table.headings, table.rows) + 1
