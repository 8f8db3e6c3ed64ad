"""The month-end board and receipts as HTML."""

from __future__ import annotations

from collections.abc import Sequence

from dashboards.markup.text import block, items, safe, signed, small, table
from dashboards.views.batch import Summary
from dashboards.views.board import Board, BoardRow
from dashboards.views.direction import isolated
from dashboards.views.receipt import ReceiptView
from dashboards.views.uploads import HEADINGS, UploadLine


def board_block(board: Board) -> str:
    """The board: a table where there is room, a card a dataset where there is none."""
    heads = "".join(
        f'<th scope="col" role="columnheader">{safe(text)}</th>'
        for text in ("Dataset", *board.headings)
    )
    body = "".join(_board_row(row) for row in board.rows)
    return block(
        '<div class="rc-scroll" tabindex="0" role="group" aria-label="Table: months of data">'
        '<table class="rc-board" role="table" aria-label="Months of data">'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{body}</tbody></table></div>'
    )


def _board_row(row: BoardRow) -> str:
    cells = "".join(
        f'<td role="cell"><span class="rc-label" aria-hidden="true">{safe(cell.month)}</span>'
        f"{signed(cell.sign, cell.word, cell.detail)}</td>"
        for cell in row.cells
    )
    return (
        f'<tr role="row"><th scope="row" role="rowheader">{safe(row.name)}<br>'
        f"{small(row.needed)}<br>{small(row.loaded)}</th>{cells}</tr>"
    )


def receipt_block(view: ReceiptView) -> str:
    """A receipt: what was read and what became of it, why, and which lines."""
    kind, role = ("", "status") if view.good else (" rc-worse", "alert")
    named = f"{isolated(view.title)}: {view.status}"
    head = f"<h3>{safe(named)}</h3>{small(' · '.join(view.facts))}"
    message = f"<p>{safe(view.message)}</p>" if view.message else ""
    return block(
        f'<section class="rc-note{kind}" role="{role}">{head}{message}{_sum(view)}'
        f"{items(view.besides)}{_reasons(view)}{_notes(view)}</section>"
    )


def _sum(view: ReceiptView) -> str:
    if not view.parts:
        return ""
    parts = "".join(f"<div><b>{count:,}</b>{small(name)}</div>" for name, count in view.parts)
    counted = small("row read" if view.read == 1 else "rows read")
    return (
        f'<div class="rc-sum"><div><b>{view.read:,}</b>{counted}</div>'
        f'<span class="rc-equals">=</span>{parts}</div>'
    )


def _reasons(view: ReceiptView) -> str:
    found = ""
    if view.reasons:
        rows = [(reason, f"{count:,}") for reason, count in view.reasons]
        found += table(("Why rows or values were not taken", "How many"), rows, {1})
    if view.lines:
        found += "<h3>Rows in quarantine</h3>"
        found += table(("Line", "Column", "Found", "Why"), view.lines, {0})
        if view.more_lines:
            found += small(f"and {view.more_lines:,} more")
    return found


def _notes(view: ReceiptView) -> str:
    if not view.notes:
        return ""
    return f"<details><summary>How the file was read</summary>{items(view.notes)}</details>"


def summary_block(view: Summary) -> str:
    """What a batch of files did: months that are complete now, and what to do next."""
    kind = " rc-better" if view.good else " rc-worse"
    complete = f"<h3>Complete now</h3>{items(view.complete)}" if view.complete else ""
    return block(
        f'<section class="rc-note rc-summary{kind}" role="status"><h3>{safe(view.headline)}</h3>'
        f"{complete}<h3>Next</h3>{items(view.next)}</section>"
    )


def uploads_block(lines: Sequence[UploadLine]) -> str:
    """The log as a table."""
    return block(table(HEADINGS, (line.cells for line in lines), {0, 5}, dense=True))
