"""A new version of a script becomes edits of the film: only what it changes is made again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...storyboard.boarding import board
from ...storyboard.call_sheet import CallSheet, new_id, plain_name
from ...storyboard.casting import cast_more, seeded
from ...storyboard.edit_types import (
    Add,
    AddLine,
    Edit,
    Insert,
    Join,
    MoveShot,
    Recast,
    Remove,
    RemoveLine,
    Rename,
    Rewrite,
    SetBrief,
    SetCard,
    SetLight,
    SetLine,
    SetScene,
)
from ...storyboard.errors import BadInput
from ...storyboard.film import CastMember, Film, Line, Scene, Shot, Story
from ...storyboard.fountain import transition_of, usual_ending
from ...storyboard.fountain_marks import atoms, spaced
from ...storyboard.fountain_reading import read_fountain
from ...storyboard.headings import FIRST_HOUR, heading_of, read_heading
from ...storyboard.treatment import TreatedScene, Treatment
from ...storyboard.vocabulary import Hour, Opening
from .aligning import Wanted, WantedScene, aligned
from .setups import ScriptScene, Setup, heading_title, plan_of
from .units import Unit, setup_of
from .writing import NAME, Stager


@dataclass(frozen=True)
class Revision:
    """What a new version of a script does to a film: the edits, and what a person must be told."""

    edits: tuple[Edit, ...]
    notices: tuple[str, ...] = ()


def revision_of(film: Film, text: str) -> Revision:
    """The edits that make ``film`` tell the script ``text``. Pure; empty where it does already.

    Shots whose words stay are not named, and so are the very same afterwards. Raises ``BadInput`` where
    the script has nothing to film or the film has no shots yet.
    """
    if film.story is None or not film.shots:
        raise BadInput("The film has no shots yet, so no script can revise it. Make it first.")
    script = read_fountain(text)
    plan = plan_of(script)
    if not plan.scenes:
        raise BadInput(
            "There is nothing to film in the script: no action and no speech. Nothing was changed."
        )
    scenes = aligned(film, plan)
    return _Reviser(film, scenes, text, plan.ending).revision()


class _Reviser:
    def __init__(self, film: Film, scenes: list[WantedScene], text: str, ending: str) -> None:
        assert film.story is not None
        self.film, self.scenes, self.text, self.ending = film, scenes, text, ending
        self.story: Story = film.story
        self.shot_ids = {shot.id for shot in film.shots}
        self.line_ids = {line.id for shot in film.shots for line in shot.lines}
        self.edits: list[Edit] = []

    def revision(self) -> Revision:
        """Entities, scenes, shots in their new order, and what the film is asked for now."""
        script = tuple(
            ScriptScene(s.script.heading, [_with_opening(s, n) for n in range(len(s.shots))])
            for s in self.scenes
        )
        staged = Stager(
            script, self.film.brief, self.film.settings.seed, read_fountain(self.text), self.ending
        )
        treatment = staged.treatment()
        self._title(treatment)
        whole = self._entities(treatment)
        shots, _, _ = board(treatment, whole, self.film.brief, self.film.settings)
        order = self._shots(shots)
        self._ordered(order)
        self._ending(treatment)
        if self.film.settings.writer == NAME and self.film.brief.idea != self.text.strip():
            brief = self.film.brief.model_copy(update={"idea": self.text.strip()})
            self.edits.append(SetBrief(brief=brief))
        return Revision(tuple(self.edits), self._notices())

    def _title(self, treatment: Treatment) -> None:
        title = read_fountain(self.text).fields.get("title", "")
        if title and spaced(title)[:110] != spaced(self.story.title):
            self.edits.append(Rename(what="title", name=treatment.title))

    def _ending(self, treatment: Treatment) -> None:
        card = self.film.ending
        if card is None or treatment.ending == card.heading:
            return
        if treatment.ending or not usual_ending(card.heading, self.story):
            from ...storyboard.lexicon.store import data

            heading = (
                treatment.ending or data("voices")["the_end"].get(self.story.language) or self.story.title
            )
            new = card.model_copy(update={"heading": heading})
            self.edits.append(SetCard(where="ending", card=new))

    # -- who and where --------------------------------------------------------------------

    def _entities(self, treatment: Treatment) -> Story:
        """Add who, what and where is new; the story as boarding needs it, its scenes in the new order."""
        calls = CallSheet(self.story)
        pairs = list(zip(self.scenes, treatment.scenes, strict=True))
        named: list[str] = []
        for wanted, told in pairs:
            for one, shot in zip(wanted.shots, told.shots, strict=True):
                if not one.same:
                    named += [line.speaker for line in shot.lines if line.speaker]
                if one.shot is None or one.acts_otherwise:
                    named += [name for name in (shot.actor, shot.target, *shot.props) if name]
        wished = [plain_name(n) for n in named]
        people = [
            c for c in treatment.characters if plain_name(c.name) in wished and not calls.anything(c.name)
        ]
        things = [p for p in treatment.props if plain_name(p.name) in wished and not calls.anything(p.name)]
        here = {told.place for wanted, told in pairs if self._is_elsewhere(wanted, told)}
        places = [p for p in treatment.places if p.name in here and _exact(p.name, self.story) is None]
        new = cast_more(self.story, people, places, things, self.film.settings.seed)
        self.edits += [Add(character=c) for c in new[0]]
        self.edits += [Add(place=p) for p in new[1]]
        self.edits += [Add(prop=p) for p in new[2]]
        story = self.story.model_copy(
            update={
                "characters": (*self.story.characters, *new[0]),
                "places": (*self.story.places, *new[1]),
                "props": (*self.story.props, *new[2]),
            }
        )
        ordered = self._scenes(pairs, story)
        return story.model_copy(update={"scenes": tuple(ordered)})

    def _is_elsewhere(self, wanted: WantedScene, told: TreatedScene) -> bool:
        """Whether a scene is not where the film has it: by its heading, as it is written for the film."""
        if wanted.scene is None:
            return True
        place = self.film.places[self.film.scenes[wanted.scene].place]
        own = read_heading(heading_title(wanted.script.heading))
        inside = own.inside in (None, place.look.interior)
        return not (inside and plain_name(own.place) == plain_name(_bare(place.name)))

    def _scenes(self, pairs: list[tuple[WantedScene, TreatedScene]], story: Story) -> list[Scene]:
        ids = [scene.id for scene in story.scenes]
        found: list[Scene] = []
        before, hour = None, FIRST_HOUR
        for wanted, told in pairs:
            place = _exact(told.place, story)
            if wanted.scene is None:
                taken = new_id(f"scene-{len(ids) + 1}", ids, "scene")
                scene = Scene(
                    id=taken, title=told.title, beat=told.beat, place=place or story.places[0].id,
                    hour=told.hour, weather=told.weather, mood=told.mood,
                )  # fmt: skip
                self.edits.append(Add(scene=scene, after=before))
                wanted.scene = taken
                ids.append(taken)
            else:
                scene = self._changed_scene(wanted, told, place, story, hour)
            found.append(scene)
            before, hour = scene.id, scene.hour
        return found

    def _changed_scene(
        self, wanted: WantedScene, told: TreatedScene, place: str | None, story: Story, hour: Hour
    ) -> Scene:
        """A scene of the film as the new heading has it: its hour, place and title, where they differ."""
        assert wanted.scene is not None
        old = self.film.scenes[wanted.scene]
        parts: dict[str, object] = {}
        if self._is_elsewhere(wanted, told) and place is not None:
            parts["place"] = place
        if told.hour is not old.hour:
            parts["hour"] = told.hour
        if parts:
            self.edits.append(SetScene(scene=old.id, **parts))
        scene = old.model_copy(update=parts)
        home = next(p for p in story.places if p.id == scene.place)
        marked = read_heading(scene.title).marked and told.title != scene.title
        if told.title and (marked or told.title != heading_of(scene, home, hour)):
            self.edits.append(Rename(what="scene", id=old.id, name=told.title))
            scene = scene.model_copy(update={"title": told.title})
        return scene

    # -- shots ----------------------------------------------------------------------------

    def _shots(self, boarded: tuple[Shot, ...]) -> list[str | Shot]:
        """Ids of shots that stay and new shots, in order; edits for what changes in those that stay."""
        rows = [(scene, wanted) for scene in self.scenes for wanted in scene.shots]
        kept = {w.shot.id for _, w in rows if w.shot is not None}
        gone = [shot.id for shot in self.film.shots if shot.id not in kept]
        order: list[str | Shot] = []
        self._pending: list[Edit] = []
        for number, ((scene, wanted), new) in enumerate(zip(rows, boarded, strict=True)):
            first = number == 0 or rows[number - 1][0] is not scene
            if wanted.shot is None:
                order.append(self._fresh(new, scene))
            else:
                self._change(wanted, wanted.shot, new, scene, first, number == 0)
                order.append(wanted.shot.id)
        self._gone = gone
        return order

    def _fresh(self, boarded: Shot, scene: WantedScene) -> Shot:
        """A boarded shot with ids of its own, in the film's scene."""
        number = max((int(m[1]) for i in self.shot_ids if (m := re.fullmatch(r"s(\d+)", i))), default=0) + 1
        shot_id = f"s{number:02}"
        self.shot_ids.add(shot_id)
        lines = tuple(line.model_copy(update={"id": self._line_id(shot_id)}) for line in boarded.lines)
        assert scene.scene is not None
        return boarded.model_copy(
            update={
                "id": shot_id,
                "scene": scene.scene,
                "lines": lines,
                "seed": seeded(self.film.settings.seed, "shot", shot_id),
            }
        )

    def _line_id(self, shot: str) -> str:
        number = 1
        while f"{shot}-{number}" in self.line_ids:
            number += 1
        self.line_ids.add(f"{shot}-{number}")
        return f"{shot}-{number}"

    def _change(
        self, wanted: Wanted, shot: Shot, new: Shot, scene: WantedScene, first: bool, first_of_film: bool
    ) -> None:
        """Edits of a shot that stays: what happens, who is in it, its lines, how it opens."""
        edits = self._pending
        setup = setup_of([link.unit for link in wanted.units])
        action = [link for link in wanted.units if link.unit.cue is None]
        if wanted.acts_otherwise:
            event = new.event
            edits.append(
                Rewrite(
                    shot=shot.id, sentence=setup.sentence, actor=event.actor or "", action=event.action,
                    verb=event.verb, target=event.target or "", manner=event.manner, known=event.known,
                    runs_on=setup.runs_on,
                )
            )  # fmt: skip
            if (cast := _recast(shot, new)) is not None:
                edits.append(cast)
        elif setup.runs_on != shot.runs_on and action:
            edits.append(Rewrite(shot=shot.id, runs_on=setup.runs_on))
        self._lines(wanted, shot, new, edits)
        if transition_of(shot, first_of_film, first) != transition_of(new, first_of_film, first):
            edits.append(Join(shot=shot.id, opens=new.opens, overlap=new.overlap))
        assert scene.scene is not None
        old = self.film.scenes[shot.scene]
        moved = scene.scene != shot.scene
        told = next((e for e in self.edits if isinstance(e, SetScene) and e.scene == old.id), None)
        if not moved and told is not None and new.light is not shot.light:
            edits.append(SetLight(shot=shot.id, light=new.light))

    def _lines(self, wanted: Wanted, shot: Shot, new: Shot, edits: list[Edit]) -> None:
        links = [link for link in wanted.units if link.unit.cue is not None]
        stay = {link.old.line for link in links if link.old is not None and link.old.shot == shot.id}
        edits += [
            RemoveLine(line=line.id) for line in shot.lines if line.id not in stay and spaced(line.words)
        ]
        before: str | None = None
        for link, line in zip(links, new.lines, strict=True):
            if link.old is not None and link.old.line in stay:
                before = link.old.line
                if not link.same:
                    edits += self._new_words(before, link.unit, line)
            else:
                fresh = line.model_copy(update={"id": self._line_id(shot.id)})
                edits.append(AddLine(shot=shot.id, line=fresh, after=before))
                before = fresh.id

    def _new_words(self, line_id: str, unit: Unit, line: Line) -> list[Edit]:
        old = next(ln for shot in self.film.shots for ln in shot.lines if ln.id == line_id)
        parts: dict[str, object] = {}
        if spaced(unit.words) != spaced(old.words):
            parts["words"] = line.words
        if line.speaker != old.speaker:
            parts["speaker"] = line.speaker or ""
        if line.kind is not old.kind:
            parts["kind"] = line.kind
        if spaced(line.delivery) != spaced(old.delivery):
            parts["delivery"] = line.delivery
        return [SetLine(line=line_id, **parts)] if parts else []

    def _ordered(self, order: Sequence[str | Shot]) -> None:
        """New shots put in, gone ones taken out, and as few as may be moved."""
        there = [shot.id for shot in self.film.shots if shot.id not in self._gone]
        place = {shot: n for n, shot in enumerate(there)}
        stay = _longest_rise([place[one] for one in order if isinstance(one, str)])
        still = {there[n] for n in stay}
        before: str | None = None
        self.edits += self._pending
        for one in order:
            if isinstance(one, Shot):
                self.edits.append(Insert(shot=one, after=before))
                before = one.id
            else:
                if one not in still:
                    self.edits.append(MoveShot(shot=one, after=before))
                before = one
        self.edits += [Remove(shot=shot) for shot in self._gone]

    def _notices(self) -> tuple[str, ...]:
        silent = [
            c.name
            for c in self.story.characters
            if any(ln.speaker == c.id for s in self.film.shots for ln in s.lines)
            and not any(plain_name(c.name) in plain_name(self.text) for _ in (0,))
        ]
        if not silent:
            return ()
        return (f"In the new script there is no {', '.join(silent)[:200]}; the cast keeps them.",)


