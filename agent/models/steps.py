"""A story written in steps that a small model can manage: who and where, then scenes, then their shots.

Each answer is small, is checked on its own, and is kept as soon as it is good, so that a run that fails
or is stopped goes on with what is missing. What comes out is a ``Treatment`` like any other.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import TypeVar

from ...storyboard.call_sheet import plain_name
from ...storyboard.errors import LimitReached, WriterError, WriterNonsense
from ...storyboard.film import Brief
from ...storyboard.schema import digest
from ...storyboard.treatment import TreatedScene, TreatedShot, Treatment
from ...storyboard.vocabulary import LineKind
from ...storyboard.voices import language_code
from ..language_model import LanguageModel
from ..outline.tongue import language_of
from ..wire_check import check_treatment
from ..writer import Tell, Written
from .asking import Question, Verdict, ask
from .forms import (
    MOST_LISTED,
    StepScene,
    StepScenes,
    StepShots,
    StepStory,
    scenes_form,
    shots_form,
    story_form,
)
from .layout import Layout, lay_out
from .partial import Keeping, Partial, Unkept
from .step_words import scenes_messages, shots_messages, story_messages

T = TypeVar("T")
_FAR_TOO_MANY = 3
_MOST_NOTICES = 40


@dataclass
class InSteps:
    """One story being written in steps by ``model``. ``write`` is called once.

    ``asked`` is what a story before did not keep of the brief; ``before`` is that story.
    """

    model: LanguageModel
    brief: Brief
    seed: int
    tell: Tell
    keeping: Keeping = field(default_factory=Unkept)
    tries: int = 3
    asked: tuple[str, ...] = ()
    before: Treatment | None = None

    def __post_init__(self) -> None:
        self.layout = self._layout()
        self.partial = Partial(of=self._of(), model=self.model.model[:120])

    def begun(self) -> bool:
        """Whether a part of this very story is kept."""
        kept = self.keeping.read()
        return kept is not None and kept.of == self.partial.of and kept.story is not None

    def write(self) -> Written:
        """The whole story. Raises ``WriterNonsense``, another ``WriterError`` or ``LimitReached``; what was
        written before is then kept, and the message says so."""
        kept = self.keeping.read()
        if kept is not None and kept.of == self.partial.of:
            self.partial = kept
        elif self.before is not None:
            self.partial = self._begun_from(self.before)
        story = self._settled_story()
        scenes = self._settled_scenes(story)
        for number in range(self.layout.scenes):
            self._settle_shots(story, scenes, number)
        return self._whole(story, scenes)

    # -- the steps ------------------------------------------------------------------------

    def _settled_story(self) -> StepStory:
        if self.partial.story is not None:
            return self.partial.story
        self.tell(f"{self.model.name} writes whom and what the story is about")
        question = Question(
            story_messages(self.brief, language_of(self.brief.idea), self.asked),
            story_form(self.brief.characters),
            StepStory,
            self._examine_story,
            self.seed,
            self.tries,
        )
        verdict = self._step("whom and what the story is about", partial(ask, self.model, question))
        self._keep(verdict, story=verdict.value)
        return verdict.value

    def _settled_scenes(self, story: StepStory) -> tuple[StepScene, ...]:
        while (done := len(self.partial.scenes)) < self.layout.scenes:
            told = self.partial.scenes
            count = _next_batch(self.layout.scene_batches(), done)
            self.tell(
                f"{self.model.name} lays out scenes {done + 1} to {done + count} of {self.layout.scenes}"
            )
            question = Question(
                scenes_messages(self.brief, story, self.layout, told, count, self.asked),
                scenes_form(count, (place.name for place in story.places)),
                StepScenes,
                partial(_examine_scenes, count),
                self.seed,
                self.tries,
            )
            step = f"scenes {done + 1} to {done + count} of {self.layout.scenes}"
            verdict = self._step(step, partial(ask, self.model, question))
            self._keep(verdict, scenes=(*told, *verdict.value))
        return self.partial.scenes

    def _settle_shots(self, story: StepStory, scenes: Sequence[StepScene], number: int) -> None:
        smaller = 0
        while (done := len(self._shots_of(number))) < self.layout.shots[number]:
            count = _next_batch(self.layout.shot_batches(number), done)
            count = max(1, count >> smaller)
            where = f"shots {done + 1} to {done + count} of scene {number + 1} of {len(scenes)}"
            self.tell(f"{self.model.name} writes {where}")
            question = self._question_of_shots(story, scenes, number, count)
            faults, shown = self._shown_before(number, done, count)
            try:
                verdict = ask(self.model, question, faults, shown)
            except WriterNonsense as nonsense:
                if count > 1:
                    self.tell(f"That were too many at once for {self.model.name}; fewer are asked for")
                    smaller += 1
                    continue
                raise self._stopped(where, nonsense) from None
            except (WriterError, LimitReached) as error:
                raise self._stopped(where, error) from None
            mine = (*self._shots_of(number), *verdict.value)
            shots = (*self.partial.shots[:number], mine)
            self._keep(verdict, shots=shots)

    def _question_of_shots(
        self, story: StepStory, scenes: Sequence[StepScene], number: int, count: int
    ) -> Question[StepShots, tuple[TreatedShot, ...]]:
        before = self._shots_of(number)
        last = self._shots_of(number - 1)[-1] if number and self._shots_of(number - 1) else None
        low, high = self.layout.words_of(count)
        words = (low * 7 // 10, high * 8 // 10) if self.asked else (low, high)
        people = [c.name or c.noun for c in story.characters]
        return Question(
            shots_messages(
                self.brief, story, scenes, number, self.layout, before, last, count, words, self.asked
            ),
            shots_form(count, people, (p.name for p in story.props), dialogue=self.brief.dialogue),
            StepShots,
            lambda value: self._examine_shots(value, story, scenes[number], count),
            self.seed,
            self.tries,
        )  # fmt: skip

    # -- what answers are worth -----------------------------------------------------------

    def _examine_story(self, value: StepStory) -> Verdict[StepStory]:
        story = value.model_copy(
            update={
                "characters": _once(value.characters, lambda c: c.name or c.noun),
                "places": _once(value.places, lambda p: p.name),
                "props": _once(value.props, lambda p: p.name),
                "language": language_code(value.language or language_of(self.brief.idea)),
            }
        )
        wrong = []
        most = self.brief.characters
        if most is not None and len(story.characters) > most:
            wrong.append(f"There are {len(story.characters)} characters; at most {most} are wanted.")
        for what, rows in (
            ("characters", story.characters),
            ("places", story.places),
            ("props", story.props),
        ):
            if len(rows) > MOST_LISTED:
                wrong.append(f"There are {len(rows)} {what}; at most {MOST_LISTED} are listed.")
        if not story.places:
            wrong.append("There is no place. List at least one, with a name.")
        if not story.title.strip():
            wrong.append("There is no title.")
        return Verdict(story, tuple(wrong))

    def _examine_shots(
        self, value: StepShots, story: StepStory, scene: StepScene, count: int
    ) -> Verdict[tuple[TreatedShot, ...]]:
        found = len(value.shots)
        if found == 0 or found > count * _FAR_TOO_MANY:
            return Verdict((), (f"There are {found} shots; exactly {count} are wanted.",))
        shots = tuple(shot.treated() for shot in value.shots[:count])
        alone = _treatment(story, [scene], [shots])
        checked = check_treatment(alone, self.layout.brief_of(len(shots), self.brief))
        shots = checked.treatment.scenes[0].shots
        wrong = checked.wrong
        talk = [li for shot in shots for li in shot.lines if li.kind is not LineKind.narration]
        if talk and not self.brief.dialogue:
            wrong = (*wrong, f"{len(talk)} lines have a speaker; there is only narration (speaker null).")
        poor = [fault for fault in checked.poor if "is dialogue" not in fault and "are dialogue" not in fault]
        if found != count:
            poor.insert(0, f"There are {found} shots; exactly {count} are wanted.")
        return Verdict(shots, wrong, tuple(poor), checked.repairs)

    def _whole(self, story: StepStory, scenes: Sequence[StepScene]) -> Written:
        checked = check_treatment(_treatment(story, scenes, self.partial.shots), self.brief)
        if checked.wrong:
            self.keeping.clear()
            raise WriterNonsense(
                f"{self.model.name} wrote a story in steps that cannot be filmed: "
                f"{' '.join(checked.wrong[:4])} Nothing was changed. Try another model, or use "
                "--writer outline."
            )
        poor = tuple(f"The story is not quite as asked: {fault}" for fault in checked.poor)
        said = (*self.model.notices, *self.partial.notices, *checked.repairs, *poor)
        return Written(checked.treatment, tuple(dict.fromkeys(said))[:_MOST_NOTICES])

    # -- keeping --------------------------------------------------------------------------

    def _keep(self, verdict: Verdict[T], **settled: object) -> None:
        """Keep what was settled, and what has to be told of it."""
        poor = tuple(f"The story is not quite as asked: {fault}" for fault in verdict.poor)
        notices = (*self.partial.notices, *verdict.repairs, *poor)[:_MOST_NOTICES]
        self.partial = self.partial.model_copy(update={**settled, "notices": notices})
        self.keeping.keep(self.partial)

    def _step(self, where: str, work: Callable[[], T]) -> T:
        try:
            return work()
        except (WriterError, LimitReached) as error:
            raise self._stopped(where, error) from None

    def _stopped(self, where: str, error: WriterError | LimitReached) -> WriterError | LimitReached:
        """The same error, with what it happened to and what is kept."""
        kept = "" if isinstance(self.keeping, Unkept) or self.partial.story is None else _KEPT
        end = " Try another model, or use --writer outline." if isinstance(error, WriterNonsense) else ""
        return type(error)(f"{_capital(where)} could not be written. {error}{kept}{end}")

    def _shots_of(self, number: int) -> tuple[TreatedShot, ...]:
        return self.partial.shots[number] if number < len(self.partial.shots) else ()

    def _of(self) -> str:
        before = digest(self.before.model_dump(mode="json")) if self.before else ""
        brief = self.brief.model_dump(mode="json")
        return digest([brief, self.seed, self.model.model, list(self.asked), before])

    # -- a story that is revised ----------------------------------------------------------

    def _layout(self) -> Layout:
        layout, before = lay_out(self.brief), self.before
        if before is None or self._too_many_characters(before) or len(before.scenes) > layout.all_shots:
            return layout
        return lay_out(self.brief, len(before.scenes))

    def _too_many_characters(self, before: Treatment) -> bool:
        most = self.brief.characters
        return most is not None and len(before.characters) > most

    def _begun_from(self, before: Treatment) -> Partial:
        """What stays of the story before: everything but its shots, unless its characters are too many."""
        if self._too_many_characters(before):
            return self.partial
        story = StepStory.model_validate(before.model_dump(include=set(StepStory.model_fields)))
        if len(before.scenes) != self.layout.scenes:
            return self.partial.model_copy(update={"story": story})
        scenes = tuple(
            StepScene(
                **scene.model_dump(include=set(StepScene.model_fields) - {"summary"}),
                summary=" ".join(shot.sentence for shot in scene.shots)[:400],
            )
            for scene in before.scenes
        )
        return self.partial.model_copy(update={"story": story, "scenes": scenes})

    def _shown_before(self, number: int, done: int, count: int) -> tuple[tuple[str, ...], str]:
        """(what was wrong, the shots as they were), for a story that is revised."""
        before = self.before
        if before is None or len(before.scenes) != self.layout.scenes:
            return (), ""
        shots = before.scenes[number].shots[done : done + count]
        rows = [shot.model_dump(mode="json", include=_SHOWN) for shot in shots]
        for row in rows:
            row["lines"] = [{"speaker": li["speaker"], "words": li["words"]} for li in row["lines"]]
            row["parts"] = [{"name": p["name"], "state": p["state"]} for p in row["parts"]]
        return (self.asked, StepShots.model_validate({"shots": rows}).model_dump_json()) if rows else ((), "")


_SHOWN = {"sentence", "actor", "verb", "target", "manner", "parts", "props", "size", "move", "lines"}
_KEPT = " What was written before is kept; the same command asks only for what is missing."


def _examine_scenes(count: int, value: StepScenes) -> Verdict[tuple[StepScene, ...]]:
    found = len(value.scenes)
    if found == 0 or found > count * _FAR_TOO_MANY:
        return Verdict((), (f"There are {found} scenes; exactly {count} are wanted.",))
    wrong = [f"Scene {n} has no summary." for n, s in enumerate(value.scenes, 1) if not s.summary.strip()]
    poor = () if found == count else (f"There are {found} scenes; exactly {count} are wanted.",)
    return Verdict(value.scenes[:count], tuple(wrong), poor)


def _treatment(
    story: StepStory, scenes: Sequence[StepScene], shots: Sequence[tuple[TreatedShot, ...]]
) -> Treatment:
    told = tuple(
        TreatedScene(**scene.model_dump(exclude={"summary"}), place_state="", shots=mine)
        for scene, mine in zip(scenes, shots, strict=True)
    )
    return Treatment(**{name: getattr(story, name) for name in StepStory.model_fields}, scenes=told)


def _once(rows: tuple[T, ...], name: Callable[[T], str]) -> tuple[T, ...]:
    """The first of each name, and none without."""
    found: dict[str, T] = {}
    for row in rows:
        if plain := plain_name(name(row)):
            found.setdefault(plain, row)
    return tuple(found.values())


def _next_batch(batches: list[int], done: int) -> int:
    """How many more are asked for, so that answers end where the batches do."""
    end = 0
    for batch in batches:
        end += batch
        if done < end:
            return end - done
    return 1


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
