"""``docs/role-rules.md``, made from the rules.

Run by hand after a change to a rule: ``python -m kpi.role.rules.document > docs/role-rules.md``. A
test compares the two.
"""

from __future__ import annotations

import sys
from itertools import groupby

from kpi.role.rules import ANSWERS, RULES
from kpi.role.rules.rule import Rule

_HEAD = """\
# What the check of a role file looks at

Made from the rules by `python -m kpi.role.rules.document > docs/role-rules.md`; change a rule in \
`kpi/role/rules/` and run it, never this page.

`kpi role check FILE` holds a role file against these rules and gives each finding with its line \
and column. Before them come the errors of the file itself (a missing section, a wrong unit, \
weights that do not add up), which [the role file](role-file.md) lists.

An **error** keeps a role from being published. A **warning** keeps nothing from happening: mend \
it, or answer it in the file with a reason, which the scorecard prints:

```yaml
accepted:
  - rule: duty-without-kpi
    reason: How staff are led is judged in the talk of each half-year.
```

An answer holds for all that its rule finds in the file. Rules that need the practice say so; \
without `--practice ID` they are left out, and their answers are left alone.

None of this is legal advice. The rules look for words and gaps that often cause trouble; whether \
a description is right in law is for counsel to say.
"""


def markdown() -> str:
    """The whole page."""
    parts = [_HEAD]
    for section, rules in groupby((*RULES, *ANSWERS), key=lambda each: each.section):
        parts.append(f"## {section}\n")
        parts += [_entry(rule) for rule in rules]
    return "\n".join(parts)


def _entry(rule: Rule) -> str:
    return (
        f"### `{rule.id}` ({rule.level})\n\n"
        f"{rule.finds}\n\n"
        f"- **Write instead:** {rule.instead}\n"
        f"- **Why:** {rule.reason}\n"
    )


if __name__ == "__main__":
    sys.stdout.write(markdown())
