"""Intent: what the words of an event ask of its players besides the action that they name.

Who "looks for" somebody searches and has not found; who looks "angrily" has an angry face. Pure.
"""

from __future__ import annotations

import re

from ...storyboard.lexicon import behaves_as, manner_of
from ...storyboard.picture import FigureIn, Picture
from ...storyboard.vocabulary import Action, Being, Distance, Expression, Facing, ShotSize, Side
from .covers import covered
from .dealings import dealt_with
from .everyday import everyday
from .files import TURNED, in_file, parted
from .games import at_the_keys, instrumented, over_the_board
from .meant import meant
from .recast import with_figure, without
from .tailoring import by_hand
from .threshold import steeled, without_door
from .together import addressed, all_of_them, borne, first_to_wave, mocked, tearful, together
from .unawares import unawares
from .wraps import laid_hold_of, wraps

AFLOAT = frozenset({"balloon", "kite"})
"""What hangs in the air where nobody has hold of it."""
_CARRIED = re.compile(r"\b(carry|carries|carried|carrying|transports?|bears|lugs?)\b(?! on\b)")
_WASHED = re.compile(r"\b(wash(es|ed|ing)?|scrubs?|rins(es|e|ed))\b")
_SHOWN = re.compile(r"\b(show|shows|showed|displays?|presents?|reveals?)\b")
_SOUGHT = re.compile(r"\b(look|looks|looked|looking)( \w+)? for\b")
_HELPED = re.compile(r"\bhelp(s|ed|ing)?\b.* (find|search|seek|look for)\b")
_RAISED = re.compile(
    r"\b(pull|pulls|pulled|pulling|help|helps|helped|drag|drags|dragged)\b"
    r".* (up|to safety|ashore|out|to (his|her|its|their) feet)\b"
)
_BROUGHT = re.compile(r"\b(bring|brings|brought|bringing|deliver|delivers|delivered|returns?)\b")
_MANNERED = {
    Expression.angry: ("angrily", "furiously", "crossly", "grimly"),
    Expression.sad: ("sadly", "tearfully", "sorrowfully"),
    Expression.happy: ("happily", "gladly", "cheerfully", "joyfully"),
    Expression.afraid: ("fearfully", "anxiously", "nervously"),
}
_FEELINGS = {word: face for face, words in _MANNERED.items() for word in words}

_STATES = {
    **dict.fromkeys(("angry", "furious", "cross", "mad"), Expression.angry),
    **dict.fromkeys(("sad", "unhappy", "lonely", "heartbroken", "homesick"), Expression.sad),
    **dict.fromkeys(("happy", "glad", "proud", "delighted", "overjoyed", "joyful"), Expression.happy),
    **dict.fromkeys(("afraid", "frightened", "scared", "terrified", "anxious", "nervous"), Expression.afraid),
    **dict.fromkeys(("surprised", "amazed", "astonished", "shocked", "startled"), Expression.surprised),
}
_IS_SO = re.compile(
    r"\b(?:is|are|feels?|gets?|becomes?|grows?|looks?|seems?) (?:so |very |too )?("
    + "|".join(_STATES)
    + r")\b"
)
"""Words that say how somebody is, after a verb that says so."""


