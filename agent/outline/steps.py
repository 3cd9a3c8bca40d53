"""The steps of a deed: how it is prepared, begun, fails, is tried again and succeeds, by kind of deed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...storyboard import lexicon
from ...storyboard.vocabulary import Action, Being
from .able import body_of, can_do
from .act import action_of
from .acting import trade_acts
from .bank import bank
from .clauses import Clause
from .idea import Reading
from .kinds import emblem_of, feared_thing, told_kinds, vehicle_of
from .lore import home_of
from .roles import FOLLOWED, WAYS, Parts
from .spots import WATER_HOMES
from .words import POSSESSIVES

LED = frozenset({"carry", "bring", "lead", "take", "guide", "pull", "drag", "return", "push", "accompany"})
"""Verbs by which somebody is brought along a way."""
STAYING = frozenset(
    {
        "play",
        "dance",
        "build",
        "make",
        "paint",
        "draw",
        "hide",
        "sleep",
        "guard",
        "cook",
        "bake",
        "wait",
        "repair",
    }
)
"""Deeds that are done where they are begun, if the idea says where."""
_HARD = frozenset({"build", "construct", "make", "invent"})
_GAMES = frozenset({"chess", "checkers", "draughts", "board", "cards", "card", "chessboard"})
_STEALING = frozenset({"eat", "steal", "take", "break", "burn", "tear", "grab", "snatch"})
_CURSING = frozenset(
    {"curse", "attack", "hunt", "chase", "bite", "accuse", "threaten", "hate", "kidnap", "rob"}
)
_FIGHTING = frozenset({"fight", "kill", "attack", "slay", "hunt", "shoot", "hurt"})
_FOES = frozenset({"monster", "hunter", "poacher", "bandit", "kidnapper", "enemy", "enemies", "killer"})
_FLEEING = frozenset({"escape", "flee", "run", "hide", "defend", "protect", "save", "guard"})
_SAVING = frozenset({"save", "rescue", "free", "help", "heal", "cure", "nurse", "feed", "teach", "comfort"})
_MAKING_PEACE = frozenset(
    {"befriend", "love", "adopt", "forgive", "tame", "marry", "kiss", "comfort", "cure"}
)
_FROM_HERE = frozenset({"main", "and", "want", "must", "to", "who"})
FLYING = frozenset({"plane", "airplane", "balloon", "helicopter", "airship", "glider"})
ON_A_LINE = frozenset({"kite", "drone"})
_SAILED = frozenset({"boat", "raft", "ship", "sailboat", "canoe", "submarine"})


def steps_of(reading: Reading, parts: Parts, clauses: Iterable[Clause]) -> dict[str, list[list[str]]]:
    """Patterns of the steps of what the idea's hero does, by slot: one list for each kind, the first best.

    Empty where the idea's verb has no steps of its own. Patterns that need a part which the idea does not
    name are left out, but for a helper in the turn.
    """
    told = list(clauses)
    loved = "{" + loved_thing(reading, parts) + "}"
    out: dict[str, list[list[str]]] = {}
    baked = {"bakery", "baker", "bread", "cake"} & {w.lower() for w in reading.words}
    kinds = list(told_kinds(reading, parts, told))
    if not _WHOLE & set(kinds):
        kinds += _kinds(reading, parts, told)
    alone = "other" in parts.invented or "other" not in parts.roles
    if not kinds and alone and seen_thing(parts) and parts.shape in _ABOUT:
        kinds = ["about"]
    for kind in dict.fromkeys(kinds):
        if kind == "build" and parts.roles["thing"].head.lower() in _EATEN:
            kind = "cook"
        for slot, patterns in bank("steps")[kind].items():
            named = [_meant(p, kind, loved, parts) for p in patterns] if slot != "verbs" else []
            if kind == "lead" and parts.roles["other"].determiner in POSSESSIVES:  # nobody finds their own
                named = [p for p in named if "<find>" not in p]
            named = list(dict.fromkeys(practised(p, reading, parts, told) for p in named))
            named = [p.replace("VEHICLE", vehicle_of(parts.roles["hero"])) for p in named]
            named = [p.replace("EMBLEM", emblem_of(reading)) for p in named]
            named = [p.replace("FEARED", feared_thing([w.lower() for w in reading.words])) for p in named]
            named = [p.removesuffix(" @bread") for p in named if baked or not p.endswith("@bread")]
            if baked and kind == "shop":
                named = [p for p in named if not _NOT_BREAD.search(p)] or named
            named = _at_cards(named, reading, parts) if kind == "play" else named
            kept = [p for p in named if _told_of(p, kind, parts)]
            if kept:
                out.setdefault(slot, []).append(kept)
    return out


def _at_cards(patterns: list[str], reading: Reading, parts: Parts) -> list[str]:
    """The steps of a game as they are of this one: cards have no board, and snow lies on none indoors."""
    words = {w.lower() for w in reading.words}
    told = (
        patterns
        if words & {"snow", "winter", "snowstorm"}
        else [p for p in patterns if not re.search("snow|cold", p)]
    )
    if "other" in parts.roles:
        told = [p.replace("<shake> hands", "<shake> hands with {other}") for p in told]
    if parts.roles["thing"].head.lower() not in {"card", "cards"}:
        return told
    cards = (("a piece on the board", "a card"), ("the last piece", "the last card"), ("a piece", "a card"),
             ("the board", "the cards"))  # fmt: skip
    told = [p.replace("<move> a piece on the board", "<play> a card") for p in told]
    for said, meant in cards:
        told = [p.replace(said, meant) for p in told]
    return told


def practised(pattern: str, reading: Reading, parts: Parts, clauses: list[Clause]) -> str:
    """The pattern with what is seen of practising and showing how: the act that is learnt or performed.

    Where the idea names no act that can be seen, somebody with hands works and a beast jumps over a log.
    """
    found = re.match(r"\{(\w+)\} <(practise|show)>(?!.*\{thing\}) ?(.*)", pattern)
    if found is None or (found[2] == "show" and "how to do it" not in found[3]):
        return pattern
    doer = parts.roles.get(found[1], parts.roles["hero"])
    own = [(c.verb, c.rest) for c in clauses if c.link in {"to", "want", "main"} and not c.negated]
    wanted = own or [(reading.verb, "")]
    for verb, rest in wanted:
        action = action_of(verb, rest) if verb not in _ABSTRACT | LED | {"drop"} else None
        if action is None:
            continue
        if (action in _REHEARSED or verb in _AT_IT) and can_do(doer, action):
            if action not in {Action.ride, Action.row}:
                fellow = {"hero": "other", "other": "hero"}[found[1]]
                taught = fellow in parts.roles and any(c.verb in _TEACHING for c in clauses)
                return f"{{{found[1]}}} <{verb}> {f'with {{{fellow}}}' if taught else '{in}'}"
            if rest.startswith("{thing}"):
                return f"{{{found[1]}}} <{'push' if found[1] == 'hero' else verb}> {{thing}}"
    lesson = parts.roles.get("hero", doer) if any(c.verb in _TEACHING - {"learn"} for c in clauses) else doer
    trade = [
        p for p in trade_acts(doer) or trade_acts(lesson) if p.startswith("{hero}") and "{other}" not in p
    ]
    if trade and body_of(doer) == "hand":
        return trade[0].replace("{hero}", f"{{{found[1]}}}")
    seen = {"hand": "<work> {in}", "wing": "<fly> {in}", "fin": "<leap> out of the water"}
    return f"{{{found[1]}}} {seen.get(body_of(doer), '<jump> over (a log)')}"


_EATEN = frozenset(
    {"soup", "cake", "bread", "stew", "pie", "pizza", "jam", "tea", "pancake", "pancakes", "cookies",
     "sandwich", "porridge", "lunch", "dinner", "noodles", "cheese", "chocolate", "salad"}
)  # fmt: skip
"""What is cooked where it is made."""
_NOT_BREAD = re.compile(r"cup of tea|\(a tray\)|<wave>|<hug>")
"""What would stand in for the bread of a bakery."""
_WHOLE = frozenset(
    {
        "turned",
        "spelled",
        "grown",
        "conjure",
        "chauffeur",
        "shrink",
        "drown",
        "waltz",
        "vowed",
        "shop",
        "foundling",
        "nursling",
        "guarded",
        "letgo",
        "ill",
        "reunion",
        "soar",
        "scare",
        "missive",
        "doorway",
    }
)
"""Kinds that are a whole story: no other deed's steps are mixed in."""
_ABOUT = frozenset({"strive", "message", "grow", "farewell", "friendship"})
"""Shapes in which a thing is there from the start where the deed has no steps of its own."""
_TEACHING = frozenset({"teach", "train", "learn", "show"})
_ABSTRACT = frozenset({"use", "teach", "train", "show", "learn", "practise", "study", "become", "try"})
"""Verbs of learning: nothing is seen of them alone."""
_REHEARSED = frozenset(
    {Action.dance, Action.sing, Action.play, Action.read, Action.write, Action.paint, Action.dig,
     Action.cook, Action.swim, Action.fly, Action.jump, Action.climb, Action.ride, Action.row, Action.run,
     Action.fight, Action.perform, Action.throw}
)  # fmt: skip
"""What can be seen to be learnt."""
_AT_IT = frozenset(
    {"fish", "knit", "sew", "skate", "ski", "juggle", "whistle", "box", "drum", "cycle", "bake", "paint"}
)
"""The same of what has a picture of its own, whatever the body does in it."""


