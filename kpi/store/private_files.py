"""Files that hold a secret: whoever is neither their owner nor of their group may not read them."""

from __future__ import annotations

import os
import stat
from pathlib import Path

_OTHERS = stat.S_IWGRP | stat.S_IRWXO


def open_to_others(path: Path) -> str | None:
    """A sentence that says what to do where others may read a file or its group may change it.

    A group that may read is let pass: services are given their secrets so, systemd's credentials
    among them. Windows has no such permissions; there a user's own folder is closed to others.
    """
    if os.name != "posix" or not path.stat().st_mode & _OTHERS:
        return None
    return (
        f"{path} holds a secret, and other users of this machine may read or change it; close it "
        f"with: chmod 600 {path}"
    )
