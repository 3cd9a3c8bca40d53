"""The difference that a person says yes to: readable rows, the shots made again, time, money."""

import time
from types import SimpleNamespace

import pytest
from directing_kit import begun
from films import slate_film

from photoplay.agent.directing.difference import difference
from photoplay.agent.directing.rows import row, shot_name
from photoplay.agent.directing.strip import frames, strip
from photoplay.render.crew import LocalCrew
from photoplay.render.plan import Planner
from photoplay.storyboard.edit_types import (
    Insert,
    MoveShot,
    Recast,
    Remove,
    Retime,
    SetBrief,
    SetCamera,
    SetCard,
    SetLine,
    SetScene,
    Trim,
)
from photoplay.storyboard.film import Brief, CastMember, PropUse


def numbered(count=6, **more):
    """``slate_film`` with the ids that boarding gives: s01 ..., scene-1, scene-2."""
    film = slate_film(count, goes_on=(), **more)
    names = {"one": "scene-1", "two": "scene-2"}
    shots = tuple(
        s.model_copy(update={"id": f"s{n:02}", "scene": names[s.scene]}) for n, s in enumerate(film.shots, 1)
    )
    scenes = tuple(s.model_copy(update={"id": names[s.id]}) for s in film.story.scenes)
    return film.model_copy(update={"shots": shots, "story": film.story.model_copy(update={"scenes": scenes})})


FILM = numbered()
BRIEF = Brief(idea="x", seconds=60, shots=12)
ROWS = [
    (SetScene(scene="scene-2", hour="night"), "scene 2: hour morning -> night"),
    (SetCamera(shot="s04", size="close"), "shot 4 at 0:08: size medium -> close"),
    (Retime(frames={"s02": 120}), "shot 2 at 0:03: length 2.5 s -> 5 s"),
    (Retime(frames={"ending": 48}), "card ending at 0:16: length 1 s -> 2 s"),
    (Trim(shot="s02", cut=12), "shot 2 at 0:03: 0.5 s cut from its end"),
    (Remove(shot="s03"), "shot 3 at 0:06 is taken out: Anna looks out to sea."),
    (MoveShot(shot="s03", after="s01"), "shot 3 at 0:06 is moved after shot 1 at 0:01"),
    (MoveShot(shot="s03"), "shot 3 at 0:06 is moved to the start"),
    (
        Insert(shot=FILM.shots[0].model_copy(update={"id": "s01b", "lines": ()}), after="s01"),
        "new shot s01b after shot 1 at 0:01, 2.5 s: Anna looks out to sea.",
    ),
    (
        Recast(shot="s03", cast=(CastMember(entity="bo", action="swim"),), props=(PropUse(entity="lamp"),)),
        "shot 3 at 0:06: Bo comes in, Anna goes out, with the lamp",
    ),
    (
        Recast(shot="s03", cast=(CastMember(entity="anna", action="wave", holds=("lamp",)),)),
        "shot 3 at 0:06: Anna action stand -> wave, holds nothing -> lamp",
    ),
    (SetBrief(brief=BRIEF), "asked for: length set by its shots -> 60 s, number of shots free -> 12"),
    (SetCard(where="ending", card=FILM.ending.model_copy(update={"heading": "Fin"})), "ending card: Fin"),
]


@pytest.mark.parametrize(("edit", "words"), ROWS, ids=[edit.op + str(n) for n, (edit, _) in enumerate(ROWS)])
def test_a_row_says_what_changes_as_people_say_it(edit, words):
    film = FILM.model_copy(update={"brief": Brief(idea="x")})
    assert row(film, edit) == words


def test_a_shot_whose_number_is_not_its_id_is_called_by_both():
    film = FILM.model_copy(update={"shots": FILM.shots[1:]})
    assert shot_name(film, "s02") == "shot s02 (1 of 5) at 0:01"
    assert shot_name(film, "s99") == "shot s99"


def test_rows_are_told_of_the_film_as_it_is_after_those_before(tmp_path):
    production = begun(tmp_path / "f", film=FILM)
    found = difference(production, [Remove(shot="s01"), SetCamera(shot="s02", size="close")])
    assert found.rows[1].startswith("shot s02 (1 of 5) at 0:01")
    assert found.gone == ("s01",)


