"""The act that a pattern means in one story: told as its bodies do it, or None where it cannot be seen."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ...storyboard.vocabulary import Action, Being
from .able import FLIGHTLESS, HOOFED, TAILED, body_of, can_carry, can_do, is_handling, place_lets
from .act import PATTERN, PROP, ROLE, TAG, Act, Played, action_of, aim_of, called, phrasal, target_of
from .borne import beyond_babes, beyond_the_ill
from .company import phrase_of
from .doers import APART, PAIR, both, unlike_animals
from .likely import beds_down_outside, beyond_insects, beyond_strength, picture_of
from .phrase import Phrase
from .roles import Parts
from .seeing import Stage, prop_fits, things_fit, with_other
from .spots import PAST, SPACE, indoors
from .telling import Missing, Teller
from .troubles import can_get_up, gets_up, has_soil

_UNSEEN = frozenset({Action.think, Action.stand})
"""Actions that a picture cannot tell: an act of the outline is none of them."""
_TREES = frozenset({"tree", "tree being"})
"""Who has a face in its trunk: arms laid round that would hide it."""
_MANUAL = frozenset(
    {
        "bandage",
        "feed",
        "pet",
        "wrap",
        "wipe",
        "ring",
        "write",
        "draw",
        "put",
        "confess",
        "pour",
        "wave",
        "pack",
        "knock",
        "plant",
    }
)
"""Verbs of hands whose action others do in other ways."""
_MOBILE = frozenset({"jump", "ask", "trip", "dance", "sleep", "climb"})
"""Verbs of those who move, whose action a thing that stays could also have."""
_LEGLESS = frozenset({"snowman", "ghost", "spirit"})
"""Upright without legs: nothing is climbed."""
_ABOARD = frozenset({Action.sleep, Action.lie, Action.sit})
"""What can be done in a boat as on land, where the idea says it."""
_BODIES = frozenset({"hero", "other", "third"})
_OF_LEGS = frozenset({"jump", "walk", "run", "climb", "dance", "kneel", "trip", "fall", "stumble", "slip"})
_BY_ONE = frozenset({"paint", "saw", "kick", "pick"})
"""Done to one thing by one, while the others of several would stand by."""
_OF_BREATH, _AIRLESS = (
    frozenset({"smell", "sniff", "eat", "drink", "kiss", "taste"}),
    frozenset({"moon", "space"}),
)
"""What nobody does in a closed helmet, and where all wear one."""
_OF_MIND = frozenset({"dream", "remember", "miss", "imagine"})
"""What is seen in a cloud beside the head."""
_OF_SNOUTS = re.compile(
    r"^\{\w+\} <(?:sniff|nuzzle|lick|howl|whimper|bark|growl|peck|trot|curl> up beside)>?"
)
"""What somebody with hands does not do."""
_BY_MOUTH = frozenset({"bring", "return", "fetch", "deliver"})
"""Ways to give that take no hands."""
_FOR_HANDS = frozenset(
    {
        "a hammer",
        "a plank",
        "a shovel",
        "a broom",
        "a candle",
        "a lantern",
        "a lamp",
        "a cup of tea",
        "a cup of coffee",
        "a newspaper",
        "a glove",
        "an umbrella",
        "a photograph",
        "a notebook",
        "a suitcase",
        "a cup",
        "a book",
        "a hat",
        "a coat",
        "a map",
        "a cake",
    }
)
"""Things of people, which a plain animal neither uses nor is given."""
_OF_ROOMS = re.compile(
    r"\b(?:door|wall|gate|fence|window|last steps|stairs|slope|stream on stones)\b|<clutch>|<rise> to"
)
"""What a body without hands neither opens, climbs nor clutches."""
_DRY = re.compile(r"blanket|flute|candle|fire|cup of|cake|book|<(?:sweep|read|write|light|drink)>")
"""What nobody does below the water."""
_UNDER_WATER = frozenset({"a stone", "a ring", "a shell", "a bottle", "a net", "a rope"})
"""Things that a fish has to do with."""


@dataclass(frozen=True)
class _Draft:
    """A pattern on its way to an act."""

    words: str
    made: re.Match[str]
    """Who does what, as ``PATTERN`` finds it."""

    @property
    def verb(self) -> str:
        return self.made["verb"]

    @property
    def rest(self) -> str:
        return self.made["rest"]

    @property
    def named(self) -> list[str]:
        """The roles, in the order in which they are named."""
        return [m[1] for m in ROLE.finditer(self.words)]

    def told(self, words: str) -> _Draft:
        """The same in other words."""
        return _Draft(words, PATTERN.match(words) or self.made)


def act_of(pattern: str, parts: Parts, teller: Teller, stage: Stage, played: Played, own: bool) -> Act | None:
    """The act that a pattern means in this story, or None where it cannot be seen here.

    ``own``: the idea tells it, and what it tells is shown where it can be.
    """
    tag = found[1] if (found := TAG.search(pattern)) else ""
    plain = TAG.sub("", pattern.removeprefix("!"))
    own = own or pattern.startswith("!")
    made = PATTERN.match(plain)
    draft = _reached(_Draft(plain, made), parts, stage, played, own) if made else None
    if draft is None:
        return None
    roles = parts.roles
    draft = draft if own else _embraced(draft, roles)
    named = draft.named
    if any(r not in roles for r in named):
        return None
    who = roles[ROLE.findall(draft.made["who"])[0]]
    if _too_much(draft, parts, own) or _out_of_time(draft, parts, stage):
        return None
    if _against_its_limbs(draft, who, parts, own) or _wet(draft, who, stage, own):
        return None
    draft = _as_bodies_do(draft, who, parts, own)
    action = action_of(draft.verb, draft.rest)
    if action is None or not _doable(draft, action, who, stage, own):
        return None
    if not own and (_for_other_hands(draft, roles) or unlike_animals(draft.made, action, draft.words, parts)):
        return None
    place = "sea" if stage.spot.boat else stage.spot.kind
    if not with_other(draft.words, action, parts, tag, own):
        return None
    aboard = own and stage.spot.boat and action in _ABOARD
    if not aboard and not place_lets(tag, place, who, action, stage.rough):
        return None
    props = tuple(_prop(words, played) for words in PROP.findall(draft.words))
    if not all(prop_fits(p, parts, stage) for p in props):
        return None
    if not things_fit(draft.made, action, who, parts, stage, own):
        return None
    if any(is_handling(action, "") and body_of(who) != "hand" and not can_carry(who, p) for p in props):
        return None
    return _as_told(draft, action, named, props, parts, teller, stage, played)


def _reached(draft: _Draft, parts: Parts, stage: Stage, played: Played, own: bool) -> _Draft | None:
    """The pattern as this story lets it be: what two do is done by both, and a star is pointed at."""
    if not own:
        if played.gave and re.match(r"\{hero\} <(?!give)[\w-]+>.*\{thing\}", draft.words):
            return None  # it is somebody else's now
        if draft.verb == "meet" and any("{other}" in p for told in played.own.values() for p in told):
            return None  # the idea's own act shows them together
        if parts.subject == PAIR and (draft.verb in APART or "their first" in draft.words):
            return None
        draft = draft.told(both(draft.made, draft.words, parts))
        if _cannot_rise(draft, parts, played):
            return None
        if "crows" in draft.words and (stage.spot.kind in SPACE or indoors(stage.spot.kind)):
            return None
    if "{thing}" not in draft.words or not out_of_reach(parts):
        return draft
    if draft.verb not in _FROM_BELOW | {"find"}:
        return None
    return draft.told(re.sub(r"<find>(?= \{thing\})", "<point> at", draft.words))


def _cannot_rise(draft: _Draft, parts: Parts, played: Played) -> bool:
    """Whether somebody gets up who does not lie, or whom nobody pulls up: a whale."""
    riser = gets_up(draft.words)
    if riser and not can_get_up(played.doing.get(riser)):
        return True
    if riser not in parts.roles or "> {" not in draft.words:
        return False
    return body_of(parts.roles[riser]) not in {"hand", "paw"}


def _embraced(draft: _Draft, roles: dict[str, Phrase]) -> _Draft:
    """A hug as they give it whose arms do not reach around anybody: a horse, a tree, a snowman."""
    hug = re.match(r"\{(\w+)\} <hug> \{(\w+)\}$", draft.words)
    if hug is None:
        return draft
    kind = roles[hug[2]].kind if hug[2] in roles else ""
    if hug[2] in roles and kind in HOOFED:  # it comes to whoever would hug it
        return draft.told(f"{{{hug[2]}}} <nuzzle> {{{hug[1]}}}")
    if hug[2] in ("hero", "other") and kind in _TREES:
        return draft.told(f"{{{hug[1]}}} <bow> to {{{hug[2]}}}")
    if any(r in roles and roles[r].kind == "snowman" for r in hug.groups()):  # its arms are twigs
        return draft.told(f"{{{hug[1]}}} <laugh> with {{{hug[2]}}}")
    return draft


def _too_much(draft: _Draft, parts: Parts, own: bool) -> bool:
    """Whether it is beyond the years, the health, the strength or the size of whoever does it."""
    plain = draft.words
    if beyond_babes(plain, parts):
        return True
    if own:
        return False
    return beyond_the_ill(plain, parts) or beyond_strength(plain, parts) or beyond_insects(plain, parts)


def _out_of_time(draft: _Draft, parts: Parts, stage: Stage) -> bool:
    """Whether it is done with what the story's time does not know."""
    return draft.verb == "photograph" and bool(stage.era or PAST.search(" ".join(parts.words)))


