"""Planning 100, 1,000 and 10,000 shots: seconds, memory, and how it grows. Import time."""

import resource
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
from films import slate_film

from photoplay.render.plan import Planner
from photoplay.render.registry import find_renderer


def main():
    took = {}
    planner = Planner(find_renderer)
    planner.plan(slate_film(12))
    for shots in (100, 1_000, 10_000):
        film = slate_film(shots)
        began = time.process_time()
        plan = planner.plan(film)
        took[shots] = time.process_time() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
        print(f"{shots:>6} shots: {took[shots]:.2f} CPU s, {len(plan.nodes)} requests, peak {peak:.0f} MB")
    print(f"growth from 1,000 to 10,000 shots: {took[10_000] / took[1_000]:.1f} times (10 is linear)")
    program = "import time; t = time.perf_counter(); import photoplay; print(time.perf_counter() - t)"
    times = [
        float(
            subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
        )
        for _ in range(5)
    ]
    print(f"import photoplay: {min(times) * 1000:.0f} ms")


if __name__ == "__main__":
    main()
