"""The director: a conversation about one film, as a LangGraph graph whose only power is typed tools.

hear -> propose -> confirm (interrupt) -> apply -> shoot -> reply. What a reader understood is plain data; the
nodes are a few lines over what ``Production.revise`` uses, so that the ways in cannot differ. The state is
kept in ``agent.sqlite`` under a thread of its own: deleting the file at any time loses the conversation and
what waits for a yes, and nothing of the film.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace
from typing import Any, Literal

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime
from langgraph.types import Command, interrupt

from ...storyboard.errors import BadInput, Locked, PhotoplayError, Stopped
from ..checkpoints import checkpoints
from ..production import Production
from .carrying_out import carry_out, journal, make_again
from .conversation import (
    Conversation,
    after_turn,
    caused,
    chosen,
    edits_of,
    instead,
    meaning_of,
    plain_edits,
    plain_reading,
    reading_of,
    talk_of,
    yes_or_no,
)
from .discreet import without_keys
from .proposing import hear as understand
from .proposing import lines, turn_of
from .readers import find_reader
from .turn import Turn
from .understood import Reader

FINISH: Literal["__end__"] = "__end__"


@dataclass
class Context:
    """What a turn works on. ``turn`` is what came of it; ``shown`` the proposal that waits."""

    production: Production
    reader: Reader
    turn: Turn | None = None
    shown: Turn | None = None

    def tell(self, words: str) -> None:
        """What the reader is doing."""
        self.production.tell("read", words)


Work = Runtime[Context]
Next = Literal["propose", "carry", "reply"]


def hear(state: Conversation, runtime: Work) -> Command[Next]:
    """What was said is understood. While edits wait for a yes, it comes on top of them, or in their place.

    A model that fails, or a limit that is reached, is a refusal: what waits, waits on.
    """
    context = runtime.context
    heard, kept = chosen(state, state["heard"]), Conversation()
    rest = instead(heard) if state.get("pending") and not state.get("asked") else None
    if rest:
        heard, kept = rest, Conversation(pending=[], words="")
    talk = talk_of(Conversation(**{**state, **kept}))
    try:
        read, _ = understand(context.production, heard, context.reader, talk, context.tell)
    except Stopped:
        raise
    except PhotoplayError as error:
        context.turn = Turn("refusal", str(error))
        return Command(goto="reply")
    kept["reading"] = plain_reading(read)
    if read.unread or read.question or not (read.edits or read.history or read.deed):
        context.turn = turn_of(context.production, read)
        return Command(goto="reply", update=kept)
    return Command(goto="propose" if read.edits else "carry", update=kept)


def propose(state: Conversation, runtime: Work) -> Command[Literal["confirm", "reply"]]:
    """The edits, with those that wait, as a difference to be answered."""
    context = runtime.context
    waiting = edits_of(state.get("pending", ()))
    turn = turn_of(context.production, reading_of(state["reading"]), waiting)
    context.turn = turn
    if turn.kind != "proposal":
        return Command(goto="reply")
    context.shown = turn
    assert turn.difference is not None
    besides = len(turn.edits) - len(turn.difference.rows)
    edits = turn.edits[: len(turn.edits) - besides]
    words = "; ".join(part for part in (state.get("words", ""), *caused(state)) if part)
    return Command(
        goto="confirm",
        update={
            **after_turn(state, turn), "pending": plain_edits(edits), "words": words, "shown": turn.words,
            "meaning": meaning_of(turn),
        },
    )  # fmt: skip


def confirm(state: Conversation, runtime: Work) -> Command[Literal["apply", "carry", "hear", "reply"]]:
    """Wait for a yes, a no, or other words. Nothing costly is here: it runs anew on every answer."""
    said = interrupt({"confirm": state.get("shown", "")})
    # A question is in between: then the words answer that.
    answer = said if isinstance(said, bool) else None if state.get("asked") else yes_or_no(str(said))
    if answer is None:
        return Command(goto="hear", update={"heard": str(said)})
    heard = "yes" if answer else "no"
    if answer and not state.get("pending"):
        return Command(goto="carry", update={"heard": heard, "agreed": True})
    if answer:
        return Command(goto="apply", update={"heard": heard})
    runtime.context.turn = Turn("answer", "Nothing was changed.")
    return Command(goto="reply", update={"heard": heard, "pending": [], "words": ""})


def apply(state: Conversation, runtime: Work) -> Command[Literal["shoot", "confirm", "reply"]]:
    """The edits are journalled, with the words that caused them; or shown again, where they mean something
    else now, because the film was changed meanwhile."""
    context = runtime.context
    shown = context.shown
    if shown is None or shown.difference is None or shown.difference.before != context.production.film:
        waiting, read = edits_of(state.get("pending", ())), reading_of(state["reading"])
        shown = turn_of(context.production, replace(read, edits=waiting))
        context.turn = context.shown = shown
        if shown.kind != "proposal":
            return Command(goto="reply", update={"pending": [], "words": ""})
        if meaning_of(shown) != state.get("meaning"):
            words = lines("The film was changed since this was shown. Now it means:", shown.words)
            context.turn = replace(shown, words=words)
            return Command(goto="confirm", update={"shown": words, "meaning": meaning_of(shown)})
    try:
        journal(context.production, shown, state.get("words", ""))
    except Locked as error:
        context.turn = Turn("refusal", str(error))
        return Command(goto="reply")
    return Command(goto="shoot", update={"pending": [], "words": "", "shown": ""})


def shoot(state: Conversation, runtime: Work) -> Conversation:
    """What the edits changed is made, and the film is cut."""
    context = runtime.context
    assert context.shown is not None
    context.turn = make_again(context.production, context.shown)
    context.shown = None
    return {}


def carry(state: Conversation, runtime: Work) -> Command[Literal["apply", "confirm", "reply"]]:
    """Undo, redo, or something to do that changes nothing. What waits for a yes is the first step of an
    undo, and what an approval is of. What a model read as a deed is asked about first."""
    context = runtime.context
    read = reading_of(state["reading"])
    waits = bool(state.get("pending"))
    costs = bool(read.history) or read.deed in ("render", "approve")
    if costs and not waits and not state.get("agreed") and getattr(context.reader, "asks_first", False):
        turn = turn_of(context.production, read)
        context.turn = replace(turn, words=f"Understood: {turn.words}. Shall I?")
        update = Conversation(**after_turn(state, context.turn), shown=context.turn.words)
        return Command(goto="confirm", update=update)
    if waits and read.deed in ("approve", "render"):
        return Command(goto="apply")
    if waits and (read.history == -1 or read.deed == "stop"):
        context.turn = Turn("answer", "What was shown is dropped; nothing was changed.", read)
        return Command(goto="reply", update={"pending": [], "words": ""})
    update = Conversation(agreed=False)
    if waits and read.history:
        read = replace(read, history=read.history + 1) if read.history < 0 else read
        update = Conversation(pending=[], words="", agreed=False)
    try:
        context.turn = carry_out(context.production, turn_of(context.production, read), state["heard"])
    except (BadInput, Locked) as error:
        context.turn = Turn("refusal", str(error), read)
    return Command(goto="reply", update=update)


def reply(state: Conversation, runtime: Work) -> Command[Literal["confirm", "__end__"]]:
    """The turn is remembered; what waited for a yes waits on."""
    turn = runtime.context.turn
    assert turn is not None
    return Command(goto="confirm" if state.get("pending") else FINISH, update=after_turn(state, turn))


def build(checkpointer: BaseCheckpointSaver[Any] | None = None) -> CompiledStateGraph[Any, Any, Any, Any]:
    """The compiled graph."""
    graph = StateGraph(Conversation, context_schema=Context)
    for name, node in (
        ("hear", hear), ("propose", propose), ("confirm", confirm), ("apply", apply), ("shoot", shoot),
        ("carry", carry), ("reply", reply),
    ):  # fmt: skip
        graph.add_node(name, node)
    graph.add_edge(START, "hear")
    graph.add_edge("shoot", "reply")
    graph.add_edge("reply", END)
    return graph.compile(checkpointer=checkpointer)


class Director:
    """Talks about one film. ``hear`` for what a person says, ``answer`` for what they say to a proposal."""

    def __init__(self, production: Production, reader: Reader | str | None = None) -> None:
        self.production = production
        if reader is None or isinstance(reader, str):
            reader = find_reader(reader) if reader else find_reader()
        self._context = Context(production, reader)

    @property
    def reader(self) -> Reader:
        """Who reads what is said."""
        return self._context.reader

    def hear(self, words: str) -> Turn:
        """What came of the words. A proposal waits for ``answer``; everything else is done.

        While a proposal waits, the words answer it: yes, no, or what is to be changed besides. Raises what
        reading and making raise; then nothing waits that did not wait before.
        """
        with checkpoints(self.production.project) as saver:
            graph = build(saver)
            if graph.get_state(self._thread).interrupts:
                return self._walk(graph, saver, Command(resume=without_keys(words)))
            return self._walk(graph, saver, {**self._kept(graph, saver), "heard": without_keys(words)})

    def answer(self, yes: bool | str) -> Turn:
        """Answer a proposal that waits. With words it is changed, and shown again.

        A turn that says so comes back where nothing waits (any more).
        """
        with checkpoints(self.production.project) as saver:
            graph = build(saver)
            if not graph.get_state(self._thread).interrupts:
                return Turn("refusal", "Nothing waits for an answer. Say what is to be changed.")
            said = yes if isinstance(yes, bool) else without_keys(yes)
            return self._walk(graph, saver, Command(resume=said))

    def waiting(self) -> str:
        """What was shown and waits for a yes, from days ago too; empty where nothing does."""
        with checkpoints(self.production.project) as saver:
            state = build(saver).get_state(self._thread)
            return str(state.values.get("shown", "")) if state.interrupts else ""

    def said(self) -> list[tuple[str, str]]:
        """(who, words) of the last turns; who is ``person`` or ``director``."""
        with checkpoints(self.production.project) as saver:
            found = build(saver).get_state(self._thread).values.get("said", ())
            return [(str(who), str(words)) for who, words in found]

    @property
    def _thread(self) -> Any:
        return {"configurable": {"thread_id": f"talk-{self.production.film.id}"}, "recursion_limit": 50}

    def _walk(self, graph: CompiledStateGraph[Any, Any, Any, Any], saver: Any, begin: Any) -> Turn:
        self._context.turn = None
        steps = graph.stream(begin, self._thread, context=self._context, stream_mode="values")
        values: dict[str, Any] = dict(deque(steps, maxlen=1)[0])
        if not graph.get_state(self._thread).interrupts:
            self._settle(graph, saver, values)
        turn = self._context.turn
        if turn is None:
            raise BadInput("The conversation could not be gone on with. Nothing was changed; say it again.")
        return turn

    def _kept(self, graph: CompiledStateGraph[Any, Any, Any, Any], saver: Any) -> dict[str, Any]:
        """What is kept of the turns before. Their checkpoints go: they are ordered by a clock, and one that
        was made while the clock was ahead would hide what comes."""
        values = dict(graph.get_state(self._thread).values)
        saver.delete_thread(self._thread["configurable"]["thread_id"])
        return {k: v for k, v in values.items() if k in ("said", "shots", "entities", "asked", "choices")}

    def _settle(
        self, graph: CompiledStateGraph[Any, Any, Any, Any], saver: Any, values: dict[str, Any]
    ) -> None:
        """One checkpoint is enough between turns: a long conversation stays small on the disk."""
        saver.delete_thread(self._thread["configurable"]["thread_id"])
        kept = {k: v for k, v in values.items() if k != "__interrupt__"}
        graph.update_state(self._thread, kept, as_node="reply")
