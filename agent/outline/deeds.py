"""The idea's own acts: what its clauses say is done, in the present, for the shots that they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from ...storyboard import lexicon
from ...storyboard.vocabulary import Action, PlaceKind
from .able import body_of, can_carry, can_do
from .acting import action_of, trade_acts, trade_acts_of
from .bank import bank
from .clauses import Clause, read_clauses
from .events import event_of
from .idea import Reading
from .implied import SHARED_FOOD, completed, implied
from .kinds import vehicle_of
from .parting import parted
from .phrase import Phrase
from .roles import FOLLOWED, PROTECTING, Parts
from .route import BY_BOAT
from .spots import indoors
from .steps import FLYING, ON_A_LINE, flown, practised, refusing
from .words import CLOSED

_UNSEEN = frozenset({Action.think, Action.stand, Action.look, Action.perform})
"""Actions that the idea's own clause does not show: what is seen for them is chosen elsewhere."""


def own_acts(reading: Reading, parts: Parts, laid: Iterable[str]) -> dict[str, list[str]]:
    """Patterns of the acts that the idea itself tells, by slot, for the slots ``laid`` that the film has.

    Empty where the idea tells nothing that can be seen. Never fails.
    """
    found: dict[str, list[str]] = {}
    for told in read_clauses(reading, parts):
        clause = completed(told, reading, parts)
        for slot, pattern in _shown(clause, parts):
            _lay(slot, _taught(pattern, reading, parts), found)
    aim = any(c.link == "to" for c in read_clauses(reading, parts))
    if reading.verb in BY_BOAT and "other" in parts.invented and parts.shape == "journey" and not aim:
        _lay("deed", "{other} <pull> {hero} ashore", found)
        _lay("after", "{other} <wrap> {hero} in (a blanket)", found)
    for slot, pattern in [*_inner(reading, parts), *implied(reading, parts)]:
        _lay(slot, pattern, found)
    if any(p.startswith("{other} <bring>") for p in found.get("deed", ())):
        found["turn"] = [p for p in found.get("turn", ()) if p != _BROUGHT]
    gone = any(p.split("<")[-1].split(">")[0] in _CONSUMING and p.startswith("{other}") and "{thing}" in p
               for patterns in found.values() for p in patterns)  # fmt: skip
    if gone:
        found["deed"] = [p for p in found.get("deed", ()) if "<give> {thing}" not in p]
    have = set(laid)
    placed: dict[str, list[str]] = {}
    for slot, patterns in found.items():
        for pattern in patterns:
            for chance in (slot, *_ELSE.get(slot, ())):
                if chance in have and chance not in placed:
                    placed[chance] = [pattern]
                    break
    return placed


def _event(clause: Clause, who: str, actor: Phrase, parts: Parts) -> list[tuple[str, str]]:
    """What is seen of a verb without a picture of its own, where no act is named that is taught."""
    taught = clause.verb in {"train", "teach", "coach"}
    return [] if taught and _names_act(parts) else event_of(clause, who, actor, parts)


def _names_act(parts: Parts) -> bool:
    """Whether the idea says what is taught: "teaches her to swim", "teaches him chess"."""
    return "thing" not in parts.invented or "to" in {w.lower() for w in parts.words}


def _taught(pattern: str, reading: Reading, parts: Parts) -> str:
    """The pattern with the act that is taught or practised, where the idea names one that can be seen."""
    if not re.match(r"\{hero\} <(?:practise|teach> \{other\}$)", pattern):
        return pattern
    shown = "{hero} <practise> {in}" if "<practise>" in pattern else "{hero} <show> {other} how to do it"
    seen = practised(shown, reading, parts, read_clauses(reading, parts))
    return pattern if "<work>" in seen else seen


