"""What edits would change, before they are applied: in words, in shots made again, in time and money."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ...memory.store import TakeStore
from ...render.plan import Plan, Planner, used_takes
from ...render.protocol import Capabilities, Renderer
from ...storyboard.edit_types import Retime, SetNarrator
from ...storyboard.edits import Edit, apply
from ...storyboard.errors import Unmeetable
from ...storyboard.film import Card, Film
from ...storyboard.fitting import fit
from ...storyboard.timeline import items
from ..filming import QUICKEST_PACE
from ..spending import quote_of
from ..steps import Steps
from .rows import row

_RECORDS = 48
"""So many records of takes are read, to know how long takes take."""


@dataclass(frozen=True)
class Difference:
    """What applying edits means. ``after`` is the film as it would be; nothing was changed yet."""

    before: Film
    after: Film
    rows: tuple[str, ...]
    """One readable line an edit ("scene 2: hour morning -> night")."""
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
    drawn: bool = True
    """Whether the film has any take yet."""
    spoken: int = 0
    """Lines that would be spoken anew."""

    @property
    def words(self) -> str:
        """One line: ``3 of 14 shots will be made again, about 40 s, nothing paid.``"""
        lines = f"{_many(self.spoken, 'line')} will be spoken anew" if self.spoken else ""
        if not self.drawn:
            return "Nothing is drawn yet, so nothing is made again."
        if not self.again:
            ending = f"; {lines}; the film is cut anew." if lines else "; the film is cut anew."
            return "No shot has to be made again" + (ending if self.rows else ".")
        took = "for an unknown time" if self.seconds is None else f"about {_duration(self.seconds)}"
        made = self._made()
        return f"{made} will be made again, {took}, {self.cost}{'; ' + lines if lines else ''}."

    def _made(self) -> str:
        cards = [item.id for item in items(self.after) if isinstance(item, Card)]
        shown = [item for item in self.again if item not in cards]
        parts = [f"{len(shown)} of {_many(self.shots, 'shot')}"] if shown else []
        parts += [_many(len(self.again) - len(shown), "card")] if len(shown) < len(self.again) else []
        return " and ".join(parts)


class _Once(Planner):
    """Plans each film once: asking what it costs plans nothing a second time."""

    def __init__(self, planner: Planner) -> None:
        self._planner = planner
        self._plans: list[tuple[Film, Plan]] = []

    def renderer(self, name: str) -> tuple[Renderer, Capabilities]:
        return self._planner.renderer(name)

    def plan(self, film: Film) -> Plan:
        for known, plan in self._plans:
            if known is film:
                return plan
        plan = self._planner.plan(film) if film.shots else Plan(nodes=(), shown={})
        self._plans.append((film, plan))
        return plan


def difference(production: Steps, edits: Sequence[Edit], besides: Sequence[Edit] = ()) -> Difference:
    """What ``edits`` would do, and ``besides`` after them, which have no row of their own.

    Raises ``BadInput`` for an edit that does not fit. Changes nothing. Plans the film twice at the most.
    """
    before = production.film
    rows, after = [], before
    for edit in edits:
        rows.append(row(after, edit))
        after = apply(after, edit)
    for edit in besides:
        after = apply(after, edit)
    # Both as they will be once they are timed: what timing alone changes is no matter of these edits.
    begun, timed = _timed(before), _timed(after)
    store, planner = production.project.store, _Once(production.planner())
    earlier, plan = planner.plan(begun), planner.plan(timed)
    old, new = used_takes(begun, earlier, store.has), used_takes(timed, plan, store.has)
    todo = [item for item, (state, _) in new.items() if state != "current"]
    anyhow = {i for i in todo if i in old and old[i][0] != "current" and _key(earlier, i) == _key(plan, i)}
    again = tuple(item for item in todo if item not in anyhow)
    ids = {shot.id for shot in after.shots}
    return Difference(
        before=before,
        after=after,
        rows=tuple(rows),
        again=again,
        waiting=tuple(item for item in todo if item in anyhow),
        gone=tuple(shot.id for shot in before.shots if shot.id not in ids),
        shots=len(after.shots),
        seconds=_estimate(production, planner, plan, again),
        cost=quote_of(production.project, planner, timed, again),
        drawn=any(state != "missing" for state, _ in old.values()),
        spoken=_unspoken(store, earlier, plan),
    )


def _timed(film: Film) -> Film:
    """The film with the lengths that it will have once it is timed to its lines (``filming._time``)."""
    if film.story is None or not film.shots:
        return film
    try:
        fitted = fit(film)
    except Unmeetable:
        quick = film.story.narrator.model_copy(update={"pace": QUICKEST_PACE})
        try:
            fitted = fit(apply(film, SetNarrator(voice=quick)))
        except Unmeetable:  # said by whoever proposes: ``brief_kept.loosened``
            return film
    now = {item.id: item.frames for item in items(film)}
    leads = {shot.id: shot.lead for shot in film.shots}
    frames = {i: n for i, n in fitted["frames"].items() if now[i] != n}
    moved = {i: n for i, n in fitted["leads"].items() if leads[i] != n}
    return apply(film, Retime(frames=frames, leads=moved)) if frames or moved else film


def _key(plan: Plan, item: str) -> str:
    shown = plan.shown.get(item)
    return plan.by_id[shown].key if shown else ""


def _unspoken(store: TakeStore, earlier: Plan, plan: Plan) -> int:
    """Lines to speak that were not to be spoken before."""
    known = {node.key for node in earlier.nodes if node.stage == "sound"}
    lines = [n for n in plan.nodes if n.request.kind == "speak" and n.key not in known]
    return sum(1 for node in lines if not store.has(node.key))


def _estimate(production: Steps, planner: Planner, plan: Plan, again: Collection[str]) -> float | None:
    """Wall seconds for the missing pictures of ``again``, made side by side as this machine can, by the
    records of takes that the film has."""
    store, items_again = production.project.store, set(again)
    wanted = [
        n for n in plan.nodes if n.item in items_again and n.stage == "picture" and not store.has(n.key)
    ]
    if not wanted:
        return 0.0
    known = _paces(production)
    times: dict[str, list[float]] = {}
    for node in wanted:
        pace = known.get(node.renderer) or known.get(node.renderer.split(":")[0])
        if pace is None:
            return None
        times.setdefault(node.renderer, []).append(pace * getattr(node.request, "frames", 1) / 1000)
    total = 0.0
    for name, each in times.items():
        can = planner.renderer(name)[1]
        # Devices are not asked for here: looking for them takes longer than the question may.
        places = 1 if can.device == "gpu" else production.crew.places(can.parallel)
        total += max(sum(each) / (places or 1), *each)
    return total


def _paces(production: Steps) -> dict[str, float]:
    """Renderer -> milliseconds a frame, by the newest records of the film's takes."""
    store = production.project.store
    spent: dict[str, list[tuple[int, int]]] = {}
    for key in list(production.film.decisions.chosen.values())[-_RECORDS:]:
        record = store.record(key)
        if record is not None and record.frames and record.made.wall_ms:
            name = str(record.renderer.get("name"))
            spent.setdefault(name, []).append((record.made.wall_ms, record.frames))
    return {
        name: sum(ms for ms, _ in found) / max(1, sum(frames for _, frames in found))
        for name, found in spent.items()
    }


def _many(count: int, what: str) -> str:
    return f"{count} {what}" if count == 1 else f"{count} {what}s"


def _duration(seconds: float) -> str:
    whole = max(1, round(seconds))
    return f"{whole} s" if whole < 120 else f"{whole // 60} min"
