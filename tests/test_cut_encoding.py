"""Takes: what goes into the encoder comes back, and what is not a take is not taken for one."""

from pathlib import Path

import av
import numpy as np
import pytest

from photoplay.render.cut.encoding import Encoder, write_png
from photoplay.render.cut.footage import open_footage
from photoplay.render.cut.probe import probe
from photoplay.render.requests import Raster
from photoplay.storyboard.errors import BadTake, PhotoplayError
from photoplay.storyboard.rate import Rate

RASTER = Raster(width=128, height=72)


def flat(colour, raster=RASTER):
    return np.full((raster.height, raster.width, 3), colour, np.uint8)


def numbered(count):
    """Frames that say which one they are, by their grey."""
    return [flat(10 + 5 * i) for i in range(count)]


def shoot(path, frames, rate=None, hold=1):
    with Encoder(path, RASTER, rate or Rate()) as encoder:
        for frame in frames:
            encoder.write(frame, hold)
    return path


@pytest.mark.parametrize(
    "colour", [(0, 0, 0), (255, 255, 255), (128, 128, 128), (200, 30, 40), (30, 200, 40), (255, 180, 0)]
)
def test_a_flat_colour_comes_back_within_two_code_values(tmp_path, colour):
    with open_footage(shoot(tmp_path / "a.mp4", [flat(colour)] * 3)) as take:
        seen = take.frame(1).astype(int)
    assert np.abs(seen - colour).max() <= 2


def test_other_players_are_told_how_to_read_the_colours(tmp_path):
    path = shoot(tmp_path / "a.mp4", [flat((200, 30, 40))])
    with av.open(str(path)) as file:
        codec = file.streams.video[0].codec_context
        assert (codec.colorspace, codec.color_primaries, codec.color_trc, codec.color_range) == (1, 1, 1, 1)
        assert codec.pix_fmt == "yuv420p"
        red = next(file.decode(video=0)).to_ndarray()[10, 10]
    assert abs(red - (16 + 219 * (0.2126 * 200 + 0.7152 * 30 + 0.0722 * 40) / 255)) <= 1


@pytest.mark.parametrize("rate", ["24", "24000/1001", "30000/1001", "60"])
def test_length_is_exact_to_the_frame_at_every_rate(tmp_path, rate):
    num, _, den = rate.partition("/")
    exact = Rate(num=int(num), den=int(den or 1))
    path = shoot(tmp_path / "a.mp4", numbered(25), exact)
    with av.open(str(path)) as file:
        stream = file.streams.video[0]
        assert stream.duration * stream.time_base == exact.seconds(25)
        assert stream.average_rate == exact.fps
        times = [p.pts * p.time_base for p in file.demux(stream) if p.size]
    assert times == [exact.seconds(i) for i in range(25)]


def test_bodies_can_be_cut_anywhere_no_frame_needs_a_later_one(tmp_path):
    with av.open(str(shoot(tmp_path / "a.mp4", numbered(30)))) as file:
        packets = [p for p in file.demux(video=0) if p.size]
    assert all(p.pts == p.dts for p in packets)
    assert [i for i, p in enumerate(packets) if p.is_keyframe] == [0, 12, 24]


def test_hold_shows_a_frame_as_long_as_asked(tmp_path):
    path = tmp_path / "a.mp4"
    encoder = Encoder(path, RASTER, Rate())
    encoder.write(flat(40), 2)
    encoder.write(np.dstack([flat(90), flat(0)[:, :, :1]]), 3)
    assert encoder.close() == 5
    with open_footage(path) as take:
        assert [int(f[0, 0, 0]) for f in take.frames(0, take.count)] == [40, 40, 90, 90, 90]


def test_frames_are_found_by_index_in_any_order(tmp_path):
    with open_footage(shoot(tmp_path / "a.mp4", numbered(40))) as take:
        for index in (0, 39, 20, 21, 3, 3, 38, 0):
            assert abs(int(take.frame(index)[0, 0, 0]) - (10 + 5 * index)) <= 1
        assert len(list(take.frames(7, 31))) == 24
        with pytest.raises(IndexError):
            take.frame(40)
        with pytest.raises(IndexError):
            take.frame(-1)


def test_a_frame_given_out_may_be_drawn_upon(tmp_path):
    with open_footage(shoot(tmp_path / "a.mp4", numbered(3))) as take:
        take.frame(1)[:] = 0
        assert int(take.frame(1)[0, 0, 0]) == 15


def test_a_still_is_lossless(tmp_path):
    pixels = np.random.default_rng(1).integers(0, 256, (70, 91, 3), dtype=np.uint8)
    write_png(tmp_path / "still.png", pixels)
    with open_footage(tmp_path / "still.png") as still:
        assert still.count == 1
        assert np.array_equal(still.frame(0), pixels)


