"""A production: one film being made, begun from an idea or from the folder in which it was begun."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from ..memory.project import Project, place_of
from ..memory.slug import slug
from ..render.crew import Executor
from ..render.diffusion.choice import ALONE, chosen
from ..render.plan import Planner
from ..render.preflight import check_settings, kept_unread, preflight
from ..render.registry import find_renderer
from ..render.stills import finishers_of, renderers_of
from ..storyboard.constraints import nearest
from ..storyboard.edit_types import Decide, Edit, Replace, Setting
from ..storyboard.edits import apply_all
from ..storyboard.errors import BadInput, RenderError
from ..storyboard.film import Brief, Decision, Film, Settings
from ..storyboard.leading import j_cuts
from ..storyboard.schema import clean_text
from .directing.changing import Changing
from .footage import add_footage, clear_footage, modify
from .outline import is_idea
from .references import Changed
from .stages import Listener, Stage, failed_shots
from .writer import Writer
from .writers import find_writer

IDEA_SECONDS = 60
"""Length of a film of one sentence."""
LONGEST_IDEA = 60_000
"""Characters of an idea. A longer text is a book; it is refused before anything is made."""
LONGEST_SCRIPT = 1_000_000
"""Characters of a script: about 500 pages."""


_SETTLED = (
    "width", "height", "style", "renderer", "subtitles", "effects", "credentials", "grade", "match",
    "lower_thirds", "credits", "j_cuts",
)  # fmt: skip
"""Settings of the film, besides those of renderers, that a person may set anew."""


class Production(Changing):
    """One film being made. Use ``make`` or ``open_film`` to get one."""

    def make(self, until: Stage = "film", review: bool = False) -> Production:
        """Go on from whatever is there until the stage is reached.

        With ``review`` it stops before shooting; call ``approve`` to go on, days later too. Raises
        ``RenderError`` where shots failed; all others are kept and the call may be repeated.
        """
        self.new_run()
        with self.project.lock(), self.one_planner():
            self.project.clean_work()
            if review or self.step() != "done":
                from . import graph

                graph.run(self, {"until": until, "review": review})
        return self

    def approve(self, edits: Sequence[Edit] = (), until: Stage = "film") -> Production:
        """Answer a pending review: with edits it is shown again, without it goes on."""
        from . import graph

        self.new_run()
        with self.project.lock(), self.one_planner():
            graph.answer(self, {"edits": [e.model_dump(mode="json") for e in edits], "until": until})
        return self

    def go_on(self, until: Stage = "film") -> Production:
        """Approve a review that waits, or go on from what is there where none does."""
        from . import graph

        if self.project.agent_db.is_file() and graph.pending(self):
            return self.approve(until=until)
        return self.make(until)

    def edit(self, edits: Sequence[Edit], words: str = "") -> Film:
        """Apply edits and journal them with the words that caused them. Renders nothing.

        A constraint of the brief that they leave (so many shots, no dialogue ...) is told as a notice: they
        are a person's own. Raises ``BadInput`` where they change a locked character, and nothing is applied.
        """
        with self.project.lock():
            return self.changed_by(edits, words)

    def add_footage(
        self,
        shot: str,
        path: str | Path,
        use: Literal["opens", "shot"] = "opens",
        framing: Literal["fill", "fit"] = "fill",
    ) -> Changed:
        """Let a picture or clip of one's own open a shot, or be it. See ``agent/footage.py``."""
        return add_footage(self, shot, Path(path), use, framing)

    def modify(
        self,
        shot: str,
        words: str,
        strength: int = 60,
        source: str | Path | None = None,
        keep: str | Path | None = None,
        renderer: str | None = None,
    ) -> Changed:
        """Have footage, or the shot's take, drawn over again in words. See ``agent/footage.py``."""
        return modify(self, shot, words, strength, source, Path(keep) if keep else None, renderer)

    def clear_footage(self, shot: str) -> Changed:
        """Take footage, or a change by words, out of a shot: it is drawn as before."""
        return clear_footage(self, shot)

    def settle(
        self,
        settings: Settings,
        *,
        styled: bool = True,
        without: Collection[str] = (),
        here: bool = True,
    ) -> None:
        """Journal how the film is to be made, where that differs from what it remembers.

        ``without`` names settings of renderers that it is to remember no more. ``diffusion`` alone is
        made precise first (``render/diffusion/choice.py``), and said. Raises ``BadInput`` for a setting
        that nobody would read, and where the film is to be made ``here`` for a new renderer that cannot
        run or a shot that could not be made so; the film then remembers what it did.
        """
        kept = self.film.settings
        before = self._before_a_preview() if settings.renderer == ALONE else kept
        choice = chosen(settings, before, styled=styled)
        settings = choice.settings
        values = {k: v for k, v in (kept.values | settings.values).items() if k not in without}
        settled = settings.model_copy(update={"values": values})
        check_settings(self.film.model_copy(update={"settings": settled}), self.planner().renderer)
        if here:
            preflight(set(renderers_of(settled)) - set(renderers_of(kept)), self._find)
        changed: dict[str, Any] = {
            name: getattr(settings, name)
            for name in _SETTLED
            if getattr(settings, name) != getattr(kept, name)
        }
        new = {k: v for k, v in values.items() if kept.values.get(k) != v or k not in kept.values}
        gone = dict.fromkeys(kept.values.keys() - values.keys())
        if new or gone:
            changed["values"] = new | gone
        if changed:
            edits: list[Edit] = [Setting(**changed)]
            if "j_cuts" in changed:
                edits += j_cuts(self.film, settings.j_cuts)
            if here and self.film.shots:
                self.planner().plan(apply_all(self.film, edits))
            self.edit(edits, "asked for: " + ", ".join(changed))
        self.say_choice(choice.words)
        if new and (unread := kept_unread(self.film, self.planner().renderer)):
            self.tell("notice", unread)

    def _before_a_preview(self) -> Settings:
        """The film's settings with the weights it was last made with: an animatic is only a look at it."""
        settings = self.film.settings
        if settings.renderer.startswith(f"{ALONE}:"):
            return settings
        for edit in (edit for entry in reversed(self.project.history()) for edit in reversed(entry.edits)):
            named = edit.film.settings.renderer if isinstance(edit, Replace) else None
            named = edit.renderer if isinstance(edit, Setting) else named
            if named is not None and named.startswith(f"{ALONE}:"):
                return settings.model_copy(update={"renderer": named})
        return settings

    def check_renderers(self) -> None:
        """Raise ``BadInput`` where something is to be made, and a renderer of the film cannot run here."""
        if not self.film.shots or any(state != "current" for state, _ in self.takes().values()):
            plates = [shot.plate for shot in self.film.shots if shot.plate is not None]
            asked = [plate.renderer for plate in plates if plate.renderer is not None]
            asked += [name for shot in self.film.shots for name in finishers_of(shot)]
            preflight([*renderers_of(self.film.settings), *asked], self._find)

    def remark(self, words: str) -> None:
        """Tell and record, once, how what a person brought was read."""
        self.tell("notice", words)
        decision = Decision(kind="other", subject="script", words=words)
        if decision not in self.film.decisions.recorded:
            with self.project.lock():
                self.project.commit([Decide(decision=decision)], "a text was read", "engine")

    def say_choice(self, words: str) -> None:
        """Tell and record which weights were chosen; nothing where ``words`` is empty."""
        if words:
            self.tell("notice", words)
            decision = Decision(kind="weights", subject="renderer", words=words)
            with self.project.lock():
                self.project.commit([Decide(decision=decision)], "the weights were chosen", "engine")

    def render(self, only: Collection[str] | None = None) -> Production:
        """Make what is missing or stale (of ``only``, where given), then cut if nothing is missing.

        Raises ``RenderError`` where a take failed; the film is cut with earlier takes where there are some.
        """
        self.new_run()
        with self.project.lock(), self.one_planner():
            self.project.clean_work()
            self.shoot(only)
            missing = self.gate()
            if only is not None and missing:  # others may wait to be made; what failed now is told
                missing_now = list(self.outcome.failed.values()) if self.outcome else []
                if missing_now:
                    raise RenderError(failed_shots(missing_now))
            elif missing:
                raise RenderError(failed_shots(missing))
            if not missing:
                self.cut()
                self.check_made_again()
        return self


