"""End credits: who really made the film, in its takes and not in its plan, and that it can be read."""

import json

import numpy as np
import pytest
from films import slate_film
from reading_films import films
from tiny_films import copy_of_a_film, opened, pictures_made

from photoplay.agent.credits import credits_due, credits_told
from photoplay.agent.directing.understood import Talk
from photoplay.agent.interchange.conforming import proposed_cut
from photoplay.agent.production import open_film
from photoplay.agent.reading.reader import EverydayReader
from photoplay.memory.project import Project
from photoplay.render.cards import CardPainter
from photoplay.render.crew import SoloCrew
from photoplay.render.cut.footage import open_footage
from photoplay.render.fake import SlateRenderer
from photoplay.render.plan import Planner
from photoplay.render.protocol import Frame, Job, Notice
from photoplay.render.requests import Raster, Title
from photoplay.render.rolling import MARGIN
from photoplay.storyboard.credits import CREDITS, MOST_VOICES, Credit, credits_card, credits_of
from photoplay.storyboard.edit_types import Choose, Credited, Release, Retime, Setting
from photoplay.storyboard.edits import apply, apply_all
from photoplay.storyboard.errors import BadInput
from photoplay.storyboard.film import Line, Wrote
from photoplay.storyboard.fitting import fit
from photoplay.storyboard.timeline import items, timeline
from photoplay.storyboard.vocabulary import Style
from photoplay.studio.export import write_as
from photoplay.studio.settings import Wishes

WIDE, TALL = Raster(width=320, height=180), Raster(width=180, height=320)
FEW = (Credit(role="Written by", names=("Anna",)), Credit(role="Made with", names=("Photoplay",)))
MANY = (
    Credit(role="Voices", names=(*(f"Voice number {n}" for n in range(24)), "ليلى بنت سعيد", "W" * 200)),
    Credit(role="Made with", names=("Photoplay",)),
)


def told(film, **pictures):
    return {c.role: c.names for c in credits_of(film, pictures or {"slate": {"none"}}, {})}


# -- what they say ---------------------------------------------------------------------------------


def test_they_name_writer_models_licences_voices_and_music():
    film = slate_film().model_copy(update={"wrote": Wrote(writer="openai", model="some-model")})
    commit = "a" * 40
    pictures = {"diffusion:wan-vace": {f"org/weights@{commit}"}, "animatic": {"none"}}
    said = credits_of(film, pictures, {"diffusion:wan-vace": "Apache-2.0", "animatic": None})
    assert {c.role: c.names for c in said} == {
        "Written by": ("some-model (openai)",),
        "Pictures": ("Photoplay's animatic", "diffusion:wan-vace, org/weights@aaaaaaaaaa (Apache-2.0)"),
        "Voices": ("Narrator: eSpeak NG",),
        "Music": ("Composed by Photoplay",),
        "Sound effects": ("Photoplay",),
        "Made with": ("Photoplay",),
    }


def test_what_the_film_does_not_have_is_not_named():
    film = slate_film(lines=False)
    film = apply(film, Setting(music={"kind": "none"}, effects="off"))
    assert set(told(film)) == {"Written by", "Pictures", "Made with"}
    own = apply(film, Setting(music={"kind": "own", "track": "0" * 64, "milliseconds": 9}))
    assert told(own)["Music"] == ("A track of the film maker's own",)


def test_an_author_that_the_script_names_is_the_writer():
    film = slate_film()
    story = film.story.model_copy(update={"logline": "Written by  Ada Lovelace"})
    assert told(film.model_copy(update={"story": story}))["Written by"] == ("Ada Lovelace",)


def test_a_crowd_is_counted_and_the_card_grows_with_what_is_to_be_read():
    film = apply(slate_film(shots=4), Setting(credits=True))
    short = credits_card(film)
    assert (short.id, short.heading, short.frames) == (CREDITS, "The keeper", 108)
    someone = film.story.characters[0]
    crowd = tuple(someone.model_copy(update={"id": f"c{n}", "name": f"C {n}"}) for n in range(80))
    story = film.story.model_copy(update={"characters": (*film.story.characters, *crowd)})
    lines = tuple(Line(id=f"k{n}", speaker=f"c{n}", kind="dialogue", words="Ay.") for n in range(80))
    shots = (film.shots[0].model_copy(update={"lines": lines}), *film.shots[1:])
    film = type(film)(
        **{f: getattr(film, f) for f in type(film).model_fields} | {"story": story, "shots": shots}
    )
    assert told(film)["Voices"][-1] == "and 20 more"
    assert len(told(film)["Voices"]) == MOST_VOICES + 1
    assert short.frames < credits_card(film).frames <= 40 * 24


# -- the film --------------------------------------------------------------------------------------


