"""Beginning a film from options, the same whoever gives them: a command, a row of a batch, a program."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TYPE_CHECKING

from ..storyboard.errors import BadInput
from .settings import Wishes, on_or_off, read_count, read_seconds, read_set

if TYPE_CHECKING:
    from ..agent.music import Brought
    from ..agent.own_sounds import Gathered
    from ..agent.production import Production
    from ..agent.stages import Listener, Stage
    from ..agent.writer import Writer
    from ..render.crew import Executor
    from ..storyboard.film import Brief, Scalar, Settings


@dataclass(frozen=True)
class MakeOptions:
    """Every option of ``photoplay make``, as it is typed; None where it was not given.

    Names with underscores are the flags with hyphens. Values are checked by ``begin``.
    """

    seconds: str | None = None
    size: str | None = None
    fps: str | None = None
    seed: str | None = None
    shots: str | None = None
    characters: str | None = None
    """At most so many."""
    dialogue: bool | None = None
    """False: none."""
    script: Path | None = None
    style: str | None = None
    writer: str | None = None
    renderer: str | None = None
    keyframes: str | None = None
    look: str | None = None
    license: str | None = None
    budget: str | None = None
    limits: tuple[str, ...] = ()
    """Each ``NAME=NUMBER``: see ``agent/limits.py``."""
    draft: bool = False
    sets: tuple[str, ...] = ()
    """Renderers' settings, each ``NAME=VALUE``."""
    unset: tuple[str, ...] = ()
    until: str = "film"
    subtitles: str | None = None
    effects: str | None = None
    aspect: str | None = None
    grade: str | None = None
    match: bool | None = None
    lower_thirds: bool | None = None
    credits: bool | None = None
    j_cuts: bool | None = None
    credentials: bool | None = None
    """Whether the film is signed with content credentials."""

    def __post_init__(self) -> None:
        from ..agent.stages import STAGES

        if self.until not in STAGES:
            raise BadInput(f"--until: {self.until[:40]!r} is not a stage. Stages: {', '.join(STAGES)}.")

    @property
    def stage(self) -> Stage:
        """``until``, which was checked."""
        return self.until  # type: ignore[return-value]


OPTIONS = frozenset(f.name for f in fields(MakeOptions))
_FLAGS = (
    "seconds", "size", "fps", "seed", "style", "writer", "renderer", "keyframes", "look", "license", "budget",
    "subtitles", "effects", "aspect", "grade",
)  # fmt: skip


@dataclass(frozen=True)
class Beginning:
    """What a film is begun with. ``environment`` and ``folder`` are where settings are looked up."""

    idea: str
    options: MakeOptions = field(default_factory=MakeOptions)
    out: Path | None = None
    environment: Mapping[str, str] | None = None
    folder: Path | None = None
    sounds: Gathered | None = None
    """Sounds of a person's own, looked at."""
    music: Brought | None = None
    """Music that was asked for, looked at."""


def wishes_of(beginning: Beginning) -> Wishes:
    """The options, over the environment, over ``photoplay.toml``."""
    options = beginning.options
    return Wishes(
        {name: getattr(options, name) for name in _FLAGS}
        | {
            name: on_or_off(getattr(options, name))
            for name in ("credentials", "match", "lower_thirds", "credits", "j_cuts")
        },
        beginning.environment,
        beginning.folder,
        sets=read_sets(options.sets, options.draft or None),
        final=not options.draft,
        unset=options.unset,
    )


def read_sets(sets: tuple[str, ...], draft: bool | None) -> dict[str, Scalar]:
    """Settings of renderers; a draft is one of them. ``draft`` None: as the film remembers."""
    found = dict(map(read_set, sets))
    return found if draft is None else found | {"quality": "draft" if draft else "final"}


