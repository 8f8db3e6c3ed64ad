"""Ways in which a good file goes bad, each drawn from a source of chance that can be repeated."""

from __future__ import annotations

import codecs
import csv
import io
import zipfile
from collections.abc import Callable
from random import Random

from tests.soak.seeds import PLANTED, Seed, as_html, seeds

NASTY = (
    '"', '""', '"""', "'", ",", ";", "\t", "|", "\n", "\r", "\r\n", "\0", "\ufeff", "\u2028",
    "\x85", "\f", "\\", '\\"', "\u202e", "\U0001f600", "e\u0301",
    "\u00a0", " ", "", "-", "--", "\u2212",
    ".",
    "=cmd|' /C calc'!A1", "+1", "@x", "2.98725E+13", "#####", "#N/A", "#REF!", "1e400", "-1e-400",
    "inf", "nan", "0x1F", "1_000", "\u0661\u0662", "\uff11\uff12", "1,234", "1.234,56", "1 234,56",
    "$1,234.50", "(50.00)", "50.00-", "50.00CR", "EUR 5", "<5", "12\u2020", "85%", "9" * 400,
    "0000-00-00", "2026-02-30", "13/13/2026", "03/04/2026", "25/04/2026", "4/3/26", "45778",
    "45778.5", "20260503", "2026-05-03T14:30:00Z", "2026-05-03T14:30:00-05:00", "9999-12-31",
    "0001-01-01T00:00:00Z", "2:30", "12:30", "24:00", "25:61", "8:02A", "1 hr 5 min", "830",
    "Total", "Grand Total", "Totals for Dr Lee", "Lee Total", "Page 1 of 3", "# note", "!END",
    "sep=;", "sep=", "Jan 2026", "January 1-July 9, 2026", "As of 1/31/2026", "FY26 P05",
    "TEST, PATIENT", "ZZTEST", "NULL", "None", "N/S", "completed", "no show", "true", "X",
    '{"ImportId":"x"}', "<table>", "</table>", "<tr><td>", "&#0;", "&nbsp;", "<script>",
    "PK\x03\x04",
    "ISA*00*", "%PDF", "CREATE TABLE x", "appointment_id", "posted_date", "amount", "month",
    *PLANTED,
)  # fmt: skip
_ENCODINGS = ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "utf-32")
_DELIMITERS = (",", ";", "\t", "|", "~", " ")


def mutated(random: Random) -> tuple[Seed, bytes]:
    """A good file, and what has become of it."""
    seed = random.choice(seeds())
    content = seed.content
    for _ in range(random.choice((1, 1, 1, 2, 2, 3, 5, 8))):
        content = random.choice(_WAYS)(random, content)[: 1 << 20]
    return seed, content


def _flipped(random: Random, content: bytes) -> bytes:
    """Some bits the other way round."""
    held = bytearray(content)
    for _ in range(random.randint(1, 8)):
        if held:
            held[random.randrange(len(held))] ^= 1 << random.randrange(8)
    return bytes(held)


def _cut_out(random: Random, content: bytes) -> bytes:
    start, end = _slice(random, content)
    return content[:start] + content[end:]


def _cut_off(random: Random, content: bytes) -> bytes:
    return content[: random.randint(0, len(content))]


def _said_again(random: Random, content: bytes) -> bytes:
    start, end = _slice(random, content)
    return content[:end] + content[start:end] * random.randint(1, 3) + content[end:]


def _put_in(random: Random, content: bytes) -> bytes:
    """A nasty text, once or everywhere."""
    token = random.choice(NASTY).encode()
    for _ in range(random.choice((1, 1, 1, 3, 10))):
        at = random.randint(0, len(content))
        content = content[:at] + token + content[at:]
    return content


def _put_in_bytes(random: Random, content: bytes) -> bytes:
    at = random.randint(0, len(content))
    return content[:at] + random.randbytes(random.randint(1, 12)) + content[at:]


def _spliced(random: Random, content: bytes) -> bytes:
    """The beginning of one file with the end of another."""
    other = random.choice(seeds()).content
    return content[: random.randint(0, len(content))] + other[random.randint(0, len(other)) :]


def _in_another_encoding(random: Random, content: bytes) -> bytes:
    text = content.decode("utf-8", "replace")
    encoded = text.encode(random.choice(_ENCODINGS), "replace")
    return random.choice((b"", b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE)) + encoded


def _with_other_line_ends(random: Random, content: bytes) -> bytes:
    ends = [random.choice((b"\n", b"\r", b"\r\n", b"\n\n")) for _ in range(3)]
    lines = content.split(b"\n")
    return b"".join(line + random.choice(ends) for line in lines)


def _with_another_delimiter(random: Random, content: bytes) -> bytes:
    old, new = random.choice(_DELIMITERS), random.choice(_DELIMITERS)
    return content.replace(old.encode(), new.encode())


def _restructured(random: Random, content: bytes) -> bytes:
    """The table itself changed, and written as text, web page or workbook."""
    grid = _grid_of(content)
    if not grid:
        return content
    for _ in range(random.randint(1, 4)):
        random.choice(_CHANGES)(random, grid)
        grid = grid or [[""]]
    written = random.choice((_as_text, _as_text, _as_text, _as_page))
    return written(random, grid)