def test_they_come_last_within_the_asked_length_and_only_where_asked():
    film = slate_film()
    assert credits_card(film) is None
    assert "credits" not in json.dumps(film.model_dump(mode="json"))
    film = apply(film, Setting(credits=True))
    assert [i.id for i in items(film)][-2:] == ["ending", CREDITS]
    film = film.model_copy(update={"brief": film.brief.model_copy(update={"seconds": 40})})
    fitted = fit(film)
    assert CREDITS not in fitted["frames"]
    done = apply(film, Retime(**fitted))
    assert timeline(done).frames == 40 * 24
    assert timeline(done).clips[-1].frames == credits_card(film).frames
    with pytest.raises(BadInput, match="as long as reading them takes"):
        apply(film, Retime(frames={CREDITS: 20}))


def test_the_plan_of_an_old_film_has_the_keys_it_had():
    planner = Planner(SoloCrew(SlateRenderer()).find)
    film = slate_film(shots=4)
    keys = [node.key for node in planner.plan(film).nodes if node.request.kind == "title"]
    with_them = planner.plan(apply(film, Setting(credits=True)))
    assert [n.key for n in with_them.nodes if n.request.kind == "title"][:2] == keys
    facts = apply_all(film, [Setting(credits=True), Credited(credits=FEW), Setting(credits=False)])
    assert [n.key for n in planner.plan(facts).nodes] == [n.key for n in planner.plan(film).nodes]


def credits_in(production):
    return {c.role: c.names for c in credits_told(production.plan())}


def test_a_film_of_takes_by_two_renderers_names_both(tmp_path):
    """Takes that a person chose stay in the film when another renderer is set: the credits follow them."""
    Project.create(tmp_path / "film", slate_film(shots=3, lines=False, goes_on=()), "told", "test")
    production = open_film(tmp_path / "film", crew=SoloCrew(SlateRenderer()))
    production.edit([Setting(credits=True)])
    production.render()
    assert credits_in(production)["Pictures"] == ("slate",)
    assert not production.film.decisions.credits, "the plan had it right: nothing is journalled"
    used = {item: key for item, (_, key) in production.takes().items() if item.startswith("s0")}
    production.edit([Choose(takes=used, pin=True), Setting(renderer="animatic")])
    production.render()
    assert credits_in(production)["Pictures"] == ("slate",)
    assert production.film.decisions.credits
    production.edit([Release(items=("s01",))])
    production.render()
    assert credits_in(production)["Pictures"] == ("Photoplay's animatic", "slate")
    assert production.step() == "done"
    assert credits_due(production.project, production.plan()) is None
    laid = timeline(production.film)
    with open_footage(production.film_path) as film:
        assert film.count == laid.frames
        last = film.frame(laid.frames - 40)
    assert last.max() > 150


def test_a_finished_film_gets_credits_within_its_length(tmp_path):
    production = opened(copy_of_a_film(tmp_path / "film"))
    production.settle(Wishes({"credits": "on"}, {}, tmp_path).settings(production.film.settings))
    production.render()
    assert CREDITS in pictures_made(production)
    assert timeline(production.film).frames == 20 * 24, "the asked length holds, credits and all"
    assert credits_in(production)["Pictures"] == ("slate",)


def test_an_editor_s_cut_with_credits_comes_home(tmp_path):
    pytest.importorskip("opentimelineio")
    Project.create(tmp_path / "film", slate_film(shots=3, lines=False, goes_on=()), "told", "test")
    production = open_film(tmp_path / "film", crew=SoloCrew(SlateRenderer()))
    production.edit([Setting(credits=True)])
    production.render()
    path, _ = write_as(production, "otio", tmp_path / "cut.otio")
    assert proposed_cut(production, path).edits == ()
    cut = json.loads(path.read_text())
    track = cut["tracks"]["children"][0]["children"]
    track[-1]["source_range"]["duration"]["value"] = 30.0
    path.write_text(json.dumps(cut))
    turn = proposed_cut(production, path)
    assert turn.edits == ()
    assert "credits" in turn.words
    del track[-1]
    path.write_text(json.dumps(cut))
    assert proposed_cut(production, path).edits == (Setting(credits=False),)


# -- the drawing -----------------------------------------------------------------------------------


def drawn(credits, raster=WIDE, frames=96, style=Style.cut_paper, heading="The keeper"):
    job = Job(Title(heading=heading, credits=credits, raster=raster, frames=frames, style=style))
    seen, notices = [], []
    for out in CardPainter().render([job], lambda *a: None):
        if isinstance(out, Frame):
            seen += [out.pixels[..., :3].astype(int)] * out.hold
        elif isinstance(out, Notice):
            notices.append(out)
    return seen, notices


