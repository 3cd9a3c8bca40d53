"""Three and more, big beside small, and those who run: each is seen, and none is run into."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from photoplay.render.animatic import atboth
from photoplay.render.animatic.figures.shapes import Point
from photoplay.render.animatic.renderer import _drawn
from photoplay.render.animatic.screen import Screen
from photoplay.storyboard.looks import BodyLook, PlaceLook, ThingLook
from photoplay.storyboard.picture import CameraIn, FigureIn, Picture, PlaceIn, ThingIn
from photoplay.storyboard.vocabulary import Action, Age, Being, Facing, PlaceKind, ShotSize, Side, Stature
from photoplay.storyboard.wardrobe import set_apart


def somebody(name: str, side: Side = Side.left, action: Action = Action.stand, species: str = "") -> FigureIn:
    look = BodyLook(age=Age.child, stature=Stature.small)
    if species:
        being = Being.bird if species == "chicken" else Being.quadruped
        look = BodyLook(being=being, species=species)
    facing = Facing.right if side in (Side.left, Side.far_left) else Facing.left
    return FigureIn(
        id=name,
        noun="hen" if species == "chicken" else species or "child",
        words="",
        look=look,
        side=side,
        action=action,
        facing=facing,
    )


def seen(sentence: str, *figures: FigureIn, target: str | None = None, things: tuple[ThingIn, ...] = (),
         kind: PlaceKind = PlaceKind.meadow) -> Screen:  # fmt: skip
    picture = Picture(
        sentence=sentence,
        actor=figures[0].id,
        action=figures[0].action,
        target=target,
        place=PlaceIn(id="place", words="", look=PlaceLook(kind=kind, layout=7)),
        figures=figures,
        things=things,
        camera=CameraIn(size=ShotSize.full),
    )
    return Screen(picture, (384, 216), 5, 4.0)


def test_two_animals_that_run_together_run_one_way_and_clear_of_each_other() -> None:
    fox = somebody("fox", Side.right, Action.run, "fox")
    hen = somebody("hen", Side.left, Action.run, "chicken")
    screen = seen("The fox and the hen run in the cave.", fox, hen, target="hen")
    left, right = sorted(screen.staging.figures, key=lambda p: p.x)
    assert left.facing is right.facing
    assert left.walks * right.walks > 0
    assert (left.walks > 0) == (left.facing is Facing.right), "it runs backwards"
    assert left.x + left.extent.right <= right.x + right.extent.left, "a tail lies on who goes behind"


def test_those_who_chase_are_behind_one_another_and_behind_whoever_they_are_after() -> None:
    boy = somebody("boy", Side.left, Action.run)
    dogs = [
        somebody(f"the-{n}-dog", side, Action.run, "dog")
        for n, side in (("eldest", Side.right), ("middle", Side.far_right), ("youngest", Side.centre))
    ]
    screen = seen("The dogs chase the boy.", *dogs, boy, target="boy")
    (ahead,) = (p for p in screen.staging.figures if p.id == "boy")
    way = 1.0 if ahead.walks > 0 else -1.0
    rear = way * ahead.x - (ahead.extent.right if way < 0 else -ahead.extent.left)
    noses = sorted(
        way * p.x + (p.extent.right if way > 0 else -p.extent.left)
        for p in screen.staging.figures
        if p.id != "boy"
    )
    assert len(noses) == 3
    assert noses[-1] < rear - 0.1
    assert all(b - a > 0.5 for a, b in pairwise(noses)), "one head lies on the other"


def test_a_tall_animal_is_stroked_by_who_stands_and_a_small_one_by_who_bends_down() -> None:
    def stroked(species: str) -> tuple[str, float]:
        girl = somebody("girl", action=Action.reach)
        screen = seen(
            "The girl pets the animal.", girl, somebody("it", Side.right, species=species), target="it"
        )
        return screen._acting["girl"].manner, screen._players["it"].scale * screen._bodies["it"].height

    assert stroked("horse")[0] == "stroke"
    assert stroked("horse")[1] < 1.9
    assert stroked("cat")[0] == "pet"


def test_no_animal_among_alike_ones_is_made_a_giant() -> None:
    dog = BodyLook(being=Being.quadruped, species="dog", coat_colour="#c08040", stature=Stature.small)
    looks = set_apart([(dog, frozenset({"coat_colour"}))] * 6, 3)
    assert not {look.stature for look in looks} & {Stature.giant, Stature.tiny}
    assert len({look.model_dump_json() for look in looks}) == 6


def three(action: Action) -> list[FigureIn]:
    sides = (Side.left, Side.right, Side.centre)
    names = ("the-eldest-child", "the-middle-child", "the-youngest-child")
    return [somebody(name, side, action) for name, side in zip(names, sides, strict=True)]


def thing(kind: str, held: bool = False) -> ThingIn:
    return ThingIn(id=kind, words=kind, look=ThingLook(kind=kind), side=Side.far_right, held=held)


def test_those_who_row_sit_one_way_and_no_oar_crosses_another() -> None:
    screen = seen("The three children row the boat.", *three(Action.row), kind=PlaceKind.sea)
    crew = sorted(screen.staging.figures, key=lambda p: p.x)
    assert {screen._acting[p.id].action for p in crew} == {Action.row}
    assert len({p.facing for p in crew}) == 1
    assert all(b.x - a.x > 0.5 * a.tall for a, b in pairwise(crew))


def test_those_who_dig_are_a_spade_apart_and_beyond_the_mound() -> None:
    screen = seen("The three children dig with a shovel.", *three(Action.dig), things=(thing("shovel"),))
    lead, *others = sorted(screen.staging.figures, key=lambda p: p.x)
    assert lead.id == screen.picture.actor
    assert others[0].x > lead.x + lead.extent.right + 0.2 * lead.tall
    assert others[1].x - others[0].x > 0.8 * others[0].tall
    assert all(p.facing is Facing.left for p in others)


def test_nothing_is_thrown_at_the_heads_of_those_who_throw_it_together() -> None:
    eldest, *others = three(Action.throw)
    eldest = eldest.model_copy(update={"holds": ("hammer",)})
    hammer = thing("hammer", held=True)
    screen = seen(
        "The three children throw a hammer down.", eldest, *others, target="hammer", things=(hammer,)
    )
    (who,) = (p for p in screen.staging.figures if p.id == eldest.id)
    way = 1.0 if who.facing is Facing.right else -1.0
    assert all(way * (p.x - who.x) < 0 for p in screen.staging.figures if p.id != who.id)


def test_a_rope_goes_through_the_hands_of_all_who_pull_it_and_to_what_they_pull() -> None:
    raft = seen(
        "The three children pull the raft out.", *three(Action.pull), target="raft", things=(thing("raft"),)
    )
    first, second, third = sorted(
        raft._rope, key=lambda i: next(-p.x for p in raft.staging.figures if p.id == i)
    )
    assert [raft._rope[i] for i in (first, second, third)] == ["raft", first, second]
    tug = seen("The three children pull on a rope.", *three(Action.pull), target="the-middle-child")
    assert len(tug._rope) == 1
    assert tug._between is not None
    assert set(tug._rope.values()) <= {tug._between.one, tug._between.other}


def test_the_end_of_a_rope_hangs_from_the_last_hands_on_it_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    tug = seen("The three children pull on a rope.", *three(Action.pull), target="the-middle-child")
    ends: list[Point] = []
    slack = atboth._slack
    monkeypatch.setattr(atboth, "_slack", lambda hand, *more: ends.append(hand) or slack(hand, *more))
    _drawn(tug, 2.0)
    assert len(ends) == 2  # of three who hold it: two on one side


def test_a_rope_is_nearly_level_between_tall_and_small_and_its_end_hangs_down() -> None:
    tail = atboth._slack((0.0, 0.0), 1.0, 1.0)
    assert [y for _, y in tail] == sorted(y for _, y in tail), "a hook that turns up"
    heights = [-atboth.ends_held("rope", 1.0, tall, 0.0)[0][1] for tall in (1.1, 1.45)]
    assert 0.0 < heights[1] - heights[0] < 0.1
    grown = -atboth.ends_held("rope", 1.0, 1.8, 0.0)[0][1]
    assert grown > 0.44 * 1.8, "no lower than the hip"


def test_all_who_call_to_somebody_stand_on_one_side_and_look_that_way() -> None:
    one, other, far = three(Action.talk)
    beast = somebody("it", Side.centre, species="fox").model_copy(update={"noun": "fox"})
    screen = seen("The two children call to the fox.", one, other, beast, target="it")
    callers = [p for p in screen.staging.figures if p.id != "it"]
    (it,) = (p for p in screen.staging.figures if p.id == "it")
    assert far.id not in {p.id for p in callers}
    assert len({p.x < it.x for p in callers}) == 1
    assert all((p.facing is Facing.right) == (p.x < it.x) for p in callers)
    waves = [f.model_copy(update={"action": Action.wave}) for f in (one, other, far)]
    kid = waves[2].model_copy(update={"id": "the-boy", "noun": "boy"})
    picture = seen("The two children wave to the boy.", *waves[:2], kid, target="the-boy").picture
    assert {f.id: f.action for f in picture.figures} == {
        one.id: Action.wave, other.id: Action.wave, "the-boy": Action.stand,
    }  # fmt: skip


def test_what_is_chased_is_ahead_of_all_who_chase_it_as_fast_as_they_and_in_the_frame() -> None:
    cat = somebody("cat", Side.left, Action.run, "cat")
    screen = seen("The cat chases a ball.", cat, target="ball", things=(thing("ball"),))
    (ball,), (who,) = screen.staging.things, screen.staging.figures
    assert ball.x + ball.extent.left > who.x + who.extent.right
    assert ball.walks == who.walks > 0
    for share in (0.1, 0.9):
        at = screen.path(4.0 * share).at(ball.walked(4.0 * share, 4.0), 0.0, ball.depth)[0]
        assert 0.0 < at < 384


def test_who_dives_is_up_first_and_under_at_the_end_and_the_camera_does_not_tilt_after_it() -> None:
    look = BodyLook(being=Being.octopus, species="octopus", coat_colour="#d8505a")
    octopus = FigureIn(id="it", noun="octopus", words="", look=look, action=Action.dive)
    screen = seen("The octopus dives into the water.", octopus, kind=PlaceKind.sea)
    assert screen._acting["it"].manner == "under"

    def much(seconds: float) -> int:
        frame = np.asarray(_drawn(screen, seconds))[..., :3].astype(int)
        red = (frame[..., 0] > frame[..., 2] + 40) & (frame[..., 0] > frame[..., 1] + 40)
        return int(red.sum())

    assert much(1.8) > 1.1 * much(0.2) > 5 * much(3.7)


def test_no_head_is_at_the_table_that_somebody_pours_tea_on() -> None:
    nurse = somebody("nurse", Side.left, Action.cook)
    boy = somebody("boy", Side.centre)
    screen = seen(
        "The nurse pours a cup of tea for the boy.", nurse, boy, target="boy", kind=PlaceKind.kitchen
    )
    left, right = sorted(screen.staging.figures, key=lambda p: p.x)
    assert left.extent.right > 0.6 * left.tall, "no table"
    assert right.x + right.extent.left > left.x + left.extent.right


def test_of_two_who_swim_the_head_of_one_is_clear_of_the_body_of_the_other() -> None:
    one, other = (somebody(n, s, Action.swim) for n, s in (("one", Side.left), ("other", Side.right)))
    screen = seen("The one swims with the other.", one, other, target="other", kind=PlaceKind.lake)
    rear, front = sorted(screen.staging.figures, key=lambda p: p.x)
    assert rear.walks > 0
    assert rear.x + rear.extent.face_x < front.x + front.extent.left


def test_the_second_of_a_herd_stands_close_behind_the_first_whatever_the_first_does() -> None:
    knight = somebody("knight", Side.left, Action.sit)
    herd = [
        somebody(f"the-{n}-horse", side, Action.sit, "horse")
        for n, side in (("eldest", Side.right), ("middle", Side.far_right))
    ]
    screen = seen("The knight sits beside the horses.", knight, *herd, target="the-eldest-horse")
    first, second = (p for p in screen.staging.figures if p.id != "knight")
    apart = abs(first.x - second.x) / first.extent.width
    assert 1.0 < apart < 1.3, "as they lie, with no leg of one on the other"


def test_a_horse_nuzzles_somebody_before_the_face_and_not_on_it() -> None:
    horse, knight = somebody("horse", Side.left, Action.hug, "horse"), somebody("knight", Side.right)
    screen = seen("The horse nuzzles the knight.", horse, knight, target="knight")
    beast, who = (next(p for p in screen.staging.figures if p.id == i) for i in ("horse", "knight"))
    face = who.extent.face + abs(who.extent.face_x)
    assert abs(who.x - beast.x) - abs(beast.extent.face_x) - beast.extent.face > face


def test_a_goat_that_is_followed_up_a_mountain_has_all_its_feet_on_the_ground() -> None:
    boy, goat = somebody("boy", Side.left, Action.walk), somebody("goat", Side.right, Action.walk, "goat")
    told = "follows his goat up the mountain."
    assert seen(f"The boy {told}", boy, kind=PlaceKind.mountain)._hill is not None
    assert seen(f"The boy {told}", boy, goat, target="goat", kind=PlaceKind.mountain)._hill is None


def test_who_kneels_beside_a_rabbit_does_not_pat_the_air_above_it() -> None:
    who, dog = somebody("who", Side.left, Action.kneel), somebody("dog", Side.right, species="rabbit")
    who = who.model_copy(update={"noun": "woman", "look": BodyLook(presents="woman")})
    screen = seen("The girl kneels beside her rabbit.", who, dog, target="dog")
    me, it = (next(p for p in screen.staging.figures if p.id == i) for i in ("who", "dog"))
    hands = screen._hands.lays(me, screen._acting["who"], 3.5)
    assert hands
    scale = screen._players["who"].scale
    assert all(me.x + x * scale < it.x - 0.2 * it.extent.width for x, _, _ in hands), "a hand is over it"
    assert all(-down * scale < 0.4 * me.tall for _, down, _ in hands), "and not on the knee"


def test_all_of_those_who_are_counted_do_it_and_not_who_is_told_of_after_them() -> None:
    def dwarf(f: FigureIn) -> FigureIn:
        return f.model_copy(update={"noun": "dwarf"})

    dwarfs = [dwarf(f).model_copy(update={"action": Action.stand}) for f in three(Action.walk)]
    king = somebody("king", Side.far_right).model_copy(update={"noun": "king"})
    lead = dwarfs[0].model_copy(update={"action": Action.hide})
    acts = {f.id: f.action for f in seen("The three dwarfs hide from the king.", lead, *dwarfs[1:], king,
                                         target="king").picture.figures}  # fmt: skip
    assert acts["king"] is not Action.hide
    assert [acts[f.id] for f in dwarfs] == [Action.hide] * 3


def test_a_duck_leads_all_its_ducklings_behind_it() -> None:
    look = BodyLook(being=Being.bird, species="duck")
    ducks = [
        FigureIn(id=i, noun=n, words="", look=look, side=s, action=Action.walk, facing=Facing.right)
        for i, n, s in (("duck", "duck", Side.far_left), ("one", "duckling", Side.right),
                        ("two", "duckling", Side.left))
    ]  # fmt: skip
    screen = seen("The duck leads the ducklings.", *ducks, target="one")
    (lead,) = (p for p in screen.staging.figures if p.id == "duck")
    way = 1.0 if lead.walks > 0 else -1.0
    assert all(way * (p.x - lead.x) < 0 for p in screen.staging.figures if p.id != "duck")
    assert len({p.facing for p in screen.staging.figures}) == 1


def test_a_rope_goes_by_who_is_ahead_on_it_on_the_far_side(monkeypatch: pytest.MonkeyPatch) -> None:
    """Across the trunk it would look as if it went through whoever pulls."""
    tug = seen("The three children pull on a rope.", *three(Action.pull), target="the-middle-child")
    ((behind, ahead),) = tug._rope.items()
    drawn: list[tuple[str, str]] = []
    passed, bodied = Screen._roped, Screen._bodied

    def roped(screen, canvas, placed, *more, **named):  # type: ignore[no-untyped-def]
        drawn.append(("rope", placed.id))
        passed(screen, canvas, placed, *more, **named)

    def body(screen, canvas, placed, *more):  # type: ignore[no-untyped-def]
        drawn.append(("body", placed.id))
        bodied(screen, canvas, placed, *more)

    monkeypatch.setattr(Screen, "_roped", roped)
    monkeypatch.setattr(Screen, "_bodied", body)
    _drawn(tug, 1.0)
    assert drawn.index(("rope", ahead)) < drawn.index(("body", ahead))
    assert drawn.count(("rope", ahead)) == 1
    assert drawn.count(("rope", behind)) == 1, "its loose end"


def test_nothing_stands_behind_the_spades_of_those_who_dig() -> None:
    raft = thing("raft")
    dug = seen("The three children dig with a shovel.", *three(Action.dig), things=(raft,))
    assert not [t for t in dug.staging.things if t.id == "raft"]
    rests = seen("The three children look at the river.", *three(Action.look), things=(raft,))
    assert [t for t in rests.staging.things if t.id == "raft"]


def test_what_nobody_speaks_of_is_cut_by_the_lower_edge_of_no_two_shot() -> None:
    pair = three(Action.hug)[:2]
    told = seen("The child hugs the other.", *pair, target=pair[1].id, things=(thing("book"),))
    camera = told.picture.camera.model_copy(update={"size": ShotSize.two_shot})
    two = Screen(told.picture.model_copy(update={"camera": camera}), (320, 180), 3, 4.0)
    assert not [t for t in two.staging.things if t.id == "book"]
