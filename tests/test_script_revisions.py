"""A new version of a script: what it changes is changed, and nothing else is made again."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import boarded as invented_film
from invented import told
from test_scripts import LAMP, begun, film_of
from typer.testing import CliRunner

from photoplay.agent.production import open_film
from photoplay.agent.script.importing import proposed, take_script
from photoplay.agent.script.revising import revision_of
from photoplay.render.crew import SoloCrew
from photoplay.render.fake import SlateRenderer
from photoplay.render.plan import Planner
from photoplay.storyboard.casting import cast_more
from photoplay.storyboard.edits import apply_all
from photoplay.storyboard.errors import BadInput, Unmeetable
from photoplay.storyboard.film import Film
from photoplay.storyboard.fountain import fountain_of
from photoplay.storyboard.fountain_reading import read_fountain
from photoplay.storyboard.treatment import TreatedCharacter
from photoplay.storyboard.vocabulary import Being, Hour
from photoplay.storyboard.wardrobe import LEAST_APART, apart
from photoplay.studio.command import app


def revised(film: Film, script: str) -> tuple[Film, list[str]]:
    """The film after the script was taken in, and the ops of the edits; its words are the script's."""
    revision = revision_of(film, script)
    after = apply_all(film, revision.edits)
    assert list(read_fountain(fountain_of(after)).words()) == list(read_fountain(script).words())
    return after, [edit.op for edit in revision.edits]


def untouched(before: Film, after: Film) -> set[str]:
    return {shot.id for shot in before.shots if any(shot is other or shot == other for other in after.shots)}


def test_the_film_s_own_script_changes_nothing():
    film = film_of()
    assert revision_of(film, fountain_of(film)).edits == ()
    assert revision_of(film, LAMP).edits == ()


def test_a_changed_line_changes_that_line_alone():
    film = film_of()
    after, ops = revised(film, LAMP.replace("Not yet.", "Not yet, my dear."))
    assert ops == ["line"]
    assert len(untouched(film, after)) == len(film.shots) - 1


def test_a_heading_s_hour_changes_its_scene_and_the_one_that_goes_on_from_it():
    film = film_of()
    after, _ = revised(film, LAMP.replace("LAMP ROOM - NIGHT", "LAMP ROOM - DUSK"))
    assert [s.hour for s in after.story.scenes] == [Hour.dawn, Hour.dusk, Hour.dusk]
    assert after.story.scenes[1].title == "INT. LIGHTHOUSE - LAMP ROOM - DUSK"
    first = {s.id for s in film.shots if s.scene == "scene-1"}
    assert first <= untouched(film, after)


def test_somebody_new_is_cast_and_looks_like_nobody_else():
    film = film_of()
    script = LAMP.replace(
        "ANNA\nNot yet.", "CARL (O.S.)\nAnna!\n\nCARL enters.\n\nCARL\nIt is me.\n\nANNA\nNot yet."
    )
    after, ops = revised(film, script)
    assert set(ops) <= {"add", "insert"}
    carl = after.characters["carl"]
    others = [c for c in after.story.characters if c is not carl]
    assert all(apart(carl.look, other.look) >= LEAST_APART for other in others)
    assert all((carl.voice.variant, carl.voice.pitch) != (o.voice.variant, o.voice.pitch) for o in others)
    assert untouched(film, after) == {s.id for s in film.shots}


def test_a_newcomer_who_would_look_like_somebody_is_dressed_otherwise():
    story = film_of().story
    carl = [TreatedCharacter(name="Carl", noun="man", words="An old man in a red coat.", being=Being.person)]
    [alone], _, _ = cast_more(story, carl, [], [], 0)
    twin = story.characters[0].model_copy(update={"look": alone.look})
    [told_apart], _, _ = cast_more(story.model_copy(update={"characters": (twin,)}), carl, [], [], 0)
    assert apart(told_apart.look, alone.look) >= LEAST_APART


