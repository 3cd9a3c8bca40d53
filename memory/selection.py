"""Which reference a shot is bound to, per entity and state, by a fixed rule that says its reasons.

In order of importance: the cast (who acts, who is acted on, who speaks, the others), then the plate
of the place, then the props; at most as many as the renderer takes. Of each entity one picture:
its state before none; a person's before a sheet before a frame of a take; the view that fits the
size of the shot; of frames of takes the nearest one before, but after a long absence the first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from ..storyboard.edits import Bind
from ..storyboard.film import Film, Shot
from ..storyboard.vocabulary import Hour, ShotSize
from .anchor_record import Anchor, SheetView, entities, still_so
from .lora import LoraRecord

RANK: dict[str, int] = {"person": 0, "sheet": 1, "take": 2}
"""What a person gave goes before a sheet, and a sheet before a frame of a take."""
ABSENCE_SHOTS = 6
"""An entity that was in none of so many shots before comes in again by its first accepted look."""

_CLOSE: tuple[SheetView | None, ...] = ("front", "three-quarter", None, "full", "plate")
_MEDIUM: tuple[SheetView | None, ...] = ("three-quarter", "front", None, "full", "plate")
_WIDE: tuple[SheetView | None, ...] = ("full", "three-quarter", None, "front", "plate")
_VIEWS: dict[ShotSize, tuple[SheetView | None, ...]] = {
    ShotSize.extreme_close: _CLOSE,
    ShotSize.close: _CLOSE,
    ShotSize.medium_close: _CLOSE,
    ShotSize.medium: _MEDIUM,
    ShotSize.two_shot: _MEDIUM,
    ShotSize.insert: _MEDIUM,
    ShotSize.medium_full: _WIDE,
    ShotSize.full: _WIDE,
    ShotSize.wide: _WIDE,
    ShotSize.extreme_wide: _WIDE,
}
"""Views in the order in which they fit a shot of that size; None is a picture whose view nobody said."""


@dataclass(frozen=True)
class Binding:
    """References of one shot, by entity, and what stands in the way."""

    shot: str
    references: dict[str, tuple[str, ...]]
    """Empty for an entity whose reference is let go."""
    problems: tuple[str, ...]
    """Entities without a reference, or with several that none goes before. Empty: all is bound."""
    left_out: tuple[str, ...]
    """Entities that the renderer takes no reference for any more, because it takes too few."""
    reasons: dict[str, str] = field(default_factory=dict)
    """Why each reference was chosen, in words."""
    loras: dict[str, tuple[str, ...]] = field(default_factory=dict)
    troubled: tuple[str, ...] = ()
    """The entity of each problem."""

    def edit(self) -> Bind:
        """The decision as an edit."""
        return Bind(shot=self.shot, references=self.references, loras=self.loras)


@dataclass(frozen=True)
class Subject:
    """Somebody or something in a shot that can have a reference."""

    entity: str
    state: str | None
    kind: Literal["character", "place", "prop"]
    bound: tuple[str, ...] = ()
    hour: Hour | None = None
    """Of a place: the hour of the scene."""


def subjects(film: Film, shot: Shot) -> list[Subject]:
    """All in a shot that can have a reference, the most important first."""
    event, speakers = shot.event, {line.speaker for line in shot.lines}

    def weight(entity: str) -> int:
        return next(
            n
            for n, so in enumerate((entity == event.actor, entity == event.target, entity in speakers, True))
            if so
        )

    cast = sorted(shot.cast, key=lambda m: weight(m.entity))
    props = sorted(shot.props, key=lambda p: weight(p.entity))
    scene = film.scenes[shot.scene]
    return [
        *(Subject(m.entity, m.state, "character", m.references) for m in cast),
        Subject(scene.place, scene.place_state, "place", shot.plates, scene.hour),
        *(Subject(p.entity, p.state, "prop", p.references) for p in props),
    ]


class Selection:
    """The anchors of a film, ready to bind any of its shots."""

    def __init__(self, film: Film, anchors: Iterable[Anchor], loras: Iterable[LoraRecord] = ()) -> None:
        self._film = film
        self._names = {name: thing.name or name for name, thing in entities(film).items()}
        self._places = {shot.id: n for n, shot in enumerate(film.shots)}
        self._of: dict[str, list[Anchor]] = {}
        self._records: dict[str, Anchor] = {}
        for anchor in anchors:
            self._records[anchor.digest] = anchor
            if not anchor.set_aside and still_so(film, anchor):
                self._of.setdefault(anchor.entity, []).append(anchor)
        self._loras = [lora for lora in loras if not lora.set_aside]

    def bind(self, shot: Shot, most: int, anew: Iterable[str] = ()) -> Binding:
        """References for the characters, place and props of a shot, at most ``most`` (0 binds none).

        What is bound stays, but for the entities ``anew``, which are chosen again. Where the renderer
        takes fewer than are bound, the least important are let go; a bound plate or prop also gives
        way to a character who has none yet. None for a character is a problem, and so are several
        pictures of persons or sheets that none goes before; a place or prop without one is only
        drawn from its words.
        """
        again = set(anew)
        order = subjects(self._film, shot)
        loras = {s.entity: found for s in order if (found := self._lora(shot, s, again)) is not None}
        if most <= 0:
            return Binding(shot.id, {}, (), (), loras=loras)
        kept = {s.entity: s.bound for s in order if s.bound and s.entity not in again}
        references: dict[str, tuple[str, ...]] = {}
        while _count(kept) > most:
            gone = next(s.entity for s in reversed(order) if s.entity in kept)
            references[gone] = ()
            del kept[gone]
        problems: dict[str, str] = {}
        left_out: list[str] = list(references)
        reasons: dict[str, str] = {}
        for subject in order:
            name = subject.entity
            if name in kept:
                references[name] = kept[name]
                reasons[name] = self._bound_reason(shot, subject)
                continue
            if name in left_out:
                continue
            chosen = self.choose(shot, subject)
            if not chosen and subject.kind != "character":
                references.update({name: ()} if subject.bound else {})
                continue
            others = _count(kept) + _count({e: r for e, r in references.items() if e not in kept})
            if others >= most:
                gives_way = self._gives_way(order, kept, subject)
                if gives_way is None:
                    left_out.append(name)
                    references.update({name: ()} if subject.bound else {})
                    continue
                references[gives_way] = ()
                left_out.append(gives_way)
                del kept[gives_way]
            if len(chosen) == 1:
                references[name] = (chosen[0].digest,)
                reasons[name] = reason(shot, subject, chosen[0])
            else:
                problems[name] = self._problem(shot, subject, chosen)
        return Binding(
            shot.id, references, tuple(problems.values()), tuple(left_out), reasons, loras, tuple(problems)
        )

    def choose(self, shot: Shot, subject: Subject) -> list[Anchor]:
        """The anchor that goes before all others; several where none decides, none where there is none."""
        fitting = [
            a
            for a in self._of.get(subject.entity, ())
            if a.hour in (None, subject.hour) or subject.hour is None
        ]
        for exact in dict.fromkeys((subject.state, None)):
            of_state = [a for a in fitting if a.state == exact]
            if of_state:
                best = min(self._rank(shot, a) for a in of_state)
                first = [a for a in of_state if self._rank(shot, a) == best]
                return [self._of_takes(shot, subject, first)] if first[0].origin == "take" else first
        return []

    @staticmethod
    def _rank(shot: Shot, anchor: Anchor) -> tuple[int, int, bool]:
        if anchor.origin == "take":
            return RANK["take"], 0, False
        return RANK[anchor.origin], _VIEWS[shot.camera.size].index(anchor.view), anchor.hour is None

    def _of_takes(self, shot: Shot, subject: Subject, frames: Sequence[Anchor]) -> Anchor:
        """The nearest accepted frame before the shot; the first accepted one after a long absence."""
        here = self._places.get(shot.id, len(self._places))
        first = min(frames, key=lambda a: (not a.long_term, self._place(a), a.digest))
        before = [a for a in frames if self._place(a) < here]
        if not before or self._was_absent(subject.entity, here):
            return first
        return max(before, key=lambda a: (self._place(a), a.digest))

    def _place(self, anchor: Anchor) -> int:
        return self._places.get(anchor.shot or "", len(self._places))

    def _was_absent(self, entity: str, here: int) -> bool:
        recent = self._film.shots[max(0, here - ABSENCE_SHOTS) : here]
        return not any(entity in {m.entity for m in s.cast} | {p.entity for p in s.props} for s in recent)

    def _gives_way(
        self, order: Sequence[Subject], kept: dict[str, tuple[str, ...]], to: Subject
    ) -> str | None:
        if to.kind != "character":
            return None
        return next((s.entity for s in reversed(order) if s.kind != "character" and s.entity in kept), None)

    def _lora(self, shot: Shot, subject: Subject, anew: set[str]) -> tuple[str, ...] | None:
        """LoRAs to bind: those of the entity's state, else those without a state; None changes nothing."""
        if subject.kind == "place":
            return None
        bound = {m.entity: m.loras for m in shot.cast} | {p.entity: p.loras for p in shot.props}
        if bound[subject.entity] and subject.entity not in anew:
            return None
        for exact in dict.fromkeys((subject.state, None)):
            found = [x.digest for x in self._loras if (x.entity, x.state) == (subject.entity, exact)]
            if found:
                return tuple(sorted(found))
        return () if bound[subject.entity] else None

    def _bound_reason(self, shot: Shot, subject: Subject) -> str:
        known = [self._records[d] for d in subject.bound if d in self._records]
        if not known:
            return f"{subject.entity}: bound before; nothing is written down about it"
        return f"{reason(shot, subject, known[0])}; bound before"

    def _problem(self, shot: Shot, subject: Subject, chosen: Sequence[Anchor]) -> str:
        who = self._names.get(subject.entity, subject.entity) + (
            f" ({subject.state})" if subject.state else ""
        )
        if not chosen:
            return f"Shot {shot.id}: there is no reference of {who}."
        listed = ", ".join(a.digest[:8] for a in chosen)
        return (
            f"Shot {shot.id}: {len(chosen)} references of {who} are equally good ({listed}). "
            "Set all but one aside."
        )


def reason(shot: Shot, subject: Subject, anchor: Anchor) -> str:
    """Why an anchor stands for somebody in a shot: "anna: front sheet, coat on; close shot"."""
    what = {"person": "picture that a person gave", "sheet": "sheet"}.get(
        anchor.origin, f"frame of shot {anchor.shot}" if anchor.shot else "frame of a take"
    )
    if anchor.origin == "take" and anchor.long_term:
        what = f"first accepted {what}"
    seen = f"{anchor.view} " if anchor.view else ""
    state = (anchor.state or "as is").replace("-", " ")
    hour = f" at {anchor.hour}" if anchor.hour else ""
    return f"{subject.entity}: {seen}{what}, {state}{hour}; {shot.camera.size} shot"


def _count(references: dict[str, tuple[str, ...]]) -> int:
    return sum(map(len, references.values()))
