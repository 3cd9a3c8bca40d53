"""Ways: in which of the several manners of ``poses.json`` a figure does its action. Pure."""

from __future__ import annotations

import re

from ...storyboard.lexicon import behaves_as, manner_of
from ...storyboard.picture import FigureIn, Picture
from ...storyboard.vocabulary import Action, Being, PlaceKind
from .blocking import TIGHT
from .dealings import dines, scatters
from .direction import EMPTY, aimed_at, business, giver, in_picture, leafed, shaken
from .figures.performances import MANNERS
from .files import led, pursuer
from .flung import line_like
from .games import KEYED, over_a_board
from .intent import INTO_THE_WIND, carries, helps_up, on_a_line, tracks_of, works_on
from .leaves import has_leaves, leaf_in
from .meeting import Meeting
from .seating import sitters
from .tailoring import cuts_cloth, torn_cloth
from .together import dries
from .wraps import garment

_OWN_HANDS = re.compile(r"\b(his|her|its|their|own|\w+'s?) (own |bare |empty )?(hands|palms|fingers)\b")
_BROKEN = re.compile(r"\b(breaks?|broke|broken|breaking|crash(es)?|stops? working|malfunctions?)\b")
_MUSIC = re.compile(
    r"\b(music|song|tune|chess|cards|piano|guitar|violin|drums?|flute|trumpet|harp|melody|dead)\b"
)
_FROM_ON_HIGH = re.compile(
    r"\b(from|off|out of|into|through|overboard|plunges?|plummets?|crash(es|ed)?|sinks?|sank)\b"
    r"|\bdown (a|an|the)\b"
)
"""Falls from on high, not from one's own feet."""
_AFRAID = re.compile(
    r"\b(?:is|are|feels?|gets?|becomes?|grows?|looks?|seems?) (?:so |very |too )?"
    r"(?:afraid|frightened|scared|terrified|cold|freezing)\b"
)
_SLIPPED = re.compile(r"\b(slips?|slipped|slipping|faints?|fainted|collapses?|backwards?)\b")
_NOSED = frozenset({Action.hug, Action.eat, Action.stand, Action.push, Action.reach})
"""What is done with the head at another's head."""
_LADEN = frozenset({"lift", "catch"})
"""Manners of having something in the hands: what stands there is not in them."""


_RAISED = frozenset(
    {
        "lantern",
        "oil lamp",
        "candle",
        "torch",
        "lamp",
        "cup",
        "bell",
        "flag",
        "sword",
        "key",
        "letter",
        "map",
        "crown",
        "hat",
        "flower",
        "book",
        "medal",
        "trophy",
        "glass",
        "fish",
        "star",
        "necklace",
        "ring",
    }
)


def _light(picture: Picture, figure: FigureIn) -> bool:
    """Whether what is lifted is raised in one hand: a lantern, which would hang before the face of two."""
    return any(behaves_as(t.look.kind) in _RAISED for t in picture.things if t.id in figure.holds)


_SAVED = re.compile(r"\b(sav(e|es|ed|ing)|rescu(e|es|ed|ing)|free(s|d)?)\b")


def _helps_somebody(picture: Picture, figure: FigureIn) -> bool:
    """Whether anybody is there to be given a hand; a village is not, and who saves it exults."""
    there = any(f.id != figure.id for f in picture.figures) or in_picture(picture, picture.target)
    return there or _SAVED.search(picture.sentence.lower()) is None


def _weightless(picture: Picture) -> bool:
    """Whether who floats hangs in the air of a room, or in space, not in water."""
    look = picture.place.look
    return look.interior or look.kind in (PlaceKind.space, PlaceKind.spaceship, PlaceKind.sky)


def _suits(picture: Picture, figure: FigureIn, named: str) -> bool:
    """Whether what is in the hands is a hat that is put on, or paper that is torn."""
    kinds = [behaves_as(t.look.kind) for t in picture.things if t.id in figure.holds]
    if named == "tear":
        soft = cuts_cloth(picture.sentence) or torn_cloth(picture.sentence) or "cloth" in kinds
        return bool(soft) or bool(leaf_in(picture.sentence)) or any(has_leaves(kind) for kind in kinds)
    return any("hat" in kind or kind in ("crown", "cap", "helmet", "mask", "bonnet") for kind in kinds)


