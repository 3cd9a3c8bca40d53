"""The library: ``Studio`` makes and opens films, ``Film`` is the handle, and the host is left as it was."""

import io
import subprocess
import sys
import threading
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from PIL import Image
from tiny_films import copy_of_a_film, everything_in
from treatments import treatment

from photoplay import SlateRenderer, Storyboard, Studio
from photoplay.agent.directing.understood import Understood
from photoplay.render.crew import SoloCrew
from photoplay.storyboard.edit_types import Rename, Retake, SetScene, ShotSetting
from photoplay.storyboard.errors import BadInput, Locked, NotUnderstood, RenderError, Stopped, UnknownName
from photoplay.storyboard.rate import Rate
from photoplay.studio.beginning import OPTIONS, MakeOptions
from photoplay.studio.natural import Options, typed
from photoplay.studio.notebook import strip_of

IDEA = "Anna and the whale"


def the_lamp(brief, seed):
    return treatment()


def studio(**more):
    given = {"renderer": SlateRenderer(), "writer": the_lamp, "size": (128, 72), "environment": {}}
    return Studio(**{**given, **more})


def opened(folder):
    return studio().open(copy_of_a_film(folder))


# -- options -----------------------------------------------------------------------------------------


def test_natural_values_become_what_would_be_typed():
    assert typed(
        {
            "seconds": 75, "size": (1080, 1920), "fps": Fraction(24000, 1001), "seed": 7, "dialogue": False,
            "budget": Decimal("2.50"), "draft": True, "sets": {"steps": 20, "tiled": True, "mood": "grey"},
            "limits": {"tokens": 5000}, "unset": ["look"], "script": "film.fountain", "style": None, "shots": 12,
        }
    ) == MakeOptions(
        seconds="75", size="1080x1920", fps="24000/1001", seed="7", dialogue=False, budget="2.50",
        draft=True, sets=("steps=20", "tiled=true", "mood=grey"), unset=("look",), limits=("tokens=5000",),
        script=Path("film.fountain"), shots="12",
    )  # fmt: skip
    assert typed({"fps": 23.976}).fps == "23.976"
    assert typed({"fps": 25.0}).fps == "25"
    assert typed({"fps": Rate(num=30000, den=1001)}).fps == "30000/1001"


def test_every_option_of_the_command_line_is_an_option_here():
    named_by_the_studio = {"renderer", "writer", "script", "until"}
    assert set(Options.__annotations__) | named_by_the_studio == OPTIONS


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("colour", 3), ("seconds", object()), ("seconds", True), ("dialogue", "no"), ("size", (1, 2, 3)),
        ("sets", ["steps=20"]), ("sets", {"steps": 2.5}), ("unset", 3), ("draft", 1),
    ],
)  # fmt: skip
def test_an_option_that_is_none_is_refused_when_the_studio_is_made(name, value):
    with pytest.raises((UnknownName, BadInput)) as caught:
        Studio(**{name: value})
    assert name in str(caught.value) or "steps" in str(caught.value)


@pytest.mark.parametrize(
    "options", [{"size": (127, 71)}, {"seconds": -3}, {"fps": 0}, {"style": "oil"}, {"sets": {"A B": 1}}]
)
def test_bad_values_are_refused_before_a_folder_is_made(tmp_path, options):
    with pytest.raises(BadInput):
        studio().make(IDEA, out=tmp_path / "film", **options)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["x" * 300, "a\0b"], ids=["too long", "not a name"])
def test_a_folder_that_cannot_be_is_refused_with_a_plain_error(tmp_path, name):
    for ask in (lambda folder: studio().make(IDEA, out=folder), lambda folder: studio().open(folder)):
        with pytest.raises(BadInput, match=r"folder"):
            ask(f"{tmp_path}/{name}")
    assert list(tmp_path.iterdir()) == []


def test_an_idea_or_a_script_never_both_nor_none(tmp_path):
    for given in ({}, {"idea": IDEA, "script": "a.fountain"}):
        with pytest.raises(BadInput, match="one of the two"):
            studio().make(**given, out=tmp_path / "film")
    assert list(tmp_path.iterdir()) == []


def test_options_of_a_call_go_before_those_of_the_studio_and_both_before_the_environment(tmp_path):
    made = studio(seed=3, style="chalk", environment={"PHOTOPLAY_SEED": "9", "PHOTOPLAY_FPS": "30"})
    film = made.make(IDEA, out=tmp_path / "film", until="story", style="ink-wash")
    settings = film.storyboard.settings
    assert (settings.seed, str(settings.style), settings.rate.num) == (3, "ink-wash", 30)


