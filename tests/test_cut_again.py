"""A film that is cut again: only what changed is composed and mixed, and the film is as one cut from nothing."""

import shutil

import numpy as np
import pytest
from tiny_films import FailingFiles, copy_of_a_film, opened

from photoplay.agent.production import Production
from photoplay.memory.cut_parts import CutParts
from photoplay.memory.files import Files
from photoplay.memory.project import Project
from photoplay.render.crew import SoloCrew
from photoplay.render.cut.encoding import Encoder
from photoplay.render.requests import Raster
from photoplay.storyboard.edit_types import Join, Retime, Rewrite, SetLine
from photoplay.storyboard.rate import Rate
from photoplay.storyboard.vocabulary import Opening

KEY, OTHER = "a" * 64, "b" * 64


@pytest.fixture(scope="module")
def finished(tmp_path_factory):
    """A finished film in which one shot dissolves and another fades."""
    production = opened(copy_of_a_film(tmp_path_factory.mktemp("joined") / "film"))
    shots = [shot.id for shot in production.film.shots]
    production.edit([
        Join(shot=shots[1], opens=Opening.dissolve, overlap=6),
        Join(shot=shots[3], opens=Opening.fade, overlap=6),
    ])  # fmt: skip
    production.render()
    return production.project.folder


@pytest.fixture
def joined(finished, tmp_path):
    """The same, for a test to change, and its shots."""
    production = opened(shutil.copytree(finished, tmp_path / "film"))
    return production, [shot.id for shot in production.film.shots]


def out_of(production):
    """Every file of the film but its records, by name."""
    out = production.project.out
    return {p.name: p.read_bytes() for p in out.iterdir() if p.name not in ("cut.json", "manifest.json")}


def from_nothing(production, tmp_path):
    """What is in ``out/`` where the same takes are cut with nothing kept."""
    folder = tmp_path / "from-nothing"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(production.project.folder, folder)
    shutil.rmtree(folder / "cut", ignore_errors=True)
    shutil.rmtree(folder / "out")
    again = opened(folder)
    again.make()
    assert again.delivered.composed_now == again.delivered.composed_frames > 0
    assert again.delivered.mixed
    return out_of(again)


def parts(production):
    return sorted((production.project.folder / "cut").iterdir())


def changed(production, shot, words="Anna waves."):
    production.edit([Rewrite(shot=shot, sentence=words)])
    return production.render().delivered


def test_a_changed_shot_composes_its_own_joins_only_and_the_film_is_as_one_cut_from_nothing(joined, tmp_path):
    production, shots = joined
    cut = changed(production, shots[1])
    assert 0 < cut.composed_now < cut.composed_frames
    assert not cut.mixed
    assert out_of(production) == from_nothing(production, tmp_path)


def test_a_shot_between_hard_cuts_composes_nothing(joined):
    production, shots = joined
    cut = changed(production, shots[4])
    assert (cut.composed_now, cut.mixed) == (0, False)


def test_a_dissolve_is_composed_again_where_the_shot_before_it_changed(joined, tmp_path):
    production, shots = joined
    assert changed(production, shots[0]).composed_now > 0
    assert out_of(production) == from_nothing(production, tmp_path)


@pytest.mark.parametrize("what", ["line", "length"])
def test_what_is_heard_is_mixed_again_where_it_changed(joined, tmp_path, what):
    production, shots = joined
    shot = next(shot for shot in production.film.shots if shot.lines)
    if what == "line":
        production.edit([SetLine(line=shot.lines[0].id, words="No.")])
    else:
        other = next(s for s in shots if s != shot.id)
        frames = {s.id: s.frames for s in production.film.shots}
        production.edit([Retime(frames={shot.id: frames[shot.id] + 2, other: frames[other] - 2})])
    production.render()
    assert production.delivered.mixed
    assert out_of(production) == from_nothing(production, tmp_path)


def test_an_undo_and_a_redo_compose_and_mix_nothing_and_nothing_piles_up(joined):
    production, shots = joined
    before = out_of(production)
    for number in range(2):
        changed(production, shots[1], f"Anna waves {number} times.")
    most = len(parts(production))
    changed(production, shots[1], "Anna walks.")
    assert len(parts(production)) == most, "the parts of two cuts are kept, not of every cut"
    with production.project.lock():
        production.project.undo(by="test")
    production.render()
    assert (production.delivered.composed_now, production.delivered.mixed) == (0, False)
    with production.project.lock():
        production.project.undo(2, by="test")
    production.render()
    assert out_of(production) == before


