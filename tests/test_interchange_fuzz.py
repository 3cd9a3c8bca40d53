"""Edits that nobody wrote: whatever a file holds, it is read as an edit of the film or refused in words."""

import copy
import io
import json
import random
import tracemalloc
import zipfile

import pytest
from films import slate_film

from photoplay.agent.interchange import conforming
from photoplay.agent.interchange.edited import read_edit
from photoplay.agent.interchange.reel import reel_of
from photoplay.agent.production import open_film
from photoplay.memory.project import Project
from photoplay.render.crew import SoloCrew
from photoplay.render.fake import SlateRenderer
from photoplay.storyboard.edits import apply_all
from photoplay.storyboard.errors import BadInput
from photoplay.storyboard.film import Film
from photoplay.studio.export import write_as

ODD = [
    None, True, -1, 0, 1, 7, 10**15, -(10**15), 10**400, 0.5, -0.0, 1e308, "", "x" * 5000, "../../etc/passwd",
    "file:///etc/passwd", "http://127.0.0.1:9/", "\u202e\x1b[31m\x00", "s01", "opening", "\ud800", [], {}, [[]],
    {"OTIO_SCHEMA": "Clip.2"}, {"OTIO_SCHEMA": "Stack.1", "children": []}, {"OTIO_SCHEMA": "Nest.99"},
    {"OTIO_SCHEMA": "SerializableObjectRef.1", "id": "Clip-1"}, {"value": -5, "rate": 24}, {"value": 5, "rate": 0},
    {"OTIO_SCHEMA": "Transition.1"}, {"OTIO_SCHEMA": "Gap.1"}, 23.976, 25, 1e-9,
]  # fmt: skip


@pytest.fixture(scope="module")
def reel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("fuzz") / "film"
    Project.create(folder, slate_film(shots=4, lines=False, goes_on=()), "told", "test")
    production = open_film(folder, crew=SoloCrew(SlateRenderer()))
    return reel_of(production)


@pytest.fixture(scope="module")
def exported(reel, tmp_path_factory):
    pytest.importorskip("opentimelineio")
    path = tmp_path_factory.mktemp("out") / "cut.otio"
    write_as(open_film(reel.folder, crew=SoloCrew(SlateRenderer())), None, path)
    return json.loads(path.read_text())


def places(thing, found):
    """Every place of plain data, as (container, key)."""
    for key, value in thing.items() if isinstance(thing, dict) else enumerate(thing):
        found.append((thing, key))
        if isinstance(value, dict | list):
            places(value, found)
    return found


def harmed(plain, dice):
    """A copy in which some values are others, gone, doubled, or moved somewhere else."""
    plain = copy.deepcopy(plain)
    for _ in range(dice.choice((1, 1, 2, 5, 20))):
        found = places(plain, [])
        where, key = dice.choice(found)
        way = dice.random()
        if way < 0.5:
            where[key] = copy.deepcopy(dice.choice(ODD))
        elif way < 0.65:
            del where[key]
        elif way < 0.8 and isinstance(where, list):
            where.insert(key, copy.deepcopy(where[key]))
        else:
            other, at = dice.choice(found)
            where[key] = copy.deepcopy(other[at]) if at in range(len(other)) or at in other else None
    return plain


def understood(path, reel):
    """What is read of a file: the film after it, or None where it was refused in words."""
    try:
        reading = conforming._read(reel, read_edit(path), path)
    except BadInput as error:
        said = str(error)
    else:
        said = ""
    if said:
        assert 10 < len(said) < 600
        assert not {c for c in said if ord(c) < 32 and c != "\n"}
        return None
    for words in reading.notices:
        assert not {c for c in words if ord(c) < 32}, words
    after = apply_all(reel.film, reading.edits)
    return Film.model_validate(after.model_dump())


@pytest.mark.parametrize("seed", range(12))
def test_harmed_edits_are_read_or_refused(reel, exported, tmp_path, seed):
    dice = random.Random(seed)
    for number in range(40):
        path = tmp_path / f"{number}.otio"
        path.write_text(json.dumps(harmed(exported, dice)), encoding="utf-8", errors="surrogatepass")
        after = understood(path, reel)
        assert after is None or {shot.id for shot in after.shots} <= {shot.id for shot in reel.film.shots}


def test_both_outcomes_are_met(reel, exported, tmp_path):
    """The harm is such that some edits still are edits and some are none: else nothing would be tried."""
    dice, outcomes = random.Random(99), set()
    for number in range(60):
        path = tmp_path / f"{number}.otio"
        path.write_text(json.dumps(harmed(exported, dice)), encoding="utf-8", errors="surrogatepass")
        outcomes.add(understood(path, reel) is None)
    assert outcomes == {True, False}


@pytest.mark.parametrize("compress", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_harmed_bundles_are_read_or_refused(reel, exported, tmp_path, compress):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compress) as bundle:
        bundle.writestr("content.otio", json.dumps(exported))
        bundle.writestr("version.txt", "1.0.0")
    whole, dice, path = made.getvalue(), random.Random(compress), tmp_path / "cut.otioz"
    path.write_bytes(whole)
    assert understood(path, reel) is not None
    for _ in range(120):
        data = bytearray(whole)
        for _ in range(dice.choice((1, 2, 8))):
            data[dice.choice((dice.randrange(len(data)), len(data) - 1 - dice.randrange(120)))] = (
                dice.randrange(256)
            )
        path.write_bytes(bytes(data[: dice.choice((len(data), len(data), dice.randrange(len(data)))) or 1]))
        understood(path, reel)


def test_a_bomb_is_not_blown_up(reel, tmp_path):
    path = tmp_path / "bomb.otioz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle, bundle.open("content.otio", "w") as file:
        for _ in range(600):
            file.write(b" " * 1_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(BadInput, match="larger than 64 MB"):
            read_edit(path)
        assert tracemalloc.get_traced_memory()[1] < 200_000_000
    finally:
        tracemalloc.stop()


def test_entities_and_other_forms_are_no_edits(tmp_path):
    path = tmp_path / "cut.xml"
    path.write_text('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><xmeml>&a;</xmeml>')
    with pytest.raises(BadInput, match="not an OpenTimelineIO file"):
        read_edit(path)


@pytest.mark.parametrize("compress", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packings_that_would_be_unpacked_without_a_bound_are_refused(tmp_path, compress):
    path = tmp_path / "bomb.otioz"
    with zipfile.ZipFile(path, "w", compress) as bundle:
        bundle.writestr("content.otio", b" " * 20_000_000)
    tracemalloc.start()
    try:
        with pytest.raises(BadInput, match="do not use"):
            read_edit(path)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()
