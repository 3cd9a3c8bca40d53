"""Several do it to what the words name; what is pushed goes along, what is knocked over falls."""

from __future__ import annotations

import numpy as np
import pytest
from test_animatic_handiwork import doing
from test_animatic_manners import SIZE, frame
from test_animatic_performing import figure, shot, thing

from photoplay.render.animatic import handing, meant, seen_figures
from photoplay.render.animatic.direction import business
from photoplay.render.animatic.drafting import strokes
from photoplay.render.animatic.meant import falls_over, mates
from photoplay.render.animatic.meeting import meetings
from photoplay.render.animatic.mural import mural_lines
from photoplay.render.animatic.plates import paper
from photoplay.render.animatic.reactions import directed
from photoplay.render.animatic.screen import Screen
from photoplay.render.animatic.stirred import stirs
from photoplay.storyboard.picture import FigureIn, Picture
from photoplay.storyboard.vocabulary import Action, Facing, ShotSize, Side


def boy(name: str, action: Action, side: Side, facing: Facing = Facing.right) -> FigureIn:
    return figure(name, action, side, facing).model_copy(
        update={"noun": f"{'older' if name == 'a' else name} boy"}
    )


def two_boys(action: Action, sentence: str, kind: str, target: str) -> Picture:
    pair = boy("a", action, Side.left), boy("younger", Action.stand, Side.right, Facing.left)
    told = shot(action, *pair, target=target, things=(thing("it", kind),))
    return told.model_copy(update={"sentence": sentence})


def test_who_does_it_with_the_actor_is_told_by_the_words() -> None:
    assert mates(two_boys(Action.push, "The two boys push the piano.", "piano", "it")) == ("younger",)
    assert mates(two_boys(Action.push, "The older boy pushes the younger boy.", "piano", "younger")) == ()


def test_who_does_it_with_the_actor_is_looked_for_once_a_shot_and_not_in_each_frame() -> None:
    screen = Screen(two_boys(Action.take, "The two boys take the apple.", "apple", "it"), SIZE, 5, 4.0)
    looked = meant._mates.cache_info()
    for seconds in (0.5, 1.0, 1.5):
        screen.draw(paper(*SIZE).getCanvas(), seconds, screen.path(seconds))
    assert mates(screen.picture) == ("younger",)
    assert meant._mates.cache_info().misses == looked.misses


def test_both_push_the_piano_and_it_goes_with_their_hands() -> None:
    screen = Screen(two_boys(Action.push, "The two boys push the piano.", "piano", "younger"), SIZE, 5, 4.0)
    assert screen.picture.target == "it"
    assert {f.action for f in screen.picture.figures} == {Action.push}
    assert len({f.facing for f in screen.picture.figures}) == 1
    actor = next(p for p in screen.staging.figures if p.id == "a")
    piano = screen.staging.things[0]
    apart = [abs(piano.walked(t, 4.0) - actor.walked(t, 4.0)) for t in (0.2, 2.0, 3.8)]
    assert max(apart) - min(apart) < 0.05
    assert piano.depth == pytest.approx(actor.depth, abs=0.2)


def test_what_two_steal_is_not_taken_from_one_of_them() -> None:
    screen = Screen(two_boys(Action.take, "The two boys steal the apple.", "apple", "it"), SIZE, 5, 4.0)
    assert screen._met == ()


def test_a_chair_that_is_knocked_over_lies_at_the_end_and_a_door_does_not() -> None:
    screen = Screen(doing(Action.reach, "She knocks over the chair.", "chair"), SIZE, 5, 4.0)
    assert falls_over(screen.picture) == "it"
    chair = screen.staging.things[0]
    assert screen._heaved(chair, 0.2) == 0.0
    assert abs(screen._heaved(chair, 3.8)) > 80
    assert next(p for p in screen.staging.figures if p.id == "a").walks == 0.0
    assert (
        falls_over(Screen(doing(Action.reach, "She knocks on the door.", "door"), SIZE, 5, 4.0).picture)
        is None
    )


