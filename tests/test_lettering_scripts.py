"""Text of every script: read from the right side, shaped, in one face for each script, or said to be missing.

What needs a font that the machine may not have is skipped where it has none; how a font is chosen is tested
with the faces that the package carries.
"""

import numpy as np
import pytest
import skia
from films import slate_film

from photoplay.render import glyphs
from photoplay.render.cut.burning import Burnt
from photoplay.render.cut.captions import ass_text
from photoplay.render.lettering import missing, missing_notice, set_text
from photoplay.render.requests import Raster
from photoplay.storyboard.rate import Rate
from photoplay.storyboard.subtitles import MOST_COLUMNS, columns, screens, subtitles
from photoplay.storyboard.timeline import Subtitle

ARABIC = "كان الحارس العجوز يراقب البحر."
HEBREW = "השומר הזקן הביט בים."
URDU = "بوڑھا نگہبان سمندر کو دیکھ رہا تھا۔"
HINDI = "बूढ़े रखवाले ने समुद्र की ओर देखा।"
TAMIL = "வயதானகாவலர் கடலைப் பார்த்தார்."
THAI = "ผู้เฝ้าประภาคารชรามองดูทะเลและได้ยินเสียงเพลงของวาฬตัวหนึ่ง"
CHINESE = "老守塔人望着大海。"
JAPANESE = "老いた灯台守は海を見つめた。"
KOREAN = "늙은 등대지기는 바다를 바라보았다."


def ink(text, size=60, wide=900):
    """Groups of inked columns from left to right, each as (first column, height in pixels, lowest row)."""
    block = set_text(text, "sans", size)
    pixels = np.zeros((130, wide, 4), np.uint8)
    block.draw(skia.Surface(pixels).getCanvas(), 10, 20)
    inked = pixels[..., 3] > 100
    columns_of_ink = np.flatnonzero(inked.any(axis=0))
    groups = np.split(columns_of_ink, np.flatnonzero(np.diff(columns_of_ink) > 1) + 1)
    found = []
    for group in groups:
        rows = np.flatnonzero(inked[:, group].any(axis=1))
        found.append((int(group[0]), int(rows[-1] - rows[0] + 1), int(rows[-1])))
    return found


def needs(text):
    if missing(text):
        pytest.skip(f"no font here has {missing(text)}")


@pytest.mark.parametrize("text", ["אבג.", "שלום עולם.", "سلام."])
def test_the_full_stop_of_a_line_read_from_the_right_stands_at_its_left(text):
    """Where the machine has no such letters their boxes stand in the same order."""
    groups = ink(text)
    heights = [height for _, height, _ in groups]
    assert heights[0] < 0.3 * max(heights)
    assert heights[-1] > 0.3 * max(heights)


def test_a_line_read_from_the_left_is_left_as_it_was():
    heights = [height for _, height, _ in ink("HEL.")]
    assert heights[-1] < 0.3 * max(heights)
    assert not glyphs.right_to_left("12. Hello שלום")
    assert glyphs.right_to_left("12. שלום hello")
    assert not glyphs.right_to_left("...")


def test_each_line_has_its_own_direction():
    both = set_text("Hello.\nשלום.", "sans", 40)
    assert both.height == pytest.approx(2 * set_text("Hello.", "sans", 40).height, rel=0.2)


def test_arabic_letters_are_joined():
    needs(ARABIC)
    assert len(ink("ببب")) == 1
    assert set_text("ببب", "sans", 60).width < 2.6 * set_text("ب", "sans", 60).width


def test_devanagari_vowels_and_conjuncts_are_shaped():
    needs(HINDI)
    assert set_text("क्ष", "sans", 60).width < 0.9 * set_text("कष", "sans", 60).width
    assert set_text("कि", "sans", 60).width < 2 * set_text("क", "sans", 60).width


@pytest.mark.parametrize("text", [URDU, HINDI, TAMIL, THAI, CHINESE, JAPANESE, KOREAN, ARABIC, HEBREW])
def test_one_face_has_all_of_a_script(text):
    """Letters that join, or a letter and its mark, of two faces do not fit together."""
    needs(text)
    needed = {c for c in text if not glyphs.ours(c) and c != " "}
    faces = [font for name, font in glyphs.spares(text) if name.startswith("system ")]
    for script in {glyphs.script_of(c) for c in needed} - {""}:
        of_script = [c for c in needed if glyphs.script_of(c) == script]
        assert any(all(f.unicharToGlyph(ord(c)) for c in of_script) for f in faces), script


def test_chinese_characters_have_the_forms_of_the_texts_language():
    names = {text: [name for name, _ in glyphs.spares(text)][-1] for text in (CHINESE, JAPANESE, KOREAN)}
    if "CJK" not in names[CHINESE]:
        pytest.skip("there are no Noto CJK fonts here")
    assert [names[text].split()[-1] for text in (CHINESE, JAPANESE, KOREAN)] == ["SC", "JP", "KR"]


