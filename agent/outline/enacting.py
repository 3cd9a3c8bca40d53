"""What is seen of one clause of the idea, and in which slots of the film."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from ...storyboard import lexicon
from ...storyboard.vocabulary import Action, PlaceKind
from .able import body_of, can_carry, can_do
from .act import action_of
from .clauses import Clause
from .events import event_of
from .fetching import (
    BORNE,
    SWAPPING,
    TAKING,
    UNSEEN,
    InSlots,
    given,
    goal_of,
    on_a_way,
    pattern_of,
    sought,
    traded,
)
from .implied import SHARED_FOOD
from .kinds import vehicle_of
from .phrase import Phrase
from .roles import FOLLOWED, PROTECTING, Parts
from .spots import indoors
from .steps import FLYING, ON_A_LINE, refusing


@dataclass(frozen=True)
class _Told:
    """A clause, with whom it tells of."""

    clause: Clause
    who: str
    """The actor in a pattern: "{hero}"."""
    actor: Phrase
    action: Action | None
    parts: Parts

    @property
    def pattern(self) -> str:
        return pattern_of(self.clause, self.who)

    @property
    def thing(self) -> Phrase:
        """The story's thing."""
        return self.parts.roles["thing"]

    def does(self, *verbs: str) -> bool:
        return self.clause.verb in verbs

    def names(self, role: str) -> bool:
        """Whether the role comes after the verb."""
        return f"{{{role}}}" in self.clause.rest


def shown(clause: Clause, parts: Parts) -> InSlots:
    """Where in the film the clause is seen, and as what; the first rule that knows it decides."""
    who = {"both": "{hero} and {other}"}.get(clause.actor, "{" + clause.actor + "}" if clause.actor else "")
    needs = "other" if clause.actor == "both" else clause.actor
    if not who or needs not in parts.roles:
        return []
    if clause.actor == "thing" and "thing" not in parts.figures:
        return []
    actor = parts.roles["hero" if clause.actor == "both" else clause.actor]
    told = _Told(clause, who, actor, action_of(clause.verb, clause.rest), parts)
    return next((seen for rule in _RULES if (seen := rule(told)) is not None), [])


def _of_danger(told: _Told) -> InSlots | None:
    """Who lies in wait, and who is saved or protected from somebody."""
    clause, who = told.clause, told.who
    if clause.verb in _LURKING and clause.actor in {"other", "third"}:
        return [("block", f"{who} <jump> out at {{hero}}")]
    if clause.actor == "third" and clause.verb in _SAVING and clause.rest == "{other}":
        return [("deed", told.pattern), ("after", "{other} <hug> {third}")]
    if clause.verb in PROTECTING and clause.verb != "hide" and "from {other}" in clause.rest:
        return [("spark", f"{{other}} <shout> at {who}"), ("block", f"{who} <fight> with {{other}}"),
                ("deed", f"{who} <chase> {{other}} away")]  # fmt: skip
    if clause.verb in PROTECTING and "from {third}" in clause.rest and clause.rest.startswith("{other}"):
        return [("lack", "{third} <creep> up to {other}"), ("spark", "{third} <chase> {other}"),
                ("block", f"{{third}} <jump> out at {who}"), ("turn", f"{who} <chase> {{third}} away"),
                ("deed", told.pattern)]  # fmt: skip
    return None


def _of_giving_back(told: _Told) -> InSlots | None:
    """A thing that is brought back to whoever is named."""
    brought_back = told.does("return") and told.clause.rest.startswith("{thing}")
    if brought_back and not {"other", "thing"} & told.parts.invented and "other" in told.parts.roles:
        return [("spark", f"{told.who} <clutch> {{thing}}"),
                ("deed", f"{told.who} <give> {{thing}} to {{other}}")]  # fmt: skip
    return None


def _of_magic(told: _Told) -> InSlots | None:
    """Who is made to disappear, or to shrink."""
    who = told.who
    if told.does("make") and "disappear" in told.clause.rest and told.names("other"):
        return [("spark", f"{who} <wave> (a wand) at {{other}}"), ("after", f"{who} <hug> {{other}}")]
    if not (told.does("shrink") and told.names("other")):
        return None
    if told.actor.head.lower() in {"wizard", "witch", "magician", "fairy", "sorcerer"}:
        return [("lack", f"{who} <wave> (a wand) at {{other}}"), ("spark", f"{who} <shrink> {{other}}")]
    return [("lack", f"{who} <give> (a flask) to {{other}}"), ("spark", "{other} <shrink> {in}")]