def intended(picture: Picture) -> Picture:
    """The picture with its actor doing and feeling what the sentence says of it."""
    picture = everyday(steeled(without_door(picture)))
    picture = unawares(all_of_them(tearful(addressed(by_hand(dealt_with(meant(picture)))))))
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if actor is None:
        return picture
    words = re.findall(r"[a-z']+", picture.sentence[:2000].lower())
    changed: dict[str, object] = {}
    felt = feeling_told(picture.sentence)
    if felt is not None:
        changed["expression"] = felt
    if picture.action is Action.look and actor.action is Action.stand:
        changed["action"] = Action.look
    if picture.action is Action.point and _SHOWN.search(" ".join(words)) and _is_thing(picture, actor):
        changed["action"] = Action.hold  # what is shown is held out, not pointed at
        picture = _looked_at(picture.model_copy(update={"action": Action.hold}), actor)
        shows = next(f for f in picture.figures if f.id == actor.id)
        changed |= {"facing": shows.facing, "gaze": shows.gaze}
    if picture.action is Action.reach and _WASHED.search(" ".join(words)) and not _somebody(picture, actor):
        changed["action"] = Action.work
        picture = picture.model_copy(update={"action": Action.work})
    told = " ".join(words)
    if picture.action is Action.fly and on_a_line(picture, actor):
        changed["action"] = Action.hold  # a kite flies, and who has its line stands
        picture = picture.model_copy(update={"action": Action.hold})
    if picture.action in _AFOOT and INTO_THE_WIND.search(told):
        changed["action"] = Action.push
        picture = picture.model_copy(update={"action": Action.push, "target": None})
    if picture.action is Action.walk and TURNED.search(told):
        changed["action"] = Action.stand
        picture = picture.model_copy(update={"action": Action.stand})
    if picture.action is Action.pull and _RAISED.search(told) and _somebody(picture, actor):
        changed["action"] = Action.reach
        picture = picture.model_copy(update={"action": Action.reach})
    if actor.action is picture.action and wraps(picture):
        changed |= {"action": Action.reach, "holds": ()}
        picture = laid_hold_of(picture).model_copy(update={"action": Action.reach})
    if picture.action is Action.throw and manner_of(Action.laugh, picture.sentence) == "cheer":
        changed["action"] = Action.laugh  # arms are thrown up, and no ball
        picture = picture.model_copy(update={"action": Action.laugh})
    if changed:
        picture = with_figure(picture, actor, actor.model_copy(update=changed))
    others = {f.id for f in picture.figures if f.id != actor.id}
    holds = picture.action is Action.hold is actor.action and not actor.holds and picture.target in others
    if borne(picture):
        return with_figure(picture, actor, actor.model_copy(update={**changed, "holds": ()}))
    if holds and manner_of(Action.hold, picture.sentence) == "":  # arms are about whoever is held
        held = with_figure(picture, actor, actor.model_copy(update={**changed, "action": Action.hug}))
        return held.model_copy(update={"action": Action.hug})
    if actor.action is Action.play:
        picture = over_the_board(at_the_keys(instrumented(picture)))
    if picture.action is Action.walk:
        picture = in_file(picture)
    picture = mocked(first_to_wave(together(parted(picture))))
    if "back to back" in picture.sentence.lower() and len(picture.figures) == 2:
        return _back_to_back(picture)
    if picture.action is Action.walk and _FOLLOWED.search(told):
        picture = _drawn_by_itself(picture, _FOLLOWED)
    if picture.action is Action.pull:
        picture = _drawn_by_itself(picture, _ROPE)
    if picture.action is Action.search or _SOUGHT.search(told):
        picture = _found_before(_out_of_sight(picture, told), told)
    if picture.action is Action.reach and _HELPED.search(told) and _somebody(picture, actor):
        return _seek_together(picture, told)
    if picture.action is Action.look and _SOUGHT.search(told) and not _has_found(picture):
        return _searched(picture)
    if picture.action is Action.search and _somebody(picture, actor):
        return _searched(picture)
    if picture.action is Action.hide:
        picture = covered(_put_away(picture, told))
    if picture.action is Action.hide and _HIDDEN.search(told) and _somebody(picture, actor):
        return _hides_another(picture, actor)
    if picture.action is Action.hide and _somebody(picture, actor):
        return _hidden_from(picture)
    return picture


_AFOOT = frozenset({Action.walk, Action.run, Action.stand, Action.fight, Action.push, Action.perform})
INTO_THE_WIND = re.compile(
    r"\b(?:against|into|through) (?:the |a )?(?:\w+ )?(?:wind|storm|gale|blizzard|snowstorm|gusts?)\b"
)
"""Somebody on foot forces a way against what blows."""


def on_a_line(picture: Picture, figure: FigureIn) -> bool:
    """Whether a figure has the line of a kite or balloon in the hand, under the open sky."""
    kinds = {behaves_as(t.look.kind) for t in picture.things if t.id in figure.holds}
    return bool(kinds & AFLOAT) and not picture.place.look.interior


def feeling_told(sentence: str) -> Expression | None:
    """The feeling that an adverb of the sentence names: "looks angrily"; None for none."""
    told = sentence[:2000].lower()
    if (found := _IS_SO.search(told)) is not None:
        return _STATES[found[1]]
    return next((_FEELINGS[w] for w in re.findall(r"[a-z']+", told) if w in _FEELINGS), None)


