"""A role file that somebody hands in, as the text of a draft."""

from __future__ import annotations

from kpi.errors import InputError
from kpi.role.editing import heading_in
from kpi.role.read import LARGEST


def text_of_file(content: bytes, role: str) -> str:
    """The text of a file, for a draft of a role. Errors in it can be mended in the draft.

    Raises InputError where it is too large or not in UTF-8, or says that it is of another role.
    """
    if len(content) > LARGEST:
        raise InputError(f"A role file holds at most {LARGEST:,} bytes; this is another file.")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = content[: fault.start].count(b"\n") + 1
        raise InputError(
            f"Line {line} of the file is not in UTF-8; save it again as UTF-8 text."
        ) from None
    said = _role_in(text)
    if said not in ("", role):
        raise InputError(
            f"The file is of the role '{said}', and this is '{role}'. Write the role of that "
            "name, or change 'role:' in the file."
        )
    return text


def _role_in(text: str) -> str:
    try:
        return heading_in(text, "role")
    except InputError:
        return ""