def _with_opening(scene: WantedScene, number: int) -> Setup:
    """The setup of a wanted shot; it opens as the script has it. A shot without words stays as it is."""
    wanted = scene.shots[number]
    setup = setup_of([link.unit for link in wanted.units])
    if number == 0:
        opens = scene.script.setups[0].opens
    elif not wanted.units:
        opens = wanted.shot.opens if wanted.shot is not None else None
    else:
        opens = _opening_after(scene.script, sum(_words(shot) for shot in scene.shots[:number]))
    return Setup(setup.sentence, setup.said, setup.runs_on, opens)


def _opening_after(script: ScriptScene, words: int) -> Opening | None:
    """The transition that a scene has after so many of its words."""
    before = 0
    for setup in script.setups:
        if before == words and setup.opens is not None:
            return setup.opens
        before += len(atoms(setup.sentence)) + sum(len(atoms(said.words)) for said in setup.said)
    return None


def _words(shot: Wanted) -> int:
    return sum(len(atoms(link.unit.words)) for link in shot.units)


def _recast(shot: Shot, new: Shot) -> Recast | None:
    """Who is in a shot now, where that differs; those who stay keep their state and references."""
    before = {m.entity: m for m in shot.cast}
    if {m.entity for m in new.cast} == before.keys() and new.event.action is shot.event.action:
        return None
    cast: list[CastMember] = []
    for member in new.cast:
        old = before.get(member.entity)
        kept = {} if old is None else {"state": old.state, "references": old.references, "loras": old.loras}
        cast.append(member.model_copy(update=kept))
    return Recast(shot=shot.id, cast=tuple(cast), props=new.props)


def _exact(name: str, story: Story) -> str | None:
    return next((p.id for p in story.places if plain_name(p.name) == plain_name(name)), None)


def _bare(name: str) -> str:
    return re.sub(r" \((?:inside|outside)\)$", "", name)


def _longest_rise(numbers: Sequence[int]) -> list[int]:
    """The longest part of distinct numbers that rises: what need not be moved."""
    from bisect import bisect_left

    tails: list[int] = []
    ends: list[int] = []
    links: list[int] = []
    for at, number in enumerate(numbers):
        spot = bisect_left(tails, number)
        tails[spot : spot + 1] = [number]
        ends[spot : spot + 1] = [at]
        links.append(ends[spot - 1] if spot else -1)
    found: list[int] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        found.append(numbers[at])
        at = links[at]
    return found[::-1]