def _looking(picture: Picture, figure: FigureIn, named: str) -> str:
    """In which way somebody looks."""
    sentence = picture.sentence[:2000].lower()
    if figure.id != picture.actor and manner_of(picture.action, picture.sentence) == "show":
        return "shown"  # held out to it: nobody bends down over that
    if figure.id == picture.actor and picture.target not in figure.holds:
        if _OWN_HANDS.search(sentence):
            return "hands"
        if EMPTY.search(sentence) and not any(t.id == picture.target for t in picture.things):
            return "gone"
    if named == "far" and picture.place.look.interior:
        return "out"
    if named:
        return named
    if picture.target in figure.holds:
        return "held"
    if figure.id == picture.actor and figure.gaze in (None, picture.target) and aimed_at(picture, figure):
        return ""
    return "out" if not in_picture(picture, figure.gaze) or figure.gaze == figure.id else ""


def _on_the_ground(picture: Picture) -> bool:
    """Whether who sits has nothing to sit on and is under the sky, where no stool stands about."""
    told = picture.sentence[:2000].lower()
    aim = any(t.id == picture.target and not t.held for t in picture.things)
    if _ON_A_SEAT.search(told) or (aim and not _BESIDE.search(told)):
        return False
    return not picture.place.look.interior or _ON_THE_FLOOR.search(told) is not None


_ON_A_SEAT = re.compile(r"\b(?:bench|chair|throne|stool|sofa|swing|box|crate|barrel|log|stump|wall|bed)\b")
_BESIDE = re.compile(r"\b(?:beside|by|next to|near|under|beneath|behind|before|in front of)\b")
_ON_THE_FLOOR = re.compile(r"\bon the (?:ground|floor|carpet|rug|grass|snow|sand)\b")


def _by_one_end(picture: Picture, figure: FigureIn) -> bool:
    """Whether a rope is thrown, from below: its end is in the hand, which is not before the face."""
    if figure.id != picture.actor or manner_of(Action.throw, picture.sentence):
        return False
    thrown = (t for t in picture.things if t.id == picture.target or t.id in figure.holds)
    return any(line_like(t.look.kind) for t in thrown)


def _answers_far(picture: Picture) -> bool:
    """Whether somebody answers whom nobody sees in the picture, under the sky: it is called."""
    told = re.search(r"\b(?:answer|repl(?:y|ie)|respond)(?:s|d|ed)?\b", picture.sentence[:2000].lower())
    return told is not None and len(picture.figures) == 1 and not picture.place.look.interior