def _seen_of(clause: Clause, who: str, actor: Phrase, parts: Parts) -> list[tuple[str, str]]:
    """What is seen of a find that is a third being, of training a beast, and of going back to a place."""
    if clause.negated:
        return []
    if clause.verb in {"find", "discover", "meet"} and clause.rest.startswith("{third}"):
        return [("spark", f"{who} <find> {{third}}"), ("deed", "{other} <walk> up to {third}")]
    trained = clause.verb == "train" and clause.rest.startswith("{other}")
    trained = trained and body_of(parts.roles["other"]) == "paw"
    if trained and body_of(parts.roles["other"]) in _LEGS:
        first = f"{who} <jump> over (a log)" if body_of(actor) in _LEGS else f"{who} <fly> around {{other}}"
        return [("spark", first), ("try", "{other} <jump> over (a fence)")]
    if clause.verb == "train" and not trained and body_of(actor) == "paw":
        return [("spark", f"{who} <jump> over (a log)")]
    back = re.match(r"to the (?:[a-z]+ )?([a-z]+)", clause.rest) if clause.verb == "return" else None
    if back and body_of(actor) in _GAITS and (kind := lexicon.place(back[1])) is not None:
        into = "into" if indoors(kind.value) or kind in _ENTERED else "to"
        return [("deed", f"{who} <{_GAITS[body_of(actor)]}> {into} the {back[1]}")]
    return []


_LEGS = frozenset({"hand", "paw"})
_GAITS = {"hand": "walk", "paw": "walk", "wing": "fly", "fin": "swim"}
_ENTERED = frozenset(
    {PlaceKind.village, PlaceKind.city, PlaceKind.forest, PlaceKind.castle, PlaceKind.garden}
)
"""Places under the sky that one walks into."""


_ELSE = {
    "lack": ("habit",),
    "habit": ("lack",),
    "turn": ("block", "try"),
    "block": ("fall", "turn", "try"),
    "try": ("vow", "answer", "block"),
    "answer": ("vow", "try"),
    "deed": ("turn", "try"),
    "after": ("close",),
    "spark": ("try", "answer"),
}
"""Where an act goes if the film has no room for its own slot."""


def _lay(slot: str, pattern: str, found: dict[str, list[str]]) -> None:
    if all(pattern not in patterns for patterns in found.values()):
        found.setdefault(slot, []).append(pattern)


