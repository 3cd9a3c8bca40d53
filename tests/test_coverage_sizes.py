"""How near the camera is, by what is done: two are both seen, hands are seen from near, legs are seen whole."""

from __future__ import annotations

from functools import cache

from photoplay.agent.outline import OutlineWriter
from photoplay.storyboard.boarding import board
from photoplay.storyboard.casting import cast
from photoplay.storyboard.coverage import RANK
from photoplay.storyboard.film import Brief, Settings
from photoplay.storyboard.vocabulary import Action, ShotSize

IDEAS = ("A nurse befriends a lonely robot", "Two rival bakers must share one oven", "A shy girl finds a key in the attic",
         "A clockmaker repairs an old clock", "A boy lends his umbrella to a stranger", "A thief steals a painting from the museum",
         "A captain is afraid of the dark", "A knight rides to the castle", "A girl saves a drowning boy",
         "A bear adopts a kitten", "A grandmother teaches her grandson to swim")  # fmt: skip


def boarded(idea: str, seed: int) -> list[tuple]:
    """(treated shot, shot) of a film, those that the writer sets or that open a scene left out."""
    brief = Brief(idea=idea, shots=12)
    written = OutlineWriter().write(brief, seed, lambda _: None).treatment
    story = cast(written, brief, seed)
    made, _, _ = board(written, story, brief, Settings())
    wishes = [(shot, n) for scene in written.scenes for n, shot in enumerate(scene.shots)]
    return [(w, s) for (w, n), s in zip(wishes, made, strict=True) if n and w.size is None and w.actor]


@cache
def every() -> list[tuple]:
    return [pair for idea in IDEAS for seed in range(4) for pair in boarded(idea, seed)]


def test_two_who_act_on_each_other_are_both_in_the_picture() -> None:
    """A close-up of a hug shows a shoulder: nobody knows what is done, and to whom."""
    between = [
        shot
        for wish, shot in every()
        if len({wish.actor, *(p.name for p in wish.parts)}) == 2
        and wish.target in {p.name for p in wish.parts}
        and shot.event.action in {Action.hug, Action.give, Action.reach, Action.pull, Action.push}
    ]
    assert len(between) >= 10
    assert [s.event.sentence for s in between if RANK[s.camera.size] > RANK[ShotSize.medium]] == []
    assert any(s.camera.size is ShotSize.two_shot for s in between)


def test_hands_on_a_thing_are_seen_from_near() -> None:
    """A letter read in a wide shot is a white dot."""
    handled = [
        shot
        for wish, shot in every()
        if {p.name for p in wish.parts} == {wish.actor}
        and wish.target in wish.props
        and shot.event.action in {Action.read, Action.write, Action.open, Action.drink, Action.light}
    ]
    assert len(handled) >= 5
    near = [s for s in handled if RANK[s.camera.size] >= RANK[ShotSize.medium]]
    assert len(near) >= 0.6 * len(handled), [(s.camera.size, s.event.sentence) for s in handled]


def test_acts_of_the_legs_show_the_legs() -> None:
    """Who runs in a close-up only shakes."""
    legs = {Action.run, Action.walk, Action.jump, Action.dance, Action.climb, Action.kneel, Action.sit}
    moved = [shot for _, shot in every() if shot.event.action in legs]
    low = [s for s in moved if RANK[s.camera.size] <= RANK[ShotSize.medium_full]]
    assert len(moved) >= 15
    assert len(low) >= 0.8 * len(moved), [(s.camera.size, s.event.sentence) for s in moved]


def test_animals_who_argue_or_smell_do_it_with_their_faces() -> None:
    """Two who quarrel from afar stand face to face as in every other shot of theirs."""
    near = []
    for idea, told in (
        ("A beaver and an owl argue about a bridge", "argues with the owl"),
        ("A wolf and a lamb share a shelter in the storm", "sniff at the ground"),
    ):
        brief = Brief(idea=idea)
        written = OutlineWriter().write(brief, 0, lambda _: None).treatment
        shots = board(written, cast(written, brief, 0), brief, Settings())[0]
        near += [shot for shot in shots if told in shot.event.sentence]
    assert [shot.camera.size for shot in near] == [ShotSize.close] * 2
