"""The name under which a file is kept and shown."""

from __future__ import annotations

import re
import unicodedata

from kpi.ingest.clean.identifiers import masked

LONGEST = 200
_PATH = re.compile(r"[/\\]")


def shown_name(name: str) -> str:
    """A file's own name: no folders, nothing that cannot be seen, at most 200 characters, and what
    looks like a patient's identifier hidden.

    It is shown and stored, and never used as a path.
    """
    bare = _PATH.split(name.strip())[-1]
    seen = "".join(sign for sign in bare if not unicodedata.category(sign).startswith("C")).strip()
    seen = masked(seen)
    if len(seen) > LONGEST:
        half = LONGEST // 2 - 1
        seen = f"{seen[:half]}\u2026{seen[-half:]}"
    return seen or "unnamed file"