def test_a_new_scene_is_boarded_and_a_dropped_one_is_gone():
    film = film_of()
    scene = "INT. CELLAR - NIGHT\n\nAnna digs a hole. A rat runs over the floor.\n\n"
    after, _ = revised(film, LAMP.replace("DISSOLVE TO:", scene + "DISSOLVE TO:"))
    assert len(after.story.scenes) == 4
    new = [s for s in after.shots if s.scene not in {"scene-1", "scene-2", "scene-3"}]
    assert new
    assert after.places[after.scenes[new[0].scene].place].name == "cellar"
    assert untouched(film, after) == {s.id for s in film.shots}
    back, ops = revised(after, LAMP)
    assert set(ops) == {"remove"}
    assert [s.id for s in back.shots] == [s.id for s in film.shots]


def test_a_moved_scene_is_moved_and_not_written_anew():
    film = film_of()
    first, middle = LAMP.index("EXT. ROCKY SHORE - DAWN"), LAMP.index("INT. LIGHTHOUSE")
    last = LAMP.index("DISSOLVE TO:")
    after, ops = revised(film, LAMP[:first] + LAMP[middle:last] + LAMP[first:middle] + LAMP[last:])
    assert "insert" not in ops
    assert "remove" not in ops
    assert {s.id for s in after.shots} == {s.id for s in film.shots}
    assert after.shots[0].id == next(s.id for s in film.shots if s.scene == "scene-2")


def test_a_speech_that_another_says_and_one_that_grows():
    film = film_of()
    after, ops = revised(
        film, LAMP.replace("BO\nIs it gone?", "ANNA\nIs it gone?").replace("ANNA\nNot", "BO\nNot")
    )
    assert set(ops) == {"line"}
    longer = LAMP.replace("the rocks are sharp.", "the rocks are sharp. And the sea is cold, and the night is long, and "
                          "nobody will come and help you if you should fall in.")  # fmt: skip
    after, ops = revised(film, longer)
    assert len(untouched(film, after)) >= len(film.shots) - 1


def test_a_film_by_another_writer_takes_its_own_screenplay_back():
    film = invented_film(told())
    written = fountain_of(film)
    assert revision_of(film, written).edits == ()
    spoken = next(line.words for shot in film.shots for line in shot.lines)
    after, ops = revised(film, written.replace(spoken, spoken.rstrip(".") + " at last."))
    assert ops == ["line"]
    assert len(untouched(film, after)) == len(film.shots) - 1


def test_a_film_in_another_number_of_shots_keeps_them():
    film = film_of(shots=7)
    after, ops = revised(film, LAMP.replace("Not yet.", "Not now."))
    assert ops == ["line"]
    assert len(after.shots) == 7


BLOCKS = ["He runs. He falls on the hard ground.", "The door opens.", "ANNA\nYes, I know. You told me so yesterday.", "BO (V.O.)\nNo.",
          "ANNA\n(softly)\nCome in.", "INT. CELLAR - NIGHT", "EXT. HILL - DAY", "DISSOLVE TO:", "A rat.", "CARL\nI am Carl."]  # fmt: skip
versions = st.lists(st.sampled_from(BLOCKS), min_size=1, max_size=14)


@settings(max_examples=120, deadline=None)
@given(versions, versions, st.integers(0, 99))
def test_any_version_becomes_any_other_by_edits(one, other, seed):
    rng = random.Random(seed)
    mixed = [*one[: rng.randrange(len(one) + 1)], *other]
    scripts = ["INT. START - DAY\n\nA room.\n\n" + "\n\n".join(blocks) + "\n" for blocks in (one, mixed)]
    film = film_of(scripts[0])
    after, _ = revised(film, scripts[1])
    assert revision_of(after, scripts[1]).edits == ()
    opened = [e for e in read_fountain(fountain_of(after)).body if getattr(e, "kind", "") == "heading"]
    asked = film_of(scripts[1])
    wanted = [e for e in read_fountain(fountain_of(asked)).body if getattr(e, "kind", "") == "heading"]
    assert opened == wanted