class Face:
    """As much of a typeface as the choice looks at."""

    def __init__(self, name, chars):
        self.name, self.chars = name, chars

    def getFamilyName(self):
        return self.name

    def unicharToGlyph(self, code):
        return int(chr(code) in self.chars)


FACES = [
    Face("A Sans", "абв"),
    Face("B Sans", "где"),
    Face("C Serif", "абвгд"),
    Face("Noto Sans Cyrillic", "абвгде"),
]


@pytest.fixture
def machine(monkeypatch):
    """A machine of some faces, which gives the first that has a character; ``machine(n)`` has ``n`` of them."""

    def made(count):
        faces = FACES[:count]
        monkeypatch.setattr(glyphs, "ours", lambda char: False)
        monkeypatch.setattr(
            glyphs, "system", lambda c: next((f for f in faces if f.unicharToGlyph(ord(c))), None)
        )
        monkeypatch.setattr(glyphs, "_families", lambda: tuple(faces))
        monkeypatch.setattr(glyphs, "_family", lambda name: next((f for f in faces if f.name == name), None))
        glyphs._covering.cache_clear()
        return lambda text: [f.name for f in glyphs._covering("CYRILLIC", "".join(sorted(text)), "SC")]

    yield made
    glyphs._covering.cache_clear()


def test_one_face_that_has_all_is_taken_before_two_that_the_system_names(machine):
    assert machine(3)("абг") == ["C Serif"]
    assert machine(3)("аб") == ["A Sans"]


def test_the_scripts_own_noto_is_taken_where_it_is_there(machine):
    assert machine(4)("аб") == ["Noto Sans Cyrillic"]


def test_where_no_face_has_all_the_one_with_most_is_helped_by_others(machine):
    assert machine(3)("абвгдe".replace("e", "е")) == ["C Serif", "B Sans"]
    assert machine(2)("абг") == ["A Sans", "B Sans"]
    assert machine(3)("х") == []


def test_a_machine_without_a_font_is_said_with_the_package_that_has_one(machine):
    machine(0)
    for text, package in ((CHINESE, "fonts-noto-cjk"), (HINDI, "fonts-noto-core"), ("🐋", "color-emoji")):
        assert glyphs.spares(text)[2:] == []
        assert package in missing_notice(text)
    told = Burnt([Subtitle(start=0, stop=9, text=CHINESE)], Raster(width=320, height=180)).notices()
    assert "fonts-noto-cjk" in told[0]


def test_burnt_lines_of_any_script_stay_in_the_frame():
    raster = Raster(width=320, height=180)
    frame = np.zeros((180, 320, 3), np.uint8)
    for text in (ARABIC, HEBREW, URDU, HINDI, TAMIL, THAI, CHINESE, JAPANESE, KOREAN):
        for screen in screens(text):
            assert all(columns(line) <= MOST_COLUMNS for line in screen.split("\n"))
            shown = Burnt([Subtitle(start=0, stop=9, text=screen)], raster).over(frame, 0)
            rows, inked = np.flatnonzero(shown.max(axis=(1, 2))), np.flatnonzero(shown.max(axis=(0, 2)))
            assert rows[-1] < 180 * 0.97
            assert inked[0] > 2
            assert inked[-1] < 317


def test_thai_is_broken_between_syllables_and_not_after_a_leading_vowel():
    for start in range(12):
        lines = "\n".join(screens("ก" * start + "เพลงของทะเลและแม่น้ำไหลไปโดยไม่หยุด" * 3)).split("\n")
        assert len(lines) > 1
        for line in lines[:-1]:
            assert line[-1] not in "เแโใไ"
        for line in lines[1:]:
            assert line[0] not in "ะัาำิีึืุู็่้๊๋์"
        assert "".join(lines) == "ก" * start + "เพลงของทะเลและแม่น้ำไหลไปโดยไม่หยุด" * 3


def test_ass_lets_each_line_be_read_from_its_own_side():
    written = ass_text([Subtitle(start=0, stop=9, text=ARABIC)], Rate(), (640, 360))
    style = next(line for line in written.splitlines() if line.startswith("Style: Default"))
    assert style.endswith(",-1")


@pytest.mark.parametrize("text", [ARABIC, HINDI, THAI, JAPANESE])
def test_subtitles_keep_every_character(text):
    film = slate_film(shots=2, goes_on=())
    line = film.shots[0].lines[0].model_copy(update={"words": text})
    shot = film.shots[0].model_copy(update={"lines": (line,)})
    film = film.model_copy(update={"shots": (shot, film.shots[1])})
    shown = "".join(s.text for s in subtitles(film))
    assert "".join(shown.split()) == "".join(text.split())
