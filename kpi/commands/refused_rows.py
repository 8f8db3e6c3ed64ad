"""``kpi ingest --quarantine-out``: refused rows as a file, to be mended and loaded."""

from __future__ import annotations

import os
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kpi.commands.printing import print_lines
from kpi.errors import InputError

if TYPE_CHECKING:
    from kpi.ingest.given_back import GivenBack


def check_free(target: Path) -> None:
    """Raises InputError unless refused rows can be written there without loss, so that this is
    known before anything is loaded."""
    if target.exists():
        raise InputError(
            f"{target} is there already and is not overwritten. Name another file for the refused "
            "rows, or remove it."
        )
    if not target.parent.is_dir():
        raise InputError(f"{target.parent} is no folder, so no refused rows can be written there.")


def write_refused_rows(
    target: Path, source: Path | None, given_back: GivenBack, practice: str
) -> None:
    """Writes a file for each dataset of which rows were refused, and says where it is.

    One dataset's rows go to ``target``, several datasets' to files of its name with the
    dataset's added; a ``source`` that is one of several is added as well.
    """
    several = len(given_back.datasets) > 1 or source is not None
    for dataset in given_back.datasets:
        added = [*([source.stem] if source is not None else []), dataset] if several else []
        path = _write(target, added, given_back.as_csv(dataset))
        _say(path, dataset, practice)


def _write(target: Path, added: list[str], text: str) -> Path:
    """Writes a file that only its owner may read; a name that is taken gets a number."""
    for number in count(1):
        name = "-".join([target.stem, *added, *([str(number)] if number > 1 else [])])
        path = target.with_name(f"{name}{target.suffix}")
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            continue
        with open(handle, "w", encoding="utf-8-sig", newline="") as file:
            file.write(text)
        return path
    raise AssertionError("count ends")


def _say(path: Path, dataset: str, practice: str) -> None:
    from kpi.datasets import dataset as dataset_named

    kept = "The file holds what the practice's system wrote: delete it when you are done."
    if dataset_named(dataset).by_key:
        how = "Mend them there and load the file like any other:"
    else:
        how = f"{dataset} is replaced by whole periods: mend them in the export and load it again."
    print_lines(f"Refused rows of {dataset}: {path}. {kept} {how}", "  ", err=True)
    if dataset_named(dataset).by_key:
        click.echo(f'    kpi ingest "{path}" --practice {practice} --as {dataset}', err=True)
