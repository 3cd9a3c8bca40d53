"""Subtitle files hold what was written, and obey nothing in it."""

import pysubs2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from photoplay.render.cut.captions import read_srt, write_srt, write_vtt
from photoplay.storyboard.errors import BadInput
from photoplay.storyboard.rate import Rate
from photoplay.storyboard.schema import clean_text
from photoplay.storyboard.timeline import Subtitle

HOSTILE = [
    r"{\an8}Up here",
    r"C:\New\hidden\N",
    "It's 100%: %s %{pts} 'quoted' \"twice\"",
    "<i>not italic</i> <font color=red>&amp;",
    "a --> b",
    "[Events] Dialogue: 0,0:00:00.00",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_literal_in_srt_and_escaped_in_vtt(tmp_path, text):
    lines = [Subtitle(start=24, stop=48, text=text)]
    write_srt(tmp_path / "a.srt", lines, Rate())
    write_vtt(tmp_path / "a.vtt", lines, Rate())
    assert text in (tmp_path / "a.srt").read_text(encoding="utf-8").split("\n")
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert escaped in (tmp_path / "a.vtt").read_text(encoding="utf-8").split("\n")
    assert [(c.start, c.stop, c.text) for c in read_srt(tmp_path / "a.srt")] == [(1000, 2000, text)]


@given(st.lists(st.text(min_size=1, max_size=40), min_size=1, max_size=4))
def test_any_text_comes_back_word_for_word(tmp_path_factory, texts):
    path = tmp_path_factory.mktemp("subs") / "a.srt"
    texts = [" ".join(clean_text(t).split()) for t in texts]
    texts = [t for t in texts if t and not any("\ue000" <= c <= "\ue004" for c in t)]
    lines = [Subtitle(start=24 * i, stop=24 * i + 20, text=t) for i, t in enumerate(texts)]
    write_srt(path, lines, Rate())
    assert [c.text for c in read_srt(path)] == texts


def test_other_programs_read_the_files(tmp_path):
    lines = [Subtitle(start=0, stop=36, text="One\nTwo"), Subtitle(start=40, stop=72, text="Three")]
    for write, name in ((write_srt, "a.srt"), (write_vtt, "a.vtt")):
        write(tmp_path / name, lines, Rate())
        read = pysubs2.load(str(tmp_path / name))
        assert [(e.start, e.end, e.plaintext) for e in read] == [(0, 1500, "One\nTwo"), (1667, 3000, "Three")]


def test_no_subtitles_make_an_empty_file_that_reads_as_none(tmp_path):
    write_srt(tmp_path / "a.srt", [], Rate())
    assert read_srt(tmp_path / "a.srt") == []


def test_a_file_that_is_no_srt_is_refused(tmp_path):
    (tmp_path / "a.srt").write_text("hello\nworld\n", encoding="utf-8")
    with pytest.raises(BadInput, match="times"):
        read_srt(tmp_path / "a.srt")
    (tmp_path / "a.srt").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="UTF-8"):
        read_srt(tmp_path / "a.srt")
