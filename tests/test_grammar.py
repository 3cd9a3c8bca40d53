"""Film grammar: each remark is made where an editor would make it, and only there."""

from __future__ import annotations

from invented import boarded, character, scene, shot, told, treatment

from photoplay.storyboard.film import Film
from photoplay.storyboard.grammar import grammar_notes
from photoplay.storyboard.vocabulary import Action, Angle, Facing, Move, Opening, ShotSize, Side, View


def two(**more) -> Film:
    """Three shots of Ann and Ben talking in a cafe."""
    asks = shot("Ann talks to Ben", "Ann", "talks", "Ben", **more)
    return boarded(
        treatment(
            scene("a cafe", asks, asks, asks), characters=(character("Ann", "nurse"), character("Ben", "boy"))
        )
    )


def changed(film: Film, shot_id: str, **changes) -> Film:
    shots = tuple(s.model_copy(update=changes) if s.id == shot_id else s for s in film.shots)
    return film.model_copy(update={"shots": shots})


def rules(film: Film) -> list[tuple[str, str]]:
    return [(note.shot, note.rule) for note in grammar_notes(film)]


def test_what_we_board_ourselves_draws_no_remark():
    assert rules(boarded(told())) == []
    assert rules(two()) == []


def test_crossing_the_line_is_seen():
    film = two()
    swap = {Side.left: Side.right, Side.right: Side.left}
    turn = {Facing.left: Facing.right, Facing.right: Facing.left}
    crossed = tuple(
        m.model_copy(update={"side": swap[m.side], "facing": turn[m.facing]}) for m in film.shots[1].cast
    )
    assert rules(changed(film, "s02", cast=crossed)) == [("s02", "180-degree"), ("s03", "180-degree")]


def test_looking_away_from_each_other_is_seen():
    film = two()
    away = tuple(m.model_copy(update={"facing": Facing.left}) for m in film.shots[1].cast)
    assert rules(changed(film, "s02", cast=away)) == [("s02", "eyeline")]


def test_two_in_one_spot_are_seen():
    film = two()
    spot = tuple(m.model_copy(update={"side": Side.left, "gaze": None}) for m in film.shots[1].cast)
    assert ("s02", "crowding") in rules(changed(film, "s02", cast=spot))


def test_a_jump_cut_is_seen_unless_the_take_goes_on_or_dissolves():
    film = two()
    same = film.shots[0].camera
    jump = changed(film, "s02", camera=same, opens=Opening.cut)
    assert ("s02", "jump-cut") in rules(jump)
    assert ("s02", "jump-cut") not in rules(changed(jump, "s02", opens=Opening.continue_))
    assert ("s02", "jump-cut") not in rules(changed(jump, "s02", opens=Opening.dissolve))
    low = same.model_copy(update={"angle": Angle.low})
    assert ("s02", "jump-cut") not in rules(changed(jump, "s02", camera=low))


def test_two_events_in_one_shot_are_seen():
    film = two()
    for sentence, many in [
        ("Ann opens the door and runs outside.", True),
        ("Ann sits down, then she weeps.", True),
        ("Ann opens the door.", False),
        ("Ann and Ben walk home.", False),
        ("Ann holds apples and pears.", False),
    ]:
        event = film.shots[1].event.model_copy(update={"sentence": sentence})
        assert (("s02", "one-event") in rules(changed(film, "s02", event=event))) == many, sentence


def test_a_dull_rhythm_is_seen():
    four = treatment(scene("a park", *(shot("x", "Ann", "sits", size=ShotSize.medium) for _ in range(4))))
    found = rules(boarded(four))
    assert ("s04", "size-rhythm") in found
    assert ("s01", "establishing") in found


def test_a_long_talk_without_a_wide_shot_is_seen():
    sizes = [ShotSize.wide, *(s for _ in range(4) for s in (ShotSize.close, ShotSize.medium))]
    long = treatment(scene("a cafe", *(shot("x", "Ann", "talks", size=size) for size in sizes)))
    assert ("s07", "establishing") in rules(boarded(long))


def test_a_turn_in_the_direction_of_travel_is_seen():
    going = treatment(scene("a road", *(shot("Ann walks", "Ann", "walks") for _ in range(3))))
    film = boarded(going)
    assert film.shots[1].cast[0].action is Action.walk
    turned = tuple(m.model_copy(update={"facing": Facing.left}) for m in film.shots[1].cast)
    assert rules(changed(film, "s02", cast=turned)) == [
        ("s02", "screen-direction"),
        ("s03", "screen-direction"),
    ]


def test_a_camera_that_never_moves_is_seen():
    still = treatment(
        scene("a park", *(shot("x", "Ann", "sits", move=Move.static, view=View.objective) for _ in range(4)))
    )
    assert ("s01", "size-rhythm") in rules(boarded(still))


def test_no_film_no_remarks():
    from photoplay.storyboard.film import Brief

    assert grammar_notes(Film(id="f", brief=Brief(idea="x"))) == []
