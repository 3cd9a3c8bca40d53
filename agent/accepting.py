"""Accepted frames become anchors, between stages: never while shots render.

A frame of a chosen take in which an entity is alone, or in focus, is kept as an anchor where it is
sharp and well lit, and tells something new that is still the same look. It is bound only to shots that
are bound later; the first accepted look of each entity and state stays for good.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..memory.anchor_record import Anchor, Seen, still_so
from ..memory.anchors import AnchorBook
from ..memory.descriptor import Descriptor, Vector, sharpness, well_exposed
from ..memory.embedding import descriptor
from ..memory.images import Pixels
from ..memory.project import Project
from ..memory.selection import Subject, subjects
from ..render.plan import Planner, used_takes
from ..storyboard.edits import Decide, Edit
from ..storyboard.errors import BadInput, BadTake
from ..storyboard.film import Decision, Film, Shot
from ..storyboard.vocabulary import ShotSize
from .sheets import Say

CAP = 3
"""At most so many accepted frames of an entity in a state."""
SHARP = 0.01
"""Least ``sharpness`` of a frame that is kept. A first setting, not measured on films."""
_MOMENTS = (50, 25, 75)
"""Percent of a shot at which its frames are looked at."""
_FAR = frozenset({ShotSize.extreme_wide, ShotSize.wide})
"""Sizes at which nobody's look can be seen."""


@dataclass(frozen=True)
class _Candidate:
    shot: Shot
    take: str
    subject: Subject


def accept(project: Project, planner: Planner, say: Say, anew: bool = True) -> list[Anchor]:
    """Keep frames of the takes as anchors, where the film's renderer works on a GPU or a network.

    Needs the lock. Nothing is done until every shot has its take, so that what is accepted does not
    depend on the order of rendering. Without ``anew`` (nothing was made since) the takes are looked at only
    where no frame was ever accepted. Each acceptance is journalled with its reason.
    """
    film = project.film
    if planner.renderer(film.settings.renderer)[1].device not in ("gpu", "network"):
        return []
    used = used_takes(film, planner.plan(film), project.store.has)
    if any(used[shot.id][0] != "current" for shot in film.shots):
        return []
    book = AnchorBook(project.folder, project.files)
    anchors = [a for a in book.all() if still_so(film, a)]
    if not anew and any(a.origin == "take" for a in anchors):
        return []
    candidates = [c for c in _candidates(film, used) if _room(anchors, c)]
    if not candidates:
        return []
    judge = _Judge(book, descriptor())
    accepted: list[Anchor] = []
    for candidate in candidates:
        known = [
            a for a in anchors if (a.entity, a.state) == (candidate.subject.entity, candidate.subject.state)
        ]
        if not _room(known, candidate):
            continue
        found = judge.best(project, film, candidate, [a for a in known if not a.set_aside])
        if found is None:
            continue
        frame, pixels, seen = found
        anchor = _kept(book, film, candidate, frame, pixels, seen, known, say)
        if anchor is not None:
            anchors.append(anchor)
            accepted.append(anchor)
    if accepted:
        edits: list[Edit] = [Decide(decision=_decision(anchor)) for anchor in accepted]
        project.commit(edits, f"{len(accepted)} frames were accepted as anchors", "engine")
        say("notice", f"{len(accepted)} frames were accepted as references for shots that come later")
    return accepted


def _candidates(film: Film, used: object) -> Iterator[_Candidate]:
    assert isinstance(used, dict)
    for shot in film.shots:
        # What a person brought to a shot need not show who the story says is there.
        if shot.camera.size in _FAR or shot.plate is not None:
            continue
        alone = len(shot.cast) == 1
        for subject in subjects(film, shot):
            in_focus = shot.camera.focus == subject.entity
            alone_there = alone and subject.kind == "character"
            if alone_there or (in_focus and subject.kind != "place"):
                yield _Candidate(shot, used[shot.id][1], subject)


def _room(anchors: list[Anchor], candidate: _Candidate) -> bool:
    """Whether the entity and state may have one more, and has none of this shot."""
    subject = candidate.subject
    taken = [
        a for a in anchors if a.origin == "take" and (a.entity, a.state) == (subject.entity, subject.state)
    ]
    return len(taken) < CAP and not any(a.shot == candidate.shot.id for a in taken)


class _Judge:
    """Looks at frames with one descriptor; describes each anchor once."""

    def __init__(self, book: AnchorBook, by: Descriptor) -> None:
        self._book, self._by = book, by
        self._known: dict[str, Vector] = {}

    def best(
        self, project: Project, film: Film, candidate: _Candidate, known: list[Anchor]
    ) -> tuple[int, Pixels, Seen] | None:
        """The sharpest frame of a candidate that is good enough, new, and the same look; or None."""
        vectors = [self._of(a) for a in known if a.origin == "take" or self._by.knows_subjects]
        best: tuple[int, Pixels, Seen] | None = None
        for frame, pixels in _frames(project, film, candidate):
            sharp = sharpness(pixels)
            if sharp < SHARP or not well_exposed(pixels):
                continue
            vector = self._by.describe(pixels)
            nearest = min((self._by.distance(vector, other) for other in vectors), default=None)
            if nearest is not None and not self._by.novel <= nearest <= self._by.same:
                continue
            seen = Seen(
                by=self._by.name,
                distance=1000 if nearest is None else round(nearest * 1000),
                sharpness=round(sharp * 1000),
            )
            if best is None or seen.sharpness > best[2].sharpness:
                best = frame, pixels, seen
        return best

    def _of(self, anchor: Anchor) -> Vector:
        if anchor.digest not in self._known:
            self._known[anchor.digest] = self._by.describe(self._book.pixels(anchor.digest))
        return self._known[anchor.digest]


def _frames(project: Project, film: Film, candidate: _Candidate) -> Iterator[tuple[int, Pixels]]:
    from ..render.cut.footage import open_footage

    try:
        with open_footage(project.store.path(candidate.take)) as footage:
            wanted = [min(candidate.shot.frames, footage.count) * moment // 100 for moment in _MOMENTS]
            for frame in dict.fromkeys(min(n, footage.count - 1) for n in wanted):
                yield frame, footage.frame(frame)
    except BadTake:
        return


def _kept(
    book: AnchorBook,
    film: Film,
    candidate: _Candidate,
    frame: int,
    pixels: Pixels,
    seen: Seen,
    known: list[Anchor],
    say: Say,
) -> Anchor | None:
    subject = candidate.subject
    try:
        return book.propose(
            pixels, subject.entity, subject.state, origin="take", take=candidate.take, frame=frame,
            shot=candidate.shot.id, long_term=not any(a.long_term for a in known), seen=seen, film=film,
        )  # fmt: skip
    except BadInput as error:
        say("notice", f"A frame of {candidate.shot.id} is not kept: {error}")
        return None


def _decision(anchor: Anchor) -> Decision:
    assert anchor.seen is not None
    words = (
        f"Frame {anchor.frame} of shot {anchor.shot} was accepted as {anchor.digest[:12]} "
        f"({anchor.state or 'as is'}): "
        f"{anchor.seen.distance / 1000:.3f} from what there was, by {anchor.seen.by}."
    )
    return Decision(kind="anchor", subject=anchor.entity, words=words)
