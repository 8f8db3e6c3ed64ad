"""How long scorecards take to write, and whether memory grows with their number.

Run by hand: python -m tests.benchmarks.scorecards. Made of the document of a sample KPI set; the
managers' documents differ in name and figures, so that nothing is remembered from one to the next.
Each run is a process of its own; ratios are to an empty page set by the same typesetter.
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF
from tempfile import TemporaryDirectory
from typing import Any

from kpi.report import render
from kpi.report.many import render_many
from tests.report.documents import document, of_kpis

COUNTS = (20, 100, 200)
KPIS = 14


def of_manager(at: int) -> dict[str, Any]:
    """The scorecard of the at-th made-up manager: fourteen KPIs with 27 months each."""
    made = of_kpis(KPIS)
    for row in made["kpis"]:
        row["value"] = 0.4 + at / 1000
        row["attainment"] = 50 + at / 10
    for each in made["trends"].values():
        for point in each["points"]:
            if point["value"] is not None:
                point["value"] += at / 1000
    whole = document()
    return {**made, "manager": f"m{at}", "manager_name": f"Manager {at}", "plan": whole["plan"]}


def empty_page() -> float:
    """Seconds of processor for an empty page, the least of several."""
    import typst

    from kpi.report.fonts import fonts

    def once(at: int) -> float:
        source = f'#set document(title: "{at}")\n#set text(lang: "en")\n{at}'
        began = time.process_time()
        typst.compile(source.encode(), format="pdf", pdf_standards=["ua-1"], font_paths=fonts())
        return time.process_time() - began

    once(0)
    return min(once(at) for at in range(1, 20))


def one(form: Any, times: int = 7) -> tuple[float, float]:
    """Seconds by the clock and of processor for one file, the least of several."""
    render(of_manager(0), form)
    took = []
    for at in range(1, times):
        made = of_manager(at)
        wall, work = time.perf_counter(), time.process_time()
        render(made, form)
        took.append((time.perf_counter() - wall, time.process_time() - work))
    return min(each[0] for each in took), min(each[1] for each in took)


def many(count: int) -> dict[str, float]:
    """Writes that many managers' PDFs and workbooks as ``kpi scorecard --all-managers`` does;
    seconds, and the most memory that this process and one of its helpers held, in MiB."""
    began = time.perf_counter()
    with TemporaryDirectory() as folder:
        for made in render_many(map(of_manager, range(count)), count, ("pdf", "xlsx"), "letter"):
            assert made.error is None
            for name, content in made.files:
                Path(folder, name).write_bytes(content)
    own, helpers = (resource.getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN))
    return {
        "seconds": time.perf_counter() - began,
        "processor": own.ru_utime + own.ru_stime + helpers.ru_utime + helpers.ru_stime,
        "mib": own.ru_maxrss / 1024,
        "mib_helper": helpers.ru_maxrss / 1024,
    }


def main() -> None:
    """Prints the figures of docs/performance.md."""
    if len(sys.argv) > 1:
        print(json.dumps(many(int(sys.argv[1]))))
        return
    empty = empty_page()
    print(f"an empty page: {empty * 1000:.1f} ms")
    for form in ("pdf", "xlsx", "html", "csv", "json"):
        wall, work = one(form)
        print(f"one {form}: {wall * 1000:.0f} ms, {work * 1000:.0f} ms of processor, "
              f"{work / empty:.0f} empty pages")  # fmt: skip
    for count in COUNTS:
        command = [sys.executable, "-m", "tests.benchmarks.scorecards", str(count)]
        found = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
        print(f"{count} managers' PDF and XLSX: {found['seconds']:.1f} s, "
              f"{found['processor']:.1f} s of processor, {found['mib']:.0f} MiB and twice "
              f"{found['mib_helper']:.0f} MiB")  # fmt: skip


if __name__ == "__main__":
    main()
