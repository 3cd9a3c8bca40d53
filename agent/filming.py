"""Filming: lines first, then lengths, then pictures and music. All through the engine.

Sound comes first: a film is timed to what is really heard. What was measured is journalled, so
a plan stays a pure function of the film.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from ..memory.project import Project
from ..memory.store import TakeStore
from ..render.engine import Engine, Outcome, Tell
from ..render.plan import Node, Plan, Planner, used_takes
from ..render.requests import Speak
from ..storyboard.edit_types import Choose, Decide, Edit, Retime, SetNarrator, Spoken, SpokenLine
from ..storyboard.errors import RenderError, Unmeetable
from ..storyboard.film import Decision, Film
from ..storyboard.fitting import cards_are_read, fit
from ..storyboard.schema import digest
from ..storyboard.timeline import heard_frames, items

QUICKEST_PACE = 185
"""Words a minute past which narration is no longer pleasant; we never go faster by ourselves."""


def speak(project: Project, engine: Engine, planner: Planner, tell: Tell) -> Outcome:
    """Speak the lines, record their lengths, and time the film to them.

    Afterwards every line is measured and ends inside its shot, and the film has the length that was
    asked for. Where words leave too little of it for the cards to be read, the narrator speaks quicker.
    Raises ``RenderError`` where a line cannot be spoken, and ``Unmeetable`` where the words do not fit the
    length even at the quickest pleasant pace.
    """
    outcome, measured = _measure(project, engine, planner, tell)
    try:
        _time(project, measured)
        hurried = measured and not cards_are_read(project.film)
    except Unmeetable:
        if not _quicken(project):
            raise
    else:
        if not hurried or not _quicken(project):
            return outcome
    outcome, _ = _measure(project, engine, planner, tell)
    _time(project, True)
    return outcome


def _measure(project: Project, engine: Engine, planner: Planner, tell: Tell) -> tuple[Outcome, bool]:
    nodes = planner.speech(project.film)
    outcome = engine.run(nodes, tell)
    if outcome.failed:
        raise RenderError(
            "Not every line could be spoken: " + " ".join(list(outcome.failed.values())[:3])
            + " Everything made so far is kept."
        )  # fmt: skip
    lines: dict[str, SpokenLine] = {}
    decided = project.film.decisions
    for node in nodes:
        assert isinstance(node.request, Speak)
        said = digest([node.request.words, node.request.voice.model_dump(mode="json")])
        if decided.spoken_words.get(node.item) == said:
            continue
        timing = json.loads(project.store.path(node.key, "words").read_text(encoding="utf-8"))
        lines[node.item] = SpokenLine(milliseconds=timing["milliseconds"], words=said)
    if lines:
        project.commit([Spoken(lines=lines)], f"{len(lines)} lines were measured", "engine")
    return outcome, bool(lines)


def _time(project: Project, measured: bool) -> None:
    film = project.film
    seconds = film.brief.seconds
    total = sum(item.frames for item in items(film))
    overruns = any(heard_frames(film, shot) > shot.frames for shot in film.shots)
    if not measured and not overruns and (seconds is None or total == film.settings.rate.frames(seconds)):
        return
    fitted = fit(film)
    now = {item.id: item.frames for item in items(film)}
    leads = {shot.id: shot.lead for shot in film.shots}
    frames = {i: n for i, n in fitted["frames"].items() if now[i] != n}
    moved = {i: n for i, n in fitted["leads"].items() if leads[i] != n}
    if frames or moved:
        project.commit([Retime(frames=frames, leads=moved)], "timed to the spoken lines", "engine")


def _quicken(project: Project) -> bool:
    """Let the narrator speak as quickly as is pleasant; said aloud and recorded. False: already so."""
    assert project.film.story is not None
    voice = project.film.story.narrator
    if voice.pace >= QUICKEST_PACE or voice.maker != "espeak":  # another maker may not heed it, and be paid
        return False
    words = (
        f"The narrator speaks at {QUICKEST_PACE} words a minute instead of {voice.pace}, to fit the length."
    )
    edits: list[Edit] = [
        SetNarrator(voice=voice.model_copy(update={"pace": QUICKEST_PACE})),
        Decide(decision=Decision(kind="degraded", subject="narrator", words=words)),
    ]
    project.commit(edits, words, "engine")
    return True


def shoot(
    project: Project,
    engine: Engine,
    planner: Planner,
    tell: Tell,
    only: Collection[str] | None = None,
) -> tuple[Plan, Outcome]:
    """Make the missing takes; ``only`` limits it to these shots and cards and what they go on from.

    Afterwards every take made is recorded as its shot's choice. Shots that failed are in the
    outcome; the others are committed.
    """
    film = project.film
    plan = planner.plan(film)
    nodes = plan.nodes if only is None else _closure(plan, only)
    unpinned = [n for n in nodes if n.item not in film.decisions.pinned]
    outcome = engine.run(unpinned, tell)
    chosen = film.decisions.chosen
    by_id = plan.by_id
    takes = {
        item: by_id[node_id].key
        for item, node_id in plan.shown.items()
        if item not in film.decisions.pinned
        and chosen.get(item) != by_id[node_id].key
        and project.store.has(by_id[node_id].key)
    }
    edits: list[Edit] = [Choose(takes=takes)] if takes else []
    edits += _degraded(film, outcome)
    if edits:
        project.commit(edits, f"{len(outcome.made)} takes were made", "engine")
    return plan, outcome


def _degraded(film: Film, outcome: Outcome) -> list[Edit]:
    """What was made otherwise than asked, with other pixels: each is recorded once."""
    recorded = {(d.subject, d.words) for d in film.decisions.recorded if d.kind == "degraded"}
    made = {node.id for node in outcome.made}
    found = {
        (node.item, words): None
        for node, kind, words in outcome.notices
        if kind == "degraded" and node.id in made and (node.item, words) not in recorded
    }
    return [Decide(decision=Decision(kind="degraded", subject=item, words=w)) for item, w in found]


def _closure(plan: Plan, only: Collection[str]) -> tuple[Node, ...]:
    """Nodes that serve ``only``, and all that those need."""
    by_id = plan.by_id
    wanted = [n.id for n in plan.nodes if n.item in only]
    seen: set[str] = set()
    while wanted:
        node_id = wanted.pop()
        if node_id not in seen:
            seen.add(node_id)
            wanted.extend(by_id[node_id].needs)
    return tuple(n for n in plan.nodes if n.id in seen)


def unready(film: Film, plan: Plan, project: Project) -> list[str]:
    """Items that have no usable take."""
    used = used_takes(film, plan, project.store.has)
    return [item for item, (state, _) in used.items() if state == "missing"]


def weights_behind(store: TakeStore, key: str) -> dict[str, str]:
    """Renderer -> identity of its weights, of a take and all that it was made from, as their records say."""
    found: dict[str, str] = {}
    left, seen = [key], {key}
    while left:
        record = store.record(left.pop())
        if record is None:
            continue
        found[str(record.renderer.get("name"))] = str(record.renderer.get("weights"))
        left += [k for k in record.inputs if k not in seen]
        seen |= record.inputs.keys()
    return found


def drawn_as_labels(film: Film) -> tuple[int, int, list[str]]:
    """(drawn as labelled shapes, named things in all, their names): what no drawing is known for.

    Only the animatic draws shapes: without a shot of its, nothing is counted.
    """
    assert film.story is not None
    if film.shots and not any((shot.renderer or film.settings.renderer) == "animatic" for shot in film.shots):
        return 0, 0, []
    from ..render.animatic.things import thing_kinds

    drawn = thing_kinds()
    named: Iterable[tuple[str, bool]] = (
        *((c.name, c.look.known) for c in film.story.characters),
        *((p.name, p.look.kind != "elsewhere") for p in film.story.places),
        *((p.name, p.look.known and p.look.kind in drawn) for p in film.story.props),
    )
    listed = list(named)
    unknown = [name for name, known in listed if not known]
    return len(unknown), len(listed), unknown