def _against_its_limbs(draft: _Draft, who: Phrase, parts: Parts, own: bool) -> bool:
    """Whether it takes legs, hands or arms that one of them does not have."""
    plain, verb, roles, body = draft.words, draft.verb, parts.roles, body_of(who)
    if who.kind in TAILED and verb in _OF_LEGS:
        return True
    if body == "wing" and verb == "lick":
        return True
    if body != "hand" and re.search(r"by the hand|in both arms", plain):
        return True
    if body != "hand" and verb == "pull" and draft.rest.endswith("up"):
        return True
    if own:
        return False
    if who.plural and verb in _BY_ONE:
        return True
    legless = [r for r in draft.named if roles[r].kind in _LEGLESS]
    handless = [r for r in draft.named if r in _BODIES and body_of(roles[r]) != "hand"]
    if (legless and verb == "climb") or ("ladder" in plain and (handless or _BODIES & set(legless))):
        return True
    if verb == "raise" and "{thing}" in plain and "thing" in parts.invented:
        return True
    ghostly = any(roles[r].being is Being.ghost for r in draft.named)
    if ghostly and re.search(r"by the hand|in both arms|<shake>", plain):
        return True  # of mist
    if body == "hand":
        return False
    hidden = re.search(r"<hide> (?:\{(?:thing|tool)\}|\()", plain)  # it would stand beside it, held by nobody
    flower = verb == "pick" and not draft.rest.startswith("up")
    return bool(hidden) or flower


