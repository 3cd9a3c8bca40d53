"""Boarding: a storyboard that cuts, in which everybody stays where they are and says what was written."""

from __future__ import annotations

from itertools import groupby, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import boarded, character, inventions, line, part, scene, shot, told, treatment

from photoplay.storyboard.coverage import RANK
from photoplay.storyboard.film import Brief, Film
from photoplay.storyboard.grammar import grammar_notes
from photoplay.storyboard.rate import Rate
from photoplay.storyboard.timeline import heard_frames
from photoplay.storyboard.vocabulary import (
    Action,
    Angle,
    Distance,
    Facing,
    Hour,
    LightKey,
    LineKind,
    Mood,
    Move,
    Opening,
    ShotSize,
    View,
)


def scenes_of(film: Film):
    return [list(group) for _, group in groupby(film.shots, key=lambda s: s.scene)]


@settings(max_examples=60, deadline=None)
@given(inventions, st.integers(0, 9))
def test_any_treatment_is_boarded_into_a_whole_film_that_keeps_the_line(story, seed):
    film = boarded(story, seed=seed)
    assert [s.id for s in film.shots] == [f"s{n:02}" for n in range(1, len(film.shots) + 1)]
    assert len(film.shots) == sum(len(s.shots) for s in story.scenes)
    rules = {note.rule for note in grammar_notes(film)}
    assert not rules & {"180-degree", "crowding", "eyeline", "screen-direction"}
    for made in film.shots:
        assert len(made.cast) <= (5 if RANK[made.camera.size] <= 2 else 3)
        spots = [(m.side, m.distance) for m in made.cast]
        assert len(set(spots)) == len(spots)
        assert heard_frames(film, made) <= made.frames
        assert {h for m in made.cast for h in m.holds} <= {p.entity for p in made.props}
        assert made.opens not in (Opening.dissolve, Opening.fade) or 12 <= made.overlap <= made.frames


@settings(max_examples=25, deadline=None)
@given(inventions)
def test_what_the_writer_set_stays_and_what_is_open_cuts(story):
    film = boarded(story)
    wishes = [w for s in story.scenes for w in s.shots]
    for wish, made in zip(wishes, film.shots, strict=True):
        assert made.camera.angle == (wish.angle or made.camera.angle)
        assert made.camera.view == (wish.view or made.camera.view)
        assert made.camera.move == (wish.move or made.camera.move)
        if wish.size and wish.size is not ShotSize.two_shot:
            assert made.camera.size is wish.size
    for shots in scenes_of(film):
        for before, made in pairwise(shots):
            wish = wishes[int(made.id[1:]) - 1]
            if made.opens is not Opening.continue_ and not (wish.size and wish.angle):
                one, two = before.camera, made.camera
                assert RANK[one.size] != RANK[two.size] or one.angle is not two.angle


@settings(max_examples=25, deadline=None)
@given(inventions)
def test_every_written_line_is_kept_word_for_word_and_in_order(story):
    film = boarded(story)
    written = [
        w.words.strip() for s in story.scenes for shot in s.shots for w in shot.lines if w.words.strip()
    ]
    assert [w.words for shot in film.shots for w in shot.lines] == written


def test_the_same_seed_boards_the_same_film_and_another_seed_the_same_story():
    assert boarded(told(), seed=4) == boarded(told(), seed=4)
    other = boarded(told(), seed=5)
    assert [s.event for s in other.shots] == [s.event for s in boarded(told(), seed=4).shots]


def test_a_scene_is_established_wide_and_then_goes_in():
    for shots in scenes_of(boarded(told())):
        assert RANK[shots[0].camera.size] <= RANK[ShotSize.full]
    sizes = {s.camera.size for s in boarded(told()).shots}
    assert len(sizes) >= 4


