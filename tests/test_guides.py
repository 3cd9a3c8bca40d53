"""Guides: control for models, of the same staging as the animatic's clip, and who is given it."""

import json

import numpy as np
import pytest
from ramps import Ramp, finder, stills
from test_shot_plan import film, of_shot, planned
from typer.testing import CliRunner

import photoplay
from photoplay.render.animatic.guides import colours, drawn_guide
from photoplay.render.animatic.screen import Screen
from photoplay.render.crew import SoloCrew
from photoplay.render.plan import Planner
from photoplay.render.preflight import check_settings
from photoplay.render.requests import Between, Extend, Guide
from photoplay.storyboard.errors import BadInput
from photoplay.storyboard.film import CastMember, Film, Settings, Shot
from photoplay.storyboard.picture import picture
from photoplay.storyboard.vocabulary import Action, Distance, Facing, ShotSize, Side

SIZE = 320, 180


@pytest.fixture(scope="module")
def story(tmp_path_factory):
    """A boarded film of a keeper and a whale."""
    folder = tmp_path_factory.mktemp("guides") / "film"
    made = photoplay.make(
        "A lighthouse keeper befriends a lost whale", out=folder, shots=4, seconds=20, until="board",
        settings=Settings(width=SIZE[0], height=SIZE[1]),
    )  # fmt: skip
    return made


@pytest.fixture(scope="module")
def staged(story):
    """A screen of two people on a shore, one far and one near, the near one walking."""
    film = story.film
    keeper = film.story.characters[0]
    other = keeper.model_copy(update={"id": "other", "name": "Other"})
    told = film.story.model_copy(update={"characters": (*film.story.characters, other)})
    shot = Shot.model_validate(
        {
            **film.shots[1].model_dump(),
            "cast": (
                CastMember(entity=keeper.id, side=Side.left, distance=Distance.far, facing=Facing.right),
                CastMember(entity="other", side=Side.right, action=Action.walk, facing=Facing.left),
            ),
            "props": (),
        }
    )
    shot = shot.model_copy(
        update={"camera": shot.camera.model_copy(update={"size": ShotSize.full, "focus": None})}
    )
    film = Film.model_validate(
        {**film.model_dump(), "story": told.model_dump(), "shots": (shot.model_dump(),)}
    )
    return Screen(picture(film, shot), SIZE, 3, 4.0, apart=True)


def where(screen, entity, seconds=0.0):
    """Height x width: where the segment of an entity is."""
    colour = colours(screen)[entity]
    rgb = [int(colour[i : i + 2], 16) for i in (1, 3, 5)]
    seen = drawn_guide(screen, "segments", seconds, seconds)[..., :3].astype(int)
    return np.abs(seen - rgb).max(axis=2) < 12


def test_everybody_has_a_segment_of_their_own_and_it_goes_where_they_go(staged):
    first, _ = colours(staged).keys() - {"sky", "ground", "sheet", "front", "boat"}
    for entity in (first, "other"):
        assert where(staged, entity).sum() > 150
    before, after = where(staged, "other"), where(staged, "other", 3.0)
    middle = [np.flatnonzero(seen.any(axis=0)).mean() for seen in (before, after)]
    assert middle[1] < middle[0] - 5, "who walks to the left is further left later"


