"""Writes the sample practices' files: ``python -m sample_data.generate [FOLDER]``.

The same draws every time, so the files come out byte for byte the same; without a folder they
are written beside this module.
"""

import csv
import io
import json
import sys
from pathlib import Path
from typing import Any

from .generator.sample import manifest, sample


def files() -> dict[str, bytes]:
    """Every file of the sample by its path within the folder, the manifest among them."""
    found = sample()
    written = {}
    for name, rows in found.rows.items():
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(rows)
        mark = "\ufeff" if name in found.marked else ""
        written[name] = (mark + text.getvalue()).encode()
    written["manifest.json"] = _json(manifest(found)).encode()
    return written


def _json(document: dict[str, Any]) -> str:
    """JSON with an entry a line, so that a change is read easily."""
    parts = []
    for key, value in document.items():
        if isinstance(value, list):
            entries = ",\n    ".join(json.dumps(each) for each in value)
            parts.append(f'  "{key}": [\n    {entries}\n  ]')
        else:
            parts.append(f'  "{key}": ' + json.dumps(value, indent=2).replace("\n", "\n  "))
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main(arguments: list[str]) -> int:
    """Writes the files; gives the exit status."""
    folder = Path(arguments[0]) if arguments else Path(__file__).resolve().parent
    for name, content in files().items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
