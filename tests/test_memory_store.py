"""Takes: committed by their record, checked by size and digest, set aside but never deleted."""

from __future__ import annotations

import os
import time

import pytest
from pydantic import ValidationError

from photoplay.memory.store import Made, TakeNotice, TakeStore
from photoplay.storyboard.errors import BadInput, Damaged
from photoplay.storyboard.rate import Rate

KEY, OTHER = "a1" * 32, "b2" * 32


def commit(store: TakeStore, key: str = KEY, picture: bytes = b"the frames", **more):
    draft = store.begin(key)
    draft.path("picture", "mp4").write_bytes(picture)
    draft.path("words", ".json").write_bytes(b"[]")
    return draft.commit(request={"kind": "still", "seed": 7}, renderer={"name": "fake"}, **more)


def test_a_committed_take_is_found_with_all_that_made_it(tmp_path):
    store = TakeStore(tmp_path)
    assert not store.has(KEY)
    assert store.record(KEY) is None
    assert store.check(KEY) == "missing"
    record = commit(
        store,
        item="s04",
        inputs={OTHER: "c" * 64},
        frames=48,
        width=64,
        height=64,
        rate=Rate(num=24000, den=1001),
        notices=[TakeNotice(kind="unknown-thing", words="a sextant was drawn as a labelled shape")],
        made=Made(photoplay="0.1.0", wall_ms=1200),
    )
    again = TakeStore(tmp_path)
    assert again.has(KEY)
    assert again.record(KEY) == record
    assert again.path(KEY).read_bytes() == b"the frames"
    assert again.path(KEY, "words").name == "words.json"
    assert again.check(KEY, deep=True) == "whole"
    assert list(again.keys()) == [KEY]
    assert list((tmp_path / "work").iterdir()) == []
    with pytest.raises(Damaged, match="no part"):
        again.path(KEY, "sound")


def test_the_first_take_of_a_key_is_kept(tmp_path):
    store = TakeStore(tmp_path)
    first = commit(store)
    assert commit(store, picture=b"other bits") == first
    assert store.path(KEY).read_bytes() == b"the frames"
    assert list((tmp_path / "work").iterdir()) == []


def test_an_abandoned_draft_leaves_nothing(tmp_path):
    store = TakeStore(tmp_path)
    draft = store.begin(KEY)
    draft.path("picture", "mp4").write_bytes(b"half")
    draft.abandon()
    assert not store.has(KEY)
    assert list((tmp_path / "work").iterdir()) == []


def test_a_part_that_was_announced_must_be_there_and_strays_are_not_kept(tmp_path):
    store = TakeStore(tmp_path)
    draft = store.begin(KEY)
    draft.path("picture", "mp4")
    with pytest.raises(BadInput, match="never written"):
        draft.commit(request={}, renderer={})
    assert not store.has(KEY)
    (draft.folder / "ffmpeg2pass-0.log").write_bytes(b"x")
    draft.path("picture", "mp4").write_bytes(b"x")
    draft.commit(request={}, renderer={})
    assert sorted(p.name for p in store.path(KEY).parent.iterdir()) == ["picture.mp4", "record.json"]


@pytest.mark.parametrize("name", ["../x", "a/b", "/etc/x", "", "UP", "a\\b", "con:", "x" * 80])
def test_a_part_is_never_a_path(tmp_path, name):
    draft = TakeStore(tmp_path).begin(KEY)
    with pytest.raises(ValidationError):
        draft.path(name, "mp4")
    for key in (name, name * 64):
        with pytest.raises(BadInput, match="not the key"):
            TakeStore(tmp_path).has(key)


def _flip(path):
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


DAMAGES = {
    "truncated": lambda path: path.write_bytes(path.read_bytes()[:-1]),
    "emptied": lambda path: path.write_bytes(b""),
    "deleted": lambda path: path.unlink(),
    "replaced by a link": lambda path: (path.unlink(), path.symlink_to("/etc/hostname")),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "one bit flipped": _flip,
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("part", ["picture", "words"])
def test_damage_is_found_set_aside_and_made_again(tmp_path, damage, part):
    store = TakeStore(tmp_path)
    commit(store)
    commit(store, OTHER)
    DAMAGES[damage](store.path(KEY, part))
    assert store.check(KEY, deep=True) == "damaged"
    if damage != "one bit flipped":
        assert store.check(KEY) == "damaged"
    aside = store.quarantine(KEY)
    assert (aside / "record.json").exists()
    assert store.check(KEY) == "missing"
    assert store.check(OTHER, deep=True) == "whole"
    commit(store)
    assert store.check(KEY, deep=True) == "whole"
    assert store.quarantine(KEY) != aside


@pytest.mark.parametrize("text", [b"", b"{", b"{}", b"[" * 100_000, b"\xff"])
def test_a_broken_record_is_damage_not_a_crash(tmp_path, text):
    store = TakeStore(tmp_path)
    commit(store)
    (store.path(KEY).parent / "record.json").write_bytes(text)
    assert store.check(KEY) == "damaged"
    with pytest.raises(Damaged):
        store.record(KEY)
    store.quarantine(KEY)
    commit(store)
    assert store.check(KEY) == "whole"


def test_a_record_of_another_take_is_damage(tmp_path):
    store = TakeStore(tmp_path)
    commit(store)
    commit(store, OTHER)
    home = store.path(KEY).parent / "record.json"
    home.write_bytes((store.path(OTHER).parent / "record.json").read_bytes())
    assert store.check(KEY) == "damaged"


def test_a_record_without_its_part_names_no_place_outside(tmp_path):
    store = TakeStore(tmp_path)
    commit(store)
    record = store.path(KEY).parent / "record.json"
    record.write_bytes(record.read_bytes().replace(b"picture.mp4", b"../../../secret"))
    assert store.check(KEY) == "damaged"
    with pytest.raises(Damaged):
        store.path(KEY)


def test_times_of_files_do_not_matter(tmp_path):
    store = TakeStore(tmp_path)
    commit(store)
    for path in tmp_path.rglob("*"):
        os.utime(path, (0, 0))
    assert store.check(KEY, deep=True) == "whole"


def test_ten_thousand_keys_are_asked_in_under_a_second(tmp_path):
    store = TakeStore(tmp_path)
    commit(store)
    keys = [f"{n * 7919:064x}" for n in range(10_000)]
    began = time.process_time()
    assert sum(map(store.has, [*keys, KEY])) == 1
    assert time.process_time() - began < 1
