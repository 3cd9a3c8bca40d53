"""A film beside a new version of its script: which scenes and shots are which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ...storyboard.film import Film, Shot
from ...storyboard.fountain_marks import plain
from ...storyboard.headings import FIRST_HOUR, heading_of
from .setups import Plan, ScriptScene, heading_title
from .units import Linked, Unit, linked, pieces_of, runs_of, units_of_setups, units_of_shots

LIKE = 0.3
"""Share of words in common from which a scene counts as another version of one of the film."""


@dataclass
class Wanted:
    """A shot as the new script has it: one of the film's (``shot``), or a new one (None)."""

    units: list[Linked] = field(default_factory=list)
    shot: Shot | None = None

    @property
    def same(self) -> bool:
        """Nothing of its words differs from what the film has."""
        if self.shot is None:
            return False
        lines = [line.id for line in self.shot.lines if line.words.strip()]
        held = [link.old.line for link in self.units if link.old is not None and link.old.line]
        return all(link.same for link in self.units) and held == lines and not self.acts_otherwise

    @property
    def acts_otherwise(self) -> bool:
        """What happens in a shot of the film is not what happened."""
        if self.shot is None:
            return False
        action = [link for link in self.units if link.unit.cue is None]
        kept = [part for part in self.shot.event.sentence.split("\n") if part.strip()]
        return len(action) != len(kept) or not all(link.same for link in action)


@dataclass
class WantedScene:
    """A scene of the new script, the film's scene that it is (None: a new one), and its shots."""

    script: ScriptScene
    scene: str | None
    shots: list[Wanted]


@dataclass(frozen=True)
class _Old:
    scene: str
    heading: str
    shots: list[Shot]
    units: list[Unit]

    @property
    def keys(self) -> tuple[object, ...]:
        return tuple(piece.key for piece in pieces_of(self.units))


def aligned(film: Film, plan: Plan) -> list[WantedScene]:
    """The scenes of the new script in order, each with the shots that it takes."""
    old = _old_scenes(film)
    new = [(scene, units_of_setups(scene)) for scene in plan.scenes]
    pairs = _paired(old, new)
    return [
        WantedScene(scene, one.scene, _shots(one, units)) if (one := pairs.get(n)) else
        WantedScene(scene, None, _shots(_Old("", "", [], []), units))
        for n, (scene, units) in enumerate(new)
    ]  # fmt: skip


def _old_scenes(film: Film) -> list[_Old]:
    found: dict[str, _Old] = {}
    hour = FIRST_HOUR
    for scene, shots in runs_of(film.shots):
        here = film.scenes[scene]
        heading = plain(heading_of(here, film.places[here.place], hour))
        hour = here.hour
        if scene in found:  # shots of a scene that others part are still its own
            shots = [*found[scene].shots, *shots]
            heading = found[scene].heading
        found[scene] = _Old(scene, heading, shots, units_of_shots(film, shots))
    return list(found.values())


def _paired(old: list[_Old], new: list[tuple[ScriptScene, list[Unit]]]) -> dict[int, _Old]:
    """Number of a new scene -> the old one that it is: the same first, then the most alike, in order."""
    pairs: dict[int, _Old] = {}
    left = list(old)
    keys = [tuple(piece.key for piece in pieces_of(units)) for _, units in new]
    for with_heading in (True, False):
        for n, (scene, _) in enumerate(new):
            if n in pairs:
                continue
            heading = heading_title(scene.heading)
            same = next(
                (o for o in left if o.keys == keys[n] and (not with_heading or o.heading == heading)), None
            )
            if same is not None:
                pairs[n] = same
                left.remove(same)
    bags = {id(o): _bag(o.units) for o in left}
    rated = []
    for n, (scene, units) in enumerate(new):
        if n not in pairs:
            bag = _bag(units)
            for at, one in enumerate(left):
                score = _alike(bag, bags[id(one)])
                named = one.heading == heading_title(scene.heading)
                if score >= LIKE or named:
                    rated.append((-(score + 0.4 * named), abs(n - old.index(one)), n, at))
    for _, _, n, at in sorted(rated):
        if n not in pairs and left[at] not in pairs.values():
            pairs[n] = left[at]
    return pairs


def _bag(units: Sequence[Unit]) -> Counter[str]:
    return Counter(word for unit in units for word in unit.words.casefold().split())


def _alike(one: Counter[str], other: Counter[str]) -> float:
    whole = one.total() + other.total()
    return 2 * (one & other).total() / whole if whole else 1.0


def _shots(old: _Old, new: list[Unit]) -> list[Wanted]:
    """The new units as shots: those of the film keep theirs, new ones stand as the script parts them."""
    by_id = {shot.id: shot for shot in old.shots}
    wanted: list[Wanted] = []
    used: set[str] = set()
    for link in linked(old.units, new):
        last = wanted[-1] if wanted else None
        home = link.old.shot if link.old is not None else ""
        action = link.unit.cue is None
        after_speech = last is not None and any(k.unit.cue is not None for k in last.units)
        if last is not None and not (action and after_speech):
            if home and last.shot is not None and last.shot.id == home:
                last.units.append(link)
                continue
            if not home and last.units[-1].unit.group == link.unit.group and _joins(last, link):
                last.units.append(link)
                continue
        if home and home not in used:
            used.add(home)
            wanted.append(Wanted([link], by_id[home]))
        else:
            wanted.append(Wanted([Linked(link.unit)]))
    _keep_silent(old, wanted)
    return wanted


def _joins(last: Wanted, link: Linked) -> bool:
    """Whether a new unit stands in the shot before it, as the script's own setups have it."""
    before = last.units[-1]
    if last.shot is not None and before.same:
        return False  # what stays as it is takes nothing on; numbers of groups are of two versions
    return before.old is None or link.unit.cue is not None


def _keep_silent(old: _Old, wanted: list[Wanted]) -> None:
    """Shots of the film that hold no words stay after the shot that they follow."""
    held = {unit.shot for unit in old.units}
    for before, shot in zip([None, *old.shots], old.shots, strict=False):
        if shot.id not in held:
            at = next(
                (n + 1 for n, w in enumerate(wanted) if before and w.shot and w.shot.id == before.id), None
            )
            if at is not None or before is None:
                wanted.insert(at or 0, Wanted([], shot))