def test_shots_of_untouched_scenes_keep_their_keys_and_only_the_changed_are_made(tmp_path):
    production = begun(tmp_path)
    production.make("takes")
    planner = Planner(production._find)
    before = {
        item: planner.plan(production.film).by_id[n].key
        for item, n in planner.plan(production.film).shown.items()
    }
    begun(tmp_path, LAMP.replace("Bo (12", "Bo (12").replace("The whale dives.", "The whale jumps.")).make(
        "takes"
    )
    film = open_film(tmp_path / "film").film
    plan = planner.plan(film)
    after = {item: plan.by_id[n].key for item, n in plan.shown.items()}
    changed = {item for item in after if before.get(item) != after[item]}
    assert changed == {film.shots[-1].id}
    assert film.brief.idea == LAMP.replace("The whale dives.", "The whale jumps.").strip()
    history = open_film(tmp_path / "film").project.history()
    assert sum("script" in entry.words for entry in history if entry.kind == "edit") == 1


def test_what_was_asked_for_still_holds_or_nothing_is_taken_in(tmp_path):
    production = begun(tmp_path, shots="8")
    production.make("board")
    before = production.film
    longer = LAMP.replace("The whale dives.", "The whale dives.\n\nANNA\nGoodbye.\n\nAnna waves.")
    with pytest.raises(Unmeetable, match="Exactly 8 shots"):
        take_script(production, longer)
    assert production.film == before
    turn = proposed(production, longer)
    assert turn.loosened
    assert "8 shots" in turn.words


def test_import_shows_what_it_means_and_does_it_on_yes(tmp_path):
    production = begun(tmp_path)
    production.make("board")
    new = tmp_path / "new.fountain"
    new.write_text(LAMP.replace("Not yet.", "Never."), encoding="utf-8")
    folder = str(tmp_path / "film")
    runner = CliRunner()
    shown = runner.invoke(app, ["import", folder, str(new)])
    assert "Not yet. -> Never." in shown.output
    assert open_film(folder).film == production.film
    done = runner.invoke(app, ["import", folder, str(new), "--yes", "--json"])
    assert json.loads(done.output.splitlines()[-1])["applied"] is True
    out = runner.invoke(app, ["export", folder, "--to", "fountain"])
    written = (tmp_path / "film" / "out" / "the-lamp.fountain").read_text(encoding="utf-8")
    assert "Never." in written
    assert "Not in it" in out.output
    assert runner.invoke(app, ["import", folder, str(new), "--yes"]).output.count("already") == 1
    (tmp_path / "film" / "out" / "the-lamp.fountain").write_text("[[a note]]\n" + written, encoding="utf-8")
    again = runner.invoke(app, ["import", folder, str(tmp_path / "film" / "out" / "the-lamp.fountain")])
    assert "tells this script already" in again.output
    undone = open_film(folder, crew=SoloCrew(SlateRenderer()))
    undone.undo()
    assert undone.film == production.film


def test_a_transition_in_the_midst_of_a_scene_is_taken_in_and_taken_out():
    film = film_of()
    put = LAMP.replace("The WHALE surfaces", "FADE TO:\n\nThe WHALE surfaces")
    after, ops = revised(film, put)
    assert ops == ["join"]
    assert fountain_of(after) == fountain_of(film_of(put))
    assert fountain_of(revised(after, LAMP)[0]) == fountain_of(film)


def test_what_is_no_script_is_refused(tmp_path):
    film = film_of()
    with pytest.raises(BadInput, match="nothing to film"):
        revision_of(film, "= only a synopsis\n")
    with pytest.raises(BadInput, match="no shots yet"):
        revision_of(Film(id="f", brief=film.brief), LAMP)