@pytest.mark.parametrize(
    ("noun", "kind"), [("violinist", "violin"), ("drummer", "drum"), ("flautist", "flute")]
)
def test_a_musician_who_plays_has_the_instrument_and_no_ball(noun: str, kind: str) -> None:
    told = shot(Action.play, figure("a", Action.play)).model_copy(
        update={"sentence": f"The {noun} plays in the square."}
    )
    player = told.figures[0].model_copy(update={"noun": noun})
    screen = Screen(told.model_copy(update={"figures": (player,)}), SIZE, 5, 4.0)
    assert [t.look.kind for t in screen._players["a"].held] == [kind]
    ball = told.model_copy(update={"figures": (player,), "sentence": f"The {noun} plays with a ball."})
    assert [t.look.kind for t in Screen(ball, SIZE, 5, 4.0)._players["a"].held] != [kind]


def test_a_pianist_who_plays_has_a_piano() -> None:
    told = shot(Action.play, figure("a", Action.play)).model_copy(update={"sentence": "The pianist plays."})
    player = told.figures[0].model_copy(update={"noun": "pianist"})
    screen = Screen(told.model_copy(update={"figures": (player,)}), SIZE, 5, 4.0)
    assert [t.look.kind for t in screen.picture.things] == ["piano"]


def test_what_is_put_into_a_sack_is_in_the_hands_and_not_the_sack() -> None:
    pair = boy("a", Action.give, Side.left), boy("younger", Action.stand, Side.right, Facing.left)
    told = shot(Action.give, *pair, target="sack", things=(thing("sack", "sack"), thing("apples", "apple")))
    told = told.model_copy(update={"sentence": "The two boys put the apples into a sack."})
    screen = Screen(told, SIZE, 5, 4.0)
    assert [t.look.kind for t in screen._players["a"].held] == ["apple"]
    assert "sack" not in {t.id for t in screen.picture.things}


def test_a_door_painted_on_a_wall_grows_and_no_finished_door_stands_there() -> None:
    told = doing(Action.paint, "The girl paints a door on the wall.", "door")
    screen = Screen(told, SIZE, 5, 4.0)
    assert business(screen.picture, screen._players["a"].source, Action.paint) == "mural"
    assert screen.staging.things == ()
    lines = mural_lines(told.sentence)
    drawn = [sum(map(len, strokes(lines, share)[0])) for share in (0.1, 0.5, 0.95)]
    assert drawn == sorted(set(drawn))
    plain = Screen(doing(Action.paint, "The girl paints the door.", "door"), SIZE, 5, 4.0)
    assert business(plain.picture, plain._players["a"].source, Action.paint) == ""


def test_what_is_on_the_table_lies_on_it_and_is_not_taken_up() -> None:
    told = shot(
        Action.look, figure("a", Action.look), target="it", things=(thing("it", "cup"), thing("t", "table"))
    )
    told = told.model_copy(update={"sentence": "She looks at the cup on the table."})
    screen = Screen(told, SIZE, 5, 4.0)
    cup, table = (next(p for p in screen.staging.things if p.id == i) for i in ("it", "t"))
    assert cup.up == pytest.approx(table.extent.height, rel=0.1)
    assert cup.x == table.x
    assert screen._players["a"].held == ()


def test_what_somebody_cries_over_lies_before_that_one_and_not_on_the_face() -> None:
    screen = Screen(doing(Action.cry, "She cries over the apple.", "apple", holds=("it",)), SIZE, 5, 4.0)
    assert screen._players["a"].held == ()
    assert [p.id for p in screen.staging.things] == ["it"]
    assert screen.picture.camera.size is ShotSize.full
    kept = Screen(doing(Action.hold, "She holds the apple.", "apple", holds=("it",)), SIZE, 5, 4.0)
    assert len(kept._players["a"].held) == 1


@pytest.mark.parametrize(
    ("sentence", "kind", "torn"),
    [("She tears the dress.", "dress", ["dress"]), ("She tears the letter.", "letter", [])],
)
def test_a_dress_that_is_torn_is_no_paper(sentence: str, kind: str, torn: list[str]) -> None:
    screen = Screen(doing(Action.pull, sentence, kind), SIZE, 5, 4.0)
    assert screen._acting["a"].manner == "tear"
    assert [t.look.kind for t in screen._players["a"].held] == torn
    early, late = frame(screen.picture, 0.1), frame(screen.picture, 3.6)
    assert np.abs(early - late).max(axis=2).mean() > 0.3


