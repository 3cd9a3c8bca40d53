"""What edits would change, before they are applied: in words, in shots made again, in time and money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...render.plan import Plan, used_takes
from ...storyboard.edits import Edit, apply, describe
from ...storyboard.film import Film
from ...storyboard.timeline import items
from ..spending import quote_of
from ..steps import Steps


@dataclass(frozen=True)
class Difference:
    """What applying edits means. ``after`` is the film as it would be; nothing was changed yet."""

    after: Film
    rows: tuple[str, ...]
    """One readable line an edit ("shot s04: hour day -> night")."""
    again: tuple[str, ...]
    """Shots and cards, in film order, whose picture would be made (new ones included)."""
    waiting: tuple[str, ...]
    """Those that are to be made anyhow, whatever becomes of these edits."""
    gone: tuple[str, ...]
    """Shots that the film has no more. Their takes stay in the store."""
    shots: int
    """Shots of the film afterwards."""
    seconds: float | None
    """About how long making ``again`` takes, by what earlier takes of its renderers took; None: not known."""
    cost: str
    """What making ``again`` costs, in words: ``nothing paid``, ``2.40 USD``, ``unknown``."""

    @property
    def words(self) -> str:
        """One line: ``3 of 14 shots will be made again, about 40 s, nothing paid``."""
        count = len(self.again)
        if not count:
            return "No shot has to be made again" + ("; the film is cut anew." if self.rows else ".")
        made = f"{count} of {self.shots} shots and cards" if self.shots != 1 else "The shot"
        took = "for an unknown time" if self.seconds is None else f"about {_duration(self.seconds)}"
        return f"{made} will be made again, {took}, {self.cost}."


def difference(production: Steps, edits: Sequence[Edit]) -> Difference:
    """What ``edits`` would do. Raises ``BadInput`` for an edit that does not fit. Changes nothing."""
    before = production.film
    rows, film = [], before
    for edit in edits:
        rows.append(describe(film, edit))
        film = apply(film, edit)
    store = production.project.store
    planner = production.planner()
    old = used_takes(before, planner.plan(before), store.has) if before.shots else {}
    plan = planner.plan(film) if film.shots else Plan(nodes=(), shown={})
    new = used_takes(film, plan, store.has)
    waiting = {item for item, (state, _) in old.items() if state != "current"}
    todo = [item.id for item in items(film) if new.get(item.id, ("current",))[0] != "current"]
    same = {i for i in waiting & set(todo) if _key(production, before, i) == plan.by_id[plan.shown[i]].key}
    again = tuple(i for i in todo if i not in same)
    ids = {shot.id for shot in film.shots}
    return Difference(
        after=film,
        rows=tuple(rows),
        again=again,
        waiting=tuple(i for i in todo if i in same),
        gone=tuple(shot.id for shot in before.shots if shot.id not in ids),
        shots=len(film.shots),
        seconds=_estimate(production, plan, again),
        cost=quote_of(production.project, planner, film, again),
    )


def _key(production: Steps, film: Film, item: str) -> str:
    plan = production.planner().plan(film)
    shown = plan.shown.get(item)
    return plan.by_id[shown].key if shown else ""


def _estimate(production: Steps, plan: Plan, again: Sequence[str]) -> float | None:
    """Wall seconds for the missing pictures of ``again``, by the records of takes that the film has."""
    store = production.project.store
    wanted = [n for n in plan.nodes if n.item in set(again) and n.stage == "picture" and not store.has(n.key)]
    if not wanted:
        return 0.0
    paces: dict[str, list[tuple[int, int]]] = {}
    for key in production.film.decisions.chosen.values():
        record = store.record(key)
        if record is not None and record.frames and record.made.wall_ms:
            name = str(record.renderer.get("name"))
            paces.setdefault(name, []).append((record.made.wall_ms, record.frames))
    total = 0.0
    for node in wanted:
        known = paces.get(node.renderer) or paces.get(node.renderer.split(":")[0])
        if not known:
            return None
        each = sum(ms for ms, _ in known) / max(1, sum(frames for _, frames in known))
        total += each * getattr(node.request, "frames", 1) / 1000
    return total


def _duration(seconds: float) -> str:
    whole = max(1, round(seconds))
    return f"{whole} s" if whole < 120 else f"{whole // 60} min"