def test_what_was_kept_and_is_damaged_is_made_again(joined, tmp_path):
    production, shots = joined
    spoilt = parts(production)
    for number, path in enumerate(spoilt):
        raw = bytearray(path.read_bytes())
        raw[len(raw) // 2] ^= 1
        path.write_bytes(raw if number % 2 else raw[: len(raw) // 2])
    cut = changed(production, shots[4])
    assert cut.composed_now == cut.composed_frames
    assert cut.mixed
    assert out_of(production) == from_nothing(production, tmp_path)


def test_files_under_these_names_that_are_other_pictures_do_not_get_into_the_film(joined, tmp_path):
    production, shots = joined
    room = CutParts(production.project.folder / "cut", production.project.files)
    opticals = [p.name[:64] for p in parts(production) if p.name.endswith("-0-12.mp4")]
    assert len(opticals) == 2
    for key, (frames, size) in zip(opticals, [(7, (128, 72)), (12, (64, 64))], strict=True):
        path = production.project.folder / "work" / "0-12.mp4"
        path.parent.mkdir(exist_ok=True)
        with Encoder(path, Raster(width=size[0], height=size[1]), Rate(num=24)) as encoder:
            encoder.write(np.full((size[1], size[0], 3), 200, np.uint8), frames)
        room.keep(key, {"0-12.mp4": path}, {"spans": [[0, 12, []]]})
    cut = changed(production, shots[4])
    assert cut.composed_now == 24
    assert out_of(production) == from_nothing(production, tmp_path)


def test_a_take_made_again_with_other_bits_is_composed_again(joined, tmp_path):
    production, shots = joined
    _, key = production.takes()[shots[1]]
    store = production.project.store
    other = store.path(production.takes()[shots[2]][1]).read_bytes()
    with production.project.lock():
        record = store.record(key)
        store.remove(key)
        draft = store.begin(key)
        draft.path("picture", "mp4").write_bytes(other)
        draft.commit(request=record.request, renderer=record.renderer, item=record.item,
                     frames=record.frames, width=record.width, height=record.height, rate=record.rate)  # fmt: skip
        (production.project.out / "film.mp4").unlink()
    again = opened(production.project.folder)
    again.make()
    assert again.delivered.composed_now > 0
    assert out_of(again) == from_nothing(again, tmp_path)


def test_a_disk_that_refuses_what_would_be_kept_costs_no_film(joined):
    production, shots = joined
    folder = production.project.folder
    files = FailingFiles(
        folder, 28, lambda operation, path: path.parent.name == "cut" and operation == "replace"
    )
    told = []
    again = Production(Project.open(folder, files), crew=SoloCrew(), listener=told.append)
    files.broken = True
    changed(again, shots[1])
    assert files.refused
    assert any("not kept" in t.words for t in told if t.stage == "notice")
    assert opened(folder).step() == "done"


@pytest.mark.parametrize("harm", ["gone", "short", "flipped", "link", "record"])
def test_a_part_is_found_whole_or_not_at_all(tmp_path, harm):
    folder = tmp_path / "film"
    folder.mkdir()
    room = CutParts(folder / "cut", Files(folder))
    made = folder / "made.mp4"
    made.write_bytes(b"0123456789")
    room.keep(KEY, {"0-4.mp4": made}, {"spans": [[0, 4, []]]})
    found = room.find(KEY)
    assert found.notes == {"spans": [[0, 4, []]]}
    place = found.files["0-4.mp4"]
    assert place.read_bytes() == b"0123456789"
    assert room.find(OTHER) is None
    if harm == "record":
        (folder / "cut" / f"{OTHER}.json").write_bytes((folder / "cut" / f"{KEY}.json").read_bytes())
        assert room.find(OTHER) is None, "a record under another's name"
        return
    if harm in ("gone", "link"):
        place.unlink()
    if harm == "link":
        (tmp_path / "elsewhere").write_bytes(b"0123456789")
        place.symlink_to(tmp_path / "elsewhere")
    elif harm != "gone":
        place.write_bytes(b"01234567" if harm == "short" else b"0123456788")
    assert room.find(KEY) is None