def _meant(pattern: str, kind: str, loved: str, parts: Parts) -> str:
    """The pattern with the thing that is loved, or chased where nobody is, in its place."""
    if kind == "adore":
        return pattern.replace("{thing}", loved)
    runaway = kind == "chase" and "other" in parts.invented and seen_thing(parts)
    return pattern.replace("{other}", "{thing}") if runaway and pattern.startswith("{hero}") else pattern


def _told_of(pattern: str, kind: str, parts: Parts) -> bool:
    entry = lexicon.look_up(parts.roles["thing"].noun, "thing")
    light = entry is not None and entry.attributes.get("stature") in {"tiny", "small"}
    if light and kind == "carry" and re.search(r"<(?:push|pull|tie|sleep)>", pattern):
        return False
    if light and kind == "about" and re.search(r"<(?:kneel|sleep|dance|hug|sit|walk)>", pattern):
        return False
    faller = re.match(r"\{(\w+)\} <fall> over", pattern)
    who = parts.roles.get(faller[1], parts.roles["hero"]) if faller else None
    if who is not None and (body_of(who) not in {"hand", "paw"} or who.being is Being.ghost):
        return False
    if "into the open" in pattern and flown(parts) is None:
        return False
    return "{thing}" not in pattern or seen_thing(parts)


