"""Words that look like markup or commands, through every way in which subtitles leave the film: read, not obeyed.

Read back by the rules of each form, and ASS by pysubs2.
"""

import html
import re
import unicodedata

import av
import numpy as np
import pysubs2
import pytest
from films import slate_film

from photoplay.agent.production import open_film
from photoplay.memory.project import Project
from photoplay.render.crew import SoloCrew
from photoplay.render.cut.burning import Burnt
from photoplay.render.cut.captions import ass_text, srt_text, vtt_text
from photoplay.render.fake import SlateRenderer
from photoplay.render.requests import Raster
from photoplay.storyboard.edit_types import SetLine
from photoplay.storyboard.rate import Rate
from photoplay.storyboard.timeline import Subtitle

WORDS = [
    "He said 'no', \"never\" and `not` at 100%.",
    "%{pts} %{n} %(x)s %d $HOME $(touch hit)",
    r"{\an8}{\b1}up{\p1}m 0 0 l 9 9{\p0}",
    r"C:\New\hidden\N and \\share\h",
    "<i>not</i> <font color=red>red</font> <b>",
    "&amp; &lt;b&gt; &nbsp; AT&T",
    "a --> b, 00:00:01,000 --> 00:00:02,000",
    "drawtext=text='x':x=1,ass=/etc/passwd",
    "[Events] Dialogue: 0,0:00:00.00",
    "NOTE this, STYLE that, WEBVTT",
    "{ open } [brackets] |pipe| ~tilde~ #1",
]
LINES = [Subtitle(start=48 * n, stop=48 * n + 40, text=words) for n, words in enumerate(WORDS)]


def seen(text):
    """What a person reads: without characters that are not seen, every space one space."""
    kept = "".join(c for c in text if unicodedata.category(c) != "Cf")
    return " ".join(kept.replace("\xa0", " ").split())


def of_ass(text):
    """What libass shows of an event: escaped braces are braces, override blocks are nothing."""
    shown = re.sub(r"(?<!\\)\{[^}]*\}", "", text)
    return seen(re.sub(r"\\([{}])", r"\1", shown))


def test_subrip_holds_the_words_as_they_are():
    blocks = srt_text(LINES, Rate()).strip().split("\n\n")
    assert [seen(block.split("\n", 2)[2]) for block in blocks] == [seen(words) for words in WORDS]


def test_webvtt_gives_the_words_back_by_its_own_rules():
    blocks = vtt_text(LINES, Rate()).strip().split("\n\n")[1:]
    texts = [block.split("-->", 1)[1].split("\n", 1)[1] for block in blocks]
    assert not any("<" in text or "-->" in text for text in texts)
    assert [seen(html.unescape(text)) for text in texts] == [seen(words) for words in WORDS]


def test_ass_shows_the_words_and_nothing_in_them_is_a_command():
    file = pysubs2.SSAFile.from_string(ass_text(LINES, Rate(), (640, 360)), "ass")
    assert len(file) == len(WORDS)
    for event, words in zip(file, WORDS, strict=True):
        assert not re.search(r"(?<!\\)\{", event.text)
        assert not re.search(r"\\[a-zA-Z]", event.text), "a backslash and a letter are a command"
        assert of_ass(event.text) == seen(words)


def test_words_drawn_into_the_picture_are_as_wide_as_they_are_long():
    """An override tag that was obeyed would not be drawn; a line break would make a second line."""
    raster, frame = Raster(width=1280, height=720), np.zeros((720, 1280, 3), np.uint8)
    one = height_of(Burnt([Subtitle(start=0, stop=9, text="Xg")], raster).over(frame, 0))
    for words in WORDS:
        plain = re.sub(r"[^\w\s]", "x", words)
        shown, other = (
            Burnt([Subtitle(start=0, stop=9, text=text)], raster).over(frame, 0) for text in (words, plain)
        )
        assert height_of(shown) < 1.5 * one
        wide, likely = (np.ptp(np.flatnonzero(picture.max(axis=(0, 2)))) for picture in (shown, other))
        assert 0.6 < wide / likely < 1.4, words


def height_of(picture):
    return int(np.ptp(np.flatnonzero(picture.max(axis=(1, 2)))))


@pytest.mark.parametrize("way", ["soft", "burnt"])
def test_a_film_of_such_lines_is_cut_and_its_track_says_them(tmp_path, monkeypatch, way):
    monkeypatch.chdir(tmp_path)
    film = slate_film(shots=4, lines=True, goes_on=(), subtitles=way)
    Project.create(tmp_path / "film", film, "told", "test")
    production = open_film(tmp_path / "film", crew=SoloCrew(SlateRenderer()))
    words = r"{\an8}Up: C:\New, 100% <i>'no'</i> & %{pts}"
    with production.project.lock():
        production.edit([SetLine(line="l00", words=words)], "say it")
    production.render()
    assert {p.name for p in tmp_path.iterdir()} == {"film"}
    texts = {
        p.suffix: p.read_text(encoding="utf-8")
        for p in production.project.out.glob("film.*")
        if p.suffix != ".mp4"
    }
    assert seen(words) in seen(texts[".srt"])
    assert seen(words) in seen(html.unescape(texts[".vtt"]))
    with av.open(str(production.film_path)) as media:
        tracks = list(media.streams.subtitles)
        assert len(tracks) == (1 if way == "soft" else 0)
        packets = [bytes(p) for p in media.demux(tracks[0]) if p.size > 2] if tracks else []
    said = " ".join(p[2 : 2 + int.from_bytes(p[:2], "big")].decode() for p in packets)
    assert way == "burnt" or seen(words) in seen(said)