def _shown(clause: Clause, parts: Parts) -> list[tuple[str, str]]:
    """Where in the film the clause is seen, and as what."""
    who = {"both": "{hero} and {other}"}.get(clause.actor, "{" + clause.actor + "}" if clause.actor else "")
    needs = "other" if clause.actor == "both" else clause.actor
    if not who or needs not in parts.roles:
        return []
    if clause.actor == "thing" and "thing" not in parts.figures:
        return []
    action = action_of(clause.verb, clause.rest)
    actor = parts.roles["hero" if clause.actor == "both" else clause.actor]
    if clause.verb in _LURKING and clause.actor in {"other", "third"}:
        return [("block", f"{who} <jump> out at {{hero}}")]
    if clause.actor == "third" and clause.verb in _SAVING and clause.rest == "{other}":
        return [("deed", pattern_of(clause, who)), ("after", "{other} <hug> {third}")]
    if clause.verb in PROTECTING and clause.verb != "hide" and "from {other}" in clause.rest:
        return [("spark", f"{{other}} <shout> at {who}"), ("block", f"{who} <fight> with {{other}}"),
                ("deed", f"{who} <chase> {{other}} away")]  # fmt: skip
    if clause.verb in PROTECTING and "from {third}" in clause.rest and clause.rest.startswith("{other}"):
        return [("lack", "{third} <creep> up to {other}"), ("spark", "{third} <chase> {other}"),
                ("block", f"{{third}} <jump> out at {who}"), ("turn", f"{who} <chase> {{third}} away"),
                ("deed", pattern_of(clause, who))]  # fmt: skip
    brought_back = clause.verb == "return" and clause.rest.startswith("{thing}")
    if brought_back and not {"other", "thing"} & parts.invented and "other" in parts.roles:
        return [("spark", f"{who} <clutch> {{thing}}"), ("deed", f"{who} <give> {{thing}} to {{other}}")]
    if clause.verb == "make" and "disappear" in clause.rest and "{other}" in clause.rest:
        return [("spark", f"{who} <wave> (a wand) at {{other}}"), ("after", f"{who} <hug> {{other}}")]
    if clause.verb == "shrink" and "{other}" in clause.rest:
        wand = actor.head.lower() in {"wizard", "witch", "magician", "fairy", "sorcerer"}
        by_magic = [("lack", f"{who} <wave> (a wand) at {{other}}"), ("spark", f"{who} <shrink> {{other}}")]
        by_potion = [("lack", f"{who} <give> (a flask) to {{other}}"), ("spark", "{other} <shrink> {in}")]
        return by_magic if wand else by_potion
    if vehicle_of(actor) and clause.verb in _TAKING and "{other}" in clause.rest:
        return [("try", f"{who} <drive> {{other}} in ({vehicle_of(actor)})")]
    if sought := _sought(clause, parts):
        find = [("deed", f"{who} <find> {{{sought}}}"), ("after", f"{who} <hug> {{{sought}}}")]
        return find if clause.verb == "find" else [("try", pattern_of(clause, who)), *find]
    if seen := (_seen_of(clause, who, actor, parts) or _event(clause, who, actor, parts)):
        return seen
    if refusing(clause):
        at_last = (
            clause.verb not in _BAD | _NEVER
            and action not in {None, *_UNSEEN}
            and not clause.rest.startswith("up")
            and (clause.verb == "sleep" or bool(clause.rest))
        )
        return [("deed", pattern_of(clause, who))] if at_last else []
    if clause.verb == "look" and re.match(r"(?:into|at|through|in) \{thing\}", clause.rest):
        return [("spark", pattern_of(clause, who))]
    if clause.verb == "follow" and "{thing}" in clause.rest and parts.roles["thing"].head.lower() in FOLLOWED:
        return [("spark", f"{who} <point> at {{thing}}"), ("try", f"{who} <walk> {{in}}")]
    feast = clause.verb == "share" and parts.shape != "rivalry" and "{thing}" not in clause.rest
    if feast and "other" in parts.roles:
        return [("spark", "{hero} <eat> with {other}"), ("close", "{hero} <sit> beside {other}")]
    if clause.verb == "share" and parts.shape != "rivalry" and "{thing}" in clause.rest:
        if parts.roles["thing"].head.lower() not in SHARED_FOOD:
            return [("spark", f"{who} <sit> beside {{thing}}")]
        return [("spark", pattern_of(clause, who)), ("after", f"{who} <eat> {{thing}}")]
    if clause.verb in SWAPPING and _OF_LIFE & set(clause.rest.split() + parts.roles["thing"].noun.split()):
        return [("spark", "{hero} <give> (a hat) to {other}")]
    if clause.verb == "hide" and clause.rest and not clause.negated:
        return [("spark" if clause.rest.startswith("{") else "try", pattern_of(clause, who))]
    if clause.verb in {"find", "discover"} and clause.link == "to" and "{thing}" in clause.rest:
        return [("deed", pattern_of(clause, who))]
    if clause.verb in {"find", "discover"} and "{other}" in clause.rest:
        return [("spark", pattern_of(clause, who))]
    if clause.verb == "lose" and "thing" in parts.invented:
        return [("spark", f"{who} <cry> {{in}}")]
    if clause.verb in {"fall", "love"} and "{thing}" in clause.rest:
        return []
    if clause.verb in {"guard", "protect", "defend"} and "{other}" not in clause.rest:
        return []
    if clause.verb == "find" and "thing" in parts.invented:
        return [("after", f"{who} <run> home")] if clause.rest.endswith("home") else []
    swaps = _SWAPS.get(clause.verb) if clause.verb != "fall" or "love" in clause.rest else None
    if swaps is not None and clause.verb in {"find", "discover"} and clause.link == "to" and clause.rest:
        swaps = None if "{thing}" not in clause.rest else swaps
    if clause.verb in {"get", "receive"} and "thing" in parts.invented:
        return []
    if traded := _traded(clause, who, parts):
        return traded
    if given := _given(clause, who, parts):
        return given
    if swaps is not None and clause.actor not in {"other", "third"} and not clause.negated:
        return list(swaps)
    if (
        action is None
        or action in _UNSEEN
        or not (
            can_do(actor, action)
            or _wished(action, clause)
            or _by_mouth(clause, actor, parts)
            or _flies_it(clause, parts)
            or " " in actor.head  # an animal with a trade: a penguin chef cooks
            or (clause.verb in {"build", "make"} and clause.rest == "{thing}")
        )
    ):
        return []
    if clause.verb in _TRANSITIVE and not clause.rest.removeprefix("everything").strip():
        return []
    if clause.verb in _BORNE and clause.rest.split()[:1] and clause.rest.split()[0] in _INTANGIBLE:
        return []
    pattern = pattern_of(clause, who)
    if clause.verb == "leave" and clause.rest.startswith("{thing} for"):
        pattern = f"{who} <put> down {clause.rest}"
    if clause.negated:
        if clause.verb == "sleep":
            return [("lack", f"{who} <lie> awake {{in}}"), ("close", f"{who} <sleep> {{in}}")]
        if clause.verb == "open":
            return [("block", f"{who} <pull> at the locked door"), ("deed", pattern)]
        if clause.verb == "laugh":
            return [("lack", f"{who} <cry> {{in}}"), ("after", pattern)]
        able = clause.link in {"who", "but", "can"} and clause.verb not in _BAD
        return [("after", pattern)] if able else []
    if clause.actor == "thing":
        return [("after", pattern)]
    if clause.verb in _BAD and clause.link in {"to", "must", "want"}:
        return []
    if clause.verb in MAKING and clause.link == "main" and _for_other(parts):
        return [("spark", pattern), ("deed", f"{who} <give> {{thing}} to {{other}}")]
    led = goal_of(clause, parts) or (clause.link == "main" and parts.shape == "journey")
    if clause.verb in _TAKING and clause.link in {"main", "to"} and clause.actor in {"hero", "both"} and led:
        return _way(clause, who, parts)
    if clause.link == "main" and clause.verb in _SAVING and clause.rest:
        return [("deed", pattern)]
    if clause.link == "and" and clause.verb in {"meet", "find", "discover"}:
        return [("try", pattern)]
    if clause.link == "main" and parts.shape == "rescue" and "{other}" in clause.rest:
        return [("deed", pattern)]
    slot = {
        "main": "spark",
        "and": "deed",
        "while": "block",
        "but": "turn" if clause.actor in {"other", "third"} else "block",
        "until": "turn",
        "because": "lack",
        "after": "lack",
        "who": "habit" if clause.actor in {"hero", "both"} else "turn",
        "to": "deed",
        "must": "deed",
        "want": "deed",
    }.get(clause.link)
    return [(slot, pattern)] if slot else []


