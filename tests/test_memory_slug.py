"""Whatever a film or a character is called, its folder and id are safe everywhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from photoplay.memory.slug import entity_id, slug
from photoplay.storyboard.schema import Id

HOSTILE = [
    "../../x",
    "/etc/passwd",
    "C:\\Windows",
    "CON",
    "con.txt",
    "lpt1",
    "trailing. ",
    "a\0b",
    "a\nb",
    "-vf",
    "%d",
    "concat:x|y",
    "'\"`$(rm)",
    "é" * 300,
    "🐋🌊",
    "שלום עולם",
    "",
    "   ",
    "---",
    "\ud800",
    "x" * 1_000_000,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_become_safe_ones(text):
    _check(slug(text))
    TypeAdapter(Id).validate_python(entity_id(text, ()))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_any_text_becomes_a_safe_name(text):
    _check(slug(text))


def _check(made: str) -> None:
    assert re.fullmatch(r"[a-z0-9](?:[a-z0-9-]{0,52}[a-z0-9])?", made), made
    assert made not in {"con", "prn", "aux", "nul", "com1", "lpt1", "lpt0"}


def test_names_stay_recognisable_and_composed_letters_are_one():
    assert slug("A lighthouse keeper befriends a lost whale") == "a-lighthouse-keeper-befriends-a-lost-whale"
    assert slug("Zoë") == slug("Zoe\u0308") == "zoe"
    assert slug("🐋") == slug("") == "film"


def test_an_id_is_never_given_twice():
    taken = []
    for _ in range(5):
        taken.append(entity_id("Old Anna", taken))
    assert taken == ["old-anna", "old-anna-2", "old-anna-3", "old-anna-4", "old-anna-5"]
    assert entity_id("🐋", ["one"]) == "one-2"