def _wet(draft: _Draft, who: Phrase, stage: Stage, own: bool) -> bool:
    """Whether it is done below the water with what is only used above it."""
    below = body_of(who) == "fin" or stage.spot.kind == "underwater"
    if own or not below:
        return False
    return not set(PROP.findall(draft.words)) <= _UNDER_WATER or _DRY.search(draft.words) is not None


def _as_bodies_do(draft: _Draft, who: Phrase, parts: Parts, own: bool) -> _Draft:
    """The pattern with the verbs by which such a body does it: a dog nuzzles, a bird flies."""
    body, met = body_of(who), parts.roles.get("other")
    if not own and met is not None and met.being is Being.octopus:  # no arms reach around it
        draft = draft.told(draft.words.replace("<hug> {other}", "<touch> {other}"))
    if body != "hand":
        draft = draft.told(draft.words.replace("<hug>", "<nuzzle>").replace("<kiss>", "<nuzzle>"))
    if body == "wing" and not own and who.kind not in FLIGHTLESS:
        flown = re.sub(r"<(?:walk|run|trot)>", "<fly>", draft.words).replace(
            "<turn> away from", "<fly> away from"
        )
        draft = draft.told(flown.replace("<sit> down", "<perch>"))
    return draft


def _without_hands(draft: _Draft, body: str, own: bool) -> bool:
    """Whether such a body, which has no hands, does nothing of the kind."""
    plain, verb = draft.words, draft.verb
    if not own and (verb in _MANUAL or _OF_ROOMS.search(plain)):
        return True
    if any(word in plain for word in ("ladder", "blanket", "flute")):
        return True
    if body == "fin":
        return verb in {"trip", "fall", "grab", "kneel"}
    return body == "still" and bool(verb in _MOBILE or PROP.search(plain))


