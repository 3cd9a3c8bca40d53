"""Anchor frames: what an entity looks like in a state. They are never evicted.

A shot's references are bound per entity and state by a fixed rule, so that two runs bind the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError

from ..storyboard.edits import Bind
from ..storyboard.errors import BadInput, Damaged, UnknownName
from ..storyboard.film import Film, Shot, state_of
from ..storyboard.schema import Data, Id, Key, Text, clean_text, digest
from .files import Files
from .images import Pixels, encode_png, pixels_digest, read_image

Origin = Literal["sheet", "person", "take"]
_RANK: dict[str, int] = {"person": 0, "sheet": 1, "take": 2}
"""What a person gave goes before a sheet, and a sheet before a frame of a take."""


class Anchor(Data):
    """One anchor frame. ``digest`` is that of its pixels and the name of its file."""

    schema_version: Literal[1] = 1
    digest: Key
    entity: Id
    state: Id | None = None
    """None for how the entity always looks."""
    origin: Origin
    words: Text = ""
    take: Key | None = None
    """Of origin "take": the take, and its frame."""
    frame: int | None = Field(None, ge=0)
    look: Key | None = None
    """Digest of the look it shows (``look_digest``); None where it stands for any look."""
    set_aside: bool = False
    """Kept, but no longer bound to shots that have no reference yet."""


@dataclass(frozen=True)
class Binding:
    """References of one shot, by entity, and what stands in the way."""

    shot: str
    references: dict[str, tuple[str, ...]]
    problems: tuple[str, ...]
    """Entities without a reference, or with several that none goes before. Empty: all is bound."""
    left_out: tuple[str, ...]
    """Entities that the renderer takes no reference for any more, because it takes too few."""

    def edit(self) -> Bind:
        """The decision as an edit."""
        return Bind(shot=self.shot, references=self.references)


class AnchorBook:
    """Anchors of one project, in ``folder/anchors``."""

    def __init__(self, folder: Path, files: Files | None = None) -> None:
        self._files = files or Files(folder)
        self._folder = folder / "anchors"

    def add_image(
        self, path: Path, entity: str, state: str | None = None, words: str = "", origin: Origin = "person"
    ) -> Anchor:
        """Take a person's picture in: re-encoded, upright, without its metadata. Raises ``BadInput``."""
        return self.propose(read_image(path), entity, state, origin=origin, words=words)

    def propose(
        self,
        pixels: Pixels,
        entity: str,
        state: str | None = None,
        *,
        origin: Origin,
        words: str = "",
        take: str | None = None,
        frame: int | None = None,
        film: Film | None = None,
    ) -> Anchor:
        """Keep pixels (height x width x 3, sRGB) as an anchor of an entity.

        With ``film``, it shows the entity's look in that film: when the look is changed, it is
        bound to no further shot.
        The first accepted look stays: the same pixels for the same entity and state are the same
        anchor, and its first record is kept. Raises ``BadInput`` where the very same picture
        stands for somebody else.
        """
        if pixels.ndim != 3 or pixels.shape[2] not in (3, 4) or pixels.dtype.name != "uint8":
            raise BadInput(f"An anchor is height x width x 3 bytes, not {pixels.shape} {pixels.dtype}.")
        anchor = Anchor(
            digest=pixels_digest(pixels),
            entity=entity,
            state=state,
            origin=origin,
            words=clean_text(words),
            take=take,
            frame=frame,
            look=None if film is None else look_digest(film, entity, state),
        )
        known = self.get(anchor.digest)
        if known is not None:
            if (known.entity, known.state) == (entity, state):
                return known
            shows = known.entity + (f" ({known.state})" if known.state else "")
            raise BadInput(f"This very picture already stands for {shows}; give {entity} one of its own.")
        self._files.make_folder(self._folder)
        self._files.write(self.path(anchor.digest), encode_png(pixels))
        self._record(anchor)  # last: an anchor without a record was never added
        return anchor

    def set_aside(self, digest: str, aside: bool = True) -> Anchor:
        """Bind this anchor to no further shot (or again, with ``aside=False``). It is kept."""
        anchor = self.get(digest)
        if anchor is None:
            raise BadInput(f"There is no anchor {digest[:16]}.")
        changed = anchor.model_copy(update={"set_aside": aside})
        self._record(changed)
        return changed

    def get(self, digest: str) -> Anchor | None:
        """The record of an anchor, or None. Raises ``Damaged``."""
        path = self.path(digest).with_suffix(".json")
        try:
            return Anchor.model_validate_json(path.read_bytes())
        except FileNotFoundError:
            return None
        except ValidationError:
            raise Damaged(
                f"The record of anchor {digest[:16]} cannot be read. Add its picture again."
            ) from None

    def path(self, digest: str) -> Path:
        """Where an anchor's PNG lies."""
        if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
            raise BadInput(f"{digest[:80]!r} is not the digest of an anchor.")
        return self._folder / f"{digest}.png"

    def pixels(self, digest: str) -> Pixels:
        """An anchor's pixels. Raises ``Damaged`` where they are not those that were added."""
        try:
            found = read_image(self.path(digest))
        except BadInput as error:
            raise Damaged(f"Anchor {digest[:16]} cannot be read: {error}") from None
        if pixels_digest(found) != digest:
            raise Damaged(f"Anchor {digest[:16]} is not the picture that was added. Add it again.")
        return found

    def all(self) -> Iterator[Anchor]:
        """All anchors, by digest."""
        for path in sorted(self._folder.glob("*.json")):
            anchor = self.get(path.stem)
            if anchor is not None:
                yield anchor

    def of(self, entity: str, state: str | None = None) -> list[Anchor]:
        """Anchors of an entity in exactly that state, the ones to be preferred first."""
        return _preferred([a for a in self.all() if (a.entity, a.state) == (entity, state)])

    def bind(self, film: Film, shot: Shot, most: int) -> Binding:
        """References for every character and prop of a shot, at most ``most`` (0 binds none).

        The rule: what is bound stays; else the entity's anchor in the shot's state, else its
        anchor without a state, a person's before a sheet's before a take's. Cast before props, in
        the shot's order. Two that none goes before are a problem, and so is none for a character
        (a prop without one is only drawn from its words).
        """
        if most <= 0:
            return Binding(shot.id, {}, (), ())
        every = [a for a in self.all() if not a.set_aside and _still_so(film, a)]
        references: dict[str, tuple[str, ...]] = {}
        problems: list[str] = []
        left_out: list[str] = []
        cast = [(m.entity, m.state, m.references, True) for m in shot.cast]
        for entity, state, bound, needed in (
            *cast,
            *((p.entity, p.state, p.references, False) for p in shot.props),
        ):
            if bound:
                references[entity] = bound
                continue
            if sum(map(len, references.values())) >= most:
                left_out.append(entity)
                continue
            chosen = _best(every, entity, state)
            if len(chosen) == 1:
                references[entity] = (chosen[0].digest,)
            elif chosen or needed:
                problems.append(_problem(film, shot, entity, state, chosen))
        return Binding(shot.id, references, tuple(problems), tuple(left_out))

    def _record(self, anchor: Anchor) -> None:
        path = self.path(anchor.digest).with_suffix(".json")
        self._files.write(path, anchor.model_dump_json(indent=1).encode())


