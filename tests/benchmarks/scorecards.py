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
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kpi.report import file_name, render
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


def write(at: int, folder: str) -> None:
    """PDF and workbook of one manager."""
    made = of_manager(at)
    for form in ("pdf", "xlsx"):
        content = render(made, form)  # type: ignore[arg-type]
        Path(folder, file_name(made, form)).write_bytes(content)  # type: ignore[arg-type]


def many(count: int, processes: int) -> dict[str, float]:
    """Writes that many managers' files; seconds, and the most memory that one process held."""
    began = time.perf_counter()
    with TemporaryDirectory() as folder:
        if processes == 1:
            for at in range(count):
                write(at, folder)
        else:
            with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
                list(pool.map(write, range(count), [folder] * count, chunksize=5))
    who = resource.RUSAGE_SELF if processes == 1 else resource.RUSAGE_CHILDREN
    used = resource.getrusage(who)
    return {
        "seconds": time.perf_counter() - began,
        "processor": used.ru_utime + used.ru_stime,
        "mib": used.ru_maxrss / 1024,
    }


def main() -> None:
    """Prints the figures of docs/performance.md."""
    if len(sys.argv) > 1:
        print(json.dumps(many(int(sys.argv[1]), int(sys.argv[2]))))
        return
    empty = empty_page()
    print(f"an empty page: {empty * 1000:.1f} ms")
    for form in ("pdf", "xlsx", "html", "csv", "json"):
        wall, work = one(form)
        print(f"one {form}: {wall * 1000:.0f} ms, {work * 1000:.0f} ms of processor, "
              f"{work / empty:.0f} empty pages")  # fmt: skip
    for processes in (1, 2):
        for count in COUNTS:
            command = [sys.executable, "-m", "tests.benchmarks.scorecards", str(count)]
            ran = subprocess.run([*command, str(processes)], check=True, capture_output=True)
            found = json.loads(ran.stdout)
            print(f"{count} managers' PDF and XLSX in {processes} process(es): "
                  f"{found['seconds']:.1f} s, {found['processor']:.1f} s of processor, "
                  f"{found['mib']:.0f} MiB")  # fmt: skip


if __name__ == "__main__":
    main()