def _kinds(reading: Reading, parts: Parts, clauses: list[Clause]) -> Iterable[str]:
    own = [c for c in clauses if c.actor in {"hero", "both"}]
    if any(refusing(c) for c in own):
        named = "other" in parts.roles and "other" not in parts.invented
        foe = named and any(refusing(c) and c.verb in _FIGHTING for c in own)
        if reading.verb not in {"promise", "swear", "vow"}:
            yield "peace" if foe else "refuse"
        return
    words = {w.lower() for w in reading.words}
    if {"become", "becomes", "becoming"} & words and "friends" not in words:
        yield "learn"
    if {"allowed", "forbidden", "banned"} & {w.lower() for w in reading.words}:
        yield "barred"
    if loved_thing(reading, parts):
        yield "adore"
    robbed = any(c.actor == "other" and c.verb in _STEALING and ("{thing}" in c.rest or "{third}" in c.rest)
                 for c in clauses)  # fmt: skip
    if robbed:
        yield "robbed"
    if reading.verb == "sleep":
        yield "sleep"
    if not robbed and is_foe(reading, parts, clauses, other_harms=True):
        yield "foe"
    hero = parts.roles["hero"]
    swims = home_of(hero) in WATER_HOMES and body_of(hero) != "hand"
    led = any(c.verb in LED and c.rest.startswith("{other}") for c in own)
    if led and parts.shape != "rescue":
        ridden = body_of(hero) == "paw" and hero.kind in _RIDDEN and body_of(parts.roles["other"]) == "hand"
        yield "borne" if body_of(hero) == "fin" and swims else "mounted" if ridden else "lead"
    if swims and any(c.verb in LED for c in own):
        yield "seaway"
    if any(c.verb in {"search", "seek", "look"} and c.rest.startswith("for {other}") for c in own):
        yield "seekone"
    if reading.verb == "learn":
        yield "learn"
    if reading.verb == "lose" and not seen_thing(parts):
        yield "loss"
        return
    verbs = [c.verb for c in own if c.link in _FROM_HERE and not c.negated] or [reading.verb]
    verbs = [v for v in verbs if v != "look" or reading.verb != "gaze"]
    if any(c.verb in {"find", "discover", "see"} and "{other}" in c.rest for c in own):
        verbs = ["meet" if v in {"find", "discover", "see"} else v for v in verbs]
    if parts.roles["thing"].head.lower() in FOLLOWED:
        verbs = ["walk" if v == "follow" else v for v in verbs]
    if "other" in parts.invented:
        verbs = [v for v in verbs if v not in {"swap", "exchange", "trade"}]
    if seen_thing(parts) and any(
        re.search(r"\bwith \{thing\}", c.rest) and c.verb in WAYS | {"cross"} for c in own
    ):
        yield "carry"
    for verb in verbs:
        found = any(c.verb == verb and "{thing}" in c.rest for c in own)
        yield from _by_verb(verb, parts, led, found)
    if parts.shape == "rescue" and reading.verb not in {"hide", "shelter", "conceal"}:
        yield "rescue"
    if swims:
        yield "sea"


_RIDDEN = frozenset(
    {"bear", "horse", "donkey", "elephant", "camel", "lion", "tiger", "deer", "reindeer", "cow", "bull",
     "zebra", "unicorn", "polar bear", "giraffe", "moose", "rhino", "hippo", "dinosaur", "turtle"}
)  # fmt: skip
"""Animals on whose back a person sits."""