def _of_a_vehicle(told: _Told) -> InSlots | None:
    """Somebody who is taken along by what is driven."""
    if (ridden := vehicle_of(told.actor)) and told.clause.verb in TAKING and told.names("other"):
        return [("try", f"{told.who} <drive> {{other}} in ({ridden})")]
    return None


def _of_a_search(told: _Told) -> InSlots | None:
    """Somebody who is looked for, and found in the end."""
    role = sought(told.clause, told.parts)
    if not role:
        return None
    find = [("deed", f"{told.who} <find> {{{role}}}"), ("after", f"{told.who} <hug> {{{role}}}")]
    return find if told.does("find") else [("try", told.pattern), *find]


def _of_an_event(told: _Told) -> InSlots | None:
    """What a verb is seen as that has no picture of its own."""
    seen = _seen_of(told.clause, told.who, told.actor, told.parts)
    return seen or _event(told.clause, told.who, told.actor, told.parts) or None


def _of_refusing(told: _Told) -> InSlots | None:
    """What somebody refuses to do is seen in the end, where that is good."""
    clause, action = told.clause, told.action
    if not refusing(clause):
        return None
    at_last = (
        clause.verb not in _BAD | _NEVER
        and action not in {None, *UNSEEN}
        and not clause.rest.startswith("up")
        and (clause.verb == "sleep" or bool(clause.rest))
    )
    return [("deed", told.pattern)] if at_last else []


def _of_what_leads(told: _Told) -> InSlots | None:
    """A thing that is looked into, or that shows the way."""
    if told.does("look") and re.match(r"(?:into|at|through|in) \{thing\}", told.clause.rest):
        return [("spark", told.pattern)]
    if told.does("follow") and told.names("thing") and told.thing.head.lower() in FOLLOWED:
        return [("spark", f"{told.who} <point> at {{thing}}"), ("try", f"{told.who} <walk> {{in}}")]
    return None


def _of_sharing(told: _Told) -> InSlots | None:
    """A feast that is shared, and a thing that is."""
    if not told.does("share") or told.parts.shape == "rivalry":
        return None
    if not told.names("thing"):
        feast = [("spark", "{hero} <eat> with {other}"), ("close", "{hero} <sit> beside {other}")]
        return feast if "other" in told.parts.roles else None
    if told.thing.head.lower() not in SHARED_FOOD:
        return [("spark", f"{told.who} <sit> beside {{thing}}")]
    return [("spark", told.pattern), ("after", f"{told.who} <eat> {{thing}}")]


def _of_swapped_lives(told: _Told) -> InSlots | None:
    """Two who take each other's places put on each other's hats."""
    words = {*told.clause.rest.split(), *told.thing.noun.split()}
    if told.clause.verb in SWAPPING and OF_LIFE & words:
        return [("spark", "{hero} <give> (a hat) to {other}")]
    return None


def _of_hiding(told: _Told) -> InSlots | None:
    clause = told.clause
    if clause.verb == "hide" and clause.rest and not clause.negated:
        return [("spark" if clause.rest.startswith("{") else "try", told.pattern)]
    return None


def _of_finding(told: _Told) -> InSlots | None:
    """A thing that is to be found, and somebody who is."""
    if told.does("find", "discover") and told.clause.link == "to" and told.names("thing"):
        return [("deed", told.pattern)]
    if told.does("find", "discover") and told.names("other"):
        return [("spark", told.pattern)]
    return None


def _of_no_thing(told: _Told) -> InSlots | None:
    """Verbs that show little or nothing where the idea does not name what they are done to."""
    clause, unnamed = told.clause, "thing" in told.parts.invented
    if clause.verb == "lose" and unnamed:
        return [("spark", f"{told.who} <cry> {{in}}")]
    if clause.verb in {"fall", "love"} and told.names("thing"):
        return []
    if clause.verb in {"guard", "protect", "defend"} and not told.names("other"):
        return []
    if clause.verb == "find" and unnamed:
        return [("after", f"{told.who} <run> home")] if clause.rest.endswith("home") else []
    if clause.verb in {"get", "receive"} and unnamed:
        return []
    return None


def _of_trading(told: _Told) -> InSlots | None:
    """A thing that is traded for another, given, or learned of."""
    seen = traded(told.clause, told.who, told.parts)
    return seen or given(told.clause, told.who, told.parts) or None


