"""The LangGraph graph: write -> check -> cast -> board -> review -> shoot -> gate -> cut -> deliver.

Its nodes are a few lines over ``Steps``. What is to be done is read from the folder; the
state holds only small plain JSON, so deleting ``agent.sqlite`` at any stage changes no film.
Nothing costly stands before an ``interrupt`` in its node, since a node runs anew on every resume.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypedDict

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.sqlite import SqliteSaver
from langgraph.config import get_stream_writer
from langgraph.graph import END, START, StateGraph
from langgraph.graph.state import CompiledStateGraph
from langgraph.runtime import Runtime
from langgraph.types import Command, interrupt
from pydantic import ValidationError

from ..memory.project import Project
from ..storyboard.edit_types import EDIT
from ..storyboard.errors import BadInput, RenderError
from .checkpoints import checkpoints
from .stages import STAGES, Told, failed_shots, revised_too_often
from .steps import Steps

FINISH: Literal["__end__"] = "__end__"
Where = Literal["write", "check", "board", "review", "cut", "__end__"]
_NEXT: dict[str, Where] = {
    "write": "write", "cast": "check", "board": "board", "shoot": "review", "cut": "cut",
}  # fmt: skip
REVISIONS = 2
"""How often a writer may try again to keep the brief."""


class State(TypedDict, total=False):
    """Small plain JSON only: no story, frame, path or key ever enters a checkpoint."""

    until: str
    review: bool
    problems: list[str]
    tries: int


@dataclass
class Context:
    """What a run works on: a project folder, or a production that is already open."""

    folder: str = ""
    production: Steps | None = None


Work = Runtime[Context]


def _production(runtime: Work) -> Steps:
    context = runtime.context
    if context.production is None:
        context.production = Steps(Project.open(Path(context.folder)))
    return context.production


def _reached(state: State, stage: str) -> bool:
    return STAGES.index(state.get("until", "film")) <= STAGES.index(stage)


def go_on(state: State, runtime: Work) -> Command[Where]:
    """Find out from the folder where to go on."""
    step = _production(runtime).step()
    if (step == "shoot" and _reached(state, "board")) or (
        step in ("cut", "done") and _reached(state, "takes")
    ):
        return Command(goto=FINISH)
    if step == "board" and _reached(state, "story"):
        return Command(goto=FINISH)
    return Command(goto=_NEXT.get(step, FINISH), update={"tries": 0, "problems": []})


def write(state: State, runtime: Work) -> State:
    """The writer's treatment is in the folder."""
    _production(runtime).write(state.get("problems", ()))
    return {}


def check(state: State, runtime: Work) -> Command[Literal["write", "cast"]]:
    """Hard constraints are checked, never merely asked of a writer."""
    problems = _production(runtime).problems()
    if not problems:
        return Command(goto="cast", update={"problems": []})
    tries = state.get("tries", 0) + 1
    if tries > REVISIONS:
        raise revised_too_often(problems)
    return Command(goto="write", update={"problems": problems, "tries": tries})


def cast(state: State, runtime: Work) -> Command[Literal["board", "__end__"]]:
    """Looks are fixed."""
    _production(runtime).cast()
    return Command(goto=FINISH if _reached(state, "story") else "board")


def board(state: State, runtime: Work) -> Command[Literal["review", "__end__"]]:
    """Shots are laid out."""
    _production(runtime).board()
    return Command(goto=FINISH if _reached(state, "board") else "review")


def review(state: State, runtime: Work) -> Command[Literal["review", "shoot"]]:
    """A person approves, or gives edits and sees it again."""
    production = _production(runtime)
    if not state.get("review"):
        return Command(goto="shoot")
    film = production.film
    said = interrupt(
        {"review": "board", "title": film.story.title if film.story else "", "shots": len(film.shots)}
    )
    try:
        edits = [EDIT.validate_python(e) for e in said.get("edits", ())]
    except ValidationError as error:
        raise BadInput(f"That is no edit: {error.errors()[0]['msg']}. Nothing was changed.") from None
    if edits:
        production.changed_by(edits, str(said.get("words", "review")))
        return Command(goto="review")
    return Command(
        goto="shoot", update={"review": False, "until": said.get("until", state.get("until", "film"))}
    )