def _given(clause: Clause, who: str, parts: Parts) -> list[tuple[str, str]]:
    """What is seen of getting a thing, who gives it or where it is found, and of learning from somebody."""
    if clause.negated or clause.actor not in {"hero", "both"}:
        return []
    giver = next((r for r in ("other", "third") if f"from {{{r}}}" in clause.rest and r in parts.roles), "")
    if clause.verb in _GETTING and giver and "{thing}" in clause.rest:
        hands = body_of(parts.roles[giver]) == "hand"
        return [("turn", f"{{{giver}}} <{'give' if hands else 'bring'}> {{thing}} to {who}")]
    if clause.verb in _GETTING and "{thing}" in clause.rest:
        kept = bool(set(parts.roles["thing"].noun.lower().split()) & _OPENED)
        return [("spark", f"{who} <open> {{thing}}" if kept else f"{who} <find> {{thing}}")]
    action = action_of(clause.verb, "") if giver and clause.link in {"to", "want"} else None
    if action is not None and action not in _UNSEEN:
        taught = can_do(parts.roles[giver], action)
        does, here = f"{who} <{clause.verb}>", "{in}"
        first = [("spark", f"{{{giver}}} <{clause.verb}> {here}")] if taught else []
        with_it = f"with {{{giver}}}" if taught else here
        return [*first, ("try", f"{does} {here}"), ("deed", f"{does} {with_it}")]
    return []


