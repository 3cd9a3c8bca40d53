"""Lettering: text fits, is literal, and what no font can show is told."""

import numpy as np
import skia
from hypothesis import given, settings
from hypothesis import strategies as st

from photoplay.fonts import FILES, typeface
from photoplay.render import lettering
from photoplay.render.lettering import fit_text, missing, missing_notice, set_text
from photoplay.render.plain_lettering import PlainParagraph


def drawn(block, wide=400, high=300):
    pixels = np.zeros((high, wide, 4), np.uint8)
    canvas = skia.Surface(pixels).getCanvas()
    block.draw(canvas, 0, 0)
    return pixels[..., 3]


def test_the_packaged_fonts_load_and_have_the_letters_of_european_titles():
    for face in FILES:
        font = typeface(face)
        assert all(font.unicharToGlyph(ord(c)) for c in "Aéßøčłñ—…“”’"), face
        assert font is typeface(face)


@settings(max_examples=40, deadline=None)
@given(
    words=st.text(st.characters(codec="utf-8", exclude_categories=("Cs", "Cc")), min_size=1, max_size=120),
    wide=st.integers(60, 600),
    high=st.integers(30, 400),
)
def test_any_text_stays_in_its_box(words, wide, high):
    block = fit_text(words, "sans", wide, high, largest=60, smallest=8)
    assert block.width <= wide + 1
    assert block.height <= high + 1 or block.size <= 8.5


def test_a_word_is_made_smaller_before_it_is_broken():
    block = fit_text("astrolabe", "sans-bold", 240, 130, largest=70, smallest=8)
    assert block.height < block.size * 1.5


def test_too_much_text_says_that_it_was_cut():
    long = fit_text("many words " * 400, "title", 200, 60, largest=40, smallest=12)
    assert long.cut
    assert long.height <= 61
    assert not fit_text("few words", "title", 200, 60, largest=40, smallest=12).cut


def test_a_balanced_title_leaves_no_word_alone():
    loose = fit_text("The Old Man Who Painted the Sea", "title", 300, 100, largest=40, smallest=40)
    even = fit_text(
        "The Old Man Who Painted the Sea", "title", 300, 100, largest=40, smallest=40, balanced=True
    )
    assert even.height == loose.height
    assert even.measure < loose.measure


def test_text_is_set_where_skia_has_no_unicode_data(monkeypatch):
    monkeypatch.setattr(lettering, "_unicode", lambda: None)
    block = fit_text("The keeper and the whale שלום", "title", 200, 120, largest=60, smallest=8)
    assert isinstance(block.paragraph, PlainParagraph)
    assert block.width <= 201
    assert block.height <= 121
    assert drawn(block)[:, 205:].sum() == 0
    assert drawn(block).any()


def test_markup_in_a_title_is_drawn_and_not_obeyed():
    plain, tagged = (set_text(t, "sans", 20) for t in ("hello", "<b>hello</b>"))
    assert tagged.width > plain.width * 1.5


def test_right_to_left_text_is_laid_from_the_right():
    text = "אבג" if not missing("אבג") else "שלום"
    mixed = set_text(f"{text} abc", "sans", 30, measure=380)
    assert drawn(mixed).any()


def test_characters_without_a_font_are_named_once_and_others_never():
    lost = "\U000e0fff"[:0] + "\U0002ffa0"
    assert missing("Plain title — “quoted” é\n") == ""
    assert missing_notice("Plain title") == ""
    assert missing("a" + lost + lost) == lost
    assert "font" in missing_notice("a" + lost)


def test_empty_text_takes_no_width():
    assert set_text("", "sans", 20).width == 0
    assert fit_text("", "title", 100, 50, largest=40, smallest=8).width == 0


def test_a_word_longer_than_forty_letters_is_kept_whole_where_a_smaller_size_can():
    word = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen"
    for width in (420.0, 512.0, 900.0):
        block = fit_text(word, "title", width, 200.0, largest=60.0, smallest=7.0)
        assert block.height < 1.6 * block.size, "one line"
    squeezed = fit_text(word, "title", 90.0, 200.0, largest=60.0, smallest=12.0)
    assert squeezed.height > 1.6 * squeezed.size, "it cannot be kept whole, so it is broken"
    run = fit_text("W" * 200, "title", 512.0, 200.0, largest=60.0, smallest=7.0)
    assert run.size > 20, "what nobody would write as a word does not make the letters tiny"