def test_the_near_is_brighter_than_the_far_and_the_sky_is_black(staged):
    depth = drawn_guide(staged, "depth", 0.0, 0.0)[..., 0].astype(int)
    keeper = next(p.id for p in staged.staging.figures if p.id != "other")
    near, far = (int(np.median(depth[where(staged, entity)])) for entity in ("other", keeper))
    assert near > far + 20
    assert depth[2, SIZE[0] // 2] == 0
    floor = depth[-40:, 5].astype(int)
    assert floor[-1] > floor[0], "the ground comes nearer towards the lower edge"


def test_bones_lie_within_the_body_that_they_are_of(staged):
    joints = staged.joints(0.5, staged.path(0.5), 0.5)
    assert set(joints) == {p.id for p in staged.staging.figures}
    for entity, found in joints.items():
        body = where(staged, entity, 0.5)
        hits = [
            body[max(0, round(y) - 3) : round(y) + 4, max(0, round(x) - 3) : round(x) + 4].any()
            for x, y in found.values()
        ]
        assert sum(hits) >= 0.85 * len(hits), entity
    drawn = drawn_guide(staged, "pose", 0.5, 0.5)[..., :3]
    assert (drawn.max(axis=2) > 128).sum() > 50


def test_lines_are_white_on_black_and_follow_outlines(staged):
    lines = drawn_guide(staged, "lines", 0.0, 0.0)[..., :3]
    assert set(np.unique(lines)) == {0, 255}
    body = where(staged, "other")
    rim = body ^ np.roll(body, 1, axis=1)
    assert lines[..., 0][rim].mean() > 0.8 * 255


def test_board_writes_the_controls_of_a_shot_once_frame_for_frame_with_its_clip(story, monkeypatch):
    from photoplay.studio.command import app

    monkeypatch.setattr("photoplay.agent.steps.LocalCrew", lambda: SoloCrew())
    folder = story.project.folder
    done = CliRunner().invoke(app, ["board", str(folder), "--controls", "--shot", "s02"])
    assert done.exit_code == 0, done.output
    out = folder / "out" / "controls"
    assert sorted(p.name for p in out.iterdir()) == [
        "s02-depth.mp4", "s02-lines.mp4", "s02-pose.mp4", "s02-segments.mp4", "s02.json",
    ]  # fmt: skip
    told = json.loads((out / "s02.json").read_text())
    clip = next(n for n in story.plan().nodes if n.item == "s02" and isinstance(n.request, Between))
    assert len(told["camera"]) == clip.request.frames
    takes = len(list(folder.glob("takes/*/*")))
    again = CliRunner().invoke(app, ["board", str(folder), "--controls", "--shot", "s02"])
    assert again.exit_code == 0
    assert len(list(folder.glob("takes/*/*"))) == takes, "what is drawn already is not drawn again"
    assert CliRunner().invoke(app, ["board", str(folder), "--shot", "s02"]).exit_code != 0


def guided(plan):
    return [n.request for n in of_shot(plan) if isinstance(n.request, Between | Extend) and n.request.control]


def test_windows_that_go_on_follow_the_guide_from_their_own_frame_on():
    follows = Ramp(inputs=frozenset({"tail", "first", "control"}), references=0, guides=frozenset({"depth"}))
    plan = planned(film(seconds=12, guide="depth"), follows, stills())
    guides = [n for n in of_shot(plan) if isinstance(n.request, Guide)]
    assert len(guides) == 1
    requests = guided(plan)
    assert len(requests) > 1
    assert [r.control.take.key for r in requests] == [guides[0].key] * len(requests)
    starts = [r.control.start for r in requests]
    assert starts[0] == 0
    assert starts[1:] == [sum(r.frames for r in requests[:n]) for n in range(1, len(requests))]


def test_a_film_that_asks_for_no_guide_has_the_keys_it_had():
    plan = planned(film(seconds=5))
    assert not [n for n in of_shot(plan) if isinstance(n.request, Guide)]
    assert not [n for n in of_shot(plan) if "control" in n.request.model_dump(mode="json")]


def test_a_guide_that_nobody_follows_or_knows_is_refused():
    blind, follows = (
        Ramp(settings=frozenset({"steps"})),
        Ramp(inputs=frozenset({"control"}), guides=frozenset({"depth"}), settings=frozenset({"steps"})),
    )
    for renderer, guide, words in (
        (blind, "depth", "follow no guide"),
        (follows, "sketch", "no guide 'sketch'"),
        (follows, "pose", "follow only depth"),
    ):
        known = Planner(finder(renderer, stills())).renderer
        with pytest.raises(BadInput, match=words):
            check_settings(film(seconds=5, guide=guide), known)
    check_settings(film(seconds=5, guide="depth"), Planner(finder(follows, stills())).renderer)