def test_paint_is_stirred_in_a_bucket_and_soup_on_the_stove() -> None:
    paint = Screen(
        doing(Action.cook, "The robot stirs the blue paint in the bucket.", "bucket"), SIZE, 5, 4.0
    )
    assert business(paint.picture, paint._players["a"].source, Action.cook) == "vat"
    assert paint.staging.things == ()
    assert paint._players["a"].held == ()
    assert stirs("She stirs the soup in the pot.") == ""


def test_a_blanket_held_over_seeds_is_spread_over_them_and_they_are_on_the_ground() -> None:
    things = thing("it", "blanket"), thing("tomatoes", "tomato")
    told = shot(Action.hold, figure("a", Action.hold, holds=("tomatoes",)), target="it", things=things)
    told = told.model_copy(update={"sentence": "She holds a blanket over the tomatoes."})
    screen = Screen(told, SIZE, 5, 4.0)
    assert business(screen.picture, screen._players["a"].source, Action.hold) == "spread"
    assert [p.id for p in screen.staging.things] == ["tomatoes"]
    assert screen._players["a"].held == ()


def test_who_hides_under_an_umbrella_has_it_over_the_head() -> None:
    screen = Screen(doing(Action.hide, "She hides under an umbrella.", "umbrella"), SIZE, 5, 4.0)
    assert [t.look.kind for t in screen._players["a"].held] == ["umbrella"]
    assert screen.staging.things == ()


def test_a_crate_that_is_pushed_is_as_high_as_the_hands() -> None:
    pushed = Screen(doing(Action.push, "She pushes the box.", "box"), SIZE, 5, 4.0)
    body = pushed._players["a"].body
    assert pushed.staging.things[0].extent.height > 0.5 * body.height


def test_what_is_put_into_a_sack_looks_out_of_it_at_the_end() -> None:
    told = doing(Action.give, "She puts the apple into a sack.", "apple", holds=("it",), target=None)
    screen = Screen(told, SIZE, 5, 4.0)
    assert business(screen.picture, screen._players["a"].source, Action.give) == "box"
    drawn = []
    for seconds in (0.1, 3.9):
        image = frame(screen.picture, seconds)
        red = (image[..., 2] > 150) & (image[..., 1] < 90) & (image[..., 0] < 90)
        drawn.append(int(red.sum()))
    assert drawn[1] > 0.3 * drawn[0] > 0


def test_thread_and_sled_are_pulled_by_a_line_from_the_hands(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind, word in (("thread", "thread"), ("sled", "sled"), ("door", "door")):
        told = doing(Action.pull, f"She pulls at the {word}.", kind)
        with_it = frame(told, 2.0)
        with monkeypatch.context() as patched:
            patched.setattr(handing, "_threaded", lambda *_: None)
            patched.setattr(seen_figures, "hauled", lambda *_: None)
            assert np.array_equal(with_it, frame(told, 2.0)) is (kind == "door")


def test_who_gives_to_several_hands_it_to_the_nearest_and_puts_it_into_no_chest() -> None:
    giver = figure("a", Action.give, Side.left, holds=("it",))
    near, far = (
        figure(name, Action.reach, side, Facing.left).model_copy(update={"noun": f"{name} soldier"})
        for name, side in (("near", Side.centre), ("far", Side.right))
    )
    told = shot(Action.give, giver, far, near, target="it", things=(thing("it", "cake", held=True),))
    told = told.model_copy(update={"sentence": "The widow gives the cake to the soldiers."})
    assert business(told, giver, Action.give) == ""
    assert [(m.kind, m.one, m.other) for m in meetings(told)] == [("give", "a", "near")]
    acts = directed(told, meetings(told), interior=False)
    assert acts["near"] is Action.give
    assert acts["far"] is Action.look


def test_soldiers_who_bring_something_are_several() -> None:
    told = two_boys(Action.give, "The boys bring the widow an egg.", "egg", "it")
    assert mates(told) == ("younger",)
