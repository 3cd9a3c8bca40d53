"""From "yes" to the new film: one shot of twelve is changed, against making the film whole.

    python benchmarks/one_change.py [--size 1280x720] [--shots 12] [--seconds 60] [--times 3] [--out DIR]

Both are run as a person runs them, as commands of their own: `photoplay make`, then `photoplay revise --yes` for
one shot after another. "from yes" is what the command itself says it took after it was agreed to; "the
command" is all of it, with its start and with reading what was said. Wall and processor seconds, of it and of
its workers; the machine should have nothing else to do. Last, what the largest of all these processes had in
memory at most.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

IDEA = "A lighthouse keeper befriends a lost whale"
AIM = 6


def command(*args):
    """Wall and processor seconds of a command, and what it printed."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "photoplay", *map(str, args)], capture_output=True, text=True, check=False
    )
    wall, after = time.monotonic() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"photoplay {args[0]} failed ({done.returncode}):\n{done.stderr[-2000:]}")
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, spent, done.stdout


def largest_mb():
    """Megabytes that the largest process so far, command or worker, had resident at most."""
    peak: int = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e3)


def main():
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--size", default="1280x720")
    asked.add_argument("--shots", type=int, default=12)
    asked.add_argument("--seconds", type=int, default=60)
    asked.add_argument("--times", type=int, default=3, help="so many shots are changed, one after another")
    asked.add_argument("--out", type=Path, help="where the film is made (a temporary folder)")
    args = asked.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = (args.out or Path(temporary)) / "whale"
        film = ("--shots", args.shots, "--seconds", args.seconds, "--size", args.size, "--out", folder)
        whole, whole_cpu, _ = command("make", IDEA, *film)
        print(f"made whole: {args.shots} shots, {args.seconds} s, {args.size}, {os.cpu_count()} cores")
        print(f"{'':28}{'wall s':>8}{'cpu s':>8}{'share':>8}")
        print(f"{'whole':28}{whole:8.1f}{whole_cpu:8.1f}   largest process {largest_mb():.0f} MB")
        walls, yeses, cpus = [], [], []
        for n in range(args.times):
            shot = 3 + n % max(1, args.shots - 3)
            wall, cpu, out = command("revise", folder, f"shot {shot} from a high angle", "--yes", "--json")
            told = json.loads(out)
            if not told["applied"] or told["again"] != told["made"]:
                sys.exit(f"not the change that was asked for: {told}")
            made = ", ".join(told["made"])
            print(f"{'from yes, ' + made:28}{told['took']:8.1f}{'':8}{told['took'] / whole:8.3f}")
            print(f"{'the command':28}{wall:8.1f}{cpu:8.1f}{wall / whole:8.3f}")
            walls.append(wall)
            yeses.append(told["took"])
            cpus.append(cpu)
    share = statistics.median(yeses) / whole
    print(
        f"median: from yes {share:.3f} (1/{1 / share:.1f}), the command "
        f"{statistics.median(walls) / whole:.3f}, processor {statistics.median(cpus) / whole_cpu:.3f} of whole; "
        f"aim: under 1/{AIM}"
    )


if __name__ == "__main__":
    main()