def make(
    idea: str,
    *,
    out: str | Path | None = None,
    seconds: int | None = None,
    shots: int | None = None,
    settings: Settings | None = None,
    writer: Writer | None = None,
    crew: Executor | None = None,
    listener: Listener | None = None,
    until: Stage = "film",
    review: bool = False,
    dialogue: bool = True,
    characters: int | None = None,
) -> Production:
    """Make a film from an idea, or go on with the one that is there.

    ``out`` is the project folder (default ``films/<slug of the idea>``), ``seconds`` the length
    (default: the story sets it, a minute for a single sentence). Raises ``PhotoplayError``; bad
    input is refused before a folder is made. Without ``settings`` and ``seconds`` a film that is there
    keeps its own.
    """

    def choose(kept: Settings | None) -> Settings:
        chosen = settings or kept or Settings()
        return chosen if writer is None else chosen.model_copy(update={"writer": _spec(writer.name)})

    brief = read_brief(idea, seconds, shots, dialogue, characters)
    production = start(
        brief, choose, out, asked_seconds=seconds is not None, writer=writer, crew=crew, listener=listener,
        until=until, styled=settings is not None and "style" in settings.model_fields_set,
    )  # fmt: skip
    return production.make(until, review)


def read_brief(
    idea: str,
    seconds: int | None = None,
    shots: int | None = None,
    dialogue: bool = True,
    characters: int | None = None,
    is_script: bool = False,
) -> Brief:
    """What was asked for, checked. Raises ``BadInput`` for text that cannot be told.

    Without ``seconds`` an idea becomes a film of ``IDEA_SECONDS``; a story of several sentences, or one
    in a language that is only read aloud, sets its own length, and so does a script (``is_script``),
    which may be as long as that of a feature.
    """
    if not isinstance(idea, str):
        raise BadInput(f"A story is text, not {type(idea).__name__}.")
    longest = LONGEST_SCRIPT if is_script else LONGEST_IDEA
    if len(idea) > longest:
        raise BadInput(
            f"The text has {len(idea):,} characters; at most {longest:,} are told in one film. "
            + ("Bring the script in parts." if is_script else "Bring a chapter at a time.")
        )
    text = clean_text(idea).strip()
    if not text:
        raise BadInput('There is no story to tell: give a sentence, such as "A whale loses its song".')
    if not any(c.isalpha() for c in text):
        raise BadInput("There are no words in the story, so there is nothing to tell. Nothing was made.")
    if seconds is None and not is_script and is_idea(text):
        seconds = IDEA_SECONDS
    try:
        return Brief(
            idea=text, seconds=seconds, shots=shots, dialogue=dialogue, characters=characters
        )  # fmt: skip
    except ValidationError as error:
        fault = error.errors()[0]
        raise BadInput(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}.") from None


