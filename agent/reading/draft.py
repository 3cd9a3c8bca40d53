"""A draft: the edits that what was said has come to so far, and the film as it would be after them."""

from __future__ import annotations

from dataclasses import dataclass, field

from ...storyboard.edit_types import Edit
from ...storyboard.edits import apply
from ...storyboard.errors import BadInput
from ...storyboard.film import Film
from ..directing.understood import Deed, Understood


class Cannot(Exception):
    """A wish that was understood and cannot be met. The words say why, and the nearest that can."""


class Unclear(Exception):
    """Two readings are really possible: a question, with answers that would be understood."""

    def __init__(self, question: str, choices: tuple[str, ...] = ()) -> None:
        super().__init__(question)
        self.question = question
        self.choices = choices


MANY = 20
"""Edits of single shots at once from which on they are tried on each shot alone."""
_OF_ONE_SHOT = frozenset(("camera", "light", "join", "recast", "rewrite", "retake", "split", "lower-third"))


def _one_by_one(film: Film, edits: tuple[Edit, ...]) -> tuple[Film, list[Edit]]:
    """As ``apply`` on the whole film, but each edit is tried on a film of its own shot: that is quick."""
    shots = {shot.id: shot for shot in film.shots}
    kept: list[Edit] = []
    for edit in edits:
        old = shots.get(getattr(edit, "shot", ""))
        if old is None:
            raise Cannot(f"There is no shot {getattr(edit, 'shot', '')!r}.")
        alone = film.model_copy(update={"shots": (old,)})
        try:
            new = apply(alone, edit).shots[0]
        except BadInput as error:
            raise Cannot(str(error)) from None
        if new != old:
            kept.append(edit)
            shots[old.id] = new
    return film.model_copy(update={"shots": tuple(shots.values())}), kept


@dataclass
class Draft:
    """What has been understood so far. ``film`` is the film after ``edits``."""

    film: Film
    first: Film
    edits: list[Edit] = field(default_factory=list)
    read_as: list[str] = field(default_factory=list)
    shots: list[str] = field(default_factory=list)
    entities: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    question: str = ""
    choices: tuple[str, ...] = ()
    scenes: tuple[str, ...] = ()
    """Scenes that the last wish about scenes changed."""
    answer: str = ""
    history: int = 0
    deed: Deed | None = None

    def do(
        self, *edits: Edit, said: str = "", shots: tuple[str, ...] = (), entities: tuple[str, ...] = ()
    ) -> None:
        """Add edits, each to the film after those before it. Raises ``Cannot`` where one does not fit."""
        asked = bool(edits)
        film = self.film
        kept: list[Edit] = []
        if len(edits) > MANY and all(edit.op in _OF_ONE_SHOT for edit in edits):
            film, kept = _one_by_one(film, edits)
            edits = ()
        for edit in edits:
            try:
                after = apply(film, edit)
            except BadInput as error:
                raise Cannot(str(error)) from None
            if after is not film and after != film:
                kept.append(edit)
            film = after
        self.film = film
        self.edits += kept
        if said and (kept or asked):
            self.read_as.append(said if kept else f"{said} (it is so already)")
        self.about(shots, entities)

    def about(self, shots: tuple[str, ...] = (), entities: tuple[str, ...] = ()) -> None:
        """Remember what a wish was about, the last first."""
        self.shots = [*shots, *(s for s in self.shots if s not in shots)]
        self.entities = [*entities, *(e for e in self.entities if e not in entities)]

    def notice(self, words: str) -> None:
        """Say something once."""
        if words not in self.notices:
            self.notices.append(words)

    @property
    def done(self) -> bool:
        """Whether anything was understood."""
        return bool(
            self.edits
            or self.history
            or self.deed
            or self.answer
            or self.question
            or self.refused
            or self.read_as
        )

    def understood(self) -> Understood:
        """What is handed back. Where a part is unread or a question is open, nothing of it is done."""
        there = {s.id for s in self.film.shots}
        answer = self.answer
        if (
            not answer
            and self.read_as
            and not (self.edits or self.history or self.deed or self.refused or self.unread or self.question)
        ):
            answer = "Nothing has to change: " + "; ".join(self.read_as) + "."
        return Understood(
            edits=tuple(self.edits),
            history=self.history,
            deed=self.deed,
            shots=tuple(s for s in self.shots if s in there)[:12],
            entities=tuple(self.entities)[:12],
            read_as=tuple(self.read_as),
            answer=answer,
            question=self.question,
            choices=self.choices,
            refused=tuple(self.refused),
            unread=tuple(self.unread),
            notices=tuple(self.notices),
        )
