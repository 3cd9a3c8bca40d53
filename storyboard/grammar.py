"""The grammar of film: what an editor would remark on a storyboard. Advice, never a refusal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, groupby, pairwise
from typing import Literal

from .coverage import RANK
from .film import CastMember, Film, Shot
from .lexicon import verb
from .performing import TRAVEL
from .schema import Data, Id, Text
from .vocabulary import Action, Facing, Move, Opening, ShotSize, Side

MOST_WITHOUT_WIDE = 5
"""Shots of one scene in a row without one that shows where we are."""
MOST_ALIKE = 3
"""Shots in a row of one size before the rhythm is dull."""

Rule = Literal[
    "180-degree",
    "jump-cut",
    "one-event",
    "size-rhythm",
    "establishing",
    "eyeline",
    "screen-direction",
    "crowding",
]
_ACROSS = list(Side)
_JOINED = re.compile(
    r"(?:,? and then|,? then|;|,? and|, before|, after which)\s+(?:he |she |it |they )?(\w+)"
)


class Note(Data):
    """One remark: the shot it is about, the rule, and what could be done."""

    shot: Id
    rule: Rule
    words: Text


def grammar_notes(film: Film) -> list[Note]:
    """Every remark on the film's shots, in order of the shots. Empty for a film without any."""
    notes: list[Note] = []
    for _, group in groupby(film.shots, key=lambda shot: shot.scene):
        shots = list(group)
        notes += _axis(shots)
        notes += _directions(shots)
        notes += _establishing(shots)
        notes += (note for a, b in pairwise(shots) for note in _jump_cut(a, b))
    for shot in film.shots:
        notes += _within(shot)
    notes += _rhythm(film.shots)
    place = {shot.id: number for number, shot in enumerate(film.shots)}
    return sorted(notes, key=lambda note: place[note.shot])


def _axis(shots: list[Shot]) -> Iterator[Note]:
    """Two characters who change sides within a scene have been shot from across the line."""
    order: dict[tuple[str, str], bool] = {}
    for shot in shots:
        for a, b in combinations(sorted(shot.cast, key=lambda m: m.entity), 2):
            if a.side == b.side:
                continue
            first = _ACROSS.index(a.side) < _ACROSS.index(b.side)
            if order.setdefault((a.entity, b.entity), first) != first:
                order[a.entity, b.entity] = first
                yield Note(
                    shot=shot.id,
                    rule="180-degree",
                    words=f"{a.entity} and {b.entity} have changed sides since the scene's earlier shots: "
                    "the camera has crossed the line.",
                )


def _directions(shots: list[Shot]) -> Iterator[Note]:
    """Somebody who travels turns round between two shots, and to nobody."""
    going: dict[str, Facing] = {}
    for shot in shots:
        for member in shot.cast:
            aimed = member.gaze is not None or member.action is Action.float
            if aimed or member.action not in TRAVEL or member.facing not in (Facing.left, Facing.right):
                continue
            before = going.get(member.entity)
            going[member.entity] = member.facing
            if before and before is not member.facing:
                yield Note(
                    shot=shot.id,
                    rule="screen-direction",
                    words=f"{member.entity} went {before.value} and now goes {member.facing.value}.",
                )


def _establishing(shots: list[Shot]) -> Iterator[Note]:
    since = 0
    for shot in shots:
        since = 0 if RANK[shot.camera.size] <= RANK[ShotSize.full] else since + 1
        if since == MOST_WITHOUT_WIDE + 1:
            yield Note(
                shot=shot.id,
                rule="establishing",
                words=f"{since} shots of this scene in a row without a wide one: show again where we are.",
            )
    if len(shots) > 2 and all(RANK[s.camera.size] > RANK[ShotSize.full] for s in shots[:3]):
        yield Note(
            shot=shots[0].id, rule="establishing", words="The scene does not show where it is in three shots."
        )


def _jump_cut(before: Shot, shot: Shot) -> Iterator[Note]:
    """The 30-degree rule: one subject, one size, one angle, and a cut between."""
    if shot.opens not in (Opening.cut, Opening.match):
        return
    one, two = before.camera, shot.camera
    same = RANK[one.size] == RANK[two.size] and one.angle is two.angle and one.view is two.view
    shared = {m.entity for m in before.cast} & {m.entity for m in shot.cast}
    nobody = not before.cast and not shot.cast
    if same and one.focus == two.focus and (shared or nobody):
        yield Note(
            shot=shot.id,
            rule="jump-cut",
            words=f"Cuts from a {one.size.value} to a {two.size.value} at the same angle on the same "
            "subject: change the size or the angle, or go on in one take.",
        )


def _within(shot: Shot) -> Iterator[Note]:
    spots = [(m.side, m.distance) for m in shot.cast]
    if len(set(spots)) != len(spots):
        yield Note(shot=shot.id, rule="crowding", words="Two figures stand in the same spot.")
    for a, b in combinations(shot.cast, 2):
        if a.gaze == b.entity and b.gaze == a.entity and not (_towards(a, b) and _towards(b, a)):
            yield Note(
                shot=shot.id,
                rule="eyeline",
                words=f"{a.entity} and {b.entity} look at each other but are not turned to each other.",
            )
    if _events(shot.event.sentence) > 1:
        yield Note(
            shot=shot.id, rule="one-event", words="More than one thing happens in this shot: split it."
        )


def _towards(one: CastMember, other: CastMember) -> bool:
    step = _ACROSS.index(other.side) - _ACROSS.index(one.side)
    wanted = Facing.right if step > 0 else Facing.left
    return one.facing is wanted or step == 0


def _events(sentence: str) -> int:
    """How many events a sentence tells, by what its joining words lead to."""
    joined = (match[1] for match in _JOINED.finditer(sentence))
    return 1 + sum(1 for word in joined if word.endswith("s") and word[:1].islower() and verb(word))


def _rhythm(shots: tuple[Shot, ...]) -> Iterator[Note]:
    run = 1
    for before, shot in pairwise(shots):
        alike = RANK[before.camera.size] == RANK[shot.camera.size] and shot.opens is not Opening.continue_
        run = run + 1 if alike else 1
        if run == MOST_ALIKE + 1:
            yield Note(
                shot=shot.id,
                rule="size-rhythm",
                words=f"{run} shots in a row are {shot.camera.size.value}: vary the sizes.",
            )
    if len(shots) > 3 and all(s.camera.move is Move.static for s in shots):
        yield Note(shot=shots[0].id, rule="size-rhythm", words="The camera never moves.")
