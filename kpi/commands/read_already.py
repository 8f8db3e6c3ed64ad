"""What ``kpi map`` says of a file that is read without a mapping being made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kpi.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kpi.datasets import Dataset
    from kpi.ingest.mapping.profile import Profile


def already(taken: Dataset | Profile) -> str:
    """What a table is taken for, and what saving a mapping of it would do, in sentences."""
    from kpi.ingest.mapping.profile import Profile

    if not isinstance(taken, Profile):
        return (
            f"This file is read already: it has the columns of {taken.name}. A mapping that is "
            "saved for it takes their place for files like it."
        )
    feeds = " and ".join(taken.feeds) or "ledger"
    if taken.own:
        return (
            f"This file is read already, as '{taken.name}', which this practice saved; it feeds "
            f"{feeds}. To change how, save it under the same name; 'kpi profiles show' prints what "
            "is saved."
        )
    if taken.statement:
        return f"This file is known already: it is {taken.title}, which no mapping is used for."
    what = f"it is {taken.title}, which feeds {feeds}"
    if taken.refuse:
        what = f"it is {taken.title}, which is refused. {taken.refuse}"
    return (
        f"This file is known already: {what.rstrip('.')}. A mapping that is saved for it takes "
        "the place of that for files like it."
    )


def refuse_other_name(known: Mapping[str, Dataset | Profile], table: str, name: str) -> None:
    """Two layouts with one header: the older would go on being taken. Raises InputError."""
    from kpi.ingest.mapping.profile import Profile

    taken = known.get(table)
    if isinstance(taken, Profile) and taken.own and taken.name != name:
        raise InputError(
            f"nothing was saved: files like this one are read as '{taken.name}'. Save it under "
            f"that name, or remove that first, with 'kpi profiles remove'."
        )
