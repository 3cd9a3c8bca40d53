"""What is searched for or dreamt of is seen in a cloud beside the head, and nowhere else."""

import math

import numpy as np
import pytest
import skia

from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.mind import Cloud, in_mind, minded
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook, PlaceLook, ThingLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn, ThingIn
from photoplay.storyboard.vocabulary import Action, Being, Facing, PlaceKind, ShotSize, Side

WHALE = FigureIn(
    id="whale", noun="whale", words="", look=BodyLook(being=Being.whale, species="whale"), side=Side.right
)
VIOLIN = ThingIn(id="violin", words="violin", look=ThingLook(kind="violin"))


def shot(sentence, action, *others, things=(), target=None, focus=None, size=ShotSize.wide, place=None):
    keeper = FigureIn(
        id="keeper", noun="keeper", words="", look=BodyLook(), action=action, side=Side.left,
        facing=Facing.right,
    )  # fmt: skip
    return Picture(
        sentence=sentence, actor="keeper", action=action, target=target,
        place=PlaceIn(id="p", words="", look=PlaceLook(kind=place or PlaceKind.shore, layout=3)),
        camera=CameraIn(size=size, focus=focus), figures=(keeper, *others), things=things,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "action", "target", "kind"),
    [
        ("The keeper searches for the whale.", Action.search, "whale", "whale"),
        ("The keeper looks everywhere for her lost violin.", Action.look, "violin", "violin"),
        ("The keeper seeks the key.", Action.search, None, "key"),
        ("The keeper dreams of a ship.", Action.sleep, None, "sailing ship"),
        ("The keeper searches for a fox in the snow.", Action.search, None, "fox"),
        ("The keeper misses the whale.", Action.think, "whale", "whale"),
        ("The keeper looks at the whale.", Action.look, "whale", None),
        ("The keeper searches for the truth.", Action.search, None, None),
        ("The keeper argues with the whale about the bridge.", Action.talk, "whale", "bridge"),
        ("The keeper argues with the whale.", Action.talk, "whale", None),
        ("The keeper waits for the whale.", Action.stand, "whale", None),
    ],
)
def test_what_is_sought_or_dreamt_of_is_in_mind(sentence, action, target, kind):
    told = shot(sentence, action, WHALE, things=(VIOLIN,), target=target)
    mind = in_mind(told)
    if kind is None:
        assert mind is None
        assert minded(told) == (None, told)
        return
    assert mind is not None
    found = mind.figure.look.species if mind.figure else mind.thing.kind
    assert kind in found or found in kind


def test_what_is_in_mind_is_nowhere_else_and_nobody_looks_at_it():
    watcher = FigureIn(id="cat", noun="cat", words="", look=BodyLook(), gaze="whale")
    told = shot("The keeper searches for the whale.", Action.search, WHALE, watcher, target="whale")
    mind, left = minded(told)
    assert mind.sought
    assert mind.figure.id == "whale"
    assert [f.id for f in left.figures] == ["keeper", "cat"]
    assert left.target is None
    assert left.figures[1].gaze is None
    told = shot("The keeper looks for the violin.", Action.look, things=(VIOLIN,), target="violin",
                focus="violin", size=ShotSize.insert)  # fmt: skip
    mind, left = minded(told)
    assert left.things == ()
    assert left.action is left.figures[0].action is Action.search
    assert left.camera.focus == "keeper"
    assert left.camera.size is ShotSize.medium, "no close-up of what is lost"


@pytest.mark.parametrize("size", list(ShotSize))
@pytest.mark.parametrize("frame", [(320, 180), (180, 320)])
def test_the_cloud_is_seen_and_whole_in_the_frame(size, frame):
    told = shot("The keeper searches for the violin.", Action.search, things=(VIOLIN,), target="violin",
                size=size)  # fmt: skip
    bare = told.model_copy(update={"sentence": "The keeper searches.", "things": (), "target": None})
    assert Screen(bare, frame, 5, 4.0)._cloud is None
    screen = Screen(told, frame, 5, 4.0)
    assert screen._cloud is not None
    one = _drawn(screen, frame, 2.0)
    screen._cloud = None
    other = _drawn(screen, frame, 2.0)
    paper = (one.min(axis=-1) > 225) & (np.abs(one.astype(int) - other).max(axis=-1) > 12)
    assert paper.mean() > 0.006, "it is seen"
    sides = (paper[:, 0], paper[:, -1], paper[0], paper[-1])
    assert not any(side.any() for side in sides), "and cut by no edge"


