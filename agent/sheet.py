"""The storyboard sheet of a production: a still of each shot with its camera, words and length."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from ..memory.files import plain_error
from ..memory.store import TakeStore
from ..render.cut.footage import open_footage
from ..render.engine import Engine
from ..render.keys import key_of
from ..render.plan import Node, Planner, raster_of, used_takes
from ..render.protocol import Pixels, identity
from ..render.requests import Raster, Still
from ..storyboard.errors import Locked, RenderError
from ..storyboard.film import Film, Shot
from ..storyboard.picture import picture
from ..storyboard.told_shot import said
from .production import Production

SKETCHER = "animatic"
"""What draws the stills of shots that have no take yet."""
PANEL_WIDTH = 640


def write_sheet(production: Production) -> tuple[Path, Path]:
    """Write ``out/board.png`` and ``out/board.pdf``; returns their paths.

    A shot that has a take shows its middle frame; others are drawn as stills by the animatic, which
    are kept in the store and drawn once, unless another process works on the film: then they are not
    kept. Raises ``BadInput`` where there are no shots yet.
    """
    from ..render.board_sheet import Panel, board_sheet

    film, project = production.film, production.project
    plan = production.plan()
    used = used_takes(film, plan, project.store.has)
    sketches = {
        shot.id: _sketch(film, shot, production.planner()) for shot in film.shots if used[shot.id][1] is None
    }
    sketched = _sketched(production, sketches)
    panels = []
    for number, shot in enumerate(film.shots, 1):
        key = used[shot.id][1]
        camera = f"{shot.camera.size}, {shot.camera.angle}, {shot.camera.move}"
        panels.append(
            Panel(
                picture=sketched[shot.id]
                if key is None
                else _middle(project.store.path(key, "picture"), shot.head + shot.frames // 2),
                number=str(number),
                camera=camera,
                sentence=shot.event.sentence,
                lines=tuple(said(film, line) if line.speaker else line.words for line in shot.lines),
                seconds=float(film.settings.rate.seconds(shot.frames)),
                scene=film.scenes[shot.scene].title or shot.scene,
            )
        )
    project.files.make_folder(project.out)
    project.files.make_folder(project.work)
    drawn = project.work / "board.png", project.work / "board.pdf"
    for path in drawn:  # what a killed process left, or a link that somebody put there
        project.files.remove(path)
    assert film.story is not None
    try:
        board_sheet(panels, film.story.title, *drawn)
    except OSError as error:
        raise plain_error(error, drawn[0]) from error
    for path in drawn:
        project.files.replace(path, project.out / path.name)
    return project.out / "board.png", project.out / "board.pdf"


def _sketched(production: Production, sketches: Mapping[str, Node]) -> dict[str, Pixels]:
    """The stills of these shots, drawn where they are not kept yet."""
    if not sketches:
        return {}
    project = production.project
    try:
        with project.lock():
            return _drawn(project.store, production.engine()[0], sketches)
    except Locked:
        with tempfile.TemporaryDirectory(prefix="photoplay-board-") as aside:
            store = TakeStore(Path(os.path.realpath(aside)))
            engine = Engine(store, project.anchors, production.planner(), production.crew)
            missing = {shot: node for shot, node in sketches.items() if not project.store.has(node.key)}
            kept = {shot: node for shot, node in sketches.items() if shot not in missing}
            return _drawn(store, engine, missing) | _read(project.store, kept)


def _drawn(store: TakeStore, engine: Engine, sketches: Mapping[str, Node]) -> dict[str, Pixels]:
    outcome = engine.run(sketches.values())
    if outcome.failed:
        raise RenderError("Not every panel could be drawn: " + " ".join(outcome.failed.values()))
    return _read(store, sketches)


def _read(store: TakeStore, sketches: Mapping[str, Node]) -> dict[str, Pixels]:
    return {shot: _middle(store.path(node.key, "picture"), 0) for shot, node in sketches.items()}


def _sketch(film: Film, shot: Shot, planner: Planner) -> Node:
    """A still of a shot, as wide as a panel, of the film's proportions."""
    whole = raster_of(film)
    height = max(64, round(PANEL_WIDTH * whole.height / whole.width / 2) * 2)
    request = Still(
        picture=picture(film, shot), raster=Raster(width=PANEL_WIDTH, height=height), seed=shot.seed
    )
    renderer, _ = planner.renderer(SKETCHER)
    return Node(
        id=f"sketch-{shot.id}"[:64],
        item=shot.id,
        stage="picture",
        request=request,
        renderer=SKETCHER,
        key=key_of(request, identity(renderer)),
        why="a panel of the storyboard sheet",
    )


def _middle(path: Path, frame: int) -> Pixels:
    with open_footage(path) as footage:
        return footage.frame(min(frame, footage.count - 1))
