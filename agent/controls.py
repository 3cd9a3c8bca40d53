"""What models accept as control, written for every shot: depth, lines, segments, pose, and the camera.

Frame for frame the staging of the animatic's own clip of that shot, handles included, whatever renderer
the film has. Drawn once: they are takes like others.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection
from pathlib import Path
from typing import get_args

from ..memory.files import plain_error
from ..render.keys import key_of
from ..render.nodes import Node, node_id
from ..render.protocol import identity
from ..render.requests import Guide, Shows
from ..render.shot_requests import GUIDE_MAKER, raster_of, rendered_frames
from ..storyboard.errors import RenderError
from ..storyboard.film import Film, Shot
from ..storyboard.picture import picture
from .steps import Steps

FOLDER = "controls"


def write_controls(production: Steps, only: Collection[str] | None = None) -> list[Path]:
    """Write ``out/controls/<shot>-<depth|lines|segments|pose>.mp4`` and ``<shot>.json``; returns their paths.

    Of ``only``, where given. The JSON holds the camera at every frame and the colours of the segments
    (``render/animatic/guides.py``). Raises ``BadInput`` where there are no shots, or none of that id, and
    ``RenderError`` where one could not be drawn.
    """
    production.plan()
    film, project = production.film, production.project
    shots = [film.shot(name) for name in only] if only is not None else list(film.shots)
    nodes = [_node(film, shot, shows, production) for shot in shots for shows in get_args(Shows)]
    engine, _ = production.engine()
    with project.lock():
        missing = sum(1 for node in nodes if not project.store.has(node.key))
        production.tell("shoot", f"{len(nodes)} guides", total=missing)
        outcome = engine.run(nodes, lambda news: production.tell("shoot", news.words, news))
        if outcome.failed:
            raise RenderError("Not every guide could be drawn: " + " ".join(outcome.failed.values()))
        return _copied(production, nodes)


def _node(film: Film, shot: Shot, shows: Shows, production: Steps) -> Node:
    rate = film.settings.rate
    request = Guide(
        shows=shows, picture=picture(film, shot), raster=raster_of(film), seed=shot.seed,
        frames=rendered_frames(shot, rate, rate), rate=rate,
    )  # fmt: skip
    renderer, _ = production.planner().renderer(GUIDE_MAKER)
    return Node(
        id=node_id("guide", shot.id, shows), item=shot.id, stage="picture", request=request,
        renderer=GUIDE_MAKER, key=key_of(request, identity(renderer)), why="asked for",
    )  # fmt: skip


def _copied(production: Steps, nodes: Collection[Node]) -> list[Path]:
    """Copies of the guides in ``out/``, each moved to its name when it is whole."""
    project = production.project
    folder = project.out / FOLDER
    project.files.make_folder(project.out)
    project.files.make_folder(folder)
    project.files.make_folder(project.work)
    written = []
    for node in nodes:
        assert isinstance(node.request, Guide)
        pairs = [("picture", f"{node.item}-{node.request.shows}.mp4")]
        pairs += [("camera", f"{node.item}.json")] if node.request.shows == "segments" else []
        for part, name in pairs:
            whole = project.work / name
            project.files.remove(whole)
            try:
                shutil.copyfile(project.store.path(node.key, part), whole)
            except OSError as error:
                raise plain_error(error, whole) from error
            project.files.replace(whole, folder / name)
            written.append(folder / name)
    return written