def _of_another_verb(told: _Told) -> InSlots | None:
    """A verb that is seen as something else."""
    clause = told.clause
    swaps = _SWAPS.get(clause.verb) if clause.verb != "fall" or "love" in clause.rest else None
    aim = told.does("find", "discover") and clause.link == "to" and clause.rest
    if swaps is None or (aim and not told.names("thing")):
        return None
    if clause.actor in {"other", "third"} or clause.negated:
        return None
    quarrels = clause.verb in _ODDS and _ABOUT.search(clause.rest)
    topic = " about {thing}" if quarrels else ""
    return [(slot, pattern + topic if "<argue>" in pattern else pattern) for slot, pattern in swaps]


def _of_nothing_seen(told: _Told) -> InSlots | None:
    """What has no picture, what that body cannot do, and what is done to nothing that can be seen."""
    clause, action = told.clause, told.action
    if action is None or action in UNSEEN or not _possible(told, action):
        return []
    if clause.verb in _TRANSITIVE and not clause.rest.removeprefix("everything").strip():
        return []
    if clause.verb in BORNE and clause.rest.split()[:1] and clause.rest.split()[0] in _INTANGIBLE:
        return []
    return None


def _possible(told: _Told, action: Action) -> bool:
    """Whether the actor can do it, by body, by wish, by mouth or by trade."""
    clause, actor = told.clause, told.actor
    return (
        can_do(actor, action)
        or _wished(action, clause)
        or _by_mouth(clause, actor, told.parts)
        or _flies_it(clause, told.parts)
        or " " in actor.head  # an animal with a trade: a penguin chef cooks
        or (clause.verb in {"build", "make"} and clause.rest == "{thing}")
    )


def _of_not_doing(told: _Told) -> InSlots | None:
    """What somebody does not do, or cannot: seen as its opposite, and done in the end."""
    clause, who = told.clause, told.who
    if not clause.negated:
        return None
    if clause.verb == "sleep":
        return [("lack", f"{who} <lie> awake {{in}}"), ("close", f"{who} <sleep> {{in}}")]
    if clause.verb == "open":
        return [("block", f"{who} <pull> at the locked door"), ("deed", _put_down(told))]
    if clause.verb == "laugh":
        return [("lack", f"{who} <cry> {{in}}"), ("after", _put_down(told))]
    able = clause.link in {"who", "but", "can"} and clause.verb not in _BAD
    return [("after", _put_down(told))] if able else []


def _put_down(told: _Told) -> str:
    """The clause's pattern; a thing that is left for somebody is put down."""
    if told.does("leave") and told.clause.rest.startswith("{thing} for"):
        return f"{told.who} <put> down {told.clause.rest}"
    return told.pattern


def _of_an_act(told: _Told) -> InSlots | None:
    """What is seen as it is told, in the slot that its place in the sentence asks for."""
    clause, parts, pattern = told.clause, told.parts, _put_down(told)
    if clause.actor == "thing":
        return [("after", pattern)]
    if clause.verb in _BAD and clause.link in {"to", "must", "want"}:
        return []
    if clause.verb in MAKING and clause.link == "main" and _for_other(parts):
        return [("spark", pattern), ("deed", f"{told.who} <give> {{thing}} to {{other}}")]
    led = goal_of(clause, parts) or (clause.link == "main" and parts.shape == "journey")
    if clause.verb in TAKING and clause.link in {"main", "to"} and clause.actor in {"hero", "both"} and led:
        return on_a_way(clause, told.who, parts)
    if clause.link == "main" and clause.verb in _SAVING | _OF_FAREWELL and clause.rest:
        return [("deed", pattern)]
    if clause.link == "and" and clause.verb in {"meet", "find", "discover"}:
        return [("try", pattern)]
    if clause.link == "main" and parts.shape == "rescue" and "{other}" in clause.rest:
        return [("deed", pattern)]
    slot = _slot(clause)
    return [(slot, pattern)] if slot else []


def _slot(clause: Clause) -> str:
    """The slot of a clause by the word that joins it to the sentence, or ""."""
    if clause.link == "but":
        return "turn" if clause.actor in {"other", "third"} else "block"
    if clause.link == "who":
        return "habit" if clause.actor in {"hero", "both"} else "turn"
    return _BY_LINK.get(clause.link, "")


_BY_LINK = {
    "main": "spark",
    "and": "deed",
    "while": "block",
    "until": "turn",
    "because": "lack",
    "after": "lack",
    "to": "deed",
    "must": "deed",
    "want": "deed",
}
_RULES: tuple[Callable[[_Told], InSlots | None], ...] = (
    _of_danger,
    _of_giving_back,
    _of_magic,
    _of_a_vehicle,
    _of_a_search,
    _of_an_event,
    _of_refusing,
    _of_what_leads,
    _of_sharing,
    _of_swapped_lives,
    _of_hiding,
    _of_finding,
    _of_no_thing,
    _of_trading,
    _of_another_verb,
    _of_nothing_seen,
    _of_not_doing,
    _of_an_act,
)
"""What is seen of a clause, the special before the general. None: the rule does not know such a clause."""


