"""The steps of making one film, in one project folder: write, cast, board, shoot, gate, cut.

The LangGraph graph in ``graph.py`` walks through them. What is to be done next is read from the
folder every time, so it can be dropped at any point and opened again.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from threading import Event

from ..memory.ledger import Ledger
from ..memory.price import agreed
from ..memory.project import Project
from ..render.crew import Executor, LocalCrew
from ..render.engine import Engine, News, Outcome
from ..render.nodes import Node
from ..render.order import Account
from ..render.plan import Plan, Planner, TakeState, used_takes
from ..render.registry import find_renderer
from ..render.speakers import check_sound
from ..storyboard.constraints import check, constraints_after, nearest, silences
from ..storyboard.credits import BROUGHT, story_brief
from ..storyboard.edit_types import Edit, Tell
from ..storyboard.errors import BadInput, RenderError, Unmeetable
from ..storyboard.film import Film
from ..storyboard.fitting import LONGEST_SILENCE
from ..storyboard.treatment import Treatment
from .accepting import accept
from .binding import prepare
from .certificate import Certificate, certificate_for
from .credits import credits_due, roll_credits
from .delivery import Delivered, cut, film_path, finished
from .filming import drawn_as_labels, shoot, speak, unready, weights_behind
from .gpu_time import GpuClock, settle_after_a_kill
from .lab import grade
from .limits import Limits, Used, check_shots
from .models.partial import PartialFile
from .paying import LedgerPurse
from .prices import Prices, read_prices
from .provenance import Sign, signer
from .purse import Purse
from .spending import check_lines, check_spending
from .stages import Listener, Told, still_earlier
from .treated import Treated
from .writer import Writer, Written
from .writers import find_writer


class Steps:
    """See the module. ``photoplay.Production`` is what a person uses."""

    def __init__(
        self,
        project: Project,
        *,
        writer: Writer | None = None,
        crew: Executor | None = None,
        listener: Listener | None = None,
    ) -> None:
        self.project = project
        self._treated = Treated(project)
        self._writer = writer
        self._crew = crew
        self.listener: Listener = listener or (lambda told: None)
        self._planner_of_run: Planner | None = None
        self._find = getattr(crew, "find", find_renderer)
        self._stop = Event()
        self.budget = ""
        """What the film may cost in all, what was ordered before included: ``""`` for nothing, an amount
        such as ``"2.50"``, or ``"any"`` (``memory/ledger.py``). Never remembered."""
        self.prices: Prices | None = None
        """What answers and GPU time cost; None: as ``photoplay.toml`` says where the program runs."""
        self.limits = Limits()
        self.agree: Callable[[str], bool] = lambda words: False
        """Asked whether something of unknown price may be had; a program says no unless it is told other."""
        self._used = Used()
        self.certificate: Certificate | None = None
        """What the film is signed with; None: as ``photoplay.toml`` says, or this machine's own."""
        self.outcome: Outcome | None = None
        self.delivered: Delivered | None = None

    @contextlib.contextmanager
    def hearing(self, listener: Listener) -> Iterator[None]:
        """While open, ``listener`` hears too, after whoever hears anyway."""
        before = self.listener

        def both(told: Told) -> None:
            before(told)
            listener(told)

        self.listener = both
        try:
            yield
        finally:
            self.listener = before

    def cancel(self) -> None:
        """Stop what is being made, from any thread: within a step, half-made work is thrown away.

        Whoever makes it gets ``Stopped``; what was committed stays, and making it again goes on. Does
        nothing where nothing is being made.
        """
        self._stop.set()

    def _asked_to_stop(self) -> bool:
        return self._stop.is_set()

    # -- what may be spent ----------------------------------------------------------------

    def new_run(self) -> None:
        """Begin a run: limits that hold for one run are had anew, and a stop that was asked for is over."""
        self._stop.clear()
        self._used = Used()
        self._sign()

    def purse(self) -> Purse:
        """A purse over this film's ledger, for a run of its own: a reader's sentence, a critic's look."""
        return self._purse(Used())

    def _purse(self, used: Used) -> Purse:
        return LedgerPurse(
            Ledger(self.project.folder),
            self._prices(),
            self.limits,
            used,
            lambda: self.budget,
            self._agreed,
            lambda words: self.tell("quote", words),
        )

    def _prices(self) -> Prices:
        return read_prices() if self.prices is None else self.prices

    def _agreed(self, words: str) -> bool:
        if self.agree(words):
            self.budget = agreed(self.budget)
            return True
        return False

    # -- what there is --------------------------------------------------------------------

    @property
    def film(self) -> Film:
        """The film as it should be."""
        return self.project.film

    @property
    def film_path(self) -> Path:
        """Where the finished film is or will be."""
        return film_path(self.project)

    @property
    def crew(self) -> Executor:
        """Who hires the hands that make takes."""
        return self._crew or LocalCrew()

    def change_crew(self, crew: Executor | None) -> None:
        """Others make what is to be made from now on; None: workers of this machine. Not during work."""
        self._crew = crew
        self._find = getattr(crew, "find", find_renderer)

    def planner(self) -> Planner:
        """A planner over the renderers that this production can use."""
        return self._planner_of_run or Planner(self._find)

    @contextlib.contextmanager
    def one_planner(self) -> Iterator[None]:
        """While open, everything is planned by one planner, so that an equal film is planned once."""
        before = self._planner_of_run
        self._planner_of_run = before or Planner(self._find)
        try:
            yield
        finally:
            self._planner_of_run = before

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
            if film.opening or film.ending:  # boarded once, and emptied by hand: never boarded again unasked
                raise BadInput(
                    f"All shots of the film in {self.project.folder} were removed. Insert one, or undo; "
                    "takes made before are kept."
                )
            return "board" if self.treatment() else "write"
        if any(state != "current" for state, _ in self.takes().values()) or not self._heard():
            return "shoot"
        plan = self.plan()
        return "done" if finished(self.project, plan) and not credits_due(self.project, plan) else "cut"

    def _heard(self) -> bool:
        plan = self.plan()
        return all(self.project.store.has(n.key) for n in plan.nodes if n.stage == "sound")

    def changed_by(self, edits: Sequence[Edit], words: str) -> Film:
        """The film after a person's edits, journalled. See ``Production.edit``; needs the lock."""
        broken = constraints_after(self.film, edits) if self.film.shots else []
        locked = [one.words for one in broken if one.constraint == "locked"]
        if locked:
            raise BadInput(f"{' '.join(locked)} Nothing was changed.")
        film = self.project.commit(edits, words, "person")
        for one in broken:
            self.tell("notice", f"The film is no longer as it was asked for. {one.words}")
        return film

    # -- the steps ------------------------------------------------------------------------

    def write(self, problems: Sequence[str] = ()) -> None:
        """Ask the writer for a treatment and keep it beside the film, word for word.

        ``problems`` are faults of the treatment before; a writer that can ``revise`` is told them.
        """
        film = self.film
        nearest(film.brief, film.settings)
        writer = self._writer or find_writer(film.settings.writer)
        self.tell("write", f"{writer.name} writes the story")
        if hasattr(writer, "purse"):
            writer.purse = self._purse(self._used)
        keeping = PartialFile(self.project.files, self.project.folder)
        if hasattr(writer, "keeping"):
            writer.keeping = keeping
        revise = getattr(writer, "revise", None)
        previous = self.treatment()
        if problems and revise is not None and previous is not None:
            written = revise(film.brief, film.settings.seed, previous, list(problems), self._said)
        else:
            written = self._written(writer, film)
        self._treated.keep(writer, written)
        keeping.clear()

    def _written(self, writer: Writer, film: Film) -> Written:
        """What a writer writes for the length that the end credits leave."""
        brief = story_brief(film) if writer.name not in BROUGHT else film.brief
        try:
            return writer.write(brief, film.settings.seed, self._said)
        except Unmeetable as error:
            if brief == film.brief:
                raise
            raise Unmeetable(f"{error} (The rest of {film.brief.seconds} s are the end credits.)") from error

    def _said(self, words: str) -> None:
        self.tell("write", words)

    def treatment(self) -> Treatment | None:
        """The treatment as the writer gave it; None where there is none."""
        return self._treated.treatment()

    def problems(self) -> list[str]:
        """What of the brief the treatment does not keep; tried in memory, nothing is changed."""
        film = self._boarded()
        check_shots(len(film.shots), self.limits)
        return [str(broken.words) for broken in check(film)]

    def _boarded(self) -> Film:
        """The film with the treatment cast and boarded, in memory."""
        return self._treated.boarded(self.film)

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
        check_shots(len(self.film.shots), self.limits)
        prices = self._prices()
        settle_after_a_kill(self.project, prices)
        clock = GpuClock(self.project, self.planner(), prices, self.limits, self._used, lambda: self.budget)
        check_sound(self.film, self._find)
        self.budget = check_lines(self.project, self.planner(), self.budget, self.tell, self.agree)
        engine, planner = self.engine()
        lines = planner.speech(self.film)
        self.tell("speak", f"{len(lines)} lines", total=self._missing(lines))
        speak(self.project, engine, planner, self._engine_says("speak"))
        self._say_silences()
        self.budget = check_spending(
            self.project, planner, self.budget, self.tell, only, prices, self.agree
        )  # fmt: skip
        engine, planner = self.engine(clock)
        says = self._engine_says("shoot", clock)
        with clock.running(), engine.staying():
            prepare(self.project, engine, planner, says, self.tell, only)
            plan = planner.plan(self.film)
            nodes = plan.nodes if only is None else [n for n in plan.nodes if n.item in only]
            self.tell("shoot", f"{len(plan.shown)} shots and cards", total=self._missing(nodes))
            self._say_other_weights(plan)
            _, self.outcome = shoot(self.project, engine, planner, says, only)
        accept(self.project, planner, self.tell, anew=bool(self.outcome.made))
        if clock.out_of is not None:
            raise clock.out_of
        return self.outcome

    def _say_silences(self) -> None:
        """Say so where the film falls silent for long in shots that have lines: nobody wrote that."""
        found = silences(self.film)
        if found:
            rate = self.film.settings.rate
            named = ", ".join(f"{one.shot} ({float(rate.seconds(one.frames)):.1f} s)" for one in found[:5])
            more = f" and {len(found) - 5} more" if len(found) > 5 else ""
            self.tell("notice", f"No voice for more than {LONGEST_SILENCE} s from shot {named}{more} on.")

    def _say_other_weights(self, plan: Plan) -> None:
        """Say so where shots are made again because the weights of that name are others now."""
        used = used_takes(self.film, plan, self.project.store.has)
        planner = self.planner()
        others: Counter[str] = Counter()
        for item, (state, key) in used.items():
            if state == "stale" and key is not None:
                now = {
                    n.renderer: planner.renderer(n.renderer)[0].weights for n in plan.nodes if n.item == item
                }
                then = weights_behind(self.project.store, key)
                others.update(name for name in now.keys() & then.keys() if now[name] != then[name])
        for name, count in sorted(others.items()):
            takes = "1 shot was" if count == 1 else f"{count} shots were"
            self.tell("notice", f"{takes} made with other weights of {name} than those here now.")

    def _missing(self, nodes: Sequence[Node]) -> int:
        return sum(1 for n in nodes if not self.project.store.has(n.key))

    def engine(self, clock: GpuClock | None = None) -> tuple[Engine, Planner]:
        """An engine over this production's takes, and the planner it works with. A ``clock`` may stop it."""
        planner = self.planner()
        crew = self._crew or LocalCrew()
        account = Account(folder=str(self.project.folder), budget=self.budget)
        store, anchors, stop = self.project.store, self.project.anchors, self._asked_to_stop
        if clock is None:
            return Engine(store, anchors, planner, crew, stop, account), planner
        return Engine(
            store, anchors, planner, crew, lambda: stop() or clock.stop(), account, clock.may
        ), planner

    def gate(self) -> list[str]:
        """Shots and cards without a usable take, and lines and music not made, with the reason of each."""
        plan = self.plan()
        failed = self.outcome.failed if self.outcome else {}
        missing = unready(self.film, plan, self.project)
        unheard = [n for n in plan.nodes if n.stage == "sound" and not self.project.store.has(n.key)]
        why = {n.item: failed[n.id] for n in reversed(plan.nodes) if n.id in failed}
        return [
            *(why.get(item, f"{item}: no take yet") for item in missing),
            *(failed.get(n.id, f"{n.item}: not made yet") for n in unheard),
        ]

    def check_made_again(self) -> None:
        """Raise ``RenderError`` where a shot failed whose earlier take the film shows in its place."""
        failed = self.outcome.failed if self.outcome else {}
        items = {n.item: failed[n.id] for n in reversed(self.plan().nodes) if n.id in failed}
        stale = [
            items[item] for item, (state, _) in self.takes().items() if state == "stale" and item in items
        ]
        if stale:
            raise RenderError(still_earlier(stale))

    def cut(self) -> Delivered:
        """Mix, assemble and write ``out/``. Only what changed is done again."""
        settle_after_a_kill(self.project, self._prices())
        roll_credits(self)
        grade(self)
        assemble = getattr(self._crew, "assemble", None)  # a crew that outlives films keeps who cuts them
        self.delivered = cut(self.project, self.plan(), self.tell, assemble, self._sign())
        return self.delivered

    def _sign(self) -> Sign | None:
        """What signs the finished film; None where it has no credentials. Raises ``BadInput`` where it is to
        be signed and cannot."""
        if not self.film.settings.credentials:
            return None
        self.certificate = self.certificate or certificate_for()
        return signer(self.certificate)

    def tell(self, stage: str, words: str, news: News | None = None, total: int = 0) -> None:
        """Tell whoever listens."""
        self.listener(Told(stage, words, news, total))

    def _engine_says(self, stage: str, clock: GpuClock | None = None) -> Callable[[News], None]:
        def says(news: News) -> None:
            if clock is not None:
                clock.hear(news)
            self.tell(stage, news.words, news)

        return says

    def labelled(self) -> tuple[int, int, list[str]]:
        """(drawn as labelled shapes, named things in all, their names)."""
        return drawn_as_labels(self.film)