def test_partners_look_at_each_other_and_answer():
    asks = boarded(told()).shot("s06")
    lina, fox = (next(m for m in asks.cast if m.entity == i) for i in ("lina", "the-fox"))
    assert (lina.gaze, fox.gaze) == ("the-fox", "lina")
    assert {lina.facing, fox.facing} == {Facing.left, Facing.right}
    assert (lina.action, fox.action) == (Action.talk, Action.listen)
    assert asks.lines[0].speaker == "lina"
    assert asks.lines[0].kind is LineKind.dialogue


def test_a_state_lasts_through_its_scene_and_not_into_the_next():
    film = boarded(told())
    worn = [next((m.state for m in s.cast if m.entity == "the-fox"), "absent") for s in film.shots]
    assert worn[3:7] == ["wet"] * 4
    assert worn[7] is None


def test_a_thing_taken_stays_in_the_hand_until_it_is_given():
    story = treatment(
        scene(
            "a room",
            shot("Ann picks up the letter", "Ann", "picks up", "the letter", size=ShotSize.medium),
            shot("Ann walks", "Ann", "walks"),
            shot("Ann gives Ben the letter", "Ann", "gives", "Ben", props=("the letter",)),
            shot("Ben smiles", "Ben", "smiles"),
            shot("Ann leaves", "Ann", "leaves"),
        ),
        characters=(character("Ann", "nurse"), character("Ben", "boy")),
    )
    held = [{m.entity: m.holds for m in s.cast} for s in boarded(story).shots]
    assert held[0]["ann"] == held[1]["ann"] == held[2]["ann"] == ("the-letter",)
    assert held[3]["ben"] == ("the-letter",)
    assert held[4]["ann"] == ()


def test_a_traveller_keeps_direction_and_turns_to_go_home():
    away = shot("Ann walks along the road", "Ann", "walks")
    home = shot("Ann walks back home", "Ann", "walks")
    story = treatment(scene("a road", away, away, away), scene("a road", home, home))
    ways = [[s.cast[0].facing for s in shots] for shots in scenes_of(boarded(story))]
    assert [set(w) for w in ways] == [{Facing.right}, {Facing.left}]


def test_camera_follows_the_grammar_of_feeling():
    sad = treatment(
        scene("a room", *(shot("Ann stands", "Ann", "stands") for _ in range(3)), mood=Mood.sad),
        characters=(character("Ann", "nurse"),),
    )
    assert Angle.high in {s.camera.angle for s in boarded(sad).shots}
    fight = treatment(
        scene(
            "a castle",
            *(shot("The knight fights", "the knight", "fights") for _ in range(3)),
            mood=Mood.tense,
        )
    )
    cameras = [s.camera for s in boarded(fight).shots]
    assert any(c.angle is Angle.low for c in cameras)
    assert any(c.move is Move.handheld for c in cameras)


def test_a_whale_swims_where_a_person_walks_and_giants_stand_far():
    story = treatment(
        scene("the sea", shot("The whale comes to Ann", "the whale", "comes", "Ann")),
        characters=(character("the whale", "whale"), character("Ann", "sailor")),
    )
    whale, ann = boarded(story).shots[0].cast
    assert whale.action is Action.swim
    assert (whale.distance, ann.distance) == (Distance.far, Distance.middle)


def test_an_unknown_verb_is_performed_and_said_to_be_unknown():
    event = boarded(treatment(scene("a park", shot("Ann frobs", "Ann", "frobs")))).shots[0].event
    assert (event.action, event.known, event.verb) == (Action.perform, False, "frobs")


def test_light_is_one_through_a_scene_and_follows_the_hour():
    film = boarded(told())
    assert {s.light for s in film.shots if s.scene == "scene-2"} == {
        LightKey.chiaroscuro,
        LightKey.moonlit,
    } & {s.light for s in film.shots if s.scene == "scene-2"}
    assert len({s.light for s in film.shots if s.scene == "scene-2"}) == 1
    day = boarded(treatment(scene("a meadow", shot("x", "Ann", "runs"), hour=Hour.noon)))
    assert day.shots[0].light is LightKey.natural


