"""Anchors: pictures from outside are decoded with care, and bound by a fixed rule."""

from __future__ import annotations

import json
import os
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from memory_films import film
from PIL import Image

from photoplay.memory.anchors import AnchorBook
from photoplay.memory.portable import load_character, save_character
from photoplay.storyboard import edits as e
from photoplay.storyboard.errors import BadInput, Damaged, NewerFilm, UnknownName

FILM = film()


def pixels(value: int = 10) -> np.ndarray:
    made = np.full((24, 32, 3), value, np.uint8)
    made[:8, :8] = (200, 30, 40)
    return made


@pytest.fixture
def book(tmp_path):
    (tmp_path / "film").mkdir()
    return AnchorBook(tmp_path / "film")


def save(path, mode="RGB", **more):
    Image.fromarray(pixels()).convert(mode).save(path, **more)
    return path


def test_a_picture_is_kept_upright_and_without_its_metadata(tmp_path, book):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by the camera: rotate a quarter clockwise to stand upright
    exif[0x010E] = "SECRET note"
    path = save(tmp_path / "a.png", exif=exif)
    anchor = book.add_image(path, "anna", "wet", words="from a photograph")
    kept = book.pixels(anchor.digest)
    assert (kept == np.rot90(pixels(), -1)).all()
    assert b"SECRET" not in book.path(anchor.digest).read_bytes()
    assert AnchorBook(tmp_path / "film").get(anchor.digest) == anchor
    assert book.of("anna", "wet") == [anchor]
    assert book.of("anna") == []


@pytest.mark.parametrize(
    ("name", "mode"),
    [("a.png", "P"), ("a.png", "L"), ("a.png", "1"), ("a.jpg", "CMYK"), ("a.webp", "RGB"), ("a.png", "RGBA")],
)
def test_every_usual_kind_of_picture_is_taken(tmp_path, book, name, mode):
    anchor = book.add_image(save(tmp_path / name, mode), "anna")
    assert book.pixels(anchor.digest).shape == (24, 32, 3)


def test_sixteen_bits_are_scaled_and_what_is_transparent_is_white(tmp_path, book):
    Image.fromarray(np.full((20, 20), 257 * 100, np.uint16)).save(tmp_path / "a.png")
    assert (book.pixels(book.add_image(tmp_path / "a.png", "anna").digest) == 100).all()
    Image.new("RGBA", (20, 20), (9, 9, 9, 0)).save(tmp_path / "b.png")
    assert (book.pixels(book.add_image(tmp_path / "b.png", "anna").digest) == 255).all()


