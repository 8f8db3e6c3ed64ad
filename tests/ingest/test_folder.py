"""Which files of a folder are loaded, and in which order."""

import os
from pathlib import Path

import pytest

from kpi.errors import InputError
from kpi.ingest.folder import list_folder


def names(folder: Path) -> list[str]:
    return [path.name for path in list_folder(folder).exports]


def test_numbers_in_names_count_as_numbers_and_a_correction_follows_what_it_corrects(
    tmp_path: Path,
) -> None:
    ordered = [
        "B2.csv", "b10.csv", "jan.csv", "jan (1).csv", "jan (2).csv", "jan (10).csv",
        "Jan corrected.csv", "payments", "payments.XLSX",
    ]  # fmt: skip
    for name in reversed(ordered):
        (tmp_path / name).touch()
    assert names(tmp_path) == ordered


def test_what_is_no_export_is_named_with_the_reason(tmp_path: Path) -> None:
    for name in (
        "a.csv", ".DS_Store", ".~lock.a.csv#", "~$a.xlsx", "Thumbs.db", "desktop.ini",
        "b.csv.crdownload", "c.csv.part", "d.lnk",
    ):  # fmt: skip
        (tmp_path / name).touch()
    (tmp_path / "old.csv").mkdir()
    found = list_folder(tmp_path)
    assert [path.name for path in found.exports] == ["a.csv"]
    why = {each.name: each.why for each in found.not_read}
    assert why == {
        ".DS_Store": "hidden",
        ".~lock.a.csv#": "hidden",
        "~$a.xlsx": "the mark of a workbook that is open in Excel",
        "Thumbs.db": "left there by the system",
        "desktop.ini": "left there by the system",
        "b.csv.crdownload": "a download that is not finished",
        "c.csv.part": "a download that is not finished",
        "d.lnk": "a link to something else",
        "old.csv": "a folder in the folder; name it to load what is in it",
    }


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes in folders")
def test_a_pipe_is_no_file_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "a.csv").touch()
    found = list_folder(tmp_path)
    assert [path.name for path in found.exports] == ["a.csv"]
    assert [each.why for each in found.not_read] == ["no file"]


def test_a_folder_with_nothing_to_load_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no file to load; it is empty"):
        list_folder(tmp_path)
    (tmp_path / "sub").mkdir()
    with pytest.raises(InputError, match=r"no file to load; not read: sub \(a folder in"):
        list_folder(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        list_folder(tmp_path / "none")
