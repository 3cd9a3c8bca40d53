"""Games and music: what is played lies on a table, stands there with its keys, or is in the hands. Pure."""

from __future__ import annotations

import re

from ...storyboard.lexicon import behaves_as, look_up
from ...storyboard.looks import ThingLook
from ...storyboard.picture import FigureIn, Picture, ThingIn
from ...storyboard.vocabulary import Action, Being
from .recast import with_figure, without

_INSTRUMENTS = frozenset({"guitar", "violin", "flute", "trumpet", "harp", "lute"})


def instrumented(picture: Picture) -> Picture:
    """Who plays an instrument that the sentence names has it in the hands, a prop of the film or not."""
    actor = next(f for f in picture.figures if f.id == picture.actor)
    named = [look_up(word, "thing") for word in re.findall(r"[a-z]+", picture.sentence[:2000].lower())]
    kind = next((e.kind for e in named if e is not None and e.kind in _INSTRUMENTS), None)
    kind = kind or _of_trade(actor, picture.sentence, _INSTRUMENTS | {"drum"})
    if kind is None or actor.holds or actor.look.being not in (Being.person, Being.robot):
        return picture
    own = next((t for t in picture.things if t.look.kind == kind and not t.held), None)
    played = own or ThingIn(id="an-instrument", words=kind, look=ThingLook(kind=kind), side=actor.side)
    held = actor.model_copy(update={"holds": (played.id,)})
    kept = tuple(t for t in picture.things if t is not own)
    things = (*kept, played.model_copy(update={"held": True}))
    return with_figure(picture, actor, held).model_copy(update={"things": things})


def _of_trade(actor: FigureIn, sentence: str, kinds: frozenset[str]) -> str | None:
    """The instrument that a musician has by trade, where the words say of nothing else that it is played."""
    told = sentence[:2000].lower()
    if _TOY.search(told) or _BOARD.search(told):
        return None
    entry = look_up(actor.noun, "person")
    carried = (*actor.look.carries, *(entry.attributes.get("carries", ()) if entry is not None else ()))
    return next((kind for kind in carried if kind in kinds), None)


_TOY = re.compile(
    r"\bplays? (with|at|hide|tag|catch|games?|football|soccer|dead|tricks?|ball)\b"
    r"|\b(ball|toys?|dolls?|kite|sand|snow)\b"
)


def at_the_keys(picture: Picture) -> Picture:
    """Who plays where a piano stands, or plays one that the sentence names, plays on its keys."""
    actor = next(f for f in picture.figures if f.id == picture.actor)
    told = picture.sentence[:2000].lower()
    if actor.holds or actor.look.being not in (Being.person, Being.robot) or _GAME.search(told):
        return picture
    piano = next((t for t in picture.things if behaves_as(t.look.kind) in KEYED and not t.held), None)
    if piano is None:
        if not re.search(r"\bpiano\b", told) and not _of_trade(actor, told, KEYED):
            return picture
        piano = ThingIn(id="a-piano", words="piano", look=ThingLook(kind="piano"), side=actor.side)
        picture = picture.model_copy(update={"things": (*picture.things, piano)})
    return picture.model_copy(update={"target": piano.id})


_BOARD = re.compile(r"\b(chess|cards?|checkers|draughts|dominoes|dice|backgammon)\b")


_CARDS = re.compile(r"\b(?:playing )?cards?\b")


def plays_cards(sentence: str) -> bool:
    """Whether the game on the table is one of cards."""
    return _CARDS.search(sentence[:2000].lower()) is not None


_AT_BOARD = re.compile(
    r"\b(?:over|across|at) (?:the |a |their )?"
    r"(?:(?:chess ?|card )?(?:board|game|table)|game of \w+|chess|cards)\b"
)
_MEANWHILE = frozenset({Action.laugh, Action.talk, Action.think, Action.cry, Action.listen, Action.wave})
"""What is done over a game, which lies there for all that."""


def beside_a_board(picture: Picture, figure: FigureIn) -> bool:
    """Whether somebody with hands laughs, quarrels or thinks over a game that lies on a table."""
    hands = figure.look.being in (Being.person, Being.robot) and picture.action in _MEANWHILE
    return hands and _AT_BOARD.search(picture.sentence[:2000].lower()) is not None


def over_a_board(picture: Picture, figure: FigureIn) -> bool:
    """Whether somebody with hands plays a game that lies on a table."""
    hands = figure.look.being in (Being.person, Being.robot)
    return hands and picture.action is Action.play and _BOARD.search(picture.sentence.lower()) is not None


def over_the_board(picture: Picture) -> Picture:
    """A game of chess or cards lies on the table with its pieces, and whoever else is there plays it, too."""
    actor = next(f for f in picture.figures if f.id == picture.actor)
    if not over_a_board(picture, actor):
        return picture
    for thing in picture.things:
        if _BOARD.search(thing.look.kind):
            picture = without(picture, thing.id)
    figures = tuple(
        f.model_copy(update={"holds": (), "action": Action.play} if over_a_board(picture, f) else {})
        for f in picture.figures
    )
    return picture.model_copy(update={"figures": figures, "target": None})


KEYED = frozenset({"piano", "organ"})
"""Instruments that stand, and are played on keys."""
_GAME = re.compile(r"\b(ball|catch|tag|cards?|chess|game|games|hide|dead|toys?|trick|dice|part|role)\b")