def walked_off(picture: Picture) -> Picture:
    """Who carries something that is in its hands walks with it."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if actor is None or not actor.holds or not carries(picture):
        return picture
    brings = actor.action is Action.give and len(picture.figures) == 1  # to others it is given
    if actor.action is not Action.hold and not brings:
        return picture
    left = actor.side in (Side.right, Side.far_right)
    facing = actor.facing if actor.facing is not Facing.camera else (Facing.left if left else Facing.right)
    going = {"action": Action.walk, "gaze": None, "facing": facing}
    walks = with_figure(picture, actor, actor.model_copy(update=going))
    return walks.model_copy(update={"action": Action.walk})


def brought_to(picture: Picture) -> str | None:
    """The one thing that stands there and is named, to which something else is brought; or None."""
    sentence = picture.sentence[:2000].lower()
    if picture.action is not Action.walk or _BROUGHT.search(sentence) is None:
        return None
    stand = [
        t for t in picture.things if not t.held and re.search(rf"\b{re.escape(t.look.kind)}\b", sentence)
    ]
    return stand[0].id if len(stand) == 1 else None


def carries(picture: Picture) -> bool:
    """Whether the sentence is about something that is carried along."""
    sentence = picture.sentence[:2000].lower()
    return _CARRIED.search(sentence) is not None or _BROUGHT.search(sentence) is not None


_FOLLOWED = re.compile(r"\b(footprints?|tracks|trail|paw ?prints?|footsteps)\b")
_FOR = re.compile(r"\bfor\b")


def tracks_of(sentence: str) -> bool:
    """Whether tracks on the ground are followed."""
    told = sentence[:2000].lower()
    return _FOLLOWED.search(told) is not None and re.search(r"\b(follow|track|trac)", told) is not None


_ROPE = re.compile(r"\b(rope|cord|chain)\b")


def _drawn_by_itself(picture: Picture, kinds: re.Pattern[str]) -> Picture:
    """Without a target of those kinds that is drawn with what is done: tracks, or a rope that is pulled."""
    found = next((t for t in picture.things if t.id == picture.target and not t.held), None)
    if found is None or not kinds.search(found.look.kind):
        return picture
    return without(picture, found.id)


def _out_of_sight(picture: Picture, told: str) -> Picture:
    """Without the thing that is searched for: what lies in plain view is not sought."""
    sought = next((t for t in picture.things if t.id == picture.target and not t.held), None)
    return without(picture, sought.id) if sought is not None and _FOR.search(told) else picture


def _found_before(picture: Picture, told: str) -> Picture:
    """Who looks for the owner of something has it in the hands: nobody gropes on the floor above it."""
    owned = _OWNED.search(told)
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    if owned is None or actor is None or actor.holds or actor.look.being is not Being.person:
        return picture
    for thing in picture.things:
        named = re.search(rf"\b{re.escape(thing.look.kind)}\b", told[owned.end() :])
        if named and not thing.held and thing.id != picture.target:
            things = tuple(t.model_copy(update={"held": True}) if t is thing else t for t in picture.things)
            looks = {"holds": (thing.id,), "action": Action.look}
            has = with_figure(picture, actor, actor.model_copy(update=looks))
            camera = picture.camera
            if camera.size in _NEARER:  # and it is seen
                camera = camera.model_copy(update={"size": ShotSize.full})
            return has.model_copy(update={"things": things, "action": Action.look, "camera": camera})
    return picture


def _has_found(picture: Picture) -> bool:
    """Whether somebody who looks for an owner has in the hands what is owned."""
    holds = any(f.id == picture.actor and f.holds for f in picture.figures)
    return holds and _OWNED.search(picture.sentence[:2000].lower()) is not None


_NEARER = frozenset(
    {ShotSize.extreme_close, ShotSize.close, ShotSize.medium_close, ShotSize.medium, ShotSize.medium_full}
)
_OWNED = re.compile(r"\b(?:owners?|finders?) of\b")


def _seek_together(picture: Picture, told: str) -> Picture:
    """Who is helped to find something searches beside its helper, and what is sought is not in sight."""
    helped = picture.target
    for thing in picture.things:
        if not thing.held and re.search(rf"\b{re.escape(thing.look.kind)}\b", told):
            picture = without(picture, thing.id)
    figures = tuple(
        f.model_copy(update={"action": Action.search, "gaze": None, "holds": ()})
        if f.id in (picture.actor, helped)
        else f
        for f in picture.figures
    )
    return picture.model_copy(update={"figures": figures, "action": Action.search, "target": None})


def _somebody(picture: Picture, actor: FigureIn) -> bool:
    """Whether it is done to another figure."""
    return any(f.id == picture.target and f.id != actor.id for f in picture.figures)


_HIDDEN = re.compile(r"\b(hides?|hid|hiding|conceals?) (the|a|an|his|her|its|their|my) ")


def _put_away(picture: Picture, told: str) -> Picture:
    """Of a thing that is hidden "from" somebody it is the thing that is put away; the others look about."""
    hidden = _HIDDEN.search(told)
    if hidden is None:
        return picture
    what = re.findall(r"[a-z]+", told[hidden.end() :].split(" from ", maxsplit=1)[0])
    thing = next((t for t in picture.things if t.words.lower().split()[-1:] == what[-1:]), None)
    if thing is None:
        return picture
    figures = tuple(
        f.model_copy(update={"action": Action.look, "gaze": None})
        if f.id != picture.actor and f.action is Action.hide
        else f
        for f in picture.figures
    )
    return picture.model_copy(update={"figures": figures, "target": thing.id})


def puts_away(picture: Picture) -> bool:
    """Whether a thing is hidden, and nobody."""
    there = any(t.id == picture.target for t in picture.things)
    return (
        there
        and picture.action is Action.hide
        and _HIDDEN.search(picture.sentence[:2000].lower()) is not None
    )


def _hides_another(picture: Picture, actor: FigureIn) -> Picture:
    """Whoever is hidden is behind the cover; who hides it stands by, and everybody else looks about."""
    hidden = next(f for f in picture.figures if f.id == picture.target)
    figures = []
    for figure in picture.figures:
        change: dict[str, object] = {"action": Action.look, "gaze": None}
        if figure.id == hidden.id:
            change = {"action": Action.hide, "gaze": None}
        elif figure.id == actor.id:
            change = {"action": Action.stand}
        figures.append(figure.model_copy(update=change))
    camera = picture.camera
    if camera.focus == actor.id:
        camera = camera.model_copy(update={"focus": None})
    told = {"figures": tuple(figures), "actor": hidden.id, "target": None, "camera": camera}
    return picture.model_copy(update=told)


def _hidden_from(picture: Picture) -> Picture:
    """Only the actor hides; from whom it hides looks about for it."""
    found = next(f for f in picture.figures if f.id == picture.target)
    if found.action is not Action.hide:
        return picture
    kin = found.noun.split()[-1:]  # "the horses" are three
    for other in picture.figures:
        if other.id != picture.actor and other.noun.split()[-1:] == kin and other.action is Action.hide:
            told = {"action": Action.look, "gaze": picture.actor if other is not found else None}
            picture = with_figure(picture, other, other.model_copy(update=told))
    return picture


def works_on(picture: Picture) -> bool:
    """Whether somebody works on another figure, as on a robot: not with it."""
    actor = next((f for f in picture.figures if f.id == picture.actor), None)
    other = next((f for f in picture.figures if f.id == picture.target and f.id != picture.actor), None)
    if actor is None or other is None or other.look.being is Being.person:
        return False
    return picture.action is Action.work and " with " not in picture.sentence


def helps_up(picture: Picture) -> bool:
    """Whether somebody is given a hand to get up."""
    named = manner_of(Action.reach, picture.sentence) == "help"
    return picture.action is Action.reach and (
        named or _RAISED.search(picture.sentence[:2000].lower()) is not None
    )


_LOOKS_ON = frozenset({Action.stand, Action.listen, Action.look})


def _looked_at(picture: Picture, actor: FigureIn) -> Picture:
    """The picture in which the one to whom something is shown looks at it, surprised, and both are face to
    face."""
    others = [f for f in picture.figures if f.id != actor.id]
    other = next((f for f in others if f.id == picture.target), None)
    if other is None and len(others) == 1 and " to " in picture.sentence:
        other = others[0]
    if other is None or other.action not in _LOOKS_ON:
        return picture
    order = list(Side)
    left = order.index(actor.side) < order.index(other.side)
    to, back = (Facing.right, Facing.left) if left else (Facing.left, Facing.right)
    looks = {"action": Action.look, "gaze": actor.id, "facing": back, "expression": Expression.surprised}
    picture = with_figure(picture, other, other.model_copy(update=looks))
    return with_figure(picture, actor, actor.model_copy(update={"facing": to, "gaze": other.id}))


def _is_thing(picture: Picture, actor: FigureIn) -> bool:
    """Whether it is done to a thing that is there or in the actor's hands."""
    return bool(actor.holds) or any(t.id == picture.target for t in picture.things)


