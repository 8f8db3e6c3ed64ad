"""Files that are read one after the other: told to those who see and to those who hear."""

from __future__ import annotations

from unittest.mock import Mock

from dashboards.forms.progress import Telling


def test_each_file_that_begins_is_said_aloud() -> None:
    seen, heard = Mock(), Mock()
    told = Telling(seen, heard, "Reading", ["a.csv", "<b>.csv"])
    told.file(0)
    told.file(1)
    first, second = (call.args[0] for call in heard.html.call_args_list)
    assert 'role="status">Reading a.csv, file 1 of 2</p>' in first
    assert 'role="status">Reading &lt;b&gt;.csv, file 2 of 2</p>' in second
