"""Asking a language model until its answer can be used, a bounded number of times."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from pydantic import BaseModel

from ...storyboard.errors import LimitReached, WriterError, WriterNonsense
from ..language_model import Answer, AnswerForm, LanguageModel, Message, Picture
from ..wire_answer import Unreadable, read_answer

K = TypeVar("K", bound=BaseModel)
V = TypeVar("V")
_LONGEST_REMINDER = 30_000
"""Characters of a faulty answer that are shown to the model again."""
_TOLD_FAULTS = 4


@dataclass(frozen=True)
class Verdict(Generic[V]):
    """What an answer is worth, perhaps repaired. ``wrong`` cannot be used; ``poor`` could be better."""

    value: V
    wrong: tuple[str, ...] = ()
    poor: tuple[str, ...] = ()
    repairs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question(Generic[K, V]):
    """What is asked, in which form, and how an answer is examined."""

    messages: tuple[Message, ...]
    form: AnswerForm
    kind: type[K]
    examine: Callable[[K], Verdict[V]]
    seed: int
    tries: int = 3
    pictures: tuple[Picture, ...] = ()


def ask(
    model: LanguageModel, question: Question[K, V], faults: Sequence[str] = (), shown: str = ""
) -> Verdict[V]:
    """The first answer without a fault; after ``tries`` the best that can be used, else ``WriterNonsense``.

    ``faults`` and ``shown`` begin it: what is wrong with an answer that there is already. A poor answer is
    asked once to be better. Raises what ``LanguageModel.ask`` raises, but where there is an answer that
    can be used when a later call fails, that one is returned, and ``poor`` says why.
    """
    best: Verdict[V] | None = None
    told = tuple(faults)
    for turn in range(question.tries):
        try:
            answer = model.ask(
                _conversation(question, shown, told), question.form, question.seed, question.pictures
            )
        except (WriterError, LimitReached) as error:
            if best is None:
                raise
            return replace(best, poor=(*best.poor, f"The model could not be asked to better it. {error}"))
        shown, told, verdict = _read(answer, question)
        if verdict is None or verdict.wrong:
            continue
        if best is None or len(verdict.poor) <= len(best.poor):
            best = verdict
        if not verdict.poor or turn > 0:
            return best
    if best is not None:
        return best
    raise WriterNonsense(
        f"{model.name} gave no answer that can be used in {question.tries} tries. "
        f"The last: {' '.join(told[:_TOLD_FAULTS])[:1200]}"
    )


def _read(answer: Answer, question: Question[K, V]) -> tuple[str, tuple[str, ...], Verdict[V] | None]:
    """(the answer as the model is shown it again, its faults, what it is worth)."""
    shown = answer.text if len(answer.text) <= _LONGEST_REMINDER else ""
    if answer.fault:
        return shown, (answer.fault,), None
    try:
        value, _ = read_answer(answer.text, question.kind)
    except Unreadable as fault:
        return shown, (str(fault),), None
    verdict = question.examine(value)
    return shown, (*verdict.wrong, *verdict.poor), verdict


def _conversation(question: Question[K, V], shown: str, faults: tuple[str, ...]) -> list[Message]:
    """The question, and the last answer with its faults: as long on the third try as on the second."""
    messages = [dict(message) for message in question.messages]
    if not faults:
        return messages
    listed = "\n".join(f"- {fault}" for fault in faults)
    again = (
        f"That cannot be used yet:\n{listed}\n"
        "Put this right, keep the rest as it is, and answer with the whole JSON object again."
    )
    if not shown:
        messages[-1]["content"] += "\n\n" + again
        return messages
    return [*messages, {"role": "assistant", "content": shown}, {"role": "user", "content": again}]
