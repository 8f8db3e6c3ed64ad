"""What a fault of the YAML itself is called in plain words.

The parser stops at the first fault it cannot read past, and names it in its own terms. Here it
becomes a sentence about what stands at that place. Tabs are the exception: they tend to come in
numbers, so every line that is indented with one is named.
"""

from __future__ import annotations

import re

from kpi.role.findings import Place, error
from kpi.role.model import Finding

_TAB_INDENT = re.compile(r" *\t")

_PLAIN_WORDS = (
    ("mapping values are not allowed",
     "A second ': ' stands on this line, or the line is indented further than the one before.",
     "Put the text after the first colon in quotes, or line the keys up in one column."),
    ("could not find expected ':'",
     "A key is not followed by ': '.",
     "Write a colon and a space after the key, or put a text of several lines in quotes."),
    ("expected <block end>",
     "This line does not line up with the lines before it.",
     "Give keys that belong together the same indentation; a list item begins with '- '."),
    ("sequence entries are not allowed",
     "A list item stands where none can begin.",
     "Begin the list on the line after its key, every '- ' in the same column."),
    ("found unexpected end of stream",
     "The file ends inside a text in quotes.",
     "Add the closing quotation mark where the text ends."),
    ("found unknown escape character",
     "A backslash in double quotes is followed by a letter that means nothing there.",
     "Write the text in single quotes, or write two backslashes."),
    ("expected ',' or ']'",
     "A list in square brackets lacks a comma or its closing bracket.",
     "Put commas between the items and ']' at the end; quote items that hold a comma, as in"
     ' ["$62,000", "$84,000"].'),
    ("expected ',' or '}'",
     "A group in braces lacks a comma or its closing brace.",
     "Put commas between the entries and '}' at the end."),
    ("undefined alias",
     "A word that begins with '*' is read as a reference here.",
     "Put the text in quotes."),
    ("cannot start any token",
     "A text cannot begin with the character that stands here.",
     "Put the whole text in quotes."),
)  # fmt: skip


def syntax_findings(text: str, place: Place, problem: str) -> list[Finding]:
    """What to say of a text that stops being YAML at a place, by the parser's own ``problem``."""
    lines = text.splitlines()
    tabs = [
        error(
            "tab",
            "",
            Place(number, found.end()),
            "A tab stands in the indentation, and YAML counts spaces only.",
            "Replace the tab with spaces.",
        )
        for number, line in enumerate(lines, start=1)
        if (found := _TAB_INDENT.match(line)) and line.strip()
    ]
    if tabs and place.line >= tabs[0].line:
        return tabs
    if lines[place.line - 1 : place.line] and lines[place.line - 1][place.column - 1 :][:1] == "\t":
        return [
            error(
                "tab",
                "",
                place,
                "A tab stands here, and YAML takes spaces only.",
                "Replace the tab with spaces.",
            )
        ]
    for words, message, remedy in _PLAIN_WORDS:
        if words in problem:
            return [error("yaml", "", place, message, remedy)]
    return [
        error(
            "yaml",
            "",
            place,
            "From here on the file cannot be read as YAML.",
            "Check the quotation marks, brackets, colons and indentation on this line and the one "
            "before it.",
        )
    ]
