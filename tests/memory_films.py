"""A small film, and a file layer that fails or crashes, for the tests of memory and edits."""

from __future__ import annotations

import os
from pathlib import Path

from photoplay.memory.files import Files
from photoplay.storyboard.film import (
    Brief,
    Card,
    CastMember,
    Event,
    Film,
    Line,
    PropUse,
    Scene,
    Shot,
    Story,
)
from photoplay.storyboard.looks import Character, Place, Prop, State


def shot(number: int, **parts) -> Shot:
    given = {
        "id": f"s{number:02}",
        "scene": "dusk" if number < 3 else "storm",
        "event": Event(sentence=f"Anna waits, {number} times.", actor="anna"),
        "cast": (CastMember(entity="anna"),) if number % 2 else (CastMember(entity="tom", holds=("lamp",)),),
        "props": (PropUse(entity="lamp"),),
        "lines": (
            Line(id=f"l{number}a", words=f"Anna was there {number} times."),
            Line(id=f"l{number}b", speaker="tom", words="Anna? Annapolis, more like."),
        ),
    }
    return Shot(**(given | parts))


def empty_film() -> Film:
    return Film(id="whale", brief=Brief(idea="Anna befriends a lost whale"))


def story() -> Story:
    return Story(
        title="The Whale",
        logline="Anna finds a friend.",
        characters=(
            Character(id="anna", name="Anna", noun="keeper", states=(State(name="wet"), State(name="old"))),
            Character(id="tom", name="Tom", noun="fisherman"),
        ),
        places=(
            Place(id="tower", name="Black Tower", states=(State(name="lit"),)),
            Place(id="bay", name="Bay"),
        ),
        props=(Prop(id="lamp", name="oil lamp", states=(State(name="lit"),)),),
        scenes=(Scene(id="dusk", place="tower"), Scene(id="storm", place="bay", title="Anna's storm")),
    )


def film() -> Film:
    return Film(
        id="whale",
        brief=Brief(idea="Anna befriends a lost whale"),
        story=story(),
        shots=tuple(shot(n) for n in range(5)),
        opening=Card(id="title", heading="The Whale", frames=72),
        ending=Card(id="end", heading="The End", frames=48),
    )


class Crash(BaseException):
    """The process is gone at this point (nothing that only handles errors may mend anything)."""


class FaultyFiles(Files):
    """Fails at the ``nth`` primitive operation (counted from 1), with an OSError or a ``Crash``.

    A failing write has put half of its bytes down before it fails, as a full disk does. After a
    ``Crash``, and where the fault is ``lasting``, every later operation fails as well.
    """

    def __init__(
        self, root: Path, nth: int = 0, error: BaseException | None = None, lasting: bool = False
    ) -> None:
        super().__init__(root)
        self.nth = nth
        self.error = error or Crash()
        self.lasting = lasting or isinstance(self.error, Crash)
        self.seen: list[str] = []

    def _now(self, operation: str) -> bool:
        self.seen.append(operation)
        if self.lasting and self.nth:
            return len(self.seen) >= self.nth
        return len(self.seen) == self.nth

    def step(self, operation: str, path: Path) -> None:
        if self._now(f"{operation} {path.name}"):
            raise self.error

    def pour(self, handle: int, data: bytes, path: Path) -> None:
        if self._now(f"pour {path.name}"):
            os.write(handle, data[: len(data) // 2])
            raise self.error
        super().pour(handle, data, path)