def _traded(clause: Clause, who: str, parts: Parts) -> list[tuple[str, str]]:
    """What is seen of a trade: the thing is given, and another comes back for it."""
    found = re.match(r"\{thing\} for (an? [a-z ]+)$", clause.rest)
    if clause.verb not in SWAPPING | {"trade"} or not found or clause.actor != "hero" or clause.negated:
        return []
    whole, other = found[1].partition(" ")[2], parts.roles.get("other")
    entry = lexicon.look_up(whole, "thing")
    back = whole if entry is not None and entry.lemma == whole else whole.split()[-1]
    if other is None or body_of(other) != "hand" or lexicon.look_up(back, "thing") is None:
        return []
    return [
        ("try", f"{who} <give> {{thing}} to {{other}}"),
        ("turn", f"{{other}} <give> (a {back}) to {who}"),
    ]


def is_awaited(own: dict[str, list[str]]) -> bool:
    """Whether the idea's thing is given to the hero late in the story, and in nobody's hand before."""
    return any(
        re.match(r"\{(?:other|third)\} <(?:give|bring)> \{thing\} to \{hero\}", p)
        for p in own.get("turn", ())
    )


def in_its_place(own: dict[str, list[str]], where: dict[str, int], parts: Parts) -> dict[str, list[str]]:
    """The idea's own acts by slot, each that names a place in a slot that is there, if one is free.

    ``where``: which of the three places each slot is in. "Crosses a busy road" is seen on the road.
    """
    placed = dict(own)
    for slot, patterns in own.items():
        words = set(re.findall(r"[a-z]+", re.sub(r"\{\w+\}|<[\w-]+>", " ", patterns[0]).lower()))
        named = [n for n, s in enumerate(parts.spots) if s.phrase.head.lower() in words]
        if not named or where.get(slot) in named or slot not in _MOVABLE:
            continue
        free = [s for s in _MOVABLE if where.get(s) in named and s not in placed]
        if free:
            placed[free[0]] = placed.pop(slot)
    return {slot: [_LED_THERE.sub(r"<lead> \1 {in}", p) for p in told] for slot, told in placed.items()}


_LED_THERE = re.compile(r"<take> (\{(?:other|third)\}) (?:to|into|up) the \w+$")
"""Who is taken to a place: led there, and not lifted."""


_MOVABLE = ("try", "vow", "answer", "block", "turn", "spark", "deed")
"""Slots between which an act of the idea may move, the likeliest first."""
_GETTING = frozenset({"get", "receive", "inherit", "borrow"})
_OPENED = frozenset(
    {"letter", "box", "chest", "parcel", "package", "envelope", "gift", "present", "suitcase", "bag", "book"}
)
"""Things that are opened by whoever gets them."""
_TAKING = frozenset(
    {"carry", "bring", "take", "deliver", "row", "sail", "ride", "walk", "run", "drive", "lead", "skate",
     "travel", "go", "climb", "fly", "push", "pull", "drag", "haul", "swim", "march", "send", "return"}
)  # fmt: skip
"""Verbs of a way: what they say of somebody at its end is seen when the way is done."""
_INTANGIBLE = frozenset(
    {"luck", "hope", "peace", "joy", "happiness", "news", "death", "misfortune", "trouble"}
)
"""What nobody carries in the hands."""
_BORNE = frozenset({"carry", "bring", "take", "deliver", "drag", "haul", "send", "return"})
_WAY = frozenset({"across", "through", "over", "along", "past", "around", "up", "down"})