def _doable(draft: _Draft, action: Action, who: Phrase, stage: Stage, own: bool) -> bool:
    """Whether it is an act that can be seen, and that whoever does it can do there."""
    body = body_of(who)
    if body == "hand" and _OF_SNOUTS.search(draft.words):
        return False
    if body != "hand" and _without_hands(draft, body, own):
        return False
    if action is Action.give and body != "hand" and draft.verb not in _BY_MOUTH and not own:
        return False
    minded = own and draft.verb in _OF_MIND
    if (action in _UNSEEN and not minded) or not (own or can_do(who, action)):
        return False
    if own:
        return True
    if action is Action.dig and not has_soil(stage.spot.kind):
        return False
    if draft.verb in _OF_BREATH and stage.spot.kind in _AIRLESS:
        return False
    return not beds_down_outside(draft.words, action, who, stage.spot.kind, stage.rough)


def _for_other_hands(draft: _Draft, roles: dict[str, Phrase]) -> bool:
    """Whether a thing of people comes to somebody without hands."""
    handed = [roles[r] for r in dict.fromkeys(draft.named) if r in _BODIES]
    return bool(_FOR_HANDS & set(PROP.findall(draft.words))) and any(body_of(p) != "hand" for p in handed)


def _as_told(
    draft: _Draft,
    action: Action,
    named: Sequence[str],
    props: tuple[Phrase, ...],
    parts: Parts,
    teller: Teller,
    stage: Stage,
    played: Played,
) -> Act | None:
    """The act with its sentence, or None where that needs what the story does not have."""
    shown = PROP.sub(lambda m: _mention(_prop(m[1], played), played), draft.words)
    fork = teller.fork()
    fork.texts["in"] = stage.spot.where
    try:
        sentence, verb, _ = fork.show(shown)
    except Missing:
        return None
    target = target_of(draft.rest, props, action)
    aim = aim_of(target, action, named, parts.roles)
    rest = re.sub(r"\{in\}|\W+", " ", PROP.sub("", draft.rest)).strip()
    whose = "" if aim or named[0] == "hero" else f"{named[0]}: "
    parts_from = action is Action.walk and re.search(r"\baway\b", draft.rest) is not None
    aim = f"away from {aim}" if aim and parts_from else aim
    return Act(
        sentence,
        phrasal(draft.verb, draft.rest, action) or verb,
        action,
        tuple(dict.fromkeys(named)),
        props,
        target,
        (action, aim or f"{whose}{rest}"),
        picture_of(
            "leave" if parts_from else draft.verb,
            action,
            (*named, *(p.noun for p in props)),
            stage.spot.phrase.noun,
        ),
    )


_HEAVENLY = frozenset(
    {
        "star",
        "stars",
        "moon",
        "sun",
        "comet",
        "planet",
        "rainbow",
        "constellation",
        "cloud",
        "clouds",
        "galaxy",
    }
)
_FROM_BELOW = frozenset(
    {"point", "gaze", "look", "sing", "wave", "talk", "whisper", "call", "photograph", "draw"}
)
_TO_HAND = re.compile(
    r"\b(?:fall(?:s|en|ing)?|fell|steals?|catch(?:es)?|carr(?:y|ies)|brings?|takes?|pick(?:s|ed)?|polish(?:es)?"
    r"|hangs?|returns?|keeps?|sells?|buys?|eats?|swallows?|lights?|gives?|puts?|throws?|holds?|makes?|builds?"
    r"|sews?|paper|toy|gold(?:en)?|wooden|paints?|repairs?|lands?|crash(?:es)?)\b"
)
"""Words of a tale in which what is in the sky comes to hand."""


def out_of_reach(parts: Parts) -> bool:
    """Whether the story's thing is in the sky, and nothing of the idea brings it down."""
    heavenly = parts.roles["thing"].head.lower() in _HEAVENLY
    return heavenly and _TO_HAND.search(" ".join(parts.words).lower()) is None


def _prop(words: str, played: Played) -> Phrase:
    made = phrase_of(words, "thing")
    return played.props.get(called(made), made)


def _mention(prop: Phrase, played: Played) -> str:
    known = called(prop) in played.props
    return f"the {called(prop)}" if known else prop.first
