"""A production: one film being made, in one project folder.

The steps (write, cast, board, shoot, cut, deliver) are plain methods here; the LangGraph graph in
``graph.py`` walks through them. The stage is read from the folder every time, so a production can
be dropped at any point and opened again.
"""

from __future__ import annotations

import contextlib
import json
import uuid
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from ..memory.project import Project
from ..memory.slug import slug
from ..render.crew import Executor, LocalCrew
from ..render.engine import Engine, News, Outcome
from ..render.plan import Plan, Planner, TakeState, used_takes
from ..render.registry import find_renderer
from ..storyboard.boarding import board
from ..storyboard.casting import cast
from ..storyboard.constraints import check, nearest
from ..storyboard.edit_types import Edit, Setting, Tell
from ..storyboard.errors import BadInput, RenderError, WriterNonsense
from ..storyboard.film import Brief, Film, Settings, Wrote
from ..storyboard.treatment import Treatment
from .delivery import Delivered, cut, finished
from .filming import drawn_as_labels, shoot, speak, unready
from .outline import is_idea
from .writer import Writer
from .writers import find_writer

Stage = Literal["story", "board", "takes", "film"]
"""What the production can be made *until*; each includes those before it."""
STAGES: tuple[Stage, ...] = ("story", "board", "takes", "film")
IDEA_SECONDS = 60
"""Length of a film of one sentence."""
LONGEST_IDEA = 60_000
"""Characters of an idea. A longer text is a book; it is refused before anything is made."""


@dataclass(frozen=True)
class Told:
    """One piece of news of a production. ``news`` is set where it comes from the engine."""

    stage: str
    words: str
    news: News | None = None
    total: int = 0
    """How many takes the stage has to make."""


Listener = Callable[[Told], None]


