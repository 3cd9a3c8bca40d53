"""Run the command of every row of docs/systems.md and print which hold, with what each proves.

python benchmarks/systems.py              # all rows: some minutes; needs the diffusion extra and pytest
python benchmarks/systems.py FIFO Helios  # rows whose system names one of these
"""

import os
import re
import shlex
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "systems.md"
ROW = re.compile(
    r"^\| (?P<system>[^|]+?) \| (?P<what>.+?) \| (?P<command>`[^`]+`|none) \| (?P<proves>[^|]+?) \|$"
)


def rows():
    """The rows of the table: system, command (empty for none) and what it proves."""
    found = [ROW.match(line) for line in PAGE.read_text(encoding="utf-8").splitlines()]
    return [
        (m["system"], m["command"].strip("`").replace("none", ""), m["proves"])
        for m in found
        if m and m["system"] not in ("system", "---")
    ]


def run(command):
    """(did every test pass, how many ran, seconds)."""
    began = time.monotonic()
    words = shlex.split(command)
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            words[0],
            "-q",
            "-p",
            "no:cacheprovider",
            "-m",
            "not slow and not gpu",
            *words[1:],
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"OMP_NUM_THREADS": "1"},
    )
    counted = re.findall(r"(\d+) passed", done.stdout)
    # Where the quick report is off, the dots are counted.
    passed = (
        int(counted[-1])
        if counted
        else sum(line.count(".") for line in done.stdout.splitlines() if "%]" in line)
    )
    return done.returncode == 0, passed, time.monotonic() - began


def main():
    """Print a line a row; the exit code is 1 where one does not hold."""
    wanted = [word.lower() for word in sys.argv[1:]]
    failed = False
    for system, command, proves in rows():
        if wanted and not any(word in system.lower() for word in wanted):
            continue
        if not command:
            print(f"{'-':>8}  {system}: {proves}")
            continue
        holds, passed, seconds = run(command)
        failed = failed or not holds or not passed
        print(
            f"{'holds' if holds and passed else 'FAILS':>8}  {system}: {passed} tests, {seconds:.0f} s; {proves}",
            flush=True,
        )
    sys.exit(failed)


if __name__ == "__main__":
    main()
