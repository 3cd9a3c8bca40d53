"""Anchor frames: what an entity looks like in a state. They are never evicted.

A shot's references are bound per entity and state by a fixed rule (``selection.py``), so that two
runs bind the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..storyboard.errors import BadInput, Damaged
from ..storyboard.film import Film, Shot
from ..storyboard.schema import as_json, clean_text
from ..storyboard.vocabulary import Hour
from .anchor_record import Anchor, Origin, Seen, SheetView, look_digest, manner_digest, read_anchor
from .files import Files
from .images import Pixels, encode_png, pixels_digest, read_image
from .selection import RANK, Binding, Selection

_KEY = re.compile(r"[0-9a-f]{64}")


class AnchorBook:
    """Anchors of one project, in ``folder/anchors``."""

    def __init__(self, folder: Path, files: Files | None = None) -> None:
        self._files = files or Files(folder)
        self._folder = folder / "anchors"

    def add_image(
        self,
        path: Path,
        entity: str,
        state: str | None = None,
        words: str = "",
        origin: Origin = "person",
        view: SheetView | None = None,
    ) -> Anchor:
        """Take a person's picture in: re-encoded, upright, without its metadata. Raises ``BadInput``."""
        return self.propose(read_image(path), entity, state, origin=origin, words=words, view=view)

    def propose(
        self,
        pixels: Pixels,
        entity: str,
        state: str | None = None,
        *,
        origin: Origin,
        words: str = "",
        view: SheetView | None = None,
        hour: Hour | None = None,
        take: str | None = None,
        frame: int | None = None,
        shot: str | None = None,
        long_term: bool = False,
        seen: Seen | None = None,
        film: Film | None = None,
    ) -> Anchor:
        """Keep pixels (height x width x 3, sRGB) as an anchor of an entity.

        With ``film``, it shows the entity's look (and, unless a person gave it, the style) of that film:
        when it is changed, it is bound to no further shot.
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
            view=view,
            hour=hour,
            origin=origin,
            words=clean_text(words),
            take=take,
            frame=frame,
            shot=shot,
            long_term=long_term,
            look=None if film is None else look_digest(film, entity, state),
            manner=None if film is None or origin == "person" else manner_digest(film),
            seen=seen,
        )
        try:
            known = self.get(anchor.digest)
        except Damaged:  # it is written anew
            known = None
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
        return self.amend(digest, set_aside=aside)

    def amend(self, digest: str, **changes: Any) -> Anchor:
        """Write down something else about an anchor. Raises ``BadInput`` where there is none."""
        anchor = self.get(digest)
        if anchor is None:
            raise BadInput(f"There is no anchor {digest[:16]}.")
        changed = Anchor.model_validate({**dict(anchor), **changes})
        self._record(changed)
        return changed

    def get(self, digest: str) -> Anchor | None:
        """The record of an anchor, or None. Raises ``Damaged``, ``NewerFilm``."""
        return read_anchor(self.path(digest).with_suffix(".json"), digest)

    def path(self, digest: str) -> Path:
        """Where an anchor's PNG lies."""
        if not _KEY.fullmatch(digest):
            raise BadInput(f"{digest[:80]!r} is not the digest of an anchor.")
        return self._folder / f"{digest}.png"

    def pixels(self, digest: str) -> Pixels:
        """An anchor's pixels. Raises ``Damaged`` where they are not those that were added."""
        path = self.path(digest)
        if path.is_symlink() or self._folder.is_symlink():
            raise Damaged(f"Anchor {digest[:16]} is a link, which is not followed. Add its picture again.")
        try:
            found = read_image(path)
        except BadInput as error:
            raise Damaged(f"Anchor {digest[:16]} cannot be read: {error}") from None
        if pixels_digest(found) != digest:
            raise Damaged(f"Anchor {digest[:16]} is not the picture that was added. Add it again.")
        return found

    def all(self) -> Iterator[Anchor]:
        """All anchors, by digest."""
        for path in sorted(self._folder.glob("*.json")):
            anchor = self.get(path.stem) if _KEY.fullmatch(path.stem) else None
            if anchor is not None:
                yield anchor

    def of(self, entity: str, state: str | None = None) -> list[Anchor]:
        """Anchors of an entity in exactly that state, the ones to be preferred first."""
        return _preferred([a for a in self.all() if (a.entity, a.state) == (entity, state)])

    def bind(self, film: Film, shot: Shot, most: int) -> Binding:
        """References for the characters, place and props of a shot: see ``Selection.bind``."""
        return Selection(film, self.all()).bind(shot, most)

    def _record(self, anchor: Anchor) -> None:
        path = self.path(anchor.digest).with_suffix(".json")
        self._files.write(path, as_json(anchor, indent=1))


def _preferred(anchors: list[Anchor]) -> list[Anchor]:
    return sorted(anchors, key=lambda a: (a.set_aside, RANK[a.origin], a.digest))