def test_the_length_that_was_asked_for_is_reckoned_with(tmp_path):
    """A longer line makes its shot longer and, in a film of a fixed length, others shorter."""
    film = numbered(lines=True).model_copy(update={"brief": Brief(idea="x", seconds=17)})
    production = begun(tmp_path / "f", film=film)
    production.make()
    line = production.film.shot("s01").lines[0].id
    found = difference(
        production, [SetLine(line=line, words="Anna looks out to sea, and looks, and looks, all day.")]
    )
    assert found.spoken == 1
    production.edit([SetLine(line=line, words="Anna looks out to sea, and looks, and looks, all day.")])
    production.render()
    assert (
        sum(i.frames for i in (production.film.opening, *production.film.shots, production.film.ending))
        == 17 * 24
    )
    made = {n.item for n in production.outcome.made if n.stage == "picture"}
    assert made <= set(found.again)


def test_the_time_is_that_of_shots_made_side_by_side(tmp_path, monkeypatch):
    production = begun(tmp_path / "f", film=FILM)
    production.make()
    store = production.project.store
    slow = SimpleNamespace(frames=60, renderer={"name": "slate"}, made=SimpleNamespace(wall_ms=60_000))
    monkeypatch.setattr(store, "record", lambda key: slow)  # a second a frame
    edits = [SetCamera(shot=s.id, size="close") for s in FILM.shots[:4]]
    alone = difference(production, edits)
    length = sum(
        n.request.frames
        for n in production.planner().plan(alone.after).nodes
        if n.item in alone.again and n.stage == "picture"
    )
    assert alone.seconds == pytest.approx(length)
    production._crew = LocalCrew(2)
    assert difference(production, edits).seconds == pytest.approx(length / 2)  # slates allow two
    one = difference(production, edits[:1])
    assert one.seconds == pytest.approx(length / 4)
    monkeypatch.setattr(store, "record", lambda key: None)
    unknown = difference(production, edits)
    assert unknown.seconds is None
    assert "for an unknown time" in unknown.words


def test_a_film_of_a_thousand_shots_is_planned_twice_and_quickly(tmp_path, monkeypatch):
    production = begun(tmp_path / "f", film=slate_film(1000, lines=False, goes_on=()))
    planned = []
    plan = Planner.plan
    monkeypatch.setattr(Planner, "plan", lambda self, film: planned.append(film) or plan(self, film))
    began = time.process_time()
    found = difference(production, [SetCamera(shot="s500", size="close")])
    spent = time.process_time() - began
    assert len(planned) <= 2
    assert found.shots == 1000
    assert spent < 20, spent  # half a second; much more where another tool watches


def test_words_count_shots_and_cards_apart(tmp_path):
    production = begun(tmp_path / "f", film=FILM)
    production.make()
    heading = SetCard(where="opening", card=FILM.opening.model_copy(update={"heading": "Fin"}))
    assert difference(production, [heading]).words.startswith("1 card will be made again")
    both = difference(production, [heading, SetCamera(shot="s01", size="close")])
    assert both.words.startswith("1 of 6 shots and 1 card will be made again")


def test_the_strip_shows_scenes_shots_times_and_takes(tmp_path):
    production = begun(tmp_path / "f", film=FILM)
    rows = strip(production)
    assert rows[0] == "scene 1: the shore, morning, clear"
    assert rows[1] == "  1 s01  0:01  2.5 s  medium, static: Anna looks out to sea.  [to make]"
    assert rows[4].startswith("scene 2: the tower")
    assert strip(production, ["s04"])[1].startswith("  4 s04")
    production.make()
    assert {frame.take for frame in frames(production)} == {"made"}
    production.edit([SetCamera(shot="s02", size="close")])
    assert frames(production)[1].take == "older"


def test_what_timing_alone_changes_is_no_matter_of_the_edits(tmp_path):
    """A film that is boarded and not spoken: its lengths are still to be fitted, whatever is edited."""
    film = numbered().model_copy(update={"brief": Brief(idea="x", seconds=30)})
    production = begun(tmp_path / "f", film=film)
    found = difference(production, [SetCamera(shot="s03", size="close")])
    assert found.again == ("s03",)
    assert len(found.waiting) == 7
