"""``photoplay footage`` and ``photoplay modify``: what a person brings takes effect, and can be taken back."""

import json
import re
import shlex
from pathlib import Path

import numpy as np
import pytest
import typer
from memory_films import Crash, FaultyFiles
from own_clips import clip, mask, still
from test_gc import add_take
from tiny_films import all_verify, copy_of_a_film, everything_in, make, opened, pictures_made
from typer.testing import CliRunner

from photoplay.agent.accepting import _candidates
from photoplay.agent.footage import add_footage, modify
from photoplay.memory.collecting import find_waste, free_waste
from photoplay.memory.footage import FootageBook
from photoplay.memory.project import Project
from photoplay.render.cut.footage import open_footage
from photoplay.storyboard.edits import SetPlate, Setting, describe
from photoplay.storyboard.errors import BadInput, PhotoplayError, UnknownName
from photoplay.storyboard.film import Shot
from photoplay.storyboard.plate import Plate
from photoplay.studio.command import app

SIZE = (128, 72)


@pytest.fixture
def folder(tmp_path):
    return copy_of_a_film(tmp_path / "film")


def said(*words):
    done = CliRunner().invoke(app, [str(w) for w in words], env={"COLUMNS": "200"})
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done.output


def own(tmp_path, frames=24, name="own.mp4", **more):
    return clip(tmp_path / name, frames=frames, size=SIZE, **more)


def first(production, where=0):
    return production.film.shots[where].id


def shoot(production, *shots):
    """Makes what is missing of these shots (of all), and cuts no film; returns what failed, by node."""
    with production.project.lock():
        return production.shoot(shots or None).failed


def shown(production, shot, frame=0):
    with open_footage(production.project.store.path(production.takes()[shot][1])) as footage:
        return footage.frame(frame)


def planned(production):
    return {node.key for node in production.plan().nodes}


# -- on the command line --------------------------------------------------------------------------


def test_a_clip_opens_a_shot_and_only_that_shot_is_made_again(tmp_path, folder):
    shot = first(opened(folder), 1)
    told = said("footage", "add", folder, shot, own(tmp_path, sound=True), "--opens")
    assert f"Shot {shot} opens on a clip of 1.0 s (24 frames at 24, 128x72). Its sound is not used." in told
    assert f"1 shot will be made again by `photoplay render`: {shot}." in told
    production = opened(folder)
    assert shoot(production) == {}
    assert set(pictures_made(production)) == {shot}
    assert abs(shown(production, shot, 10).astype(int) - _bar(28)).max() < 40
    entry = production.project.history()[-2]
    assert (entry.by, entry.kind, [edit.op for edit in entry.edits]) == ("person", "edit", ["plate"])


def _bar(length):
    pixels = np.zeros((SIZE[1], SIZE[0], 3), int)
    pixels[:, :length] = 255
    return pixels


def test_as_shot_needs_no_model_and_works_with_the_animatic(tmp_path, folder):
    production = opened(folder)
    shot = first(production)
    production.edit([Setting(renderer="animatic")])
    said("footage", "add", folder, shot, still(tmp_path / "own.jpg", 64, SIZE, quality=95), "--as-shot")
    assert f"shot {shot}: is still" in said("footage", "list", folder)
    production = opened(folder)
    assert [n.renderer for n in production.plan().nodes if n.item == shot] == ["conform"]
    assert shoot(production, shot) == {}
    assert abs(shown(production, shot, 5).astype(int) - _bar(64)).max() < 60


def test_undo_redo_and_clear_make_nothing_again(tmp_path, folder):
    production = opened(folder)
    shot = first(production)
    before = production.takes()
    production.add_footage(shot, own(tmp_path), "shot")
    shoot(production, shot)
    after = production.takes()
    assert after[shot] != before[shot]
    with production.project.lock():
        production.project.undo(by="test")
    assert opened(folder).takes() == before
    assert opened(folder).film.decisions.chosen[shot] == before[shot][1], "what is chosen, too"
    assert opened(folder).step() != "shoot"
    with production.project.lock():
        production.project.redo(by="test")
    assert opened(folder).takes() == after
    assert "Its take is there already." in said("footage", "clear", folder, shot)
    assert opened(folder).takes() == before
    with pytest.raises(BadInput, match="no footage"):
        said("footage", "clear", folder, shot)