def test_scenes_open_with_a_dissolve_or_fade_and_shots_within_with_a_cut():
    film = boarded(told())
    for number, shots in enumerate(scenes_of(film)):
        assert shots[0].opens in ((Opening.fade,) if number == 0 else (Opening.dissolve, Opening.fade))
        assert all(s.opens in (Opening.cut, Opening.match, Opening.continue_) for s in shots[1:])


def test_one_take_goes_on_at_most_twice_with_the_same_figures_and_framing():
    still = [shot("Ann works", "Ann", "works", lines=(line("She worked on and on."),)) for _ in range(20)]
    film = boarded(treatment(scene("a workshop", *still)))
    seams = [(a, b) for a, b in pairwise(film.shots) if b.opens is Opening.continue_]
    assert 1 <= len(seams) <= 2
    for a, b in seams:
        assert (a.camera.size, a.camera.angle) == (b.camera.size, b.camera.angle)
        assert [m.entity for m in a.cast] == [m.entity for m in b.cast]
        assert a.camera.move is not b.camera.move


def test_who_has_sat_is_not_on_the_feet_in_the_same_take():
    seats = [shot("Ann works", "Ann", "works"), shot("Ann sits down", "Ann", "sits")] * 8
    film = boarded(treatment(scene("a workshop", *seats)))
    for before, after in pairwise(film.shots):
        if after.opens is Opening.continue_:
            assert (before.event.action, after.event.action) != (Action.sit, Action.work)


def test_two_grown_people_who_quarrel_where_the_place_is_known_are_seen_from_near():
    quarrel = shot("Ann argues with Ben", "Ann", "argues", "Ben", parts=(part("Ben"),))
    rooms = [scene("a house", shot("Ann works", "Ann", "works")), scene("a house", quarrel, quarrel)]
    assert boarded(treatment(*rooms)).shots[1].camera.size is ShotSize.two_shot


def test_without_dialogue_none_is_heard_and_the_notes_say_so():
    film = boarded(told(), Brief(idea="x", dialogue=False))
    assert all(w.kind is not LineKind.dialogue for s in film.shots for w in s.lines)
    assert "Where do you live?" in film.shot("s06").notes


def test_whoever_finds_no_room_is_named():
    crowd = tuple(part(n) for n in ("Ben", "Cy", "Dan", "Eve"))
    story = treatment(
        scene("a room", shot("x", "Ann", "sits"), shot("y", "Ann", "sits", parts=crowd, size=ShotSize.medium))
    )
    made = boarded(story).shots[1]
    assert len(made.cast) == 3
    assert "Dan" in made.notes
    assert "Eve" in made.notes


def test_cards_carry_the_title_and_end_in_the_films_language():
    film = boarded(told())
    assert film.opening
    assert film.ending
    assert (film.opening.heading, film.opening.frames) == ("The Fox at the Bakery", 72)
    assert film.ending.heading == "The End"
    assert film.ending.body == "made with Photoplay"
    german = boarded(treatment(scene("a park", shot("x", "Ann", "geht")), language="de"))
    assert german.ending
    assert german.ending.heading == "Ende"


def test_lengths_are_in_frames_of_the_films_rate():
    slow, quick = boarded(told()), boarded(told(), rate=Rate(num=60))
    assert quick.opening
    assert quick.opening.frames == 180
    for a, b in zip(slow.shots, quick.shots, strict=True):
        assert a.frames / 24 == pytest.approx(b.frames / 60, abs=0.4)


def test_talk_between_two_goes_over_a_shoulder():
    talk = [
        shot(f"{a} speaks", a, "says", b, lines=(line("Yes, of course.", a),))
        for a, b in [("Ann", "Ben"), ("Ben", "Ann")] * 3
    ]
    story = treatment(scene("a cafe", *talk), characters=(character("Ann", "nurse"), character("Ben", "boy")))
    views = [s.camera.view for s in boarded(story).shots]
    assert View.over_shoulder in views


def test_coming_back_to_a_place_opens_full_and_the_end_is_another_framing_in_which_its_people_are_large():
    film = boarded(told())
    back, last = film.shots[-2:]
    assert back.camera.size is ShotSize.full
    assert 1 <= RANK[last.camera.size] <= 4
    assert (last.camera.size, last.camera.angle) != (back.camera.size, back.camera.angle)
    assert last.camera.angle is not Angle.high, "an empty floor with specks on it"


