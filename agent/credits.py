"""End credits as they really were: the makers of the takes that the film is cut from.

The plan tells who is to make a film; takes that a person chose, or that wait to be made again, may be by
others. What their records say is journalled as a fact, so that the plan of the credits stays a pure function
of the film.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..memory.project import Project
from ..memory.store import TakeStore
from ..render.makers import TECHNICAL, licences_of
from ..render.nodes import Plan
from ..render.plan import used_takes
from ..render.requests import Title
from ..storyboard.credits import CREDITS, Credit, credits_of
from ..storyboard.edit_types import Credited
from .filming import shoot

if TYPE_CHECKING:
    from .steps import Steps


def credits_told(plan: Plan) -> tuple[Credit, ...] | None:
    """What the credits of a plan say; None where it has none."""
    shown = plan.shown.get(CREDITS)
    request = plan.by_id[shown].request if shown is not None else None
    return request.credits if isinstance(request, Title) else None


def credits_due(project: Project, plan: Plan) -> tuple[Credit, ...] | None:
    """What the credits should say and do not yet; None where they are right, or there are none."""
    told = credits_told(plan)
    if told is None:
        return None
    shots = {shot.id for shot in project.film.shots}
    used = used_takes(project.film, plan, project.store.has)
    keys = [key for item, (_, key) in used.items() if item in shots and key is not None]
    if len(keys) < len(shots):
        return None  # not to be cut yet
    pictures = makers_behind(project.store, keys)
    really = credits_of(project.film, pictures, licences_of(pictures))
    return None if really == told else really


def roll_credits(steps: Steps) -> None:
    """Let the end credits name who really made the takes that the film is cut from; nothing where they do.
    Needs the lock."""
    due = credits_due(steps.project, steps.plan())
    if due is not None:
        steps.project.commit([Credited(credits=due)], "who made the film, for its credits", "engine")
        engine, planner = steps.engine()
        shoot(steps.project, engine, planner, lambda news: None, {CREDITS})


def makers_behind(store: TakeStore, keys: Iterable[str]) -> dict[str, set[str]]:
    """Renderer -> identities of its weights, of all that drew these takes and what they were made from."""
    found: dict[str, set[str]] = {}
    left = list(keys)
    seen = set(left)
    while left:
        record = store.record(left.pop())
        if record is None:
            continue
        if record.request.get("kind") not in TECHNICAL:
            name, weights = str(record.renderer.get("name")), str(record.renderer.get("weights"))
            found.setdefault(name, set()).add(weights)
        if record.request.get("kind") != "guide":
            left += [key for key in record.inputs if key not in seen]
            seen |= record.inputs.keys()
    return found
