"""``kpi explain --since`` and ``kpi uploads show``: what moved a figure, on the console."""

from sqlalchemy import Engine

from tests.commands.running import Shell
from tests.office import Office
from tests.review.stamped import Stamp
from tests.scored import ledger, scored_office

PERIOD = ("--manager", "dana", "--from", "2026-01", "--to", "2026-03")
JSON = ("--format", "json")


def corrected(engine: Engine) -> tuple[Office, int]:
    """March at 950 of 1,000 in place of 650 since 10 April: 2,250 of 3,000 in place of 1,950."""
    office, stamp = scored_office(engine), Stamp(engine)
    stamp("2026-04-05T08:00:00Z")
    upload = office.load(ledger("2026-03", spent=950))
    stamp("2026-04-10T09:30:00Z")
    return office, upload


def test_a_figure_is_followed(shell: Shell, engine: Engine) -> None:
    _office, upload = corrected(engine)
    explain = ("explain", "overhead_ratio", *PERIOD)
    said = " ".join(shell.done(*explain, "--since", "2026-04-10").out.split())
    assert "Since 2026-04-10. At the start of 10 April 2026 it was 65%." in said
    assert f"10 April 2026, 09:30 file.csv was loaded (upload {upload})" in said
    assert "65% 75%" in said
    assert said.endswith("One event has moved it since; now it is 75%.")
    document = shell.done(*explain, "--since", "2026-04-10", *JSON).document
    found = document["since"]
    assert list(found) == ["day", "recorded_from", "not_followed", "then", "changes", "now"]
    assert list(found["changes"][0]) == [
        "at", "cause", "dataset", "upload", "file", "actor", "before", "after",
    ]  # fmt: skip
    assert (found["then"]["value"], found["now"]["value"]) == (0.65, document["value"])
    assert "since" not in shell.done(*explain, *JSON).document


def test_a_day_that_is_none(shell: Shell, engine: Engine) -> None:
    corrected(engine)
    explain = ("explain", "overhead_ratio", *PERIOD, "--since")
    wrong = shell(*explain, "last week")
    assert wrong.status == 2
    assert "write it like 2026-01-31" in " ".join(wrong.err.split())
    assert "is still to come" in shell.refused(*explain, "2126-01-01")


def test_an_upload_says_what_it_moved(shell: Shell, engine: Engine) -> None:
    office, upload = corrected(engine)
    show = ("uploads", "show", str(upload), "--practice", "lakeside")
    said = shell.done(*show).out
    assert "When it was loaded, on 10 April 2026, 09:30:" in said
    assert "Dana, 2026-01 to 2026-03: score 67.5 → 47.5" in said
    assert "Overhead" in said
    office.undo(upload)
    moved = shell.done(*show, *JSON).document["moved"]
    assert [each["cause"] for each in moved] == ["loaded", "undone"]
    (period,) = moved[1]["periods"]
    (kpi,) = period["kpis"]
    assert (kpi["before"]["value"], kpi["after"]["value"]) == (0.75, 0.65)
