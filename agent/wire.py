"""The OpenAI-wire writer: a story from any server that speaks chat completions.

The model can produce nothing but a ``Treatment``. It is asked again, a bounded number of times, for
what does not fit, and once for what could be better; whatever was passed over, repaired or accepted
although poor is a notice.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..storyboard.errors import BadInput, LimitReached, WriterError, WriterNonsense, WriterRefused
from ..storyboard.film import Brief
from ..storyboard.treatment import Treatment
from .language_model import Message
from .models.own_settings import Stepping, stepping
from .models.partial import Keeping, Unkept
from .models.steps import InSteps
from .models.wire import WireModel, chosen_model
from .purse import OpenPurse, Purse
from .wire_answer import Unreadable, read_treatment
from .wire_asking import Known
from .wire_call import Errand, Wire
from .wire_check import Checked, check_treatment
from .wire_reply import Reply
from .wire_schema import treatment_form
from .wire_settings import WireSettings, read_wire_settings
from .wire_words import again_words, measure, story_words, system_words
from .writer import Tell, Written

LONGEST_IDEA = 60_000
"""Characters of an idea or story that are sent."""
_LONGEST_REMINDER = 100_000
"""Characters of a faulty answer that are shown to the model again."""
_TOLD_FAULTS = 4
MOST_AT_ONCE = 14
"""Shots up to which a story is asked for at once, where it is not said how."""
_INSTEAD = "Nothing was changed. Try another model, or use --writer outline."


@dataclass(frozen=True)
class _Draft:
    """The last answer as the model is shown it, what is wrong with it, and the best one so far."""

    shown: str
    faults: tuple[str, ...]
    best: Checked | None = None
    passed_over: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    """What a revision was asked for; said again until there is an answer that can be read."""


class WireWriter:
    """Writes with a language model over the OpenAI wire. See ``wire_settings`` for the environment.

    ``variant`` is the model's name and outranks the environment; without either, the server's only
    model is taken. ``model`` is the one that really answered, once it has.
    """

    name = "openai"

    def __init__(
        self, variant: str = "", settings: WireSettings | None = None, steps: Stepping | None = None
    ) -> None:
        """``steps`` outranks the environment. Raises ``BadInput`` where neither a key nor a server is set.
        Asks nothing of the network."""
        self._settings = settings or read_wire_settings(os.environ, variant)
        self._steps = steps or stepping()
        self.model = variant or self._settings.model
        self.purse: Purse = OpenPurse()
        """Pays for every answer; whoever lets it write may give another."""
        self.keeping: Keeping = Unkept()
        """Keeps what was written of a story in steps; whoever lets it write may give another."""
        self._known = Known()

    def write(self, brief: Brief, seed: int, tell: Tell) -> Written:
        """The model's story for ``brief``, whole or in steps.

        Raises ``BadInput`` (text too long, no model to choose), ``WriterRefused`` (key, content
        filter), ``WriterNonsense`` (no story that can be filmed in ``settings.tries`` answers),
        ``WriterError`` (server unreachable, failing, or too slow), or ``LimitReached``.
        """
        return self._story(brief, seed, _Draft("", ()), tell, None)

    def revise(
        self, brief: Brief, seed: int, treatment: Treatment, problems: Sequence[str], tell: Tell
    ) -> Written:
        """``treatment`` with the ``problems`` put right by the model. Raises as ``write`` does."""
        asked = tuple(problems)
        draft = _Draft(treatment.model_dump_json(), asked, asked=asked)
        return self._story(brief, seed, draft, tell, treatment)

    def _story(self, brief: Brief, seed: int, draft: _Draft, tell: Tell, before: Treatment | None) -> Written:
        if len(brief.idea) > LONGEST_IDEA:
            raise BadInput(
                f"The story has {len(brief.idea):,} characters; the openai writer sends up to "
                f"{LONGEST_IDEA:,}. Bring a chapter at a time. Nothing was made."
            )
        settings = self._settings

        def say(words: str) -> None:
            tell(settings.without_secrets(words))

        model = WireModel("", self.purse, say, settings, Errand(), self._known)
        steps = InSteps(model, brief, seed, say, self.keeping, settings.tries, draft.asked, before)
        with contextlib.closing(model):
            if self._steps == "steps" or (
                self._steps == "auto" and (measure(brief).shots[1] > MOST_AT_ONCE or steps.begun())
            ):
                return self._stepped(steps, ())
            try:
                return self._at_once(brief, seed, draft, say)
            except WriterNonsense as nonsense:
                if self._steps == "whole":
                    raise
                why = str(nonsense).removesuffix(_INSTEAD)
            words = f"{why}It was written in steps instead."
            say(words)
            return self._stepped(steps, (words,))

    def _stepped(self, steps: InSteps, notices: tuple[str, ...]) -> Written:
        written = steps.write()
        self.model = steps.model.model
        said = tuple(self._settings.without_secrets(words) for words in (*notices, *written.notices))
        return Written(written.treatment, said)

    def _at_once(self, brief: Brief, seed: int, draft: _Draft, say: Tell) -> Written:
        settings = self._settings
        with Wire(settings, say, self.purse, self._known) as wire:
            model = chosen_model(wire)
            for turn in range(settings.tries):
                say(_doing(model, settings.host, turn, draft))
                try:
                    reply = wire.ask(model, _conversation(brief, draft), treatment_form(), seed)
                except (WriterError, LimitReached) as error:
                    if draft.best is None or isinstance(error, WriterRefused):
                        raise
                    failed = f"The model could not be asked to better it. {error}"
                    return self._written(draft, wire, failed)
                self.model = reply.model or model
                draft = _read(reply, draft, brief)
                if draft.best is not None and (not draft.faults or turn > 0):
                    return self._written(draft, wire)
        if draft.best is not None:
            return self._written(draft, wire)
        raise WriterNonsense(
            settings.without_secrets(
                f"{model} at {settings.host} gave no story that can be filmed in {settings.tries} answers. "
                f"The last: {' '.join(draft.faults[:_TOLD_FAULTS])[:1500]} "
                f"{_INSTEAD}"
            )
        )

    def _written(self, draft: _Draft, wire: Wire, more: str = "") -> Written:
        assert draft.best is not None
        best = draft.best
        poor = tuple(f"The story is not quite as asked: {fault}" for fault in best.poor)
        said = (*wire.notices, *draft.passed_over, *best.repairs, *poor, *((more,) if more else ()))
        notices = tuple(self._settings.without_secrets(words) for words in said)
        return Written(best.treatment, notices)


def _doing(model: str, host: str, turn: int, draft: _Draft) -> str:
    if not draft.faults:
        return f"{model} at {host} writes the story"
    again = f", try {turn + 1}" if turn else ""
    return f"{model} at {host} puts right{again}: {draft.faults[0][:160]}"


def _conversation(brief: Brief, draft: _Draft) -> list[Message]:
    """The task, the story, and the last answer with its faults: as long on the third try as on the first."""
    messages = [
        {"role": "system", "content": system_words(brief)},
        {"role": "user", "content": story_words(brief)},
    ]
    if not draft.faults:
        return messages
    if not draft.shown:
        messages[1]["content"] += "\n\n" + again_words(draft.faults)
        return messages
    return [
        *messages,
        {"role": "assistant", "content": draft.shown},
        {"role": "user", "content": again_words(draft.faults)},
    ]


def _read(reply: Reply, draft: _Draft, brief: Brief) -> _Draft:
    """The next draft; without faults where the answer is a story that needs no other try."""
    if reply.fault:
        kept = tuple(fault for fault in draft.faults if fault != reply.fault) if draft.shown else draft.asked
        return replace(draft, faults=(*kept, reply.fault))
    try:
        read = read_treatment(reply.text)
    except Unreadable as fault:
        shown = reply.text if len(reply.text) <= _LONGEST_REMINDER else ""
        return replace(draft, shown=shown, faults=(str(fault), *draft.asked))
    checked = check_treatment(read.treatment, brief)
    faults = (*checked.wrong, *checked.poor)
    shown = checked.treatment.model_dump_json()
    shown = shown if len(shown) <= _LONGEST_REMINDER else ""
    better = draft.best is None or len(checked.poor) <= len(draft.best.poor)
    if checked.wrong or not better:
        return replace(draft, shown=shown, faults=faults)
    return replace(draft, shown=shown, faults=faults, best=checked, passed_over=read.notices)
