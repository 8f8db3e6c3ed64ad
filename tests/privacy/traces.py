"""Looks for planted texts in everything that was written or said."""

from collections.abc import Iterable, Mapping
from pathlib import Path

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")


def traces_in_files(folder: Path, needles: Iterable[str]) -> list[str]:
    """Every needle that stands anywhere in any file under a folder, in upper or lower case, in its
    content or in its path, with where."""
    found = []
    patterns = {
        needle: {needle.lower().encode(encoding) for encoding in ENCODINGS} for needle in needles
    }
    for path in sorted(folder.rglob("*")):
        content = path.read_bytes().lower() if path.is_file() else b""
        named = path.relative_to(folder).as_posix().lower()
        for needle, forms in patterns.items():
            if needle.lower() in named or any(form in content for form in forms):
                found.append(f"'{needle}' in {path.relative_to(folder)}")
    return found


def traces_in_texts(texts: Mapping[str, str], needles: Iterable[str]) -> list[str]:
    """The same of texts, by what said them."""
    return [
        f"'{needle}' in {where}: {text[:2000]}"
        for where, text in texts.items()
        for needle in needles
        if needle.lower() in text.lower()
    ]