def test_the_take_that_is_shown_is_changed_by_words_and_again_on_top(tmp_path, folder):
    production = opened(folder)
    shot = first(production, 2)
    key = production.takes()[shot][1]
    told = said("modify", folder, shot, "the same, but at night in the rain", "--strength", "40")
    assert f"the take {key[:8]}, changed by 40 %: the same, but at night in the rain" in told
    production = opened(folder)
    plate = production.film.shot(shot).plate
    assert (plate.source, plate.kind, plate.use, plate.strength) == (key, "take", "modify", 40)
    assert shoot(production, shot) == {}
    assert pictures_made(production) == [shot]
    record = production.project.store.record(production.takes()[shot][1])
    assert record.request["kind"] == "refine"
    assert record.request["words"] == "the same, but at night in the rain"
    assert record.inputs[key], "whence it was made is in its record"
    said("modify", folder, shot, "and in the snow")
    assert opened(folder).film.shot(shot).plate.source == record.key
    said("footage", "clear", folder, shot)
    assert opened(folder).takes()[shot] == ("current", key)


def test_footage_named_by_a_file_or_by_a_take_and_a_mask(tmp_path, folder):
    production = opened(folder)
    shot, other = first(production), production.takes()[first(production, 1)][1]
    said(
        "modify", folder, shot, "by night", "--from", own(tmp_path), "--keep", mask(tmp_path / "m.png", SIZE)
    )
    plate = opened(folder).film.shot(shot).plate
    assert (plate.kind, plate.frames, plate.strength) == ("clip", 24, 60)
    book = FootageBook(folder)
    assert {r.digest for r in book.all()} == {plate.source, plate.keep}
    assert shoot(opened(folder), shot) == {}
    said("modify", folder, shot, "by night", "--from", other[:12])
    assert opened(folder).film.shot(shot).plate.source == other
    for wrong, why in (
        ("nowhere.mp4", "is no file"),
        ("ab", "is no file"),
        ("0" * 20, "0 takes of this film"),
    ):
        with pytest.raises(BadInput, match=why):
            said("modify", folder, shot, "by night", "--from", wrong)


def test_footage_that_is_the_shot_is_what_is_changed_unasked(tmp_path, folder):
    production = opened(folder)
    shot = first(production)
    production.add_footage(shot, own(tmp_path), "shot")
    source = production.film.shot(shot).plate.source
    production.modify(shot, "by night")
    plate = production.film.shot(shot).plate
    assert (plate.source, plate.kind, plate.use) == (source, "clip", "modify")
    assert shoot(production, shot) == {}


def test_an_earlier_take_is_said_to_be_one(tmp_path, folder):
    production = opened(folder)
    shot = first(production)
    production.edit([Setting(values={"note": 1})])
    assert "an earlier one" in production.modify(shot, "by night").words


@pytest.mark.parametrize("strength", ["0", "101", "-3"])
def test_a_strength_that_is_none_is_refused(folder, strength):
    with pytest.raises(BadInput, match="strength"):
        said("modify", folder, first(opened(folder)), "by night", "--strength", strength)


def test_what_cannot_be_is_refused_in_a_line_and_nothing_is_changed(tmp_path, folder):
    production = opened(folder)
    shot = first(production)
    before = everything_in(folder)
    film = own(tmp_path)
    cases = [
        (UnknownName, "no shot called", ("footage", "add", folder, "s999", film)),
        (BadInput, "cannot be read", ("footage", "add", folder, shot, tmp_path / "gone.mp4")),
        (BadInput, "in words|is to be seen", ("modify", folder, shot, "  ")),
        (BadInput, "animatic cannot", ("modify", folder, shot, "by night", "--renderer", "animatic")),
        (UnknownName, "no renderer", ("modify", folder, shot, "by night", "--renderer", "nobody")),
        (BadInput, "renderer", ("modify", folder, shot, "by night", "--renderer", "os.system")),
        (
            BadInput,
            "another shape|paint it over",
            ("modify", folder, shot, "x", "--keep", mask(tmp_path / "a.png")),
        ),
        (
            BadInput,
            "dark all over",
            ("modify", folder, shot, "x", "--keep", mask(tmp_path / "b.png", SIZE, 0)),
        ),
        (
            BadInput,
            "light all over",
            ("modify", folder, shot, "x", "--keep", mask(tmp_path / "c.png", SIZE, 1)),
        ),
    ]
    for error, why, words in cases:
        with pytest.raises(error, match=why) as caught:
            said(*words)
        assert "\n" not in str(caught.value)
    after = everything_in(folder)
    assert {k: v for k, v in after.items() if not k.name.startswith("lock")} == {
        k: v for k, v in before.items() if not k.name.startswith("lock")
    }