def look_digest(film: Film, entity: str, state: str | None) -> str:
    """Digest of how a character or prop looks in a state; names are no part of it."""
    thing = film.characters.get(entity) or film.props.get(entity)
    if thing is None:
        raise UnknownName("character or prop", entity, [*film.characters, *film.props])
    return digest([thing.words, thing.look, state_of(thing, state)])


def _still_so(film: Film, anchor: Anchor) -> bool:
    """Whether an anchor shows how its entity looks in the film now."""
    known = anchor.entity in film.characters or anchor.entity in film.props
    return known and anchor.look in (None, look_digest(film, anchor.entity, anchor.state))


def _preferred(anchors: list[Anchor]) -> list[Anchor]:
    return sorted(anchors, key=lambda a: (a.set_aside, _RANK[a.origin], a.digest))


def _best(anchors: list[Anchor], entity: str, state: str | None) -> list[Anchor]:
    """The anchors that go before all others; more than one where none decides."""
    for exact in dict.fromkeys((state, None)):
        fitting = [a for a in anchors if (a.entity, a.state) == (entity, exact)]
        if fitting:
            first = min(_RANK[a.origin] for a in fitting)
            return [a for a in fitting if _RANK[a.origin] == first]
    return []


def _problem(film: Film, shot: Shot, entity: str, state: str | None, chosen: list[Anchor]) -> str:
    thing = film.characters.get(entity) or film.props.get(entity)
    who = (thing.name or entity if thing else entity) + (f" ({state})" if state else "")
    if not chosen:
        return f"Shot {shot.id}: there is no reference of {who}."
    listed = ", ".join(a.digest[:8] for a in chosen)
    return (
        f"Shot {shot.id}: {len(chosen)} references of {who} are equally good ({listed}). "
        "Set all but one aside."
    )