class Production:
    """See the module. Use ``make`` or ``open_film`` to get one."""

    def __init__(
        self,
        project: Project,
        *,
        writer: Writer | None = None,
        crew: Executor | None = None,
        listener: Listener | None = None,
    ) -> None:
        self.project = project
        self._writer = writer
        self._crew = crew
        self.listener: Listener = listener or (lambda told: None)
        self._find = getattr(crew, "find", find_renderer)
        self.outcome: Outcome | None = None
        self.delivered: Delivered | None = None

    # -- what there is --------------------------------------------------------------------

    @property
    def film(self) -> Film:
        """The film as it should be."""
        return self.project.film

    @property
    def film_path(self) -> Path:
        """Where the finished film is or will be."""
        return self.project.out / "film.mp4"

    def planner(self) -> Planner:
        """A planner over the renderers that this production can use."""
        return Planner(self._find)

    def plan(self) -> Plan:
        """The plan as things stand. Raises ``BadInput`` where the story is not boarded yet."""
        if not self.film.shots:
            raise BadInput(f"The film in {self.project.folder} has no shots yet: run `photoplay make` first.")
        return self.planner().plan(self.film)

    def takes(self) -> dict[str, tuple[TakeState, str | None]]:
        """State and key of the take that each shot and card uses."""
        return dict(used_takes(self.film, self.plan(), self.project.store.has))

    def step(self) -> str:
        """What is to be done next, from the folder alone: write, cast, board, shoot, cut or done."""
        film = self.film
        if film.story is None:
            return "cast" if self.treatment() else "write"
        if not film.shots:
            return "board" if self.treatment() else "write"
        if any(state != "current" for state, _ in self.takes().values()) or not self._heard():
            return "shoot"
        return "done" if finished(self) else "cut"

    def _heard(self) -> bool:
        plan = self.plan()
        return all(self.project.store.has(n.key) for n in plan.nodes if n.stage == "sound")

    # -- the steps ------------------------------------------------------------------------

    def write(self, problems: Sequence[str] = ()) -> None:
        """Ask the writer for a treatment and keep it beside the film, word for word.

        ``problems`` are faults of the treatment before; a writer that can ``revise`` is told them.
        """
        film = self.film
        nearest(film.brief, film.settings)
        writer = self._writer or find_writer(film.settings.writer)
        self.tell("write", f"{writer.name} writes the story")
        revise = getattr(writer, "revise", None)
        previous = self.treatment()
        if problems and revise is not None and previous is not None:
            written = revise(film.brief, film.settings.seed, previous, list(problems), self._said)
        else:
            written = writer.write(film.brief, film.settings.seed, self._said)
        kept = {
            "writer": writer.name,
            "model": writer.model,
            "notices": list(written.notices),
            "treatment": written.treatment.model_dump(mode="json"),
        }
        text = json.dumps(kept, ensure_ascii=False, indent=1)
        self.project.store.files.write(self._treatment_path, text.encode())

    def _said(self, words: str) -> None:
        self.tell("write", words)

    @property
    def _treatment_path(self) -> Path:
        return self.project.folder / "treatment.json"

    def treatment(self) -> Treatment | None:
        """The treatment as the writer gave it; None where there is none."""
        kept = self._kept_treatment()
        return Treatment.model_validate(kept["treatment"]) if kept else None

    def _kept_treatment(self) -> dict[str, Any] | None:
        if not self._treatment_path.is_file():
            return None
        try:
            kept = json.loads(self._treatment_path.read_text(encoding="utf-8"))
            Treatment.model_validate(kept["treatment"])
            Wrote(writer=kept["writer"], model=kept["model"], notices=tuple(kept["notices"]))
        except (ValueError, KeyError, TypeError, RecursionError):
            return None
        return dict(kept)

    def problems(self) -> list[str]:
        """What of the brief the treatment does not keep; tried in memory, nothing is changed."""
        film = self._boarded()
        return [str(broken.words) for broken in check(film)]

    def _boarded(self) -> Film:
        """The film with the treatment cast and boarded, in memory."""
        from ..storyboard.edits import apply

        treatment = self.treatment()
        kept = self._kept_treatment()
        assert treatment is not None
        assert kept is not None
        film = self.film
        story = cast(treatment, film.brief, film.settings.seed)
        shots, opening, ending = board(treatment, story, film.brief, film.settings)
        wrote = Wrote(writer=kept["writer"], model=kept["model"], notices=tuple(kept["notices"]))
        return apply(film, Tell(story=story, shots=shots, opening=opening, ending=ending, wrote=wrote))

    def cast(self) -> None:
        """Give everybody and everything a look that stays, and journal the story."""
        told = self._boarded()
        assert told.story is not None
        self.project.commit([Tell(story=told.story, wrote=told.wrote)], "the story was cast", "writer")
        self.tell("cast", f"{told.story.title}: {len(told.story.characters)} characters")
        for notice in told.wrote.notices if told.wrote else ():
            self.tell("notice", notice)

    def board(self) -> None:
        """Lay out the shots and journal them."""
        told = self._boarded()
        assert told.story is not None
        edit = Tell(
            story=told.story, shots=told.shots, opening=told.opening, ending=told.ending, wrote=told.wrote
        )
        self.project.commit([edit], f"{len(told.shots)} shots were boarded", "writer")
        self.tell("board", f"{len(told.shots)} shots in {len(told.story.scenes)} scenes")

    def shoot(self, only: Collection[str] | None = None) -> Outcome:
        """Speak the lines, time the film to them, make the missing takes. See ``filming``."""
        engine, planner = self.engine()
        lines = planner.speech(self.film)
        self.tell("speak", f"{len(lines)} lines", total=self._missing(lines))
        speak(self.project, engine, planner, self._engine_says("speak"))
        plan = planner.plan(self.film)
        nodes = plan.nodes if only is None else [n for n in plan.nodes if n.item in only]
        self.tell("shoot", f"{len(plan.shown)} shots and cards", total=self._missing(nodes))
        _, self.outcome = shoot(self.project, engine, planner, self._engine_says("shoot"), only)
        return self.outcome

    def _missing(self, nodes: Sequence[Any]) -> int:
        return sum(1 for n in nodes if not self.project.store.has(n.key))

    def engine(self) -> tuple[Engine, Planner]:
        """An engine over this production's takes, and the planner it works with."""
        planner = self.planner()
        crew = self._crew or LocalCrew()
        return Engine(self.project.store, self.project.anchors, planner, crew), planner

    def gate(self) -> list[str]:
        """Shots and cards without a usable take, and lines and music not made, with the reason of each."""
        plan = self.plan()
        failed = self.outcome.failed if self.outcome else {}
        missing = unready(self.film, plan, self.project)
        unheard = [n for n in plan.nodes if n.stage == "sound" and not self.project.store.has(n.key)]
        return [
            *(failed.get(f"shot-{i}", failed.get(f"card-{i}", f"{i}: no take yet")) for i in missing),
            *(failed.get(n.id, f"{n.item}: not made yet") for n in unheard),
        ]

    def cut(self) -> Delivered:
        """Mix, assemble and write ``out/``. Only what changed is done again."""
        self.delivered = cut(self)
        return self.delivered

    def tell(self, stage: str, words: str, news: News | None = None, total: int = 0) -> None:
        """Tell whoever listens."""
        self.listener(Told(stage, words, news, total))

    def _engine_says(self, stage: str) -> Callable[[News], None]:
        return lambda news: self.tell(stage, news.words, news)

    # -- the whole way --------------------------------------------------------------------

    def make(self, until: Stage = "film", review: bool = False) -> Production:
        """Go on from whatever is there until the stage is reached.

        With ``review`` it stops before shooting; call ``approve`` to go on, days later too. Raises
        ``RenderError`` where shots failed; all others are kept and the call may be repeated.
        """
        from .graph import run

        with self.project.lock():
            self.project.clean_work()
            run(self, {"until": until, "review": review})
        return self

    def approve(self, edits: Sequence[Edit] = (), until: Stage = "film") -> Production:
        """Answer a pending review: with edits it is shown again, without it goes on."""
        from .graph import answer

        with self.project.lock():
            answer(self, {"edits": [e.model_dump(mode="json") for e in edits], "until": until})
        return self

    def edit(self, edits: Sequence[Edit], words: str = "") -> Film:
        """Apply edits and journal them with the words that caused them. Renders nothing."""
        with self.project.lock():
            return self.project.commit(edits, words, "person")

    def render(self, only: Collection[str] | None = None) -> Production:
        """Make what is missing or stale (of ``only``, where given), then cut if nothing is missing."""
        with self.project.lock():
            self.project.clean_work()
            self.shoot(only)
            missing = self.gate()
            if missing and only is None:
                raise RenderError(failed_shots(missing))
            if not missing:
                self.cut()
        return self

    def labelled(self) -> tuple[int, int, list[str]]:
        """(drawn as labelled shapes, named things in all, their names)."""
        return drawn_as_labels(self.film)