def manner(picture: Picture, figure: FigureIn, action: Action, met: tuple[Meeting, ...]) -> str:
    """In which way of ``poses.json`` a figure does its action; "" for the usual one."""
    meeting = next((m for m in met if m.kind == "give" and figure.id in (m.one, m.other)), None)
    if action in (Action.give, Action.take) and meeting is not None:
        if shaken(picture, meeting):
            return "shake"
        return "" if figure.id == giver(picture, meeting) else "get"
    if figure.id == picture.actor and (action is Action.throw and scatters(picture)):
        return "scatter"
    if action is Action.throw and _by_one_end(picture, figure):
        return "line"
    if action is Action.sing and picture.camera.size in TIGHT:
        return "bust"  # arms held out would lie along the lower edge
    if action is Action.eat and dines(picture, figure):
        return "meal"
    if action is Action.play and figure.id == picture.actor and not figure.holds:
        played = next((t for t in picture.things if t.id == picture.target and not t.held), None)
        if played is not None and behaves_as(played.look.kind) in KEYED:
            return "keys"
    if action is Action.walk and figure.id == picture.actor and tracks_of(picture.sentence):
        return "tracks"
    if action is Action.push and INTO_THE_WIND.search(picture.sentence[:2000].lower()):
        return "through"
    if action is Action.run and not figure.holds and pursuer(picture, figure):
        return "chase"
    if action is Action.walk and (pair := led(picture)) and figure.id in pair:
        return "lead" if figure.id == pair[0] else "led"
    if action is Action.play and over_a_board(picture, figure):
        return "board"
    if action is Action.write and business(picture, figure, action) == "knee":
        return "knee"
    if dries(picture) and any(m.kind == "near" and figure.id in (m.one, m.other) for m in met):
        return "dry" if figure.id == picture.actor else "tearful"
    if action is Action.stand and any(m.kind == "trip" and m.other == figure.id for m in met):
        return "tripped"
    if any(m.kind == "bear" and figure.id in (m.one, m.other) for m in met):
        return "bear" if action is Action.hold else "borne"
    if action is Action.dance and any(m.kind == "dance" and figure.id in (m.one, m.other) for m in met):
        return "pair"
    if action is Action.stand and any(m.kind == "near" and m.other == figure.id for m in met):
        return "pushed" if picture.action is Action.push else ""
    if action is Action.fall and figure.id == picture.actor:
        person, told = figure.look.being is Being.person, picture.sentence[:2000].lower()
        if _FROM_ON_HIGH.search(told) or (person and _SLIPPED.search(told)):
            return ""  # backwards, on what is slippery
        return "trip"
    if action is Action.float and figure.look.being is Being.person and _weightless(picture):
        return "free"
    if any(m.kind == "nose" and figure.id in (m.one, m.other) for m in met) and action in _NOSED:
        if picture.action is Action.push and figure.id != picture.actor:
            return "pushed" if figure.look.being is Being.person else "shoved"
        return "nose" if picture.action is not Action.eat or figure.id != picture.actor else "lick"
    if action is Action.stand and figure.id == picture.actor and _AFRAID.search(picture.sentence.lower()):
        return "shiver"
    named = manner_of(action, picture.sentence) if action is picture.action else ""
    if (action, named) == (Action.laugh, "cheer") and picture.camera.size in TIGHT:
        return "exult"  # who hops goes out of so small a frame
    if action is Action.talk and not named and _answers_far(picture):
        return "shout"
    if named in _LADEN and not figure.holds and in_picture(picture, picture.target):
        large = any(t.id == picture.target for t in picture.things)
        near = any(m.kind == "near" and m.one == figure.id for m in met)
        return "heave" if named == "lift" and (large or near) else "by"
    if figure.id != picture.actor:
        if action in (Action.stand, Action.play, Action.walk):
            named = ""
        if action is Action.listen:
            return named or "to"  # a hand behind the ear belongs to the event of listening
        if action is Action.laugh and named == "clap":
            return "smile"
    if action is Action.hold and on_a_line(picture, figure):
        return "raise"
    if named == "lift" and _light(picture, figure):
        return "raise"
    if figure.id == picture.actor and in_picture(picture, picture.target) and picture.target != figure.id:
        if action is Action.paint and not named:
            return "over"  # the thing itself is painted
        if named == "wipe" and picture.target not in figure.holds:
            return "rub"
    if named == "wipe" and not figure.holds:
        named = ""
    if named == "don" and figure.id == picture.actor and garment(picture):
        return "coat"
    if named in ("don", "tear") and not _suits(picture, figure, named):
        named = ""
    if named in ("lead", "wrap") and not any(m.one == figure.id for m in met):
        named = ""
    if action is Action.look:
        return _looking(picture, figure, named)
    broken = figure.id == picture.actor and _BROKEN.search(picture.sentence.lower()) is not None
    if broken and action in (Action.stand, Action.cry) and figure.look.being is Being.robot:
        return "broken"
    if action is Action.work and not named and figure.id == picture.actor and works_on(picture):
        return "on"
    if named == "toss" and (figure.holds or _MUSIC.search(picture.sentence.lower())):
        named = ""
    if action is Action.reach and figure.id == picture.actor and helps_up(picture):
        named = "help"
    if named == "help" and action is Action.reach and not _helps_somebody(picture, figure):
        return "save"
    if named and (action, named) in MANNERS:
        return named
    if action is Action.rise and any(m.kind == "near" and m.other == figure.id for m in met):
        return "helped"
    if leafed(picture, figure, action) and action is not Action.read:
        return "leaf"
    if action is Action.walk and figure.id == picture.actor and figure.holds and carries(picture):
        return "carry"
    if action is Action.hold and not figure.holds and in_picture(picture, picture.target):
        return "by"
    if action is Action.give and business(picture, figure, action) == "box":
        return "away"
    if action is Action.sit and figure.id in sitters(picture):
        return "seat"
    if action is Action.sit and figure.look.being is Being.person and _on_the_ground(picture):
        beside = any(m.kind == "side" and figure.id in (m.one, m.other) for m in met)
        return "beside" if beside else "ground"
    return ""
