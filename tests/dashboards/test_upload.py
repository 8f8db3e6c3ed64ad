"""Files dropped on Month-end: each by itself, its questions beside it, one summary at the end."""

from __future__ import annotations

import re

from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from kpi.access.actor import operator
from kpi.ingest.log import uploads_list
from kpi.months import Month
from tests.dashboards.conftest import Open, text_of
from tests.dashboards.small_practice import LAST, appointments, load
from tests.dashboards.test_pages import press

COMPLAINTS = "complaint_id,received_on,resolved_on\n"
BAD = (COMPLAINTS + "".join(f"K-{at},never,\n" for at in range(6)) + "K-9,2025-03-05,\n").encode()


def drop(app: AppTest, **files: bytes) -> AppTest:
    """Drops files of these names; ``__`` stands for the dot."""
    handed = [(name.replace("__", "."), content, "") for name, content in files.items()]
    app.file_uploader[0].set_value(handed)
    app.run()
    assert not app.exception
    return app


def month_end(open_page: Open) -> AppTest:
    return open_page("month_end", by="manager")


def ask(app: AppTest, kind: str, question: str) -> object:
    """The one control that answers a question of the only file."""
    (found,) = [each for each in getattr(app, kind) if (each.key or "").startswith(question)]
    return found


def loaded(engine: Engine) -> list[tuple[str, str]]:
    """The log's files since the small practice was made: name and status."""
    entries = uploads_list(engine, operator(), "maple")[4:]
    return [(each["file"], each["status"]) for each in entries]


def test_one_bad_file_does_not_stop_the_others(practice: Engine, open_page: Open) -> None:
    app = drop(
        month_end(open_page),
        april__csv=appointments(Month(2025, 4), Month(2025, 4)),
        statement__pdf=b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        complaints__csv=(COMPLAINTS + "K-1,2025-03-05,\n").encode(),
    )
    shown = text_of(app)
    assert "3 files read: 2 can be loaded and 1 cannot be read as it is." in shown
    assert "statement.pdf: Refused" in shown
    assert "PDF document" in shown
    assert loaded(practice) == []  # a preview writes nothing

    app = press(app, "Load 2 files")
    shown = text_of(app)
    assert loaded(practice) == [("april.csv", "loaded"), ("complaints.csv", "loaded")]
    # 22 weekdays of April with 5 visits, 4 Mondays with a no-show, and one complaint.
    assert "2 files are loaded: 115 rows, 115 added." in shown
    assert "Complaints: March 2025" in shown
    assert "Appointments: April 2025" in shown
    assert "<h3>Next</h3>" in shown
    assert "Preview: nothing is loaded yet" not in shown


def test_a_correction_shows_what_it_moves_before_it_is_loaded(
    practice: Engine, open_page: Open
) -> None:
    """23 no-shows of 343 in place of 13 of 333; the scores are worked out in the browser test."""
    again = appointments(LAST, LAST, no_shows_on_monday=3)
    shown = text_of(drop(month_end(open_page), again__csv=again))
    assert "<summary>1 KPI would move</summary>" in shown
    assert "January to March 2025: score 106.6 → 79.5" in shown
    row = re.search("<td>No-show rate</td>(.*?)</tr>", shown)
    assert row
    assert re.findall("<td>(.*?)</td>", row[1]) == ["3.9%", "6.71%", "111 → 65.9"]
    assert '<details class="rc-moves" open>' not in shown  # rows are added, none is restated


def test_a_restated_row_opens_what_it_moves(practice: Engine, open_page: Open) -> None:
    missed = appointments(LAST, LAST).replace(b"completed", b"no_show", 20)
    shown = text_of(drop(month_end(open_page), again__csv=missed))
    assert '<details class="rc-moves" open>' in shown
    assert '<b>20</b><span class="rc-small">changed</span>' in shown


def labels(app: AppTest) -> set[str]:
    return {each.proto.label for each in app.get("download_button")}


