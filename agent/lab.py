"""The lab's work in a production: takes graded before the cut, and shown in another shape for a release."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from ..memory.project import Project
from ..render.lab import Lab, grading, reframing
from ..render.nodes import Node
from ..render.plan import used_takes
from ..render.requests import Raster
from ..storyboard.errors import RenderError
from ..storyboard.film import Film

if TYPE_CHECKING:
    from .steps import Steps


def graded(project: Project, used: Mapping[str, str]) -> dict[str, str]:
    """By item, the key of the take that the cut uses: of the take ``used``, as the film is graded."""
    return grading(project.film, project.store, used).takes


def is_graded(film: Film) -> bool:
    """Whether the film's takes go through the lab before they are cut."""
    return bool(film.settings.grade or film.settings.match)


def grade(production: Steps) -> None:
    """Make what the film's grade lacks; nothing where it has none. Raises ``RenderError`` where one fails."""
    if is_graded(production.film):
        _make(
            production, grading(production.film, production.project.store, _used(production)).nodes, "grade"
        )


def reframe(production: Steps, raster: Raster) -> dict[str, str]:
    """By item, the key of its take in ``raster``, all of them made. Raises ``RenderError``, ``BadInput``."""
    film, store, used = production.film, production.project.store, _used(production)
    harmed = [item for item, key in used.items() if store.check(key, deep=True) != "whole"]
    if harmed:
        raise RenderError(
            f"The takes of {', '.join(harmed[:8])} are damaged. Run `photoplay render DIR`, which makes them "
            "again; nothing was written."
        )
    before = grading(film, store, used)
    lab: Lab = reframing(
        film, store, used, before, raster, lambda name: production.planner().renderer(name)[0]
    )
    _make(production, (*before.nodes, *lab.nodes), "reframe")
    return lab.takes


def kept_by_lab(production: Steps) -> set[str]:
    """Keys of the takes that the film shows graded: they are in use though nothing plans them."""
    if not is_graded(production.film) or not production.film.shots:
        return set()
    return {node.key for node in grading(production.film, production.project.store, _used(production)).nodes}


def _used(production: Steps) -> dict[str, str]:
    """The takes that the film uses, as they were made. What has none is left out."""
    used = used_takes(production.film, production.plan(), production.project.store.has)
    return {item: key for item, (_, key) in used.items() if key is not None}


def _make(production: Steps, nodes: Sequence[Node], stage: str) -> None:
    store = production.project.store
    missing = sum(1 for node in nodes if not store.has(node.key))
    if missing:
        production.tell(stage, f"{missing} shots and cards", total=missing)
    engine, _ = production.engine()
    outcome = engine.run(nodes, lambda news: production.tell(stage, news.words, news))
    if outcome.failed:
        raise RenderError(
            "Not every shot went through the lab: " + " ".join(list(outcome.failed.values())[:5])
            + " The takes themselves are kept; run it again."
        )  # fmt: skip