def shoot(state: State, runtime: Work) -> State:
    """Lines are spoken, takes are made."""
    _production(runtime).shoot()
    return {}


def gate(state: State, runtime: Work) -> Command[Literal["cut", "__end__"]]:
    """Every shot has a usable take, or the film stops here with all others kept."""
    missing = _production(runtime).gate()
    if missing:
        raise RenderError(failed_shots(missing))
    if _reached(state, "takes"):
        _production(runtime).check_made_again()
        return Command(goto=FINISH)
    return Command(goto="cut")


def cut(state: State, runtime: Work) -> State:
    """Picture, voice, music and titles become the film."""
    _production(runtime).cut()
    return {}


def deliver(state: State, runtime: Work) -> State:
    """Say where it is."""
    production = _production(runtime)
    production.tell("deliver", str(production.film_path))
    production.check_made_again()
    return {"problems": [], "tries": 0}


def build(checkpointer: BaseCheckpointSaver[Any] | None = None) -> CompiledStateGraph[Any, Any, Any, Any]:
    """The compiled graph. Without ``checkpointer`` it has no saver of its own (for a graph server)."""
    graph = StateGraph(State, context_schema=Context)
    graph.add_node("go_on", go_on)
    for name, node in (
        ("write", write), ("check", check), ("cast", cast), ("board", board), ("review", review),
        ("shoot", shoot), ("gate", gate), ("cut", cut), ("deliver", deliver),
    ):  # fmt: skip
        graph.add_node(name, node)
    graph.add_edge(START, "go_on")
    graph.add_edge("write", "check")
    graph.add_edge("shoot", "gate")
    graph.add_edge("cut", "deliver")
    graph.add_edge("deliver", END)
    return graph.compile(checkpointer=checkpointer)


def run(production: Steps, state: State) -> None:
    """Walk the graph over a production until its end or a review. Raises what a step raises."""
    _walk(production, state)


def answer(production: Steps, said: dict[str, Any]) -> None:
    """Resume a pending review. Raises ``BadInput`` where none is pending."""
    if not pending(production):
        raise BadInput(f"No review is pending for {production.project.folder}.")
    _walk(production, Command(resume=said))


def pending(production: Steps) -> bool:
    """True where a review waits for an answer."""
    with checkpoints(production.project) as saver:
        graph = build(saver)
        return bool(graph.get_state(_thread(production)).interrupts)


def _walk(production: Steps, begin: Any) -> None:
    with checkpoints(production.project) as saver:
        if not isinstance(begin, Command):
            _begin_anew(production, saver)
        graph = build(saver)
        context = Context(str(production.project.folder), production)
        with production.hearing(_stream):
            for _ in graph.stream(begin, _thread(production), context=context, stream_mode="updates"):
                pass


def stream(production: Steps, state: State) -> Iterator[tuple[str, Any]]:
    """Events of a run as they come: ``("custom", {...})`` news and ``("updates", {...})`` of nodes.

    The film is locked until the last event was taken.
    """
    with production.project.lock(), checkpoints(production.project) as saver:
        _begin_anew(production, saver)
        graph = build(saver)
        context = Context(str(production.project.folder), production)
        with production.hearing(_stream):
            modes: Any = ["updates", "custom"]
            for event in graph.stream(state, _thread(production), context=context, stream_mode=modes):
                kind, data = tuple(event)
                yield kind, data


def _stream(told: Told) -> None:
    get_stream_writer()({"stage": told.stage, "words": told.words})


def _thread(production: Steps) -> Any:
    return {"configurable": {"thread_id": production.film.id}, "recursion_limit": 200}


def _begin_anew(production: Steps, saver: SqliteSaver) -> None:
    """Forget the run before: checkpoints are ordered by a clock, and an old one that was made while the
    clock was ahead would hide the review of this run."""
    saver.delete_thread(production.film.id)
