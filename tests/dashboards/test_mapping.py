"""The wizard: a file that nothing knows is mapped once, and asks nothing from then on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, select
from streamlit.testing.v1 import AppTest

from dashboards.views.mapping import layout_name
from kpi.access.actor import operator
from kpi.access.practices import get_practice
from kpi.ingest.log import uploads_list
from kpi.ingest.own_profiles import own_profiles
from kpi.store.engine import reading
from kpi.store.tables import records
from tests.dashboards.conftest import Open, text_of
from tests.dashboards.test_pages import press, upload

HEADER = "Visit No,Client,Seen On,Hour,How It Went,Remark"


def visits(extra: str = "", word: str = "Blew off") -> bytes:
    """April 2025 as no known system writes it: day and hour apart, words of its own, a name."""
    lines = [HEADER + extra]
    day = date(2025, 4, 1)
    while day.month == 4:
        if day.weekday() < 5:
            for at in range(4):
                went = word if at == 3 else "Kept"
                tail = "," * bool(extra)
                lines.append(
                    f'V-{day:%m%d}-{at},"Sample, Ada {at}",{day:%m/%d/%Y},{9 + at:02d}:00,'
                    f"{went},please call back{tail}"
                )
        day += timedelta(days=1)
    return ("\n".join(lines) + "\n").encode()


def opened(open_page: Open, content: bytes, name: str = "visits april.csv") -> AppTest:
    return upload(open_page("month_end", by="manager"), name, content)


def control(app: AppTest, kind: str, label: str) -> object:
    return next(each for each in getattr(app, kind) if each.label == label)


def choose(app: AppTest, label: str, value: str) -> AppTest:
    control(app, "selectbox", label).set_value(value).run()  # type: ignore[attr-defined]
    assert not app.exception
    return app


def mapped(open_page: Open, content: bytes) -> AppTest:
    """Answers all that the file asks."""
    app = opened(open_page, content)
    app = choose(app, "What the file holds", "appointments")
    number = control(app, "multiselect", "Appointment number (required)")
    number.set_value([":Visit No"]).run()  # type: ignore[attr-defined]
    app = choose(app, "Start at (required)", ":Seen On")
    app = choose(app, "Start at (required): time of day", ":Hour")
    app = choose(app, "Status (required)", ":How It Went")
    return choose(app, "Status 'Blew off', 22 rows", "no_show")


def saves(app: AppTest) -> bool:
    button = control(app, "button", "Save the mapping and read the file")
    return not button.disabled  # type: ignore[attr-defined]


def test_what_is_required_and_missing_is_said_first(practice: Engine, open_page: Open) -> None:
    app = choose(opened(open_page, visits()), "What the file holds", "appointments")
    shown = text_of(app)
    assert "visits april.csv: Asks a question" in shown
    assert "Still to say" in shown
    assert "no record counts without it" in shown
    assert not saves(app)
    first = next(each.label for each in app.selectbox if each.key.startswith("map_") and
                 "(required)" in each.label)  # fmt: skip
    assert first.startswith("Start at")


def test_what_is_like_nothing_known_asks_first_what_it_holds(
    practice: Engine, open_page: Open
) -> None:
    app = opened(open_page, visits())
    assert control(app, "selectbox", "What the file holds").value == ""  # type: ignore[attr-defined]
    assert "the columns are those of no dataset" in text_of(app)
    assert not [each for each in app.button if each.label.startswith("Save the mapping")]


def test_samples_name_nobody(practice: Engine, open_page: Open) -> None:
    app = mapped(open_page, visits())
    shown = text_of(app)
    assert "04/01/2025" in shown
    assert "hidden: it may say who somebody is" in shown
    for secret in ("Ada", "Sample", "call back"):
        assert secret not in shown
    assert "Not kept: &#x27;Client&#x27; and &#x27;Remark&#x27;." in shown


def test_a_file_is_mapped_previewed_saved_and_loaded(practice: Engine, open_page: Open) -> None:
    app = mapped(open_page, visits())
    shown = text_of(app)
    assert "What would be loaded" in shown
    # 22 weekdays with 4 visits each.
    assert '<b>88</b><span class="rc-small">loaded</span>' in shown
    assert "April 2025: 88 rows" in shown
    assert saves(app)
    app = press(app, "Save the mapping and read the file")
    assert "The layout is saved as" in text_of(app)
    assert "visits april.csv: Can be loaded" in text_of(app)
    app = press(app, "Load 1 file")
    assert "1 file is loaded: 88 rows, 88 added." in text_of(app)
    entry = uploads_list(practice, operator(), "maple")[-1]
    assert (entry["dataset"], entry["profile"], entry["added"]) == ("appointments", "visits", 88)


def test_the_same_layout_asks_nothing_again(practice: Engine, open_page: Open) -> None:
    press(mapped(open_page, visits()), "Save the mapping and read the file")
    shown = text_of(opened(open_page, visits(), "another month.csv"))
    assert "another month.csv: Can be loaded" in shown
    assert "Map its columns once" not in shown


def test_a_layout_that_changed_opens_the_wizard_as_it_was_answered(
    practice: Engine, open_page: Open
) -> None:
    press(mapped(open_page, visits()), "Save the mapping and read the file")
    app = opened(open_page, visits(",Room"), "may.csv")
    shown = text_of(app)
    assert "was mapped as &#x27;visits&#x27;, but now has Room" in shown
    assert control(app, "selectbox", "Start at (required)").value == ":Seen On"  # type: ignore[attr-defined]
    assert control(app, "selectbox", "Status 'Blew off', 22 rows").value == "no_show"  # type: ignore[attr-defined]
    assert control(app, "text_input", "Name of this layout").value == "visits"  # type: ignore[attr-defined]
    app = press(app, "Save the mapping and read the file")
    assert "may.csv: Can be loaded" in text_of(app)
    with reading(practice) as connection:
        (own,) = own_profiles(connection, get_practice(connection, "maple"))
    assert "Room" in own.names


def test_a_word_without_a_meaning_keeps_it_from_being_saved(
    practice: Engine, open_page: Open
) -> None:
    app = mapped(open_page, visits())
    app = choose(app, "Status (required)", "")
    assert not saves(app)


def test_dates_that_can_be_read_in_two_ways_are_asked_about(
    practice: Engine, open_page: Open
) -> None:
    content = b"complaint_id,received_on\nK-1,03/04/2025\nK-2,05/06/2025\n"
    app = opened(open_page, content, "complaints.csv")
    assert "nothing tells the day from the month" in text_of(app)
    app = choose(app, "Received on: day and month", "day first")
    assert "April 2025: 1 row" in text_of(app)
    app = press(app, "Save the mapping and read the file")
    assert "complaints.csv: Can be loaded" in text_of(app)


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("Appointment list July 2026.csv", "appointment_list"),
        ("2026-07.csv", "layout"),
        ("visits.export.xlsx", "visits_export"),
        ("Apr visits.csv", "visits_2"),
    ],
)
def test_a_layout_is_named_for_its_file_without_its_month(file: str, name: str) -> None:
    assert layout_name(file, ["visits"]) == name


OWED = b"Plan Group,Now,31 to 60,61 to 90,91 to 120,Old\nBluewater,100.00,50.00,20.00,10.00,5.00\n"


def test_what_is_the_same_in_every_row_is_said_once(practice: Engine, open_page: Open) -> None:
    app = choose(mapped(open_page, visits()), "Location", "=")
    text = control(app, "text_input", "Location: in every row")
    text.set_value("Harbor Street").run()  # type: ignore[attr-defined]
    app = press(app, "Save the mapping and read the file")
    app = press(app, "Load 1 file")
    with reading(practice) as connection:
        (own,) = own_profiles(connection, get_practice(connection, "maple"))
        places = set(connection.execute(select(records["appointments"].c.location)).scalars())
    assert own.feeds["appointments"]["location"] == {"constant": "Harbor Street"}
    assert "Harbor Street" in places


def test_the_scale_of_a_survey_is_said_where_the_answers_do_not_tell_it(
    practice: Engine, open_page: Open
) -> None:
    content = "Survey ID,Question Text,Mean Score,Date Received\n" + "".join(
        f"S-{at},kindness,{at % 4 + 1},2025-04-{at % 28 + 1:02d}\n" for at in range(40)
    )
    app = opened(open_page, content.encode(), "voices.csv")
    captions = [each.value for each in app.caption]
    assert "The answers seen fit a scale from 1 to 5." in captions
    app = choose(app, "Scale max", "=")
    number = control(app, "number_input", "Scale max: in every row")
    number.set_value(4.0).run()  # type: ignore[attr-defined]
    app = press(app, "Save the mapping and read the file")
    app = press(app, "Load 1 file")
    assert "1 file is loaded: 40 rows, 40 added." in text_of(app)
    table = records["surveys"].c
    with reading(practice) as connection:
        scales = connection.execute(select(table.scale_min, table.scale_max).distinct()).all()
    assert [tuple(each) for each in scales] == [(10_000, 40_000)]  # kept in ten-thousandths


def test_a_survey_with_a_column_a_question_is_mapped_as_it_is_proposed(
    practice: Engine, open_page: Open
) -> None:
    content = "Response ID,Response Date,How would you rate your visit?,Remarks\n" + "".join(
        f"R-{at},2025-04-{at % 28 + 1:02d},{at % 5 + 1},fine\n" for at in range(40)
    )
    app = opened(open_page, content.encode(), "voices.csv")
    shown = text_of(app)
    assert "'How would you rate your visit?' becomes a row of its own" in shown.replace(
        "&#x27;", "'"
    )
    assert "<td>5</td>" in shown
    assert saves(app)
    app = press(app, "Save the mapping and read the file")
    app = press(app, "Load 1 file")
    assert "1 file is loaded: 40 rows, 40 added." in text_of(app)


def test_a_file_that_does_not_say_its_day_is_mapped_and_its_month_said_once(
    practice: Engine, open_page: Open
) -> None:
    app = opened(open_page, OWED, "owed.csv")
    app = choose(app, "0 to 30 days (required)", ":Now")
    app = choose(app, "Over 120 days (required)", ":Old")
    assert "does not say which day it is of" in text_of(app)
    covers = control(app, "text_input", "Months that the file covers")
    covers.set_value("2025-04").run()  # type: ignore[attr-defined]
    assert "April 2025: 1 row" in text_of(app)
    app = press(app, "Save the mapping and read the file")
    assert "owed.csv: Can be loaded" in text_of(app)


def test_balances_with_their_age_stay_proposed_while_other_choices_are_made(
    practice: Engine, open_page: Open
) -> None:
    content = (
        b"Invoice,Balance,Aging Days,As Of\nI-1,120.00,45,04/30/2025\nI-2,80.00,10,04/30/2025\n"
    )
    app = choose(opened(open_page, content, "open items.csv"), "What the file holds", "ar_aging")
    box = control(app, "selectbox", "0 to 30 days (required)")
    assert box.value == "*"  # type: ignore[attr-defined]
    assert "'Balance' by the age in 'Aging Days'" in box.options[0]  # type: ignore[attr-defined]
    app = choose(app, "Location", "=")
    control(app, "text_input", "Location: in every row").set_value("Main").run()  # type: ignore[attr-defined]
    app = press(app, "Save the mapping and read the file")
    with reading(practice) as connection:
        (own,) = own_profiles(connection, get_practice(connection, "maple"))
    assert own.aging == {"amount": "Balance", "days": "Aging Days"}
    assert own.feeds["ar_aging"]["days_0_30"] == "days_0_30"