def _event(clause: Clause, who: str, actor: Phrase, parts: Parts) -> InSlots:
    """What is seen of a verb without a picture of its own, where no act is named that is taught."""
    taught = clause.verb in {"train", "teach", "coach"}
    return [] if taught and _names_act(parts) else event_of(clause, who, actor, parts)


def _names_act(parts: Parts) -> bool:
    """Whether the idea says what is taught: "teaches her to swim", "teaches him chess"."""
    return "thing" not in parts.invented or "to" in {w.lower() for w in parts.words}


def _seen_of(clause: Clause, who: str, actor: Phrase, parts: Parts) -> InSlots:
    """What is seen of a find that is a third being, of training a beast, and of going back to a place."""
    if clause.negated:
        return []
    if clause.verb in {"find", "discover", "meet"} and clause.rest.startswith("{third}"):
        return [("spark", f"{who} <find> {{third}}"), ("deed", "{other} <walk> up to {third}")]
    trained = clause.verb == "train" and clause.rest.startswith("{other}")
    trained = trained and body_of(parts.roles["other"]) == "paw"
    if trained:
        first = f"{who} <jump> over (a log)" if body_of(actor) in _LEGS else f"{who} <fly> around {{other}}"
        return [("spark", first), ("try", "{other} <jump> over (a fence)")]
    if clause.verb == "train" and body_of(actor) == "paw":
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


_INTANGIBLE = frozenset(
    {"luck", "hope", "peace", "joy", "happiness", "news", "death", "misfortune", "trouble"}
)
"""What nobody carries in the hands."""
_TRANSITIVE = frozenset(
    {"steal", "find", "bring", "carry", "give", "take", "lose", "catch", "save", "open", "break", "hold",
     "return", "get", "keep", "make", "build", "buy", "sell", "chase"}
)  # fmt: skip
"""Verbs that show nothing without what they are done to."""
_LURKING = frozenset({"wait", "lurk", "prowl", "hide"})
_OF_FAREWELL = frozenset({"bury", "scatter"})
_SAVING = frozenset({"save", "rescue", "free", "help", "heal", "cure", "wake"})
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


_NEVER = frozenset(
    {"shoot", "hit", "marry", "hurt", "obey", "surrender", "sell", "lie", "eat", "kiss", "hunt"}
)
"""What somebody who refuses it does not do in the end either."""
_BAD = frozenset({"fight", "kill", "die", "steal", "lose"})
BROUGHT = "{other} <bring> {thing} to {hero}"
"""How what was lost comes back, where the idea does not say it."""
_ABOUT = re.compile(r"\b(?:about|over) \{thing\}")
"""What two are at odds about, in the rest of a clause."""
_ODDS = ("argue", "quarrel", "bicker", "squabble", "disagree")
"""Verbs of a quarrel, which is seen as two who argue."""
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
    "lose": (("spark", "{hero} <search> for {thing}"), ("turn", BROUGHT)),
    **dict.fromkeys(_ODDS, (("spark", "{hero} <argue> with {other}"),)),
    "fall": (("vow", "{hero} <kiss> {other}"),),
    "love": (("vow", "{hero} <kiss> {other}"),),
    "share": (("try", "{hero} <push> {other} away"), ("close", "{hero} <share> (a cake) with {other}")),
}
"""Verbs that are seen as something else, by slot."""


def _by_mouth(clause: Clause, actor: Phrase, parts: Parts) -> bool:
    """Whether an animal carries it all the same, since it is small."""
    return clause.verb in BORNE and "{thing}" in clause.rest and can_carry(actor, parts.roles["thing"])


def _wished(action: Action, clause: Clause) -> bool:
    """Whether somebody wants or learns it: then it is seen, however the body may be made."""
    return action is not Action.stand and clause.link in {"want", "to", "must"}


def _flies_it(clause: Clause, parts: Parts) -> bool:
    """Whether what flies is the thing, at the hands of whoever has it: a kite, a plane."""
    thing = parts.roles["thing"]
    flies = bool({thing.head.lower(), thing.kind} & (FLYING | ON_A_LINE))
    return flies and clause.verb == "fly" and clause.rest.startswith("{thing}")


OF_LIFE = frozenset({"job", "jobs", "trades", "places", "lives", "roles", "clothes", "work"})
"""What two swap who do what the other does."""