def failed_shots(missing: Sequence[str]) -> str:
    """What to tell a film maker of shots that could not be made."""
    return (
        f"{len(missing)} of the film's takes could not be made. " + " ".join(missing[:5])
        + " All other takes are kept; run `photoplay render` to go on."
    )  # fmt: skip


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
    input is refused before a folder is made.
    """
    settings = settings or Settings()
    if writer is not None:
        settings = settings.model_copy(update={"writer": _spec(writer.name)})
    brief = read_brief(idea, seconds, shots, dialogue, characters)
    production = start(brief, settings, out, writer=writer, crew=crew, listener=listener)
    return production.make(until, review)


def read_brief(
    idea: str,
    seconds: int | None = None,
    shots: int | None = None,
    dialogue: bool = True,
    characters: int | None = None,
) -> Brief:
    """What was asked for, checked. Raises ``BadInput`` for text that cannot be told.

    Without ``seconds`` an idea becomes a film of ``IDEA_SECONDS``; a story of several sentences, or one
    in a language that is only read aloud, sets its own length.
    """
    from pydantic import ValidationError

    from ..storyboard.schema import clean_text

    if len(idea) > LONGEST_IDEA:
        raise BadInput(
            f"The text has {len(idea):,} characters; at most {LONGEST_IDEA:,} are told in one film. "
            "Bring a chapter at a time."
        )
    text = clean_text(idea).strip()
    if not text:
        raise BadInput('There is no story to tell: give a sentence, such as "A whale loses its song".')
    if not any(c.isalpha() for c in text):
        raise BadInput("There are no words in the story, so there is nothing to tell. Nothing was made.")
    if seconds is None and is_idea(text):
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
    settings: Settings,
    out: str | Path | None,
    *,
    writer: Writer | None = None,
    crew: Executor | None = None,
    listener: Listener | None = None,
    films: Path = Path("films"),
) -> Production:
    """The production of that brief: a new folder, or the one in which it was begun.

    A folder that holds another film is never written over: without ``out`` the next free name is
    taken; with it ``BadInput`` says so.
    """
    if writer is None:
        find_writer(settings.writer)
    find = getattr(crew, "find", find_renderer)
    find(settings.renderer)
    nearest(brief, settings)
    for folder in [Path(out)] if out is not None else _numbered(films / slug(brief.idea[:80])):
        if not (folder / "edits.jsonl").exists():
            film = Film(id=f"film-{uuid.uuid4().hex[:12]}", brief=brief, settings=settings)
            project = Project.create(folder, film, brief.idea, "person")
            return Production(project, writer=writer, crew=crew, listener=listener)
        project = Project.open(folder)
        if _same_wish(project.film, brief, settings):
            production = Production(project, writer=writer, crew=crew, listener=listener)
            settle(production, settings)
            return production
        if out is not None:
            raise BadInput(
                f"{folder} holds another film ({project.film.brief.idea[:60]!r}, "
                f"{project.film.brief.seconds or 'its own'} seconds, seed {project.film.settings.seed}). "
                "Choose another folder with --out, or go on with that film by `photoplay render`."
            )
    raise AssertionError("there is always a free name")


def _numbered(folder: Path) -> Iterator[Path]:
    yield folder
    for number in range(2, 100_000):
        yield folder.with_name(f"{folder.name}-{number}")


def _same_wish(film: Film, brief: Brief, settings: Settings) -> bool:
    kept = film.settings
    return film.brief == brief and (kept.seed, kept.writer, kept.rate) == (
        settings.seed, settings.writer, settings.rate,
    )  # fmt: skip


def settle(production: Production, settings: Settings) -> None:
    """Journal settings that were asked for and differ from what the film remembers."""
    kept = production.film.settings
    changed: dict[str, Any] = {
        name: getattr(settings, name)
        for name in ("width", "height", "style", "renderer")
        if getattr(settings, name) != getattr(kept, name)
    }
    if changed:
        with production.project.lock():
            production.project.commit([Setting(**changed)], "asked for at the start", "person")


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
    import re

    return name if re.fullmatch(r"[a-z][a-z0-9-]{0,31}", name) else "function"


@contextlib.contextmanager
def listening(production: Production, listener: Listener) -> Iterator[None]:
    """While open, ``listener`` hears too."""
    before = production.listener

    def both(told: Told) -> None:
        before(told)
        listener(told)

    production.listener = both
    try:
        yield
    finally:
        production.listener = before


def revised_too_often(problems: Sequence[str]) -> WriterNonsense:
    """The error where a writer never kept the brief."""
    return WriterNonsense(
        "The writer did not keep to what was asked: " + "; ".join(problems[:4])
        + ". Nothing was rendered; ask for less, or use another writer."
    )  # fmt: skip