def test_a_thought_in_a_close_up_of_a_beast_is_ahead_of_its_head():
    """A beast's head is at its front end: a cloud beside the middle of its body is a hat."""
    dog = FigureIn(id="dog", noun="dog", words="", look=BodyLook(being=Being.quadruped, species="dog"),
                   side=Side.left, facing=Facing.right, action=Action.think)  # fmt: skip
    p = shot("The dog thinks of a bone.", Action.think, place=PlaceKind.village, size=ShotSize.close)
    bone = ThingIn(id="bone", words="bone", look=ThingLook(kind="bone"))
    p = p.model_copy(update={"figures": (dog,), "actor": "dog", "things": (bone,), "target": "bone"})
    screen = Screen(p, (640, 360), 5, 4.0)
    placed = screen.staging.figures[0]
    (x, _), _ = screen._headed(placed, screen.path(2.0), 2.0)
    middle, _ = screen.path(2.0).at(placed.walked(2.0, 4.0), 0.5, placed.depth)
    assert x > middle + 100


def _drawn(screen, frame, seconds):
    surface = skia.Surface(*frame)
    screen.draw(surface.getCanvas(), seconds, screen.path(seconds))
    return surface.toarray(colorType=skia.kRGBA_8888_ColorType)[..., :3]


def test_a_wide_thing_in_mind_fills_the_cloud():
    """A bridge as wide as a moustache is none."""
    bridge = ThingIn(id="bridge", words="bridge", look=ThingLook(kind="bridge", colour="#8a2a2a"))
    mind = in_mind(shot("The keeper dreams of a bridge.", Action.sleep, things=(bridge,), target="bridge"))
    surface = skia.Surface(640, 360)
    surface.getCanvas().clear(skia.ColorWHITE)
    Cloud(mind, Ink(), 3, 1).draw(
        surface.getCanvas(), (300.0, 250.0), 40.0, (90.0, -70.0), (640, 360), 2.0, 0.0
    )
    pixels = surface.makeImageSnapshot().toarray(colorType=skia.kRGBA_8888_ColorType)[..., :3].astype(int)
    red = np.nonzero((pixels[..., 0] - pixels[..., 2] > 40).any(axis=0))[0]
    assert red.max() - red.min() > 1.6 * 0.19 * 360, "in radii of the cloud"


def test_whoever_thinks_is_whole_in_the_frame_and_the_cloud_hangs_by_its_head():
    """The head of a mouse or a snowman that dreams was cut by the frame, and the cloud far off in a corner."""
    for being, species in ((Being.quadruped, "mouse"), (Being.creature, "snowman"), (Being.person, "person")):
        look = BodyLook(being=being, species=species)
        dreamer = FigureIn(id="a", noun=species, words="", look=look, side=Side.right, facing=Facing.right,
                           action=Action.think)  # fmt: skip
        p = shot("It dreams of a ship.", Action.think, size=ShotSize.close)
        screen = Screen(p.model_copy(update={"figures": (dreamer,), "actor": "a"}), (640, 360), 5, 4.0)
        assert screen._cloud is not None
        pose, (placed,) = screen.path(2.0), screen.staging.figures
        left, top, right, _ = screen._bounds(placed, pose, 2.0)
        assert left > -8
        assert top > 0
        assert right < 640
        assert placed.x < pose.x, "with room ahead of it"
        (x, y), tall = screen._headed(placed, pose, 2.0)
        across, down = screen._cloud.hangs((x, y), tall, 1.0, (640, 360), [], (left, top, right, 360.0))
        assert across > 0 > down
        assert math.hypot(across, down) < 0.55 * tall + 2.6 * 0.19 * 360
