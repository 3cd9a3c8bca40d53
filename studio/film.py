"""A film as a program holds it: what it should be, what there is of it, and everything that can be done."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from ..agent.production import Production
from ..agent.stages import Listener, Stage
from ..memory.ledger import Ledger, Total, total
from ..render.plan import Plan, TakeState
from ..storyboard.edit_types import Edit
from ..storyboard.errors import BadInput, Locked
from ..storyboard.film import Film as Storyboard
from ..storyboard.timeline import Timeline, timeline

if TYPE_CHECKING:
    from ..agent.directing.turn import Turn
    from ..agent.directing.understood import Reader
    from ..render.protocol import Pixels
    from .events import Events


@dataclass(frozen=True)
class Take:
    """The take that a shot or card uses: ``current``, ``stale`` (usable till replaced) or ``missing``."""

    item: str
    state: TakeState
    key: str | None
    path: Path | None
    """Its picture, an MP4 or PNG inside the film's folder, only to be read; None where it is missing."""

    def frame(self, share: float = 0.5, frames: int | None = None) -> Pixels:
        """One of its frames, height x width x 3, sRGB: at ``share`` (0 the first, 1 the last) of its first
        ``frames`` (a take is longer than its shot: it has handles).

        Raises ``BadInput`` where there is no take, ``BadTake`` where it is damaged.
        """
        from ..render.cut.footage import open_footage

        if self.path is None:
            raise BadInput(f"{self.item} has no take yet: render it first.")
        with open_footage(self.path) as footage:
            last = min(frames or footage.count, footage.count) - 1
            return footage.frame(round(min(1.0, max(0.0, share)) * last))


@dataclass(frozen=True)
class Cost:
    """What a film cost and will cost, as far as is known here; a vendor's own bill decides."""

    charged: Total
    may_be_charged: Total
    to_come: str
    """What making what is missing costs, in words: ``nothing paid``, ``2.40 USD``, unknown."""


