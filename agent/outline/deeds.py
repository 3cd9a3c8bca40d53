"""The idea's own acts: what its clauses say is done, in the present, for the shots that they belong to."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...storyboard import lexicon
from ...storyboard.vocabulary import PlaceKind
from .able import body_of
from .acting import trade_acts, trade_acts_of
from .bank import bank
from .clauses import read_clauses
from .enacting import BROUGHT, OF_LIFE, shown
from .fetching import SWAPPING, goal_of, sought
from .idea import Reading
from .implied import completed, implied
from .parting import parted
from .roles import Parts
from .route import BY_BOAT
from .steps import flown, practised
from .words import CLOSED


def own_acts(reading: Reading, parts: Parts, laid: Iterable[str]) -> dict[str, list[str]]:
    """Patterns of the acts that the idea itself tells, by slot, for the slots ``laid`` that the film has.

    Empty where the idea tells nothing that can be seen. Never fails.
    """
    found: dict[str, list[str]] = {}
    for told in read_clauses(reading, parts):
        clause = completed(told, reading, parts)
        for slot, pattern in shown(clause, parts):
            _lay(slot, _taught(pattern, reading, parts), found)
    aim = any(c.link == "to" for c in read_clauses(reading, parts))
    if reading.verb in BY_BOAT and "other" in parts.invented and parts.shape == "journey" and not aim:
        _lay("deed", "{other} <pull> {hero} ashore", found)
        _lay("after", "{other} <wrap> {hero} in (a blanket)", found)
    for slot, pattern in [*_inner(reading, parts), *implied(reading, parts)]:
        _lay(slot, pattern, found)
    if any(p.startswith("{other} <bring>") for p in found.get("deed", ())):
        found["turn"] = [p for p in found.get("turn", ()) if p != BROUGHT]
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


def _taught(pattern: str, reading: Reading, parts: Parts) -> str:
    """The pattern with the act that is taught or practised, where the idea names one that can be seen."""
    if not re.match(r"\{hero\} <(?:practise|teach> \{other\}$)", pattern):
        return pattern
    shown = "{hero} <practise> {in}" if "<practise>" in pattern else "{hero} <show> {other} how to do it"
    seen = practised(shown, reading, parts, read_clauses(reading, parts))
    return pattern if "<work>" in seen else seen


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
_CONSUMING = frozenset({"eat", "steal", "break", "burn", "tear"})
"""What another does to the story's thing after which it is nobody's to give."""


def far_ones(reading: Reading, parts: Parts) -> frozenset[str]:
    """Roles of those who are met at the end of the story and not before."""
    clauses = [c for c in read_clauses(reading, parts) if c.actor in {"hero", "both"}]
    found = {goal_of(c, parts) or sought(c, parts) for c in clauses}
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


_BUILT = frozenset(
    {PlaceKind.house, PlaceKind.castle, PlaceKind.lighthouse, PlaceKind.temple, PlaceKind.shop}
)


def _names_other(feared: list[str], parts: Parts) -> bool:
    other = parts.roles.get("other")
    return other is not None and other.head.lower() in feared


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


def _new_trade(reading: Reading, parts: Parts) -> list[tuple[str, str]]:
    """What is seen of a trade that somebody takes up: what the others of that trade do."""
    words = [w.lower() for w in reading.words]
    if reading.verb in SWAPPING and "other" in parts.roles and OF_LIFE & set(words):
        theirs, ours = trade_acts(parts.roles["other"]), trade_acts(parts.roles["hero"])
        swapped = [p.replace("{hero}", "{other}") for p in ours if "{other}" not in p]
        return [*(("try", p) for p in theirs[:1]), *(("block", p) for p in swapped[:1])]
    at = next((i for i, w in enumerate(words) if w in {"become", "becomes", "became", "becoming"}), None)
    if at is None:
        return []
    acts: list[str] = next((trade_acts_of(w) for w in words[at + 1 : at + 4] if trade_acts_of(w)), [])
    slots = ("try", "deed") if len(acts) > 1 else ("deed",)
    return list(zip(slots, acts, strict=False))