# -- a film ------------------------------------------------------------------------------------------


def test_a_film_is_made_and_is_what_it_says(tmp_path):
    film = studio().make(IDEA, out=tmp_path / "film", seconds=20)
    assert film.path == film.folder / "out" / "film.mp4"
    assert film.path.is_file()
    assert isinstance(film.storyboard, Storyboard)
    assert film.title == "The Lamp"
    assert film.storyboard.wrote.writer == film.storyboard.settings.writer == "the-lamp"
    record = film.production.project.store.record(next(iter(film.takes.values())).key)
    assert record.renderer["name"] in ("slate", "cards")
    assert list(film.takes) == [node for node in film.plan().shown]
    assert {take.state for take in film.takes.values()} == {"current"}
    assert all(take.path.is_file() for take in film.takes.values())
    assert film.cost().charged.nothing
    assert film.cost().to_come == "nothing paid"
    assert "'The Lamp', 5 shots, made" in repr(film)
    again = studio().make(IDEA, out=tmp_path / "film", seconds=20)
    assert again.production.outcome is None or not again.production.outcome.made


def test_a_film_that_is_not_made_says_so_and_is_made_by_render(tmp_path):
    film = studio().make(IDEA, out=tmp_path / "film", seconds=20, until="story")
    with pytest.raises(BadInput, match=r"'The Lamp'.*not made yet.*render"):
        _ = film.path
    assert film.takes == {}
    assert "not made yet" in repr(film)
    assert studio().open(tmp_path / "film").render().path.is_file()


def test_an_edit_makes_its_shot_again_and_no_other(tmp_path):
    film = opened(tmp_path / "film")
    shot = film.storyboard.shots[1].id
    before = {item: take.key for item, take in film.takes.items()}
    assert film.edit(Retake(shot=shot, seed=77), "another one").takes[shot].state != "current"
    film.render(shot)
    changed = [item for item, take in film.takes.items() if take.key != before[item]]
    assert shot in changed
    assert [node.item for node in film.production.outcome.made] == changed
    with pytest.raises(UnknownName):
        film.render("no-such-shot")


def test_a_review_waits_for_another_process_to_approve_it(tmp_path):
    film = studio().make(IDEA, out=tmp_path / "film", seconds=20, review=True)
    assert {take.state for take in film.takes.values()} == {"missing"}
    character = film.storyboard.story.characters[0]
    later = studio().open(tmp_path / "film")
    later.approve([Rename(what="character", id=character.id, name="Berta")])
    assert later.storyboard.characters[character.id].name == "Berta"
    assert later.approve(until="takes").takes.values()
    assert {take.state for take in later.takes.values()} == {"current"}


def test_the_board_is_drawn(tmp_path):
    path = opened(tmp_path / "film").board()
    assert path.is_file()
    assert path.with_suffix(".pdf").is_file()


def test_shots_that_fail_are_told_with_the_folder(tmp_path):
    film = opened(tmp_path / "film")
    shot = film.storyboard.shots[0].id
    film.edit([ShotSetting(shot=shot, values={"fail": "refused"})])
    with pytest.raises(RenderError):
        film.render()
    with pytest.raises(RenderError) as caught:
        studio(sets={"fail": "refused"}).make(IDEA, out=tmp_path / "other", seconds=20)
    assert str(tmp_path / "other") in " ".join(caught.value.__notes__)


def test_a_renderer_of_ones_own_or_a_crew_never_both():
    with pytest.raises(BadInput, match="one of the two"):
        Studio(renderer=SlateRenderer(), crew=SoloCrew())


def test_a_writer_that_cannot_write_is_refused():
    with pytest.raises(BadInput, match="is no writer"):
        Studio(writer=object())


# -- threads -----------------------------------------------------------------------------------------


def slowed(folder):
    """A film whose second shot is to be made and takes its time, and an event that it is under way."""
    film = opened(folder)
    shot = film.storyboard.shots[1].id
    film.edit([ShotSetting(shot=shot, values={"sleep-ms": 1500})])
    begun = threading.Event()

    def hear(told):
        if told.news is not None and told.news.kind == "started" and told.news.node.item == shot:
            begun.set()

    film.production.listener = hear
    return film, shot, begun