def begin(
    beginning: Beginning,
    *,
    crew: Executor | None = None,
    listener: Listener | None = None,
    writer: Writer | None = None,
    ask: bool = False,
) -> Production:
    """The production of that film: a new folder, or the one in which it was begun. Makes nothing yet.
    With ``ask``, a person at a terminal is asked before something of unknown price is had.

    Raises ``BadInput`` before anything is written where an option cannot be read or met.
    """
    from ..agent.production import read_brief, start

    options, wishes = beginning.options, wishes_of(beginning)
    length = wishes.value("seconds", read_seconds, None, 0) or None
    text, is_script = beginning.idea, False
    notices: tuple[str, ...] = ()
    adapted = length
    settings: Callable[[Settings | None], Settings] = wishes.settings
    if options.script is not None:
        from ..agent.script.source import read_source

        source = read_source(options.script)
        text, is_script, notices = source.text, source.kind == "script", source.notices
        if not is_script:
            from ..agent.script.adapting import adapt

            told = adapt(source, length, writer.name if writer else _writer_of(beginning.out, settings))
            text, adapted, notices = told.text, told.seconds, told.notices
    if is_script:
        settings = _kept_word_for_word(options, settings, writer)
    certificate = None
    if wishes.settings(None).credentials:
        from ..agent.certificate import certificate_for

        certificate = certificate_for(beginning.folder)
    brief = read_brief(
        text,
        adapted,
        read_count(options.shots) if options.shots else None,
        dialogue=options.dialogue is not False,
        characters=read_count(options.characters) if options.characters else None,
        is_script=is_script,
    )
    revised = _revised(beginning.out, brief) if is_script else None
    allow = spending_of(wishes, options.limits, beginning.folder, ask=ask)
    production = start(
        brief if revised is None else brief.model_copy(update={"idea": revised}),
        settings,
        beginning.out,
        asked_seconds=length is not None,
        writer=writer,
        crew=crew or crew_of(wishes),
        listener=listener,
        films=Path(wishes.value("films", str, None, "films")),
        until=options.stage,
        styled=wishes.styled,
        without=wishes.without,
        name=options.script.stem if options.script is not None else "",
    )
    allow(production)
    production.certificate = certificate
    if beginning.sounds is not None:
        with production.project.lock():
            production.tell("notice", beginning.sounds.give(production).words)
    if beginning.music is not None:
        with production.project.lock():
            beginning.music.give(production)
    for words in notices:
        production.remark(words)
    if revised is not None:
        from ..agent.script.importing import take_script

        take_script(production, brief.idea)
    return production


def _kept_word_for_word(
    options: MakeOptions, settings: Callable[[Settings | None], Settings], writer: Writer | None
) -> Callable[[Settings | None], Settings]:
    """Settings with the writer that keeps a script. Raises ``BadInput`` where another is asked for."""
    name = "script"
    if writer is not None or options.writer not in (None, name):
        asked = options.writer or (writer.name if writer else "")
        raise BadInput(
            f"{options.script} is a screenplay, which is kept word for word: no writer ({asked[:40]}) is "
            "asked. Leave --writer out, or save the text with another name to have it told anew. "
            "Nothing was made."
        )

    def choose(kept: Settings | None) -> Settings:
        return settings(kept).model_copy(update={"writer": name})

    return choose


def _writer_of(out: Path | None, settings: Callable[[Settings | None], Settings]) -> str:
    """Who will write: as the film that is there remembers, unless another is asked for."""
    from ..memory.project import Project, is_film

    there = out is not None and is_film(out)
    return settings(Project.open(out).film.settings if out is not None and there else None).writer


def _revised(out: Path | None, brief: Brief) -> str | None:
    """The script that the film in ``out`` was boarded from, where ``brief`` has another; else None."""
    from ..memory.project import Project, is_film

    if out is None or not is_film(out):
        return None
    kept = Project.open(out).film
    other = kept.settings.writer == "script" and bool(kept.shots) and kept.brief.idea != brief.idea
    return kept.brief.idea if other else None


def spending_of(
    wishes: Wishes, limits: tuple[str, ...] = (), folder: Path | None = None, *, ask: bool = False
) -> Callable[[Production], None]:
    """What sets budget, prices and limits on a production, once all of them are read.

    With ``ask``, a person at a terminal is asked whether something of unknown price may be had.
    """
    from ..agent.limits import read_limits
    from ..agent.prices import read_prices

    budget, prices = allowance_of(wishes), read_prices(folder)
    most = read_limits(wishes.table("limits"), limits)

    def allow(production: Production) -> None:
        production.budget, production.prices, production.limits = budget, prices, most
        if ask:
            from .asking import agrees

            production.agree = agrees

    return allow


def allowance_of(wishes: Wishes) -> str:
    """What the film may cost in all; "" for nothing."""
    from ..memory.price import read_allowance

    return wishes.value("budget", read_allowance, None, "")


def crew_of(wishes: Wishes) -> Executor:
    """Workers on this machine, as many as asked for (0: one a core)."""
    from ..render.crew import LocalCrew

    return LocalCrew(wishes.value("workers", read_count, None, 0) or None)