@pytest.mark.parametrize("style", list(Style))
@pytest.mark.parametrize("raster", [WIDE, TALL])
def test_a_few_stand_still_inside_the_margins_light_on_dark(style, raster):
    seen, notices = drawn(FEW, raster, style=style)
    assert len(seen) == 96
    assert notices == []
    assert np.array_equal(seen[40], seen[60])
    assert seen[0].max() < 30
    assert seen[95].max() < 30
    light = seen[48].max(axis=2) > 170
    rows, columns = np.nonzero(light)
    assert rows.min() > MARGIN * raster.height - 2
    assert rows.max() < (1 - MARGIN) * raster.height + 2
    assert columns.min() > MARGIN * raster.width - 2
    assert columns.max() < (1 - MARGIN) * raster.width + 2
    assert np.median(seen[48]) < 80


@pytest.mark.parametrize("raster", [WIDE, TALL])
def test_many_roll_upwards_at_one_pace_until_the_last_is_in_the_middle(raster):
    seen, _ = drawn(MANY, raster, frames=240)
    assert len(seen) == 240
    assert not np.array_equal(seen[100], seen[103])
    high = raster.height
    band = np.s_[int(0.3 * high) : int(0.7 * high)]
    steps = [moved(seen[n][band], seen[n + 6][band]) for n in (60, 100, 140, 180)]
    assert min(steps) > 0
    assert max(steps) - min(steps) <= 1
    last = seen[226].max(axis=2) > 0.55 * seen[226].max()
    assert 0.3 < np.nonzero(last)[0].max() / high < 0.7


def moved(one, other):
    """By how many rows the second is the first moved up."""
    errors = [np.abs(one[n:] - other[: len(other) - n]).mean() for n in range(len(one) // 2)]
    return int(np.argmin(errors))


def test_markup_is_drawn_and_an_unknown_letter_is_told():
    plain, _ = drawn(FEW)
    marked, _ = drawn((Credit(role="Written by", names=("[red]<b>Anna</b>[/red] {\\an8}Anna",)), *FEW[1:]))
    assert (marked[48].max(axis=2) > 170).sum() > 1.3 * (plain[48].max(axis=2) > 170).sum()
    _, notices = drawn((Credit(role="Written by", names=("\U00013000\U0001342e",)),))
    assert [n.kind for n in notices] in (["missing-glyphs"], [])


def test_what_finds_no_room_is_told_and_small_frames_keep_their_words():
    few = (Credit(role="Written by", names=("Jane",)), Credit(role="Sound effects", names=("Photoplay",)))
    assert drawn(few, Raster(width=128, height=72))[1] == []
    (notice,) = drawn((Credit(role="Voices", names=("word " * 400,)),), Raster(width=320, height=180))[1]
    assert notice.kind == "text-cut"


def test_a_card_without_credits_is_what_it_was():
    bare = Title(heading="The end", raster=WIDE, frames=24)
    assert "credits" not in json.dumps(bare.model_dump(mode="json"))


# -- in words --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["add end credits", "roll the credits at the end", "put credits at the end"]
)
def test_a_sentence_sets_them_and_another_takes_them_away(words):
    film = films()["a"]
    found = EverydayReader().understand(film, words, Talk(), lambda _: None)
    assert not found.unread
    after = apply_all(film, found.edits)
    assert after.settings.credits
    gone = EverydayReader().understand(after, "no end credits, please", Talk(), lambda _: None)
    assert apply_all(after, gone.edits) == film


@pytest.mark.parametrize("words", ["make the credits longer", "the credits should last 10 seconds"])
def test_the_credits_length_is_their_own(words):
    """In a film that has them, "the credits" are not the end card, whose length would be set."""
    film = apply(films()["a"], Setting(credits=True))
    found = EverydayReader().understand(film, words, Talk(), lambda _: None)
    assert not found.edits
    assert "reading them takes" in found.refused[0]


def test_no_end_credits_leave_the_end_card_where_there_are_none():
    film = films()["a"]
    assert film.ending is not None
    found = EverydayReader().understand(film, "no end credits", Talk(), lambda _: None)
    assert not found.edits
    assert "no end credits" in found.refused[0]


@pytest.mark.parametrize(
    "words",
    ["add end credits", 'the narrator says "Nobody in the village had ever heard a whale sing" in shot 2'],
)
def test_what_changes_lengths_is_made_cut_and_undone_within_the_asked_length(tmp_path, words):
    """A film of 20 s stays one: what timing asks for is made with the change, and goes with it."""
    production = opened(copy_of_a_film(tmp_path / "film"))
    before, film = production.film, production.film_path.read_bytes()
    asked = before.settings.rate.frames(before.brief.seconds)
    production.revise(words)
    assert production.film != before
    with open_footage(production.film_path) as footage:
        assert footage.count == timeline(production.film).frames == asked
    assert {state for state, _ in production.takes().values()} == {"current"}
    after = production.film_path.read_bytes()
    production.undo()
    assert [i.frames for i in items(production.film)] == [i.frames for i in items(before)]
    assert production.film_path.read_bytes() == film
    production.redo()
    assert timeline(production.film).frames == asked
    assert production.film_path.read_bytes() == after