def start(
    brief: Brief,
    choose: Callable[[Settings | None], Settings],
    out: str | Path | None,
    *,
    asked_seconds: bool = True,
    writer: Writer | None = None,
    crew: Executor | None = None,
    listener: Listener | None = None,
    films: Path = Path("films"),
    until: Stage = "film",
    styled: bool = False,
    without: Collection[str] = (),
    name: str = "",
) -> Production:
    """The production of that brief: a new folder, or the one in which it was begun.

    ``choose`` gives the settings, from those that the film in the folder remembers (None for a new
    one). ``asked_seconds`` is False where the brief's length was not asked for but only the usual one;
    a film that is there then keeps its length. A folder that holds another film is never written over:
    without ``out`` the next free name (of ``name``, or the idea) is taken; with it ``BadInput`` says so. A
    writer that can tell beforehand what it cannot meet (``meets``) is asked before there is a folder. Where
    it is to be made ``until`` there are takes, what its renderers need on this machine is checked first.
    ``styled`` is told to ``render/diffusion/choice.py``, ``without`` to ``Production.settle``.
    """
    asked, here = choose(None), until in ("takes", "film")
    meets = getattr(writer or find_writer(asked.writer), "meets", None)
    find = getattr(crew, "find", find_renderer)
    find(asked.renderer)
    nearest(brief, asked)
    for folder in [Path(out)] if out is not None else _numbered(films / slug(name or brief.idea[:80])):
        if not (place_of(folder) / "edits.jsonl").exists():
            if meets is not None:
                meets(brief, asked)
            choice = chosen(asked, styled=styled)
            begun = Film(id=f"film-{uuid.uuid4().hex[:12]}", brief=brief, settings=choice.settings)
            if here:
                preflight(renderers_of(begun.settings), find)
            check_settings(begun, Planner(find).renderer)
            project = Project.create(folder, begun, brief.idea, "person")
            production = Production(project, writer=writer, crew=crew, listener=listener)
            production.say_choice(choice.words)
            if unread := kept_unread(begun, Planner(find).renderer):
                production.tell("notice", unread)
            return production
        project = Project.open(folder)
        kept = project.film
        wanted = brief if asked_seconds else brief.model_copy(update={"seconds": kept.brief.seconds})
        settings = choose(kept.settings)
        if kept.brief == wanted and _fixed(kept.settings) == _fixed(settings):
            production = Production(project, writer=writer, crew=crew, listener=listener)
            production.settle(settings, styled=styled, without=without, here=here)
            if here:
                production.check_renderers()
            return production
        if out is not None:
            raise BadInput(
                f"{folder} holds another film ({kept.brief.idea[:60]!r}, "
                f"{kept.brief.seconds or 'its own'} seconds, seed {kept.settings.seed}). "
                "Choose another folder with --out, or go on with that film by `photoplay render`."
            )
    raise AssertionError("there is always a free name")


def _numbered(folder: Path) -> Iterator[Path]:
    yield folder
    for number in range(2, 100_000):
        yield folder.with_name(f"{folder.name}-{number}")


def _fixed(settings: Settings) -> tuple[object, ...]:
    """Settings that make another story, not another rendering of the same one."""
    return settings.seed, settings.writer, settings.rate


def open_film(
    folder: str | Path,
    *,
    writer: Writer | None = None,
    crew: Executor | None = None,
    listener: Listener | None = None,
) -> Production:
    """The production in a folder. Raises ``ProjectError`` where there is none or it cannot be read."""
    return Production(Project.open(Path(folder)), writer=writer, crew=crew, listener=listener)


def _spec(name: str) -> str:
    return name if re.fullmatch(r"[a-z][a-z0-9-]{0,31}", name) else "function"