def _png_saying(width: int, height: int) -> bytes:
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = b"IDAT" + zlib.compress(b"\0" * 1000)
    chunks = [head, body, b"IEND"]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(c) - 4) + c + struct.pack(">I", zlib.crc32(c)) for c in chunks
    )


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_what_is_no_picture_is_refused_by_name(tmp_path, book):
    whole = save(tmp_path / "whole.png").read_bytes()
    cases = {
        "bomb.png": _png_saying(50_000, 50_000),
        "large.png": _png_saying(10_000, 9_000),
        "lying.png": _png_saying(500, 500),
        "empty.png": b"",
        "cut.png": whole[: len(whole) // 2],
        "text.png": b"ffconcat version 1.0\nfile /etc/passwd\n",
        "drawing.png": b'<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
        "photoshop.png": b"8BPS\0\1" + bytes(100),
        "fits.png": b"SIMPLE  =                    T" + bytes(2850),
    }
    for name, data in cases.items():
        (tmp_path / name).write_bytes(data)
    save(tmp_path / "gif.png", "P", format="GIF")
    Image.new("RGB", (1, 1)).save(tmp_path / "dot.png")
    frames = [Image.fromarray(pixels(n)) for n in (1, 2)]
    frames[0].save(tmp_path / "moving.png", save_all=True, append_images=frames[1:])
    (tmp_path / "folder.png").mkdir()
    for name in (*cases, "gif.png", "dot.png", "moving.png", "folder.png", "absent.png"):
        with pytest.raises(BadInput, match=name):
            book.add_image(tmp_path / name, "anna")
    assert list(book.all()) == []


@pytest.mark.skipif(os.name == "nt", reason="no pipes and devices among the files there")
def test_a_pipe_or_a_device_is_refused_and_not_waited_for(tmp_path, book):
    os.mkfifo(tmp_path / "pipe.png")
    for path in (tmp_path / "pipe.png", Path("/dev/zero")):
        with pytest.raises(BadInput, match=path.name):
            book.add_image(path, "anna")


def test_the_same_picture_is_one_anchor_and_stands_for_one(book):
    first = book.propose(pixels(), "anna", origin="sheet", words="first")
    assert book.propose(pixels(), "anna", origin="take", words="second") == first
    with pytest.raises(BadInput, match="already stands for anna"):
        book.propose(pixels(), "tom", origin="sheet")


def test_a_changed_anchor_is_found(book):
    anchor = book.propose(pixels(), "anna", origin="sheet")
    Image.fromarray(pixels(11)).save(book.path(anchor.digest))
    with pytest.raises(Damaged):
        book.pixels(anchor.digest)
    book.path(anchor.digest).with_suffix(".json").write_text("{", encoding="utf-8")
    with pytest.raises(Damaged):
        book.get(anchor.digest)


def test_a_shot_is_bound_to_the_state_it_shows(book):
    plain = book.propose(pixels(1), "anna", origin="sheet")
    wet = book.propose(pixels(2), "anna", "wet", origin="sheet")
    dry_shot = FILM.shots[1]
    wet_shot = e.apply(FILM, e.SetState(shot="s01", entity="anna", state="wet")).shots[1]
    old_shot = e.apply(FILM, e.SetState(shot="s01", entity="anna", state="old")).shots[1]
    assert book.bind(FILM, dry_shot, 4).references == {"anna": (plain.digest,)}
    assert book.bind(FILM, wet_shot, 4).references == {"anna": (wet.digest,)}
    assert book.bind(FILM, old_shot, 4).references == {"anna": (plain.digest,)}
    bound = e.apply(FILM, book.bind(FILM, dry_shot, 4).edit())
    assert bound.shots[1].cast[0].references == (plain.digest,)


def test_a_bound_reference_stays_when_a_better_one_comes(book):
    sheet = book.propose(pixels(1), "anna", origin="sheet")
    bound = e.apply(FILM, book.bind(FILM, FILM.shots[1], 4).edit())
    person = book.propose(pixels(2), "anna", origin="person")
    assert book.bind(bound, bound.shots[1], 4).references == {"anna": (sheet.digest,)}
    assert book.bind(FILM, FILM.shots[1], 4).references == {"anna": (person.digest,)}


def test_an_anchor_of_a_look_that_was_changed_is_bound_no_more(book):
    anchor = book.propose(pixels(1), "anna", origin="sheet", film=FILM)
    assert book.bind(FILM, FILM.shots[1], 4).references == {"anna": (anchor.digest,)}
    other = e.apply(FILM, e.ChangeCharacter(character="anna", look=e.BodyLookChange(hat="cap")))
    assert "no reference of Anna" in book.bind(other, other.shots[1], 4).problems[0]
    renamed = e.apply(FILM, e.Rename(what="character", id="anna", name="Zoë"))
    assert book.bind(renamed, renamed.shots[1], 4).references == {"anna": (anchor.digest,)}


def test_missing_and_ambiguous_references_are_problems(book):
    missing = book.bind(FILM, FILM.shots[1], 4)
    assert "no reference of Anna" in missing.problems[0]
    one = book.propose(pixels(1), "anna", origin="sheet")
    book.propose(pixels(2), "anna", origin="sheet")
    ambiguous = book.bind(FILM, FILM.shots[1], 4)
    assert "2 references of Anna are equally good" in ambiguous.problems[0]
    assert ambiguous.references == {}
    book.set_aside(one.digest)
    assert book.bind(FILM, FILM.shots[1], 4).problems == ()
    assert book.get(one.digest) is not None


def test_no_more_is_bound_than_the_renderer_takes(book):
    book.propose(pixels(1), "anna", origin="sheet")
    book.propose(pixels(2), "lamp", origin="sheet")
    assert set(book.bind(FILM, FILM.shots[1], 2).references) == {"anna", "lamp"}
    tight = book.bind(FILM, FILM.shots[1], 1)
    assert (set(tight.references), tight.left_out) == ({"anna"}, ("lamp",))
    assert book.bind(FILM, FILM.shots[1], 0).problems == ()


def test_a_character_goes_to_another_film_with_their_references(tmp_path, book):
    anchor = book.propose(pixels(1), "anna", "wet", origin="sheet", words="soaked")
    book.propose(pixels(2), "tom", origin="sheet")
    save_character(FILM, "anna", tmp_path / "anna.json", book)
    loaded = load_character(tmp_path / "anna.json")
    assert loaded.character == FILM.characters["anna"]
    (tmp_path / "other").mkdir()
    there = AnchorBook(tmp_path / "other")
    added = loaded.into(there)
    assert [(a.digest, a.state, a.words) for a in added] == [(anchor.digest, "wet", "soaked")]
    assert (there.pixels(anchor.digest) == pixels(1)).all()
    with pytest.raises(UnknownName):
        save_character(FILM, "nobody", tmp_path / "x.json")


def test_a_hostile_character_file_is_refused_by_name(tmp_path, book):
    save_character(FILM, "anna", tmp_path / "anna.json")
    good = json.loads((tmp_path / "anna.json").read_text(encoding="utf-8"))
    bad = {
        "a path": good | {"references": [{"path": "/etc/passwd"}]},
        "no picture": good | {"references": [{"png": "AAAA"}]},
        "no base 64": good | {"references": [{"png": "%%"}]},
        "no character": {"photoplay": "character"},
        "a list": [],
    }
    for plain in bad.values():
        (tmp_path / "bad.json").write_text(json.dumps(plain), encoding="utf-8")
        with pytest.raises(BadInput, match=r"bad\.json"):
            load_character(tmp_path / "bad.json")
    (tmp_path / "bad.json").write_bytes(b"[" * 100_000)
    with pytest.raises(BadInput):
        load_character(tmp_path / "bad.json")
    (tmp_path / "bad.json").write_text(json.dumps(good | {"schema_version": 9}), encoding="utf-8")
    with pytest.raises(NewerFilm):
        load_character(tmp_path / "bad.json")
    with pytest.raises(BadInput):
        load_character(tmp_path)