def _by_verb(verb: str, parts: Parts, led: bool, found: bool = True) -> Iterable[str]:
    thing = parts.roles["thing"]
    named = seen_thing(parts)
    hero = parts.roles["hero"]
    if verb == "play" and "thing" not in parts.invented and thing.head.lower() in _GAMES:
        yield "play"
        return
    if verb == "fly" and body_of(hero) != "wing":
        kinds = {thing.head.lower(), thing.kind} if named else set()
        yield from ["aloft"] if kinds & FLYING else ["kite"] if kinds & ON_A_LINE else []
        return
    if verb == "dance" and "other" in parts.roles and "other" not in parts.invented:
        yield "dance"
    if verb in _HARD and named and thing.head.lower() == "snowman":
        yield "snow"
        return
    for kind, slots in bank("steps").items():
        if kind == "hide" and verb in {"hide", "conceal"} and "other" in parts.invented:
            if verb == "hide" and named and found:
                yield "stash"
            continue
        if verb in slots["verbs"].split() and not (led and kind == "carry"):
            if (
                kind == "travel"
                and home_of(parts.roles["hero"]) in WATER_HOMES
                and body_of(parts.roles["hero"]) != "hand"
            ):
                kind = "seaway"
            if kind == "build" and verb == "make" and not named:
                continue  # a deal, a mistake, a wish
            if kind == "grow" and not named and "other" not in parts.invented:
                continue  # a child, a cub
            if kind == "find" and (not named or (verb in {"find", "discover"} and not found)):
                continue
            if kind == "fight" and named and found:
                continue  # it is about the thing, and no swords
            if kind == "carry" and not named:
                kind = "travel"
            yield kind


def refusing(clause: Clause) -> bool:
    """Whether the clause is what the hero will not do: "refuses to fight", "will not cross"."""
    return clause.negated and clause.link in {"want", "must"} and clause.actor in {"hero", "both"}


def loved_thing(reading: Reading, parts: Parts) -> str:
    """The role of the thing that is fallen in love with, a painting or a statue; "" where it is none."""
    words = [w.lower() for w in reading.words]
    near = set(words[words.index("love") :][:5]) if "love" in words else set()
    stolen = "it" in near and "with" in near and "thing" not in parts.invented
    if stolen and "thing" in parts.roles:
        return "thing"
    for role in ("thing", "other"):
        phrase = parts.roles.get(role)
        thing = phrase is not None and (role == "thing" or phrase.being is Being.thing)
        if phrase is not None and thing and role not in parts.invented and phrase.head.lower() in near:
            return role
    return ""


def seen_thing(parts: Parts) -> bool:
    """Whether the story's thing is named by the idea and has a drawing."""
    drawn = "thing" in parts.figures or lexicon.look_up(parts.roles["thing"].noun, "thing") is not None
    return drawn and "thing" not in parts.invented


def is_foe(reading: Reading, parts: Parts, clauses: Iterable[Clause], other_harms: bool = False) -> bool:
    """Whether the two are enemies; with ``other_harms``, whether the other does the hero harm, or is fled."""
    other = parts.roles.get("other")
    if other is None or "other" in parts.invented:
        return False
    words = {w.lower() for w in reading.words}
    told = list(clauses)
    if any(c.verb in _MAKING_PEACE for c in told) or reading.verb in _MAKING_PEACE or "friends" in words:
        return False
    kind = any(c.actor == "hero" and c.verb in LED | _SAVING and "{other}" in c.rest for c in told)
    if kind:
        return False
    hunted = any(c.actor == "hero" and c.verb in _CURSING and c.rest.startswith("{other}") for c in told)
    if hunted:
        return not other_harms
    harm = any(
        c.actor == "other"
        and c.verb in _CURSING
        and not c.negated
        and (c.verb != "hate" or re.search(r"\{hero\}|\b(?:him|her|them)\b", c.rest))
        for c in told
    )
    fled = other.after == "from" and bool(_FLEEING & {reading.verb, *reading.goal.split()[:1]})
    return harm or fled or other.head.lower() in _FOES


def flown(parts: Parts) -> tuple[str, str] | None:
    """How the story's vehicle is used in the end: the slot and the pattern; None where it is none."""
    kinds = {parts.roles["thing"].head.lower(), parts.roles["thing"].kind}
    if "thing" in parts.invented or body_of(parts.roles["hero"]) != "hand":
        return None
    if kinds & FLYING:
        return "close", "{hero} <fly> away in {thing}"
    return ("close", "{hero} <sail> away in {thing}") if kinds & _SAILED else None