# -- what is kept ---------------------------------------------------------------------------------


def test_footage_is_kept_once_by_what_it_shows_and_its_name_nowhere(tmp_path, folder):
    production = opened(folder)
    film = own(tmp_path, name="beach secret [bold].mp4")
    production.add_footage(first(production), film, "shot")
    production.add_footage(first(production, 1), film, "shot")
    [record] = FootageBook(folder).all()
    assert sorted(p.name for p in (folder / "footage").iterdir()) == [
        f"{record.digest}.json",
        f"{record.digest}.mp4",
    ]
    assert not list(production.project.work.iterdir())
    assert not any(b"secret" in data for data in everything_in(folder).values())
    other = production.add_footage(first(production), own(tmp_path, start=30, name="b.mp4"), "shot")
    assert len(list(FootageBook(folder).all())) == 2
    assert other.bound == (first(production),)


def test_gc_never_frees_footage_nor_a_take_that_is_to_be_changed(tmp_path, folder):
    production = opened(folder)
    shot, key = first(production), add_take(production.project, 1)
    production.add_footage(shot, own(tmp_path), "shot")
    kept = everything_in(folder / "footage")
    plate = Plate(source=key, kind="take", use="modify", words="x", frames=9, width=64, height=64)

    def wasted(everything):
        return {t.key for t in find_waste(production.project, planned(production), everything).takes}

    assert key in wasted(False), "nobody names it yet"
    production.edit([SetPlate(shot=shot, plate=plate)])
    assert key not in wasted(True)
    production.clear_footage(shot)
    assert key not in wasted(False), "an undo would change it again"
    assert key in {t.key for t in free_waste(production.project, planned(production), True).takes}
    assert everything_in(folder / "footage") == kept
    assert len(kept) == 2


@pytest.mark.parametrize("harm", ["gone", "altered", "link"])
def test_footage_that_is_not_what_was_added_fails_its_shot_and_is_mended_by_adding_it_again(
    tmp_path, folder, harm
):
    film, production = own(tmp_path), opened(folder)
    shot = first(production)
    production.add_footage(shot, film, "shot")
    [record] = FootageBook(folder).all()
    path = folder / "footage" / f"{record.digest}.mp4"
    whole = path.read_bytes()
    path.unlink()
    if harm == "altered":
        path.write_bytes(whole[:-40] + bytes(40))
    elif harm == "link":
        (tmp_path / "elsewhere.mp4").write_bytes(whole)
        path.symlink_to(tmp_path / "elsewhere.mp4")
    assert re.search(rf"{shot}: Footage .* [Aa]dd it", " ".join(shoot(production, shot).values()))
    assert all_verify(production.project)
    production.add_footage(shot, film, "shot")
    assert shoot(production, shot) == {}


def test_a_take_that_is_to_be_changed_and_is_gone_or_damaged_is_said(tmp_path, folder):
    production = opened(folder)
    shot = first(production)
    source = production.project.store.path(production.takes()[first(production, 1)][1])
    key = source.parent.name
    production.modify(shot, "by night", source=key[:12])
    data = source.read_bytes()
    source.write_bytes(data[:-20] + bytes(20))
    assert "damaged" in " ".join(shoot(production, shot).values())
    production.project.store.remove(key)
    assert "footage clear" in " ".join(shoot(production, shot).values())
    with pytest.raises(BadInput, match="0 takes"):
        production.modify(shot, "by day", source=key[:12])


def test_a_stranger_s_film_that_names_footage_it_has_not_fails_plainly(folder):
    production = opened(folder)
    shot = first(production)
    plate = Plate(source="ab" * 32, kind="clip", use="shot", frames=50, width=64, height=64)
    production.edit([SetPlate(shot=shot, plate=plate)])
    assert "not in this film's folder" in " ".join(shoot(production, shot).values())


def test_what_a_person_brought_is_never_taken_for_how_somebody_looks(tmp_path, folder):
    production = opened(folder)
    used = production.takes()
    before = {c.shot.id for c in _candidates(production.film, used)}
    assert before
    shot = sorted(before)[0]
    production.add_footage(shot, own(tmp_path), "shot")
    assert {c.shot.id for c in _candidates(production.film, used)} == before - {shot}