def test_a_new_scene_of_the_same_place_cuts_with_the_shot_before_it():
    def angles(second: str) -> list[Angle]:
        looks = [shot("Ann looks", "Ann", "looks", size=ShotSize.full) for _ in range(2)]
        scenes = (scene("a castle", looks[0]), scene(second, looks[1], hour=Hour.noon), scene("a wood"))
        more = scene("a wood", shot("Ann sits", "Ann", "sits"))
        return [s.camera.angle for s in boarded(treatment(*scenes[:2], more)).shots[:2]]

    assert angles("a castle")[0] is not angles("a castle")[1]
    assert angles("a harbour") == [Angle.eye, Angle.eye]


def test_a_room_is_never_shown_from_afar_unless_the_writer_says_so():
    for place in ("the kitchen", "the attic", "a workshop"):
        rooms = boarded(
            treatment(scene(place, *(shot("x", "Ann", verb) for verb in ("sits", "looks", "cries"))))
        )
        assert ShotSize.extreme_wide not in {s.camera.size for s in rooms.shots}
    asked = boarded(treatment(scene("the kitchen", shot("x", "Ann", "sits", size=ShotSize.extreme_wide))))
    assert asked.shots[0].camera.size is ShotSize.extreme_wide


def test_a_tree_and_who_is_with_it_are_seen_from_the_other_side_in_every_next_scene():
    calls = shot("Ann calls to Oak", "Ann", "calls", "Oak")
    hugs = shot("Ann hugs Oak", "Ann", "hugs", "Oak")
    alone = shot("Ann sits in the forest", "Ann", "sits")
    story = treatment(
        *(scene("the forest", *shots) for shots in ((calls, hugs), (calls,), (alone,), (hugs,))),
        characters=(character("Ann"), character("Oak", noun="tree")),
    )
    sides = [
        [next(m.side for m in s.cast if m.entity == "oak") for s in shots if len(s.cast) == 2]
        for shots in scenes_of(boarded(story))
    ]
    assert [len(set(of)) for of in sides] == [1, 1, 0, 1]
    assert sides[0][0] == sides[3][0] != sides[1][0]


def test_two_of_whom_a_film_is_change_sides_between_scenes_and_three_do_not():
    two = [shot("Ann calls to Bob", "Ann", "calls", "Bob"), shot("Bob calls to Ann", "Bob", "calls", "Ann")]
    scenes = [scene("the forest", *two) for _ in range(3)]
    people = [character("Ann"), character("Bob")]

    def sides(film):
        found = [[next(m.side for m in s.cast if m.entity == "ann") for s in of] for of in scenes_of(film)]
        assert all(len(set(of)) == 1 for of in found), "an axis is kept through a scene"
        return [of[0] for of in found]

    first, second, third = sides(boarded(treatment(*scenes, characters=tuple(people))))
    assert first == third != second


def test_who_waves_to_somebody_or_hides_from_one_is_seen_over_that_ones_shoulder():
    film = boarded(
        treatment(
            scene(
                "the forest",
                shot("Bob stands in the forest", "Bob", "stands"),
                shot("Ann waves to Bob", "Ann", "waves", "Bob"),
                shot("Ann hugs Bob", "Ann", "hugs", "Bob"),
                shot("Bob hides from Ann", "Bob", "hides", "Ann"),
                shot("Bob hides behind Ann", "Bob", "hides", "Ann"),
            ),
            characters=(character("Ann"), character("Bob")),
        )
    )
    _, waves, hugs, hides, behind = film.shots
    assert [s.camera.view is View.over_shoulder for s in (waves, hugs, hides, behind)] == [
        True,
        False,
        True,
        False,
    ]
    assert (waves.camera.focus, hides.camera.focus) == ("ann", "bob")
    assert waves.camera.size is ShotSize.medium_full
