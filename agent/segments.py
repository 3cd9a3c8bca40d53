"""The writer ``segments``: a storyboard in three-second segments, each with a paragraph of its own.

It is the form in which "One-Minute Video Generation with Test-Time Training" (arXiv 2504.05298, section 3.3,
"Format 3") tells its films: one paragraph of a few sentences for every three seconds, with background and
camera, and marks where scenes begin and end. Each paragraph becomes one shot of exactly that length.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..storyboard.boarding import CARD_SECONDS
from ..storyboard.errors import BadInput, Unmeetable
from ..storyboard.film import Brief
from ..storyboard.schema import clean_text
from ..storyboard.treatment import TreatedShot
from ..storyboard.vocabulary import Move, Opening, ShotSize
from .outline.own_lines import sentences
from .outline.own_words import told_shots
from .outline.tongue import language_of
from .writer import Tell, Written

SEGMENT_SECONDS = 3
"""Length of a segment."""
MOST_SEGMENTS = 1_200
"""An hour."""
LONGEST_SEGMENT = 1_500
"""Characters of one paragraph."""
_MARKS = r"<\s*(?:start|end)[\s_-]*scene\s*>"
_MARK = re.compile(r"<\s*(start|end)[\s_-]*scene\s*>", re.I)
_BLANK = re.compile(r"\n[ \t]*\n+")
_TITLE = re.compile(r"\A\s*title:\s*(.+)$", re.I | re.M)
_CAMERA = re.compile(
    r"^\s*(?:(?:the|a|an) )?"
    r"(?:camera|shot|view|(?:extreme )?close[ -]?up|(?:wide|medium|establishing) shot)\b",
    re.I,
)
_LOOK = re.compile(r"^\s*([\w'’ -]{1,60}?) is (an? [^.!?]*\b(?:with|in|wearing)\b[^!?]*)$", re.I)
"""A sentence that says what somebody looks like: "Anna is a slight woman, in a red scarf."."""
_BACKGROUND = re.compile(r"^\s*the background\b", re.I)
_MOVES = (
    (r"zooms? in", Move.zoom_in),
    (r"zooms? out", Move.zoom_out),
    (r"(?:pushes|moves|dollies) (?:in|closer)", Move.push_in),
    (r"(?:pulls|moves|dollies) (?:back|out|away)", Move.pull_out),
    (r"pans? (?:to the )?left", Move.pan_left),
    (r"pans?\b", Move.pan_right),
    (r"tilts? up", Move.tilt_up),
    (r"tilts? down", Move.tilt_down),
    (r"(?:follows|tracks)", Move.follow),
    (r"(?:stays|remains|is) (?:still|static|fixed|steady|stationary)", Move.static),
)
_SIZES = (
    (r"extreme close[ -]?up", ShotSize.extreme_close),
    (r"close[ -]?up", ShotSize.close),
    (r"(?:wide|establishing) (?:shot|view)", ShotSize.wide),
    (r"medium (?:shot|view)", ShotSize.medium),
)


@dataclass(frozen=True)
class Segment:
    """A paragraph, and the number of the scene it is marked to be in (None: not marked)."""

    words: str
    scene: int | None


def read_segments(text: str) -> tuple[str, tuple[Segment, ...]]:
    """The title ("" for none) and the segments of a text in that form.

    Paragraphs are parted by empty lines; ``<start_scene>`` and ``<end_scene>`` stand around scenes, or
    nowhere. Raises ``BadInput`` that names the paragraph where the form is broken.
    """
    titled = _TITLE.match(text)
    title = titled[1].strip() if titled else ""
    body = text[titled.end() :] if titled else text
    segments: list[Segment] = []
    scene, inside, marked = 0, False, bool(_MARK.search(body))
    for piece in re.split(f"({_MARKS})", body, flags=re.I):
        mark = _MARK.fullmatch(piece or "")
        if mark:
            begins = mark[1].lower() == "start"
            if begins == inside:
                raise BadInput(_marks(len(segments), begins))
            inside, scene = begins, scene + begins
            continue
        paragraphs = [" ".join(p.split()) for p in _BLANK.split(piece or "") if p.strip()]
        if paragraphs and marked and not inside:
            raise BadInput(
                f"The paragraph {paragraphs[0][:60]!r} stands outside of every scene. Put <start_scene> and "
                "<end_scene> around all segments, or leave the marks out. Nothing was made."
            )
        segments += [Segment(p, scene if marked else None) for p in paragraphs]
    if inside:
        raise BadInput("The last <start_scene> has no <end_scene>. Nothing was made.")
    _check(segments)
    return title, tuple(segments)


def _marks(before: int, begins: bool) -> str:
    missing = "<end_scene>" if begins else "<start_scene>"
    return f"After segment {before}, {missing} is missing. Nothing was made."


def _check(segments: list[Segment]) -> None:
    if not segments:
        raise BadInput(
            f"There are no segments. Write a paragraph for every {SEGMENT_SECONDS} seconds, parted by empty "
            "lines. Nothing was made."
        )
    if len(segments) > MOST_SEGMENTS:
        raise BadInput(f"{len(segments):,} segments are more than {MOST_SEGMENTS:,}, an hour. Part the film.")
    for number, segment in enumerate(segments, 1):
        if len(segment.words) > LONGEST_SEGMENT:
            raise BadInput(
                f"Segment {number} has {len(segment.words):,} characters; one that lasts {SEGMENT_SECONDS} "
                f"seconds has at most {LONGEST_SEGMENT:,}. Part it with an empty line. Nothing was made."
            )
        if not any(c.isalpha() for c in segment.words):
            raise BadInput(f"Segment {number} has no words: {segment.words[:40]!r}. Nothing was made.")


class SegmentsWriter:
    """Takes a storyboard in segments as it is: one shot a paragraph, nothing narrated, nothing added."""

    name = "segments"
    model = ""

    def write(self, brief: Brief, seed: int, tell: Tell) -> Written:
        """The segments as a treatment.

        Raises ``BadInput`` where the form is broken, and ``Unmeetable`` where the brief asks for another
        length or number of shots than the segments have.
        """
        text = clean_text(brief.idea).strip()
        title, segments = read_segments(text)
        _meets(brief, len(segments))
        tell(f"Reading {len(segments)} segments of {SEGMENT_SECONDS} seconds")
        language = language_of(text)
        seen = [_seen(s.words) for s in segments]
        looks = _looks(segments)
        told = told_shots(seen, [s.scene for s in segments], brief, seed, language, title or None)
        words = iter(segments)
        scenes = tuple(
            scene.model_copy(
                update={"shots": tuple(_segment(shot, next(words).words) for shot in scene.shots)}
            )
            for scene in told.scenes
        )
        cast = tuple(
            one.model_copy(update={"words": looks.get(one.name.lower(), one.words)})
            for one in told.characters
        )
        return Written(told.model_copy(update={"scenes": scenes, "characters": cast}), (_AS_IT_IS,))


def _meets(brief: Brief, count: int) -> None:
    seconds = count * SEGMENT_SECONDS + 2 * CARD_SECONDS
    if brief.seconds not in (None, seconds):
        raise Unmeetable(
            f"The text has {count} segments of {SEGMENT_SECONDS} seconds: {seconds} seconds with the two "
            f"cards, and {brief.seconds} were asked. Leave the length out."
        )
    if brief.shots not in (None, count):
        raise Unmeetable(
            f"The text has {count} segments, and {brief.shots} shots were asked. Leave that out."
        )


def _seen(words: str) -> str:
    """What happens in a paragraph, without its camera, looks and background; all of it where that is all."""
    told = (s for s in sentences(words) if not (_CAMERA.match(s) or _LOOK.match(s) or _BACKGROUND.match(s)))
    return " ".join(told) or words


def _looks(segments: Sequence[Segment]) -> dict[str, str]:
    """Name, in small letters -> what the segments first say that they look like."""
    found: dict[str, str] = {}
    for segment in segments:
        for look in filter(None, map(_LOOK.match, sentences(segment.words))):
            found.setdefault(look[1].lower(), f"{look[2][:1].upper()}{look[2][1:]}")
    return found


def _segment(shot: TreatedShot, words: str) -> TreatedShot:
    """A shot of a segment: what happens, how it closes, its camera; silent, and of its length."""
    seen = sentences(shot.sentence)
    camera = " ".join(s for s in sentences(words) if _CAMERA.match(s)).lower()
    return shot.model_copy(
        update={
            "sentence": " ".join(seen[:-1]) if len(seen) > 1 else seen[0],
            "closing": seen[-1] if len(seen) > 1 else "",
            "move": _of(_MOVES, camera),
            "size": _of(_SIZES, camera),
            "opens": Opening.cut,
            "lines": (),
            "seconds": SEGMENT_SECONDS,
        }
    )


def _of(table: tuple[tuple[str, object], ...], words: str) -> object | None:
    return next((value for pattern, value in table if re.search(rf"\b{pattern}", words)), None)


_AS_IT_IS = (
    f"The storyboard was taken as it is: one silent shot of {SEGMENT_SECONDS} seconds a paragraph. "
    "Who and where was read by rules, without a language model."
)