def _way(clause: Clause, who: str, parts: Parts) -> list[tuple[str, str]]:
    """A way to somebody, told as one: what is carried, where it leads through, and the meeting at its end."""
    words = clause.rest.split()
    goal = goal_of(clause, parts)
    at = words.index(f"{{{goal}}}") if goal else len(words)
    kept = [*words[: at - 1], *words[at + 1 :]] if goal else words
    through = bool(_WAY & set(kept)) and parts.shape == "journey"
    verb = (
        {"bring": "carry", "take": "carry", "deliver": "carry", "send": "carry"}.get(clause.verb)
        if goal
        else ""
    )
    verb = verb or ("walk" if clause.verb == "go" and goal else clause.verb)
    borne = clause.verb in _BORNE and "{thing}" in kept
    if not kept and goal:
        kept = ["{in}"]
    through = through or (clause.verb in BY_BOAT and parts.shape == "journey")
    shown = [("try" if through else "spark", f"{who} <{verb}> {' '.join(kept)}")]
    if goal:
        hands = body_of(parts.roles["hero"]) == "hand"
        gives = "give" if hands else "bring"
        shown += [("deed", f"{who} <{gives}> {{thing}} to {{{goal}}}")] if borne else []
        led = kept[:1] == ["{other}"] and goal == "third" and clause.verb in _BORNE
        shown += [("deed", f"{who} <bring> {{other}} to {{third}}")] if led else []
        shown += [("after", f"{{{goal}}} <hug> {{hero}}")]
        shown += [("spark", f"{who} <pick> up {{thing}}")] if borne and through else []
    return shown


def pattern_of(clause: Clause, who: str) -> str:
    """The clause as a pattern of an act."""
    rest = "{in}" if clause.verb == "sleep" and clause.actor == "other" and not clause.rest else clause.rest
    return f"{who} <{clause.verb}> {rest}".strip()


def goal_of(clause: Clause, parts: Parts) -> str:
    """The role of whoever is at the end of the way that the clause tells of, or ""."""
    words = clause.rest.split()
    if clause.verb not in _TAKING or clause.negated:
        return ""
    led = [after for before, after in pairwise(words) if before == "to"]
    roles = [word.strip("{}") for word in led if word in {"{other}", "{third}"}]
    return next((role for role in roles if role in parts.roles), "")


def _sought(clause: Clause, parts: Parts) -> str:
    """The role of whoever is looked for, or found in the end; or ""."""
    for role in ("other", "third"):
        called = "{" + role + "}"
        looked = clause.verb in _SEEKING and clause.rest.endswith(f"for {called}")
        found = clause.link == "until" and clause.verb == "find" and called in clause.rest
        if role in parts.roles and (looked or found):
            return role
    return ""


_TRANSITIVE = frozenset(
    {"steal", "find", "bring", "carry", "give", "take", "lose", "catch", "save", "open", "break", "hold",
     "return", "get", "keep", "make", "build", "buy", "sell", "chase"}
)  # fmt: skip
"""Verbs that show nothing without what they are done to."""
_CONSUMING = frozenset({"eat", "steal", "break", "burn", "tear"})
"""What another does to the story's thing after which it is nobody's to give."""
_LURKING = frozenset({"wait", "lurk", "prowl", "hide"})
_SAVING = frozenset({"save", "rescue", "free", "help", "heal", "cure", "wake"})
_SEEKING = frozenset({"search", "seek", "look", "hunt"})


def far_ones(reading: Reading, parts: Parts) -> frozenset[str]:
    """Roles of those who are met at the end of the story and not before."""
    clauses = [c for c in read_clauses(reading, parts) if c.actor in {"hero", "both"}]
    found = {goal_of(c, parts) or _sought(c, parts) for c in clauses}
    found |= {"other" for c in clauses if c.verb in {"write", "send"} and "to {other}" in c.rest}
    waited = [c for c in read_clauses(reading, parts) if c.link == "until" and c.actor == "other"]
    waited += [c for c in clauses if c.verb == "wait" and c.rest.startswith("for {other}") and not c.negated]
    if waited and "other" in parts.roles:
        found.add("other")
    if parted(reading.words) and "other" in parts.roles and "other" not in parts.invented:
        found.add("other")
    if parts.shape == "journey" and any(c.link == "to" and c.rest == "{other}" for c in clauses):
        found.add("other")
    if reading.verb in BY_BOAT and "other" in parts.invented and parts.shape == "journey":
        found.add("other")
    return frozenset(found - {""})