def _back_to_back(picture: Picture) -> Picture:
    """Two who look away from each other, out of the frame."""
    order = list(Side)
    first, second = sorted(picture.figures, key=lambda f: order.index(f.side))
    turned = {
        first.id: {"facing": Facing.left, "gaze": None},
        second.id: {"facing": Facing.right, "gaze": None},
    }
    figures = tuple(f.model_copy(update=turned[f.id]) for f in picture.figures)
    return picture.model_copy(update={"figures": figures})


def _searched(picture: Picture) -> Picture:
    """The actor searches; whoever is sought stands far behind its back, unseen by it."""
    actor = next(f for f in picture.figures if f.id == picture.actor)
    sought = next((f for f in picture.figures if f.id == picture.target and f.id != actor.id), None)
    if sought is not None and picture.camera.focus == sought.id:
        return picture
    left = actor.side in (Side.left, Side.far_left)
    away = Facing.left if left else Facing.right
    seeks = actor.model_copy(update={"action": Action.search, "gaze": None, "facing": away})
    picture = with_figure(picture, actor, seeks)
    if sought is not None:
        behind = {
            "distance": Distance.far,
            "side": Side.far_right if left else Side.far_left,
            "facing": Facing.right if left else Facing.left,
            "gaze": None,
            "action": Action.stand if sought.action is Action.search else sought.action,
        }
        picture = with_figure(picture, sought, sought.model_copy(update=behind))
    return picture.model_copy(update={"action": Action.search, "target": None})