# -- faults ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["crash", "full"])
def test_a_disk_that_fails_at_any_step_leaves_the_film_as_before_or_as_after(tmp_path, folder, fault):
    film = own(tmp_path, frames=3)
    number, met, shot = 0, True, first(opened(folder))
    before = opened(folder).film
    while met:
        number += 1
        error = Crash() if fault == "crash" else OSError(28, "No space left on device")
        copy = copy_of_a_film(tmp_path / f"film-{number}")
        production = opened(copy, FaultyFiles(copy, number, error, fault == "crash"))
        met = False
        try:
            add_footage(production, shot, film, "shot")
        except (Crash, PhotoplayError):
            met = True
        again = opened(copy)
        after = again.film
        if after != before:
            plate = after.shot(shot).plate
            assert FootageBook(copy).path(plate.source).is_file(), "the film names only what is kept, whole"
        for record in FootageBook(copy).all():
            FootageBook(copy).path(record.digest)
        add_footage(again, shot, film, "shot")
        assert opened(copy).film.shot(shot).plate.use == "shot"
        assert number < 60
    assert number > 10


# -- plain data -----------------------------------------------------------------------------------


def test_a_film_without_footage_is_written_as_ever():
    shot = Shot(id="s1", scene="one", event={"sentence": "x"})
    assert "plate" not in shot.model_dump(mode="json")
    assert "plate" not in json.loads(shot.model_dump_json())
    plate = Plate(source="0" * 64, kind="clip", use="opens", frames=5, width=64, height=64)
    assert set(plate.model_dump()) == {"source", "kind", "use", "frames", "rate", "width", "height"}
    with_it = shot.model_copy(update={"plate": plate})
    assert Shot.model_validate_json(with_it.model_dump_json()) == with_it


@pytest.mark.parametrize(
    "parts",
    [
        {"use": "modify"},
        {"use": "opens", "words": "by night"},
        {"use": "shot", "keep": "1" * 64},
        {"kind": "still", "frames": 2},
        {"source": "../../etc/passwd"},
        {"renderer": "os.system", "use": "modify", "words": "x"},
        {"path": "/etc/passwd"},
    ],
)
def test_a_plate_that_means_nothing_is_no_plate(parts):
    good = {"source": "0" * 64, "kind": "clip", "use": "opens", "frames": 5, "width": 64, "height": 64}
    Plate.model_validate(good)
    with pytest.raises(ValueError, match="Plate"):
        Plate.model_validate(good | parts)


def test_edits_say_what_they_do(tmp_path, folder):
    production = opened(folder)
    shot = first(production)
    modify(production, shot, "by night", source=still(tmp_path / "own.png", size=SIZE))
    plate = production.film.shot(shot).plate
    assert describe(production.film, SetPlate(shot=shot, plate=plate)) == (
        f"shot {shot}: still {plate.source[:8]} changed by 60 %: by night"
    )
    assert describe(production.film, SetPlate(shot=shot)) == f"shot {shot}: drawn again, without footage"


def test_a_whole_film_with_a_still_a_clip_and_a_changed_take(tmp_path):
    production = make(tmp_path / "film")
    shots = [shot.id for shot in production.film.shots]
    keys = planned(production)
    production.add_footage(shots[0], still(tmp_path / "own.png", size=SIZE))
    production.add_footage(shots[1], own(tmp_path))
    production.modify(shots[2], "by night")
    production.render()
    assert set(pictures_made(production)) == set(shots[:3])
    assert Project.open(tmp_path / "film").film.shot(shots[1]).plate.kind == "clip"
    report = json.loads((tmp_path / "film" / "out" / "report.json").read_text(encoding="utf-8"))
    assert [(f["shot"], f["use"]) for f in report["footage"]] == list(
        zip(shots[:3], ("opens", "opens", "modify"), strict=True)
    )
    for shot in shots[:3]:
        production.clear_footage(shot)
    assert planned(production) == keys


def test_every_command_on_the_page_is_understood():
    page = Path(__file__).resolve().parent.parent / "docs" / "your-own-footage.md"
    if not page.is_file():
        pytest.skip("the pages are not beside the tests")
    spans = re.findall(r"`(photoplay (?:footage|modify) [^`]+)`", page.read_text(encoding="utf-8"))
    assert len(spans) >= 8
    for _, name, *rest in map(shlex.split, spans):
        command = typer.main.get_command(app).commands[name]
        if name == "footage":
            name, *rest = rest
            command = command.commands[name]
        command.make_context(name, rest)
