"""The model reader: a language model reads what a person says, in a bounded loop of typed tools.

Each answer is one JSON object after a strict schema. What does not fit is told back, in words; after
``MOST_ANSWERS`` answers or ``MOST_FAULTS`` faulty ones it is not understood. The model has no power:
what comes out is typed edits of story and picture, words, and the name of a deed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import get_args

from ...storyboard.edits import apply_all
from ...storyboard.errors import BadInput, UnknownName
from ...storyboard.film import Film
from ..language_model import LanguageModel, Message
from ..models import find_model
from ..purse import Purse
from ..wire_answer import Unreadable, read_answer
from .model_making import all_of
from .model_tools import MOST_READ, READING, ToolCall, conversation, shots_as_data, summary, tool_form
from .understood import Deed, Talk, Tell, Understood

MOST_ANSWERS = 8
MOST_FAULTS = 3
_LONGEST_REMINDER = 8_000
_LONGEST_RESULT = 30_000
_LONGEST_WORDS = 2_000
_DEEDS: tuple[Deed, ...] = get_args(Deed)
Make = Callable[[Purse | None, Tell], LanguageModel]


class ModelReader:
    """See the module and ``understood.Reader``. ``purse`` pays for the answers of one sentence."""

    asks_first = True
    """What it reads as a deed that changes or makes something waits for a yes, as edits do."""

    def __init__(self, make: Make, name: str) -> None:
        """``make`` gives the model, from a purse and what hears its news. Raises what it raises."""
        self.name = name
        self.purse: Purse | None = None
        self._tell: Tell = lambda words: None
        self._model = make(None, self._say)
        self.model = self._model.model

    def understand(self, film: Film, words: str, talk: Talk, tell: Tell) -> Understood:
        """What the words mean. Raises ``WriterError`` where the model cannot be asked, ``LimitReached``."""
        if film.story is None:
            return Understood(refused=("The film has no story yet, so there is nothing to change.",))
        self._tell = tell
        self._pay()
        told = len(self._model.notices)
        try:
            found = self._loop(film, words, talk)
        finally:  # between sentences the line is hung up, and a GPU is the renderer's
            self._model.close()
        self.model = self._model.model
        notices = (*found.notices, *self._model.notices[told:])
        return Understood(**{**found.__dict__, "notices": notices})

    def _pay(self) -> None:
        """A sentence has a purse of its own; what is known of the server is kept."""
        if hasattr(self._model, "purse"):
            self._model.purse = self.purse

    def _loop(self, film: Film, words: str, talk: Talk) -> Understood:
        messages = conversation(film, words, talk)
        faults, last = 0, ""
        for turn in range(MOST_ANSWERS):
            self._say(f"{self._model.name} reads" if turn == 0 else f"{self._model.name} reads on")
            answer = self._model.ask(messages, tool_form(), film.settings.seed + turn)
            shown = answer.text[:_LONGEST_REMINDER]
            try:
                if answer.fault:
                    raise Unreadable(answer.fault)
                call, _ = read_answer(answer.text, ToolCall)
                if call.tool in READING:
                    result = _looked(film, call)
                    messages = _and(messages, shown, f"Result of {call.tool} (data):\n{result}")
                    continue
                return _understood(film, call, words)
            except (Unreadable, BadInput) as fault:
                faults, last = faults + 1, str(fault)
                if faults == MOST_FAULTS:
                    break
                again = f"That cannot be done: {last[:1500]}\nAnswer again with one JSON object."
                messages = _and(messages, shown, again)
        why = f"The last fault: {last[:300]}" if last else f"It only looked, {MOST_ANSWERS} times."
        told = f"{self._model.name} gave no answer that can be used. {why}"
        return Understood(unread=(words,), notices=(told,))

    def _say(self, words: str) -> None:
        self._tell(words)

    def close(self) -> None:
        """Give the model back."""
        self._model.close()


def _and(messages: list[Message], shown: str, told: str) -> list[Message]:
    """The conversation with the model's answer and what came of it; all but the first two and the last six
    messages are left out, so that it stays bounded."""
    said: list[Message] = [{"role": "assistant", "content": shown or "(nothing)"}]
    longer = [*messages, *said, {"role": "user", "content": told[:_LONGEST_RESULT]}]
    return [*longer[:2], *longer[2:][-6:]]


def _looked(film: Film, call: ToolCall) -> str:
    if call.tool == "read_film":
        return summary(film)
    if not call.shots:
        raise BadInput(f"read_shots: name at most {MOST_READ} shots by their ids in shots.")
    return shots_as_data(film, call.shots)


def _understood(film: Film, call: ToolCall, words: str) -> Understood:
    """What a call that ends the sentence means. Raises ``BadInput``, in words fit for the model."""
    refused = tuple(_short(part, 400) for part in call.refused)
    said = _short(call.words, _LONGEST_WORDS)
    known = {shot.id for shot in film.shots}
    if call.tool != "propose" and call.edits:
        raise BadInput(f"{call.tool} takes no edits; propose them, or leave them out.")
    if call.tool == "propose":
        return _proposed(film, call, words, refused)
    if call.tool in ("ask", "answer") and not said.strip():
        raise BadInput(f"{call.tool}: words is empty.")
    if call.tool == "ask":
        return Understood(question=said[:600], choices=tuple(_short(c, 160) for c in call.choices))
    if call.tool == "answer":
        return Understood(answer=said, shots=tuple(s for s in call.shots if s in known))
    if call.tool == "refuse":
        why = refused or ((said,) if said.strip() else ())
        if not why:
            raise BadInput("refuse: say why in words.")
        return Understood(refused=why)
    strangers = [s for s in call.shots if s not in known]
    if strangers:
        raise UnknownName("shot", strangers[0], sorted(known)[:40])
    if call.tool in ("undo", "redo"):
        steps = -call.steps if call.tool == "undo" else call.steps
        return Understood(history=steps, read_as=(f"{call.tool} {call.steps}",))
    deed = next(d for d in _DEEDS if d == call.tool)
    return Understood(deed=deed, shots=call.shots, read_as=(deed,))


def _proposed(film: Film, call: ToolCall, words: str, refused: tuple[str, ...]) -> Understood:
    if not call.edits:
        raise BadInput("propose: edits is empty. Use answer, ask or refuse where nothing is to be changed.")
    edits, after = all_of(film, call.edits)
    if apply_all(film, edits) == film:
        raise BadInput("These edits change nothing: the film is so already. Use answer to say so.")
    after_ids = {shot.id for shot in after.shots}
    named = [getattr(edit, "shot", None) for edit in call.edits]
    shots = tuple(dict.fromkeys(s for s in (*call.shots, *named) if isinstance(s, str) and s in after_ids))
    entities = [
        getattr(edit, name, None) for edit in call.edits for name in ("character", "prop", "place", "entity")
    ]
    known = {*after.characters, *after.props, *after.places}
    read = tuple(_short(part.strip(), 300) for part in call.words.split(";") if part.strip())
    return Understood(
        edits=edits, shots=shots, read_as=read[:12] or (_short(words, 300),), refused=refused,
        entities=tuple(dict.fromkeys(e for e in entities if isinstance(e, str) and e in known)),
    )  # fmt: skip


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"


def openai_reader(model: str = "") -> ModelReader:
    """The reader ``openai`` or ``openai:MODEL``: any server that speaks the wire."""
    spec = f"openai:{model}" if model else "openai"
    return ModelReader(lambda purse, tell: find_model(spec, purse, tell), spec)


def local_reader(name: str = "") -> ModelReader:
    """The reader ``local:NAME``: weights on this machine, by a table in the user's ``photoplay.toml``."""
    if not name:
        raise BadInput("Say which weights read: local:NAME, by a table [local.NAME] in photoplay.toml.")
    spec = f"local:{name}"
    return ModelReader(lambda purse, tell: find_model(spec, purse, tell), spec)