def test_a_film_is_cancelled_from_another_thread_and_used_meanwhile(tmp_path):
    film, shot, begun = slowed(tmp_path / "film")
    raised = []

    def work():
        try:
            film.render()
        except Stopped as error:
            raised.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    assert begun.wait(60)
    assert film.storyboard.shot(shot)
    assert film.takes[shot].state != "current"
    with pytest.raises(Locked, match=r"Another thread.*cancel"):
        film.edit([Rename(what="character", id="anna", name="Berta")])
    with pytest.raises(Locked):
        studio().open(film.folder).edit([Retake(shot=shot, seed=3)])
    film.cancel()
    thread.join(30)
    assert not thread.is_alive()
    assert len(raised) == 1
    film.edit([ShotSetting(shot=shot, values={})])
    assert film.render().takes[shot].state == "current"


# -- a notebook --------------------------------------------------------------------------------------


def test_a_film_shows_itself_in_a_notebook_with_pictures_and_escaped_words(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    film = opened(tmp_path / "a film")
    film.edit([Rename(what="character", id="anna", name="<b>Anna</b>")])
    before = everything_in(film.folder)
    page = film._repr_html_()
    assert everything_in(film.folder) == before
    assert 'src="a%20film/out/film.mp4"' in page
    assert "data:image/png;base64," in page
    assert len(page) < 300_000
    strip = Image.open(io.BytesIO(strip_of(film, panels=5, width=100)))
    assert (strip.width, strip.height) == (5 * 104 - 4, 56)
    assert len(strip.convert("RGB").getcolors(100_000)) > 5
    film.production.project.film.story  # noqa: B018  it can still be read
    film.edit([])
    odd = film.storyboard.story.model_copy(update={"title": '<script>"&', "logline": "<img src=x>"})
    film.production.project._film = film.storyboard.model_copy(update={"story": odd})
    page = film._repr_html_()
    assert "<script>" not in page
    assert "<img src=x>" not in page
    assert "&lt;script&gt;&quot;&amp;" in page


def test_a_film_elsewhere_is_put_into_the_page_and_a_damaged_take_only_costs_its_picture(
    tmp_path, monkeypatch
):
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    film = opened(tmp_path / "film")
    assert 'src="data:video/mp4;base64,' in film._repr_html_()
    for take in film.takes.values():
        take.path.write_bytes(b"no film at all")
    assert "data:image" not in film._repr_html_()
    assert film.title in film._repr_html_()


# -- the host ----------------------------------------------------------------------------------------

HOST = """
import logging, os, signal, sys, threading
def state():
    return (
        [signal.getsignal(s) for s in (signal.SIGINT, signal.SIGTERM)], logging.root.handlers[:],
        logging.root.level, logging.getLogger().filters[:], dict(os.environ), os.getcwd(), sys.path[:],
        sys.excepthook, threading.excepthook, sys.stdout, sys.stderr, sys.argv[:],
        sys.displayhook, sys.getrecursionlimit(), sys.getswitchinterval(), threading.active_count(),
    )
def make(folder):
    import photoplay
    made = photoplay.Studio(renderer=photoplay.SlateRenderer(), size=(128, 72), environment={})
    film = made.make("A whale sings", seconds=8, out=folder)
    assert film.path.is_file(), film
    return photoplay, film
before = state()
first, one = make("one")
mine = [name for name in sys.modules if name == "photoplay" or name.startswith("photoplay.")]
kept = {name: sys.modules.pop(name) for name in mine}
second, two = make("two")
assert second is not first
assert one.edit([]).render().path.is_file()
thread = threading.Thread(target=make, args=("three",))
thread.start(); thread.join()
for was, now in zip(before, state()):
    assert was == now, (was, now)
print("as it was")
"""


def test_the_host_is_left_as_it_was_and_the_package_may_be_imported_twice(tmp_path):
    done = subprocess.run(
        [sys.executable, "-c", HOST], cwd=tmp_path, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "as it was"


# -- warm workers, many films --------------------------------------------------------------------------


class Counted(SlateRenderer):
    """Counts how often it was loaded."""

    loads = 0

    def load(self, device, budget_mb):
        self.loads += 1


def test_in_a_block_what_is_loaded_stays_from_film_to_film_and_films_outlive_it(tmp_path):
    def two_films(made, where):
        return [made.make(IDEA, out=tmp_path / f"{where}-{n}", seconds=20, until="takes") for n in "ab"]

    cold, warm = Counted(), Counted()
    two_films(studio(renderer=cold), "cold")
    with studio(renderer=warm) as made:
        films = two_films(made, "warm")
    assert (cold.loads, warm.loads) == (2, 1)
    shot = films[0].storyboard.shots[0].id
    films[0].edit(Retake(shot=shot, seed=5)).render(shot)
    assert films[0].takes[shot].state == "current"
    assert made.make(IDEA, out=films[1].folder, seconds=20).path.is_file()


def test_many_films_from_python(tmp_path):
    rows = [IDEA, {"idea": "The whale goes home", "name": "home", "seed": 3}]
    with pytest.raises(BadInput, match=r"row 1.*colour"):
        studio().batch([{"idea": IDEA, "colour": 3}], tmp_path)
    assert list(tmp_path.iterdir()) == []
    result = studio(seconds=20).batch(rows, tmp_path, jobs=2)
    assert (result.exit_code, [film.state for film in result.films]) == (0, ["made", "made"])
    film = studio().open(tmp_path / "home")
    assert film.path.is_file()
    assert film.storyboard.settings.seed == 3
    assert film.storyboard.wrote.writer == "the-lamp"


# -- words ---------------------------------------------------------------------------------------------


class Reader:
    """Understands one sentence, and asks about another."""

    name, model = "one", ""

    def understand(self, film, words, talk, tell):
        if words == "the first scene at night":
            return Understood(edits=(SetScene(scene=film.story.scenes[0].id, hour="night"),))
        if words == "make her older":
            return Understood(question="Who?", choices=("Anna", "the whale"))
        return Understood(unread=(words,))


def test_words_change_a_film_and_undo_brings_it_back_without_rendering(tmp_path):
    film = studio(reader=Reader()).open(copy_of_a_film(tmp_path / "film"))
    scene = film.storyboard.story.scenes[0]
    before, taken = film.storyboard, dict(film.takes)
    proposal = film.propose("the first scene at night")
    assert film.storyboard == before
    turn = film.apply(proposal)
    assert list(turn.made) == list(proposal.difference.again)
    assert set(turn.made) == {shot.id for shot in before.shots if shot.scene == scene.id}
    assert turn.path == film.path
    assert film.storyboard.scenes[scene.id].hour == "night"
    keys = set(film.production.project.store.keys())
    film.undo()
    assert film.storyboard.scenes[scene.id].hour == scene.hour
    assert dict(film.takes) == taken
    film.redo()
    assert set(film.production.project.store.keys()) == keys
    assert {take.state for take in film.takes.values()} == {"current"}


def test_what_was_not_understood_or_is_asked_back_changes_nothing(tmp_path):
    film = studio(reader=Reader()).open(copy_of_a_film(tmp_path / "film"))
    before = everything_in(film.folder)
    with pytest.raises(NotUnderstood) as caught:
        film.revise("make it pop")
    assert caught.value.unread == ("make it pop",)
    with pytest.raises(NotUnderstood) as caught:
        film.revise("make her older")
    assert (caught.value.question, caught.value.choices) == ("Who?", ("Anna", "the whale"))
    assert everything_in(film.folder) == before


# -- scripts -------------------------------------------------------------------------------------------


def test_a_film_is_written_as_a_screenplay_and_a_changed_one_is_taken_in(tmp_path):
    film = opened(tmp_path / "film")
    path = film.export()
    assert path.parent == film.folder / "out"
    text = path.read_text(encoding="utf-8")
    assert all(shot.event.sentence in text for shot in film.storyboard.shots)
    last = film.storyboard.shots[-1]
    changed = tmp_path / "changed.fountain"
    changed.write_text(text.replace(last.event.sentence, "Anna runs along the shore."), encoding="utf-8")
    proposal = film.propose_script(changed)
    assert proposal.difference.again
    assert film.storyboard.shots[-1] == last
    film.apply(proposal)
    assert film.storyboard.shots[-1].event.sentence == "Anna runs along the shore."
    assert film.export(out=tmp_path / "again.fountain").read_bytes() == changed.read_bytes()
    with pytest.raises(UnknownName, match="fountain"):
        film.export("final-draft")
    (tmp_path / "plain.txt").write_text("Anna walks.", encoding="utf-8")
    with pytest.raises(BadInput, match="no scene headings"):
        film.propose_script(tmp_path / "plain.txt")


def test_a_handle_sees_what_another_one_changed(tmp_path):
    studio = Studio(renderer=SlateRenderer(), size=(128, 72), environment={})
    made = studio.make("A whale sings", seconds=8, out=tmp_path / "film", until="board")
    other = studio.open(tmp_path / "film")
    other.edit([Rename(what="title", name="The Song")])
    assert made.storyboard.story.title == "The Song"
    made.revise("call the film The Last Song")
    assert other.storyboard.story.title == "The Last Song"
