"""``photoplay gc``: what of a film's folder nothing uses any more, and freeing it."""

from __future__ import annotations

import json
from pathlib import Path

from rich.console import Console
from rich.text import Text as Line

from ..agent.lab import kept_by_lab
from ..agent.production import Production, open_film
from ..memory.collecting import Waste, find_waste, free_waste


def collect(folder: Path, *, yes: bool, everything: bool, as_json: bool) -> None:
    """List what is not used, and with ``yes`` free it. Raises before anything where there is no plan."""
    production = open_film(folder)
    if yes:
        with production.project.lock():
            waste = free_waste(production.project, _planned(production), everything)
    else:
        waste = find_waste(production.project, _planned(production), everything)
    if as_json:
        print(json.dumps(_plain(production, waste, yes), ensure_ascii=False))
    else:
        _show(production, waste, yes)


def _planned(production: Production) -> set[str]:
    planned = {node.key for node in production.plan().nodes} if production.film.shots else set()
    return planned | kept_by_lab(production)


def _plain(production: Production, waste: Waste, freed: bool) -> dict[str, object]:
    root = production.project.folder
    return {
        "freed": freed,
        "takes": [{"key": t.key, "item": t.item, "kind": t.kind, "bytes": t.size} for t in waste.takes],
        "leftovers": [
            {"path": left.path.relative_to(root).as_posix(), "bytes": left.size} for left in waste.leftovers
        ],
        "bytes": waste.size,
        "kept": waste.kept,
        "kept_bytes": waste.kept_bytes,
    }


def _show(production: Production, waste: Waste, freed: bool) -> None:
    console = Console(highlight=False)

    def line(size: int, words: str) -> None:
        console.print(Line(f"{_mb(size):>12}  {words}"), soft_wrap=True)

    for take in waste.takes:
        line(take.size, f"{take.item} {take.kind} {take.key[:8]}")
    for left in waste.leftovers:
        line(left.size, left.path.relative_to(production.project.folder).as_posix())
    what = f"{_count(len(waste.takes), 'take')} and {_count(len(waste.leftovers), 'leftover')}"
    line(waste.size, f"{what} that nothing uses" + (", freed" if freed else ""))
    line(waste.kept_bytes, f"{_count(waste.kept, 'take')} in use, kept")
    if not freed and (waste.takes or waste.leftovers):
        console.print(Line("Nothing was removed. With --yes it is."))


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _mb(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"
