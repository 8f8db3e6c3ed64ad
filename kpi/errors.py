"""The errors that a person can mend, as a tree.

    RolecardError
    ├── InputError            what was handed in is at fault: a file, a row, a role, an id
    │   ├── FileRefused       a file that cannot be loaded as it is
    │   ├── RoleRefused       a role file with at least one error in it
    │   └── NotFound          a practice, manager, upload, KPI or role that is not there
    ├── NotPermitted          the actor may not do this
    └── DatabaseError         the database is missing, older, newer or out of reach

Each message is a sentence for the person who can mend the fault: where it is, what was found,
what was expected, what to do. It never holds what may identify a patient. The commands print
the message on standard error and end with status 1; the pages show it in place of a result.
Anything else that is raised is a fault of the program.
"""

from collections.abc import Iterable
from difflib import get_close_matches


class RolecardError(Exception):
    """Base of every error that carries a sentence for the person at the screen."""


class InputError(RolecardError):
    """What was handed in is at fault, and the message says how to mend it."""


class FileRefused(InputError):
    """A file cannot be loaded as it is; nothing of it was."""


class RoleRefused(InputError):
    """A role file has at least one error; nothing was published."""


class NotFound(InputError):
    """An id names nothing that is there."""


class NotPermitted(RolecardError):
    """The actor may not do this to this practice or person."""


class DatabaseError(RolecardError):
    """The database is missing, has another schema version, or is out of reach."""


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint for an unknown word, ``" Did you mean 'x'?"``; empty where nothing is near."""
    matches = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f" Did you mean '{matches[0]}'?" if matches else ""