def test_too_many_bad_rows_are_asked_about_and_given_back(
    practice: Engine, open_page: Open
) -> None:
    app = drop(month_end(open_page), complaints__csv=BAD)
    assert "complaints.csv: Asks a question" in text_of(app)
    assert "6 of 7 rows of complaints cannot be read" in text_of(app)
    assert not [each for each in app.button if re.match(r"Load \d", each.label)]
    refused = "Download the refused rows of Complaints"
    assert refused in labels(app)

    ask(app, "checkbox", "bad_rows").check().run()  # type: ignore[attr-defined]
    assert "complaints.csv: Can be loaded" in text_of(app)
    app = press(app, "Load 1 file")
    assert "6 in quarantine" in text_of(app)
    assert "6 rows could not be taken: download them below" in text_of(app)
    # The receipts and their rows are to be had as well, once they are receipts.
    assert {refused, "Receipts as CSV", "Rows of the receipts as CSV"} <= labels(app)


def test_an_answer_can_be_taken_back(practice: Engine, open_page: Open) -> None:
    app = drop(month_end(open_page), complaints__csv=BAD)
    ask(app, "checkbox", "bad_rows").check().run()  # type: ignore[attr-defined]
    ask(app, "checkbox", "bad_rows").uncheck().run()  # type: ignore[attr-defined]
    assert "complaints.csv: Asks a question" in text_of(app)


def test_an_old_export_is_asked_about(practice: Engine, open_page: Open) -> None:
    first = (COMPLAINTS + "K-1,2025-03-05,\n").encode()
    load(practice, "first.csv", first)
    load(practice, "then.csv", (COMPLAINTS + "K-1,2025-03-05,2025-03-09\n").encode())
    app = drop(month_end(open_page), first__csv=first)
    assert "Is this an old export?" in text_of(app)
    ask(app, "checkbox", "old_export").check().run()  # type: ignore[attr-defined]
    app = press(app, "Load 1 file")
    assert loaded(practice)[-1] == ("first.csv", "loaded")


def test_rows_that_are_gone_are_asked_about(practice: Engine, open_page: Open) -> None:
    head = b"month,account,kind,amount,category\n2025-01,Fees,revenue,10,\n"
    load(practice, "ledger.csv", head + b"2025-01,Rent,expense,5,rent\n")
    app = drop(month_end(open_page), ledger__csv=head)
    assert "lacks 1 of the 2 rows" in text_of(app)
    ask(app, "checkbox", "removed_rows").check().run()  # type: ignore[attr-defined]
    assert "1 row taken away, since this file lacks them" in text_of(app)
    app = press(app, "Load 1 file")
    assert "1 file is loaded: 1 row, 1 removed." in text_of(app)


def test_which_dataset_is_asked_with_one_choice(practice: Engine, open_page: Open) -> None:
    load(practice, "complaints.csv", (COMPLAINTS + "K-1,2025-03-05,\n").encode())
    app = drop(month_end(open_page), part__csv=b"complaint_id,resolved_on\nK-1,2025-03-07\n")
    assert "part.csv: Asks a question" in text_of(app)
    ask(app, "selectbox", "dataset").set_value("complaints").run()  # type: ignore[attr-defined]
    assert "part.csv: Can be loaded" in text_of(app)


def test_the_same_file_again_says_so(practice: Engine, open_page: Open) -> None:
    content = (COMPLAINTS + "K-1,2025-03-05,\n").encode()
    load(practice, "complaints.csv", content)
    shown = text_of(drop(month_end(open_page), again__csv=content))
    assert "again.csv: Loaded before" in shown
    assert "rc-moves" not in shown


def test_taking_the_files_away_forgets_their_refused_rows(
    practice: Engine, open_page: Open
) -> None:
    app = drop(month_end(open_page), complaints__csv=BAD)
    assert app.session_state["upload_offered"]
    app.file_uploader[0].set_value([])
    app.run()
    assert "upload_offered" not in app.session_state
    assert "complaints.csv" not in text_of(app)


def test_another_page_forgets_the_refused_rows(practice: Engine, open_page: Open) -> None:
    app = drop(month_end(open_page), complaints__csv=BAD)
    ask(app, "checkbox", "bad_rows").check().run()  # type: ignore[attr-defined]
    app = press(app, "Load 1 file")
    assert app.session_state["upload_batch"]
    app.switch_page("../pages/overview.py")
    app.run()
    assert "upload_batch" not in app.session_state


def test_long_names_and_markup_stay_text(practice: Engine, open_page: Open) -> None:
    app = month_end(open_page)
    name = "<b>" + "very long name " * 20 + ".csv"
    app.file_uploader[0].set_value([(name, b"", "")])
    app.run()
    shown = text_of(app)
    assert "&lt;b&gt;very long name" in shown
    assert "<b>very" not in shown