MAKING = frozenset(
    {
        "sew",
        "bake",
        "knit",
        "carve",
        "write",
        "cook",
        "make",
        "build",
        "draw",
        "paint",
        "weave",
        "invent",
    }
)
"""Verbs of making: what is made for somebody is given in the end."""


def _for_other(parts: Parts) -> bool:
    """Whether the idea names a thing and somebody it can be for."""
    return not {"other", "thing"} & parts.invented and "other" in parts.roles and not parts.together


_BUILT = frozenset(
    {PlaceKind.house, PlaceKind.castle, PlaceKind.lighthouse, PlaceKind.temple, PlaceKind.shop}
)
_NEVER = frozenset(
    {"shoot", "hit", "marry", "hurt", "obey", "surrender", "sell", "lie", "eat", "kiss", "hunt"}
)
"""What somebody who refuses it does not do in the end either."""
_BAD = frozenset({"fight", "kill", "die", "steal", "lose"})
_BROUGHT = "{other} <bring> {thing} to {hero}"
"""How what was lost comes back, where the idea does not say it."""
_SWAPS = {
    "grow": (("spark", "{hero} <plant> {thing}"), ("try", "{hero} <water> {thing}")),
    "wait": (
        ("spark", "{hero} <sit> down to wait"),
        ("deed", "{other} <run> to {hero}"),
        ("after", "{hero} <hug> {other}"),
    ),
    "keep": (("spark", "{hero} <whisper> to {other}"),),
    "discover": (("spark", "{hero} <find> {thing}"),),
    "find": (("spark", "{hero} <find> {thing}"),),
    "guard": (("spark", "{hero} <shout> a warning"), ("deed", "{hero} <push> {other} to safety")),
    "protect": (("spark", "{hero} <shout> a warning"), ("deed", "{hero} <push> {other} to safety")),
    "defend": (("spark", "{hero} <shout> a warning"), ("deed", "{hero} <push> {other} to safety")),
    "forget": (("spark", "{hero} <search> {in}"),),
    "befriend": (("after", "{hero} <hug> {other}"),),
    "adopt": (("answer", "{hero} <hug> {other}"),),
    "lose": (("spark", "{hero} <search> for {thing}"), ("turn", _BROUGHT)),
    "quarrel": (("spark", "{hero} <argue> with {other}"), ("try", "{hero} <shout> at {other}")),
    "argue": (("spark", "{hero} <argue> with {other}"),),
    "fall": (("vow", "{hero} <kiss> {other}"),),
    "love": (("vow", "{hero} <kiss> {other}"),),
    "share": (("try", "{hero} <push> {other} away"), ("close", "{hero} <share> (a cake) with {other}")),
}
"""Verbs that are seen as something else, by slot."""


def _by_mouth(clause: Clause, actor: Phrase, parts: Parts) -> bool:
    """Whether an animal carries it all the same, since it is small."""
    return clause.verb in _BORNE and "{thing}" in clause.rest and can_carry(actor, parts.roles["thing"])


def _names_other(feared: list[str], parts: Parts) -> bool:
    other = parts.roles.get("other")
    return other is not None and other.head.lower() in feared


def _wished(action: Action, clause: Clause) -> bool:
    """Whether somebody wants or learns it: then it is seen, however the body may be made."""
    return action is not Action.stand and clause.link in {"want", "to", "must"}


def _flies_it(clause: Clause, parts: Parts) -> bool:
    """Whether what flies is the thing, at the hands of whoever has it: a kite, a plane."""
    thing = parts.roles["thing"]
    flies = bool({thing.head.lower(), thing.kind} & (FLYING | ON_A_LINE))
    return flies and clause.verb == "fly" and clause.rest.startswith("{thing}")