def _grid_of(content: bytes) -> list[list[str]]:
    if content.startswith(b"PK"):
        return _grid_of_workbook(content)
    text = content.decode("utf-8", "replace").replace("\0", "")
    try:
        return list(csv.reader(io.StringIO(text, newline="")))[:400]
    except csv.Error:
        return [line.split(",") for line in text.splitlines()][:400]


def _grid_of_workbook(content: bytes) -> list[list[str]]:
    from openpyxl import load_workbook

    try:
        sheet = load_workbook(io.BytesIO(content), read_only=True).worksheets[0]
        return [
            ["" if cell is None else str(cell) for cell in row]
            for row in sheet.iter_rows(values_only=True)
        ][:400]
    except Exception:  # it was damaged before
        return []


def _as_text(random: Random, grid: list[list[str]]) -> bytes:
    held = io.StringIO(newline="")
    quoting = random.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC))
    delimiter = random.choice((",", ",", ";", "\t", "|"))
    writer = csv.writer(held, delimiter=delimiter, quoting=quoting, escapechar="\\",
                        lineterminator=random.choice(("\n", "\r\n", "\r")))  # fmt: skip
    writer.writerows(grid)
    return held.getvalue().encode("utf-8", "replace")


def _as_page(random: Random, grid: list[list[str]]) -> bytes:
    return as_html(grid) * random.choice((1, 1, 2))


def _change_cells(random: Random, grid: list[list[str]]) -> None:
    for _ in range(random.choice((1, 1, 3, 20))):
        row = random.choice(grid)
        if row:
            row[random.randrange(len(row))] = random.choice(NASTY)


def _change_column(random: Random, grid: list[list[str]]) -> None:
    """One nasty text in a whole column below the header."""
    place, token = random.randrange(max(1, len(grid[0]))), random.choice(NASTY)
    for row in grid[1:]:
        if place < len(row):
            row[place] = token


def _drop_column(random: Random, grid: list[list[str]]) -> None:
    place = random.randrange(max(1, len(grid[0])))
    for row in grid:
        del row[place : place + 1]


def _repeat_column(random: Random, grid: list[list[str]]) -> None:
    place = random.randrange(max(1, len(grid[0])))
    for row in grid:
        row[place:place] = row[place : place + 1]


def _shuffle_columns(random: Random, grid: list[list[str]]) -> None:
    order = list(range(len(grid[0])))
    random.shuffle(order)
    for row in grid:
        row[:] = [row[place] if place < len(row) else "" for place in order]


def _make_ragged(random: Random, grid: list[list[str]]) -> None:
    for _ in range(random.choice((1, 3, 10))):
        row = random.choice(grid)
        if random.random() < 0.5:
            del row[random.randint(0, len(row)) :]
        else:
            row.extend(random.choice(NASTY) for _ in range(random.randint(1, 4)))


def _move_rows(random: Random, grid: list[list[str]]) -> None:
    """The header repeated, rows repeated, taken out, or in another order."""
    way = random.randrange(4)
    if way == 0:
        grid.insert(random.randint(0, len(grid)), list(grid[0]))
    elif way == 1:
        grid.insert(random.randint(0, len(grid)), list(random.choice(grid)))
    elif way == 2:
        del grid[random.randrange(len(grid))]
    else:
        random.shuffle(grid)


def _put_rows_in(random: Random, grid: list[list[str]]) -> None:
    """Titles, footers, blank rows, comments."""
    row = [random.choice(NASTY) for _ in range(random.choice((0, 1, 1, 2, 5)))]
    row += [""] * random.choice((0, 0, 1, 3))
    grid.insert(random.choice((0, 0, len(grid), random.randint(0, len(grid)))), row)


def _turn(_random: Random, grid: list[list[str]]) -> None:
    """Rows become columns."""
    width = max(map(len, grid))
    grid[:] = [[row[place] if place < len(row) else "" for row in grid] for place in range(width)]


_CHANGES: tuple[Callable[[Random, list[list[str]]], None], ...] = (
    _change_cells, _change_cells, _change_cells, _change_column, _drop_column, _repeat_column,
    _shuffle_columns, _make_ragged, _move_rows, _put_rows_in, _turn,
)  # fmt: skip


def _damaged_within(random: Random, content: bytes) -> bytes:
    """A workbook whose parts are damaged one by one, in an archive that is whole."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OSError, RuntimeError):
        return _flipped(random, content)
    except Exception:  # zlib.error and whatever else a damaged archive raises
        return content
    if not parts:
        return content
    name = random.choice(list(parts))
    way = random.choice((_flipped, _cut_out, _put_in, _said_again, _cut_off))
    parts[name] = way(random, parts[name])
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, part in parts.items():
            archive.writestr(each, part)
    return held.getvalue()


_WAYS: tuple[Callable[[Random, bytes], bytes], ...] = (
    _flipped, _cut_out, _cut_off, _said_again, _put_in, _put_in, _put_in_bytes, _spliced,
    _in_another_encoding, _with_other_line_ends, _with_another_delimiter, _restructured,
    _restructured, _restructured, _restructured, _damaged_within,
)  # fmt: skip


def _slice(random: Random, content: bytes) -> tuple[int, int]:
    start = random.randint(0, len(content))
    return start, min(len(content), start + random.choice((1, 3, 10, 60, 400)))