class Film:
    """One film and its folder. Made by ``Studio.make``, ``Studio.open`` and their like.

    May be used from any thread; one piece of work goes on at a time, and a second one raises ``Locked``.
    Reading goes on meanwhile.
    """

    def __init__(self, production: Production, reader: Reader | str | None = None) -> None:
        self._production = production
        self._reader = reader
        self._busy = threading.RLock()

    # -- what there is --------------------------------------------------------------------

    @property
    def production(self) -> Production:
        """What all of this is done by, for what is not done here."""
        return self._production

    @property
    def storyboard(self) -> Storyboard:
        """What the film should be, as it is now, whoever changed it: plain, frozen data."""
        self._production.project.look_again()
        return self._production.film

    @property
    def folder(self) -> Path:
        """The film's folder; everything of it is in there."""
        return self._production.project.folder

    @property
    def title(self) -> str:
        """The story's title; before there is a story, the beginning of the idea."""
        film = self.storyboard
        return film.story.title if film.story else film.brief.idea[:60]

    @property
    def path(self) -> Path:
        """The finished film, an MP4, as it was cut last. Raises ``BadInput`` where it was not cut yet."""
        path = self._production.film_path
        if not path.is_file():
            raise BadInput(f"{self.title!r} ({self.folder}) is not made yet: call render() first.")
        return path

    @property
    def takes(self) -> Mapping[str, Take]:
        """The take of every shot and card, by id, in film order; empty before there are shots."""
        if not self.storyboard.shots:
            return {}
        store = self._production.project.store
        return {
            item: Take(item, state, key, store.path(key) if key else None)
            for item, (state, key) in self._production.takes().items()
        }

    @property
    def sounds(self) -> Mapping[str, Path]:
        """Spoken lines by id, and the music as ``"score"``: WAV files as far as they are made; only to be
        read. Where they lie in time is said by ``timeline``."""
        if not self.storyboard.shots:
            return {}
        store = self._production.project.store
        nodes = [n for n in self._production.plan().nodes if n.stage == "sound" and store.has(n.key)]
        return {("score" if n.id == "score" else n.item): store.path(n.key, "sound") for n in nodes}

    @property
    def timeline(self) -> Timeline:
        """What is seen and heard when, in frames."""
        return timeline(self.storyboard)

    def plan(self) -> Plan:
        """How everything is made, by whom and why. Raises ``BadInput`` where there are no shots yet."""
        return self._production.plan()

    def cost(self) -> Cost:
        """What was paid for this film, and what is to come for what is missing. Orders nothing."""
        from ..agent.spending import quote_of

        production = self._production
        orders = Ledger(self.folder).orders()
        missing = [take.item for take in self.takes.values() if take.state != "current"]
        return Cost(
            total(o.price for o in orders if o.charge == "charged"),
            total(o.price for o in orders if o.charge == "may be charged"),
            quote_of(production.project, production.planner(), self.storyboard, missing),
        )

    def board(self) -> Path:
        """Draw the storyboard sheet; the PNG's path (a PDF lies beside it). Takes that exist are shown."""
        from ..agent.sheet import write_sheet

        with self._alone():
            return write_sheet(self._production)[0]

    def export(self, to: str = "fountain", out: str | PathLike[str] | None = None) -> Path:
        """Write the film in a form that others read; the file's path.

        ``to`` is a form's name (``fountain``, ``otio``, ``edl`` ...; ``docs/interchange.md`` lists them), and
        without ``out`` the file lies in the film's folder, in ``out/``; or it is the file itself, whose
        suffix says the form: ``film.export("cut.otio")``. Raises ``UnknownName`` for an unknown form,
        ``BadInput`` where it needs what is not made or not installed.
        """
        from .export import formats, write_as

        with self._alone():
            if out is None and to not in formats() and Path(to).suffix:
                return write_as(self._production, None, Path(to))[0]
            return write_as(self._production, to, None if out is None else Path(out))[0]

    # -- what can be done -----------------------------------------------------------------

    def revise(self, words: str) -> Turn:
        """Do what a person says, make what has to be made again, and cut the film anew.

        Raises ``NotUnderstood`` where any part was not understood, or a question has to be answered first
        (it carries ``unread``, ``question`` and ``choices``), ``BadInput`` where it cannot be done; nothing
        is changed then. Raises ``RenderError`` where a shot could not be made: the change is kept.
        """
        with self._alone():
            return self._production.revise(words, reader=self._reader)

    def propose(self, words: str) -> Turn:
        """What ``revise`` would do: how it is understood, what changes, time and money. Changes nothing."""
        return self._production.propose(words, reader=self._reader)

    def propose_script(self, path: str | PathLike[str]) -> Turn:
        """What taking in a new version of the screenplay would do: only scenes that changed are made again.

        Changes nothing: ``apply`` does. Raises ``BadInput`` for a file that is no screenplay.
        """
        from ..agent.script.importing import proposed
        from ..agent.script.source import read_source

        source = read_source(Path(path))
        if source.kind != "script":
            raise BadInput(f"{path} is not a screenplay: it has no scene headings. Nothing was changed.")
        return proposed(self._production, source.text)

    def apply(self, proposal: Turn, words: str = "") -> Turn:
        """Do what ``propose`` showed, make what it changes and nothing else, and cut anew; ``words`` say why.

        Raises ``BadInput`` where the film was changed since, and what ``revise`` raises where ``propose``
        showed no proposal.
        """
        from ..agent.directing.carrying_out import carry_out
        from ..agent.directing.changing import refuse

        refuse(proposal, True)
        with self._alone():
            return carry_out(self._production, proposal, words or "; ".join(proposal.understood.read_as))

    def edit(self, edits: Edit | Sequence[Edit], words: str = "") -> Film:
        """Change the storyboard by typed edits, all or none; ``words`` say why, for the history.

        Renders nothing: call ``render`` for that. Raises ``BadInput`` for one that does not fit.
        """
        listed = list(edits) if isinstance(edits, Sequence) else [edits]
        with self._alone():
            self._production.edit(listed, words)
        return self

    def music(self, asked: str | PathLike[str], loop: bool = False, player: str = "") -> Film:
        """Let the film have music of one's own (a file), ``"composed"`` music or ``"none"``.

        ``loop``: a track that is shorter than the film begins again. ``player`` plays composed music. Renders
        nothing: call ``render``. Raises ``BadInput`` for what is no music; nothing is changed then.
        """
        from ..agent.music import set_music

        with self._alone():
            set_music(self._production, str(asked), loop, player)
        return self

    def own_sounds(
        self,
        folder: str | PathLike[str] | None = None,
        effects: Literal["on", "off"] | None = None,
        forget: Sequence[str] = (),
    ) -> Film:
        """Let the film have ambience and effects or none, and sounds of one's own in place of some.

        ``folder``: files named after sounds (``rain.wav``). ``forget``: own sounds to let go, by name. Makes
        nothing: call ``render``. Raises ``BadInput``; nothing is changed then.
        """
        from ..agent.own_sounds import set_sounds

        with self._alone():
            set_sounds(self._production, Path(folder) if folder is not None else None, effects, forget)
        return self

    def undo(self, n: int = 1) -> Turn:
        """Take back the last ``n`` changes. Nothing is rendered; a film that was cut is cut again.

        Raises ``BadInput`` where there are fewer.
        """
        with self._alone():
            return self._production.undo(n)

    def redo(self, n: int = 1) -> Turn:
        """Bring back the last ``n`` changes that were taken back. As ``undo``."""
        with self._alone():
            return self._production.redo(n)

    def render(self, only: Collection[str] | None = None) -> Film:
        """Go on from whatever is there: make what is missing or stale, then cut. ``only`` names shots.

        Raises ``RenderError`` where shots failed; all others are kept, and it may be called again.
        """
        if isinstance(only, str):
            only = [only]
        with self._alone():
            for shot in only or ():
                self.storyboard.shot(shot)
            if self.storyboard.shots:
                self._production.render(only)
            else:
                self._production.make()
        return self

    def approve(self, edits: Sequence[Edit] = (), until: Stage = "film") -> Film:
        """Answer a pending review: without edits the film is shot, with edits the review goes on."""
        with self._alone():
            self._production.approve(edits, until)
        return self

    def cancel(self) -> None:
        """Stop what is being made, from any thread: within a step, whoever makes it gets ``Stopped``.

        Everything committed stays. Does nothing where nothing is being made.
        """
        self._production.cancel()

    def rendering(self, only: Collection[str] | None = None) -> Events:
        """``render`` in a thread of its own, as events: for ``for``, ``async for`` or ``await``."""
        return self.doing(lambda: self.render(only))

    def revising(self, words: str) -> Events:
        """``revise`` in a thread of its own, as events."""
        return self.doing(lambda: self.revise(words))

    def doing(self, work: Callable[[], Any]) -> Events:
        """Any work with this film (``lambda: film.apply(...)``) in a thread of its own, as events."""
        from .events import Events

        def perform(listener: Listener, begun: Callable[[Film], None]) -> Film:
            with self._alone(), self._production.hearing(listener):
                begun(self)
                work()
            return self

        return Events(perform)

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """Nobody else works with this object; by other objects and processes the folder's lock is held."""
        if not self._busy.acquire(blocking=False):
            raise Locked(
                f"Another thread of this program is working on {self.title!r} ({self.folder}). Nothing was "
                "changed. Wait until it is done, or stop it by cancel()."
            )
        try:
            yield
        finally:
            self._busy.release()

    # -- how it shows itself --------------------------------------------------------------

    def __repr__(self) -> str:
        shots = len(self.storyboard.shots)
        made = "made" if self._production.film_path.is_file() else "not made yet"
        return f"<Film {self.title!r}, {shots} shots, {made}, in {self.folder}>"

    def _repr_html_(self) -> str:
        """How a notebook shows it. Makes and changes nothing."""
        from .notebook import page_of

        return page_of(self)