def _inner(reading: Reading, parts: Parts) -> list[tuple[str, str]]:
    """What is seen of a fear, of being lost, of a wish to see."""
    words = [w.lower() for w in reading.words]
    found: list[tuple[str, str]] = []
    if "afraid" in words or "fears" in words or "fear" in words:
        at = next(i for i, w in enumerate(words) if w in {"afraid", "fears", "fear"})
        feared = [w for w in words[at + 1 : at + 5] if w not in CLOSED]
        what = feared[0] if feared else ""
        what = parts.roles["other"].head.lower() if _names_other(feared, parts) else what
        if what in {"dark", "darkness", "night"}:
            found += [("lack", "{hero} <hide> behind (a chest)"), ("block", "{hero} <cry> in the dark"),
                      ("deed", "{hero} <walk> into the dark")]  # fmt: skip
        elif what in {"water", "sea", "waves", "swimming", "lake", "river"}:
            found += [("lack", "{hero} <back> away from the water"), ("deed", "{hero} <jump> into the water")]
        elif what in {"heights", "flying", "height"}:
            found += [("lack", "{hero} <back> away from the edge"), ("deed", "{hero} <climb> (a ladder)")]
        elif "other" in parts.roles and what == parts.roles["other"].head.lower():
            hands = body_of(parts.roles["hero"]) == "hand"
            beast = body_of(parts.roles["other"]) in {"paw", "wing", "fin"}
            pets = ("pet" if beast else "hug") if hands else "nuzzle"
            found += [("lack", "{hero} <back> away from {other}"), ("after", f"{{hero}} <{pets}> {{other}}")]
    found += _new_trade(reading, parts)
    away = {"sail", "fly", "ride", "cross"} & {c.verb for c in read_clauses(reading, parts)}
    if (vehicle := flown(parts)) is not None and not away and reading.verb not in {"lose", "steal", "miss"}:
        found.append(vehicle)
    if reading.goal.startswith("be "):
        found += [("deed", act) for act in bank("acts")["trades"].get(reading.goal.split()[-1], ())[:1]]
    alone = "other" in parts.invented or "other" not in parts.roles
    if reading.verb in {"find", "discover", "reach", "enter"} and alone and "thing" not in parts.invented:
        place = parts.roles["thing"]
        if lexicon.place(place.noun) in _BUILT:
            found += [
                ("deed", f"{{hero}} <run> to the {place.head}"),
                ("after", "{hero} <knock> at the door"),
            ]
    if "lost" in words and reading.verb in {"get", "be"}:
        found += [("spark", "{hero} <search> for the way"), ("block", "{hero} <fall> {in}")]
    return found


SWAPPING = frozenset({"swap", "exchange", "trade", "switch"})
_OF_LIFE = frozenset({"job", "jobs", "trades", "places", "lives", "roles", "clothes", "work"})
"""What two swap who do what the other does."""


def _new_trade(reading: Reading, parts: Parts) -> list[tuple[str, str]]:
    """What is seen of a trade that somebody takes up: what the others of that trade do."""
    words = [w.lower() for w in reading.words]
    if reading.verb in SWAPPING and "other" in parts.roles and _OF_LIFE & set(words):
        theirs, ours = trade_acts(parts.roles["other"]), trade_acts(parts.roles["hero"])
        swapped = [p.replace("{hero}", "{other}") for p in ours if "{other}" not in p]
        return [*(("try", p) for p in theirs[:1]), *(("block", p) for p in swapped[:1])]
    at = next((i for i, w in enumerate(words) if w in {"become", "becomes", "became", "becoming"}), None)
    if at is None:
        return []
    acts: list[str] = next((trade_acts_of(w) for w in words[at + 1 : at + 4] if trade_acts_of(w)), [])
    slots = ("try", "deed") if len(acts) > 1 else ("deed",)
    return list(zip(slots, acts, strict=False))
