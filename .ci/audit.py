"""Holds the lock against known vulnerabilities: ``audit.py PIP_AUDIT requirements.lock``.

Status 1 where a dependency has one that is not accepted here with a reason. Where the index gives
no advisories, as a mirror or a machine without a network does not, that is said, and no more.
"""

import json
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

ACCEPTED: Mapping[str, str] = {}
"""Advisories that do not touch Rolecard, by id, each with the reason."""


def judged(document: Mapping[str, Any], accepted: Mapping[str, str]) -> tuple[list[str], bool]:
    """What to say of pip-audit's report, and whether it is good enough."""
    lines, good, unaudited = [], True, 0
    found = set()
    for each in document["dependencies"]:
        unaudited += "skip_reason" in each
        for advisory in each.get("vulns", ()):
            ids = {advisory["id"], *advisory.get("aliases", ())}
            known = sorted(ids & {*accepted})
            found |= ids
            mend = ", ".join(advisory["fix_versions"]) or "no version yet"
            line = f"{each['name']} {each['version']}: {advisory['id']}, mended in {mend}"
            if known:
                line += f"; accepted: {accepted[known[0]]}"
            good = good and bool(known)
            lines.append(line)
    for id in sorted({*accepted} - found):
        if not unaudited:
            lines.append(f"{id} is accepted, and no dependency has it any more: take it out")
            good = False
    count = len(document["dependencies"])
    if unaudited:
        lines.append(
            f"NOT AUDITED: the index gave no advisories for {unaudited} of {count} dependencies; "
            "run this where the public index can be reached"
        )
    lines.append(f"{count - unaudited} of {count} dependencies were held against advisories")
    return lines, good


def main(program: str, lock: str) -> int:
    """Runs pip-audit over the lock and says what came of it."""
    ran = subprocess.run(
        [program, "-r", lock, "--require-hashes", "--disable-pip", "--progress-spinner", "off",
         "-f", "json"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    try:
        document = json.loads(ran.stdout)
    except ValueError:
        print("NOT AUDITED: no index of advisories can be reached.", ran.stderr.strip()[-300:])
        return 0
    lines, good = judged(document, ACCEPTED)
    print("\n".join(lines))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