@pytest.mark.parametrize(
    "pixels", [np.zeros((72, 130, 3), np.uint8), np.zeros((72, 128), np.uint8), np.zeros((72, 128, 3), float)]
)
def test_a_frame_of_the_wrong_size_is_refused_not_stretched(tmp_path, pixels):
    with pytest.raises(BadTake, match="asked for"), Encoder(tmp_path / "a.mp4", RASTER, Rate()) as encoder:
        encoder.write(pixels)
    assert not (tmp_path / "a.mp4").exists()


def test_an_encoder_in_a_folder_that_is_not_there_says_so(tmp_path):
    with pytest.raises(PhotoplayError, match=r"a\.mp4"):
        Encoder(tmp_path / "none" / "a.mp4", RASTER, Rate())


def test_the_probe_counts_and_sees_blank_and_frozen(tmp_path):
    checks = np.kron(np.indices((9, 16)).sum(axis=0) % 2, np.ones((8, 8)))[:, :, None] * np.ones(3) * 200
    board = checks.astype(np.uint8)
    moving = [np.ascontiguousarray(np.roll(board, 2 * i, axis=1)) for i in range(20)]
    seen = probe(shoot(tmp_path / "a.mp4", moving))
    assert (seen.frames, seen.width, seen.height, seen.rate) == (20, 128, 72, Rate())
    assert (seen.codec, seen.pix_fmt) == ("h264", "yuv420p")
    assert (seen.blank, seen.frozen) == (False, False)
    still = probe(shoot(tmp_path / "b.mp4", [board] * 20))
    assert (still.blank, still.frozen) == (False, True)
    black = probe(shoot(tmp_path / "c.mp4", [flat(0)] * 20))
    assert (black.blank, black.frozen) == (True, True)


@pytest.mark.parametrize("share", [0, 0.1, 0.5, 0.9])
def test_a_take_cut_short_is_not_accepted(tmp_path, share):
    whole = shoot(tmp_path / "a.mp4", numbered(30)).read_bytes()
    (tmp_path / "b.mp4").write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(BadTake, match=r"b\.mp4"):
        probe(tmp_path / "b.mp4")


def test_garbage_under_a_film_name_is_not_opened(tmp_path):
    noise = np.random.default_rng(0).integers(0, 256, 5000, dtype=np.uint8).tobytes()
    for head in (b"", b"\0\0\0\x20ftypisom", b"\x89PNG\r\n\x1a\n", b"#EXTM3U\nfile:///etc/passwd\n"):
        (tmp_path / "a.mp4").write_bytes(head + noise)
        with pytest.raises(BadTake):
            probe(tmp_path / "a.mp4")


def test_other_containers_and_codecs_are_refused_even_where_ffmpeg_reads_them(tmp_path):
    with av.open(str(tmp_path / "a.mkv"), "w") as file:
        stream = file.add_stream("mpeg4", rate=24)
        stream.width, stream.height, stream.pix_fmt = 128, 72, "yuv420p"
        file.mux(stream.encode(av.VideoFrame.from_ndarray(flat(9), format="rgb24")))
        file.mux(stream.encode(None))
    with av.open(str(tmp_path / "b.mp4"), "w") as file:
        stream = file.add_stream("mpeg4", rate=24)
        stream.width, stream.height, stream.pix_fmt = 128, 72, "yuv420p"
        file.mux(stream.encode(av.VideoFrame.from_ndarray(flat(9), format="rgb24")))
        file.mux(stream.encode(None))
    for name in ("a.mkv", "b.mp4"):
        with pytest.raises(BadTake):
            open_footage(tmp_path / name)


def test_a_huge_picture_is_refused_before_it_is_decoded(tmp_path):
    write_png(tmp_path / "a.png", np.zeros((64, 64, 3), np.uint8))
    data = bytearray((tmp_path / "a.png").read_bytes())
    data[16:24] = (100_000).to_bytes(4, "big") * 2
    (tmp_path / "a.png").write_bytes(bytes(data))
    with pytest.raises(BadTake, match="pixels"):
        open_footage(tmp_path / "a.png")


def test_a_damaged_frame_is_an_error_and_not_a_smear(tmp_path):
    random = np.random.default_rng(3)
    frames = [random.integers(0, 256, (72, 128, 3), dtype=np.uint8) for _ in range(10)]
    path = shoot(tmp_path / "a.mp4", frames)
    with av.open(str(path)) as file:
        at = [p.pos for p in file.demux(video=0) if p.size][5]
    data = bytearray(path.read_bytes())
    data[at : at + 60] = b"\xff" * 60
    (tmp_path / "b.mp4").write_bytes(bytes(data))
    with open_footage(tmp_path / "b.mp4") as take, pytest.raises(BadTake, match="damaged"):
        list(take.frames(0, take.count))


def test_odd_file_names_are_only_names(tmp_path):
    for name in ("http:x.mp4", "a%03d.mp4", "-y.mp4", "concat:a|b.mp4", "ü 'x'.mp4"):
        path = shoot(Path(tmp_path) / name, numbered(2))
        assert probe(path).frames == 2
