"""Footage from outside: what cannot be shown as it was meant, or is meant to harm, is refused in one line."""

import os
import shutil
import struct
import sys
import time
from fractions import Fraction

import av
import numpy as np
import pytest
from own_clips import bar_frame, clip, still

from photoplay.memory.images import read_image
from photoplay.render import brought
from photoplay.render.cut import intake
from photoplay.render.cut.footage import open_footage
from photoplay.render.cut.intake import kind_of, look_at, take_in
from photoplay.storyboard.errors import BadInput, NoRoom

SIZE = (128, 64)
links = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes need rights there")


def taken(path, made):
    """What a file is, and the digest of what was taken in. Raises as those do."""
    assert kind_of(path) == "clip"
    seen = look_at(path)
    return seen, take_in(path, seen, made)


def refused(path, why, made):
    with pytest.raises(BadInput, match=why) as caught:
        taken(path, made)
    assert path.name in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not made.exists()


BAD = {
    "variable rate": ({"pts": [0, 1, 2, 5, 6, 7, 12, 13, 14, 15]}, "variable frame rate"),
    "PQ": ({"tune": lambda s: setattr(s.codec_context, "color_trc", 16)}, r"HDR clip \(PQ\)"),
    "HLG": ({"tune": lambda s: setattr(s.codec_context, "color_trc", 18)}, r"HDR clip \(HLG\)"),
    "BT.2020": ({"tune": lambda s: setattr(s.codec_context, "color_primaries", 9)}, r"BT\.2020"),
    "another matrix": ({"tune": lambda s: setattr(s.codec_context, "colorspace", 7)}, "matrix 7"),
    "ten bits": ({"pix": "yuv420p10le"}, "yuv420p10le"),
    "tall pixels": (
        {"tune": lambda s: setattr(s.codec_context, "sample_aspect_ratio", Fraction(4, 3))},
        "not square",
    ),
    "interlaced": ({"options": {"x264-params": "interlaced=1"}}, "interlaced"),
    "another codec": ({"codec": "mpeg4"}, "mpeg4 pictures; only h264"),
    "too small": ({"size": (32, 32)}, "32x32 pixels"),
    "too slow": ({"frames": 3, "pts": [0, 72, 144]}, "frames a second|no frame rate"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_clip_that_could_not_be_shown_as_it_is_meant_is_refused(tmp_path, name):
    how, why = BAD[name]
    path = clip(tmp_path / "own.mp4", **({"frames": 10, "size": SIZE} | how))
    refused(path, why, tmp_path / "made.mp4")


def test_a_rotated_clip_is_refused(tmp_path):
    path = clip(tmp_path / "own.mp4", frames=4, size=SIZE)
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 4
    at += 40 if data[at] == 0 else 52
    assert struct.unpack(">i", data[at : at + 4]) == (65_536,), "the matrix begins with 1.0"
    turned = (0, 65_536, 0, -65_536, 0, 0, 0, 0, 1 << 30)
    data[at : at + 36] = struct.pack(">9i", *turned)
    path.write_bytes(data)
    refused(path, "turned by", tmp_path / "made.mp4")


@pytest.mark.parametrize(("a", "d"), [(65_536, -65_536), (-65_536, 65_536)])
def test_a_mirrored_clip_is_refused(tmp_path, a, d):
    path = clip(tmp_path / "own.mp4", frames=4, size=SIZE)
    data = bytearray(path.read_bytes())
    at = data.index(b"tkhd") + 4
    at += 40 if data[at] == 0 else 52
    data[at : at + 36] = struct.pack(">9i", a, 0, 0, 0, d, 0, 0, 0, 1 << 30)
    path.write_bytes(data)
    refused(path, "mirrored", tmp_path / "made.mp4")


@pytest.mark.parametrize("tag", [5, 6])
def test_both_tags_of_bt601_are_read_by_its_matrix(tmp_path, tag):
    red = np.broadcast_to(np.uint8([200, 40, 30]), (64, 128, 3))
    path = tmp_path / "own.mp4"
    with av.open(str(path), "w") as file:
        stream = file.add_stream("libx264", rate=24, options={"crf": "4"})
        stream.width, stream.height, stream.pix_fmt = 128, 64, "yuv420p"
        stream.codec_context.colorspace = tag
        frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(red), format="rgb24")
        yuv = frame.reformat(format="yuv420p", dst_colorspace="ITU601")
        file.mux(stream.encode(yuv))
        file.mux(stream.encode(None))
    taken(path, tmp_path / "made.mp4")
    with open_footage(tmp_path / "made.mp4") as footage:
        assert np.abs(footage.frame(0).astype(int) - [200, 40, 30]).max() <= 4


def test_a_clip_that_is_too_long_is_refused_with_the_limit_before_it_is_decoded(tmp_path, monkeypatch):
    path = clip(tmp_path / "own.mp4", frames=48, size=SIZE)
    monkeypatch.setattr(intake, "LONGEST_SECONDS", 1)
    monkeypatch.setattr(intake, "_frames", lambda *given: pytest.fail("a frame was decoded"))
    refused(path, "lasts 2 seconds; at most 1", tmp_path / "made.mp4")
    monkeypatch.setattr(intake, "LONGEST_SECONDS", 300)
    monkeypatch.setattr(brought, "MOST_BYTES", 100)
    refused(path, "larger than", tmp_path / "made.mp4")


def test_a_clip_that_is_broken_is_refused_and_nothing_of_it_stays(tmp_path):
    whole = clip(tmp_path / "own.mp4", frames=40, size=SIZE, options={"crf": "1"}).read_bytes()
    made = tmp_path / "made.mp4"
    start = whole.index(b"mdat") + 4
    cases = {
        "cut": whole[: len(whole) // 2],
        "empty": b"",
        "head": whole[:40],
        "noise": whole[: start + 200] + os.urandom(len(whole) - start - 1200) + whole[len(whole) - 1000 :],
    }
    for name, data in cases.items():
        path = tmp_path / f"{name}.mp4"
        path.write_bytes(data)
        with pytest.raises(BadInput) as caught:
            taken(path, made)
        assert path.name in str(caught.value)
        assert not made.exists(), name


def test_lists_pages_and_pipes_are_no_footage(tmp_path):
    made = tmp_path / "made.mp4"
    for name, data in {
        "list.mp4": b"#EXTM3U\n#EXTINF:5,\nhttp://10.0.0.1/secret.ts\n",
        "concat.mp4": b"ffconcat version 1.0\nfile /etc/passwd\n",
        "page.png": b"<html>" + bytes(100),
        "heic.jpg": b"\0\0\0\x18ftypheic" + bytes(100),
        "clip.mkv": b"\x1aE\xdf\xa3" + bytes(100),
    }.items():
        (tmp_path / name).write_bytes(data)
        refused(tmp_path / name, name, made)
    refused(tmp_path, "not a file", made)
    refused(tmp_path / "nowhere.mp4", "cannot be read", made)


@pytest.mark.parametrize("brand", [b"heic", b"mif1", b"avif"])
def test_a_telephone_s_picture_is_called_one(tmp_path, brand):
    path = tmp_path / "own.heic"
    path.write_bytes(b"\0\0\0\x18ftyp" + brand + b"\0" * 100)
    with pytest.raises(BadInput, match="Save it as a PNG or JPEG"):
        kind_of(path)


@links
def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe.mp4")
    began = time.monotonic()
    refused(tmp_path / "pipe.mp4", "not a file", tmp_path / "made.mp4")
    assert time.monotonic() - began < 5


def test_what_it_is_called_does_not_matter(tmp_path):
    film = clip(tmp_path / "own.mp4", frames=3, size=SIZE)
    for number, name in enumerate(["-vf x.png", "concat:a|b.mp4", "%d.jpg", "é" * 60, "a'b;c.mp4", "http:x"]):
        path = tmp_path / name
        shutil.copy(film, path)
        seen, _ = taken(path, tmp_path / f"made-{number}.mp4")
        assert seen.frames == 3


@pytest.mark.parametrize(
    ("how", "rate"),
    [
        ({"rate": 24}, Fraction(24)),
        ({"rate": Fraction(30000, 1001), "frames": 60}, Fraction(30000, 1001)),
        (
            {"rate": 30, "base": Fraction(1, 600), "frames": 60, "pts": [n * 20 + n % 2 for n in range(60)]},
            Fraction(30),
        ),
        ({"rate": 12, "options": {"bf": "3"}, "frames": 30}, Fraction(12)),
    ],
    ids=["24", "29.97", "a jittery 30", "B-frames"],
)
def test_even_clips_are_taken_in_frame_by_frame(tmp_path, how, rate):
    path = clip(tmp_path / "own.mp4", **({"frames": 12, "size": SIZE, "pace": 1} | how))
    seen, digest = taken(path, tmp_path / "made.mp4")
    assert seen.rate.fps == rate
    with open_footage(tmp_path / "made.mp4") as footage:
        assert footage.count == seen.frames
        assert footage.rate == seen.rate
        for n in (0, 5, footage.count - 1):
            apart = footage.frame(n).astype(int) - bar_frame(SIZE, 8 + n)
            assert abs(apart).mean() < 2, n
    _, again = taken(path, tmp_path / "again.mp4")
    assert again == digest
    other = clip(tmp_path / "other.mp4", **({"frames": 12, "size": SIZE, "pace": 1, "start": 9} | how))
    assert taken(other, tmp_path / "third.mp4")[1] != digest


def test_an_odd_row_and_column_are_left_out(tmp_path):
    path = clip(tmp_path / "own.mp4", frames=2, size=(129, 65), pix="yuv444p")
    seen, _ = taken(path, tmp_path / "made.mp4")
    assert (seen.raster.width, seen.raster.height) == (128, 64)


def test_a_disk_that_is_full_is_said_and_nothing_half_made_stays(tmp_path, monkeypatch):
    path = clip(tmp_path / "own.mp4", frames=5, size=SIZE)

    def full(self, pixels, hold=1):
        raise NoRoom("the disk is full")

    monkeypatch.setattr(intake.Encoder, "write", full)
    with pytest.raises(NoRoom):
        take_in(path, look_at(path), tmp_path / "made.mp4")
    assert not (tmp_path / "made.mp4").exists()


def test_pictures_are_told_from_clips_by_their_first_bytes(tmp_path):
    for suffix in ("png", "jpg", "webp"):
        path = still(tmp_path / f"own.{suffix}", size=SIZE)
        path = path.rename(tmp_path / f"{suffix}.mp4")
        assert kind_of(path) == "still"
        assert read_image(path).shape == (64, 128, 3)
    assert np.array_equal(bar_frame(SIZE, 10)[0, :10], np.full((10, 3), 255))
