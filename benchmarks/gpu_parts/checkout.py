"""Makes a bare checkout importable as ``photoplay``, in this process and in those it starts.

The root of the checkout is the package itself, so a folder with a link to it does; a ``dist-info`` beside
the link registers the renderers, with the one that is measured in the place of ``diffusion``.
"""

import os
import re
import shutil
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BENCHMARKS = ROOT / "benchmarks"
MEASURED = "gpu_parts.measured:Measured"


def use(folder: Path) -> None:
    """Fill ``folder``, put it and the benchmarks first on the paths of Python, and work in it.

    Python looks in the folder that one works in before all others, and a checkout may hold what another
    installation registered.
    """
    if not (ROOT / "render" / "engine.py").is_file():
        raise SystemExit(f"{ROOT} is no checkout of photoplay. Run this program where it lies in one.")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    _link(folder / "photoplay", project)
    version = re.search(r'__version__ = "([^"]+)"', (ROOT / "__init__.py").read_text(encoding="utf-8"))[1]
    info = folder / f"photoplay-{version}.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.1\nName: photoplay\nVersion: {version}\n", encoding="utf-8"
    )
    points = {**project["project"]["entry-points"]["photoplay.renderers"], "diffusion": MEASURED}
    lines = [f"{name} = {where}\n" for name, where in points.items()]
    (info / "entry_points.txt").write_text("[photoplay.renderers]\n" + "".join(lines), encoding="utf-8")
    ours = [str(folder), str(BENCHMARKS)]
    sys.path[:0] = ours
    others = [p for p in os.environ.get("PYTHONPATH", "").split(os.pathsep) if p]
    os.environ["PYTHONPATH"] = os.pathsep.join([*ours, *others])
    os.chdir(folder)


def _link(place: Path, project: dict) -> None:
    try:
        place.symlink_to(ROOT, target_is_directory=True)
    except OSError:  # Windows lets few people make links
        for package in project["tool"]["setuptools"]["packages"]:
            inside = Path(*package.split(".")[1:])
            (place / inside).mkdir(parents=True, exist_ok=True)
            for file in (ROOT / inside).iterdir():
                if file.is_file():
                    shutil.copy(file, place / inside)
