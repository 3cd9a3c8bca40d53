"""A story told in its own words: every sentence narrated word for word, in order."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...storyboard import lexicon
from ...storyboard.errors import Unmeetable
from ...storyboard.film import Brief
from ...storyboard.treatment import (
    TreatedCharacter,
    TreatedLine,
    TreatedPart,
    TreatedPlace,
    TreatedProp,
    TreatedScene,
    TreatedShot,
    Treatment,
)
from ...storyboard.vocabulary import Beat, Being, Hour, LineKind, Mood, PlaceKind, Season, ShotSize, Weather
from .appearance import look_words
from .arc import CARD_SECONDS
from .bank import bank
from .idea import Reading, read_idea
from .own_lines import dense, is_told, lines_of, sentences, spoken_seconds
from .phrase import Phrase
from .roles import members_of, told_apart
from .titling import first_words, title_of_cast
from .words import NUMBERS

SHORTEST_CARD_SECONDS = 1
"""Title and end card together, where a film has time for little else."""
SECONDS_PER_SHOT = 6
"""Seconds of a shot where there is more time than words."""
SHOT_WORDS = 16
"""Words that one shot's lines have together, about six seconds."""


def tell_story(text: str, brief: Brief, seed: int, language: str) -> Treatment:
    """The treatment of a story in its own words. Raises ``Unmeetable`` where the time is too short."""
    spoken = [line for sentence in sentences(text) for line in lines_of(sentence)]
    needed = int(sum(spoken_seconds(line, language) + 0.34 for line in spoken)) + 1 + SHORTEST_CARD_SECONDS
    if brief.seconds is not None and brief.seconds < needed:
        raise Unmeetable(
            f"The story's own words take about {needed} seconds to say, and {brief.seconds} were asked. "
            f"Ask for {needed} seconds or more, leave the length out, or shorten the story."
        )
    groups = _groups(spoken, brief, is_told(text))
    reader = SentenceReader(brief, language)
    shots = [reader.shot(group, last=i == len(groups)) for i, group in enumerate(groups, 1)]
    scenes = _scenes(shots, general=language != "en" or brief.characters == 0)
    return _treatment(text, reader, shots, scenes, seed)


def told_shots(
    parts: Sequence[str],
    marks: Sequence[int | None],
    brief: Brief,
    seed: int,
    language: str,
    title: str | None,
) -> Treatment:
    """The treatment of a story in parts, one shot each; ``marks`` number the scenes, where they are given."""
    reader = SentenceReader(brief, language)
    shots, scene = [], None
    for part, mark in zip(parts, marks, strict=True):
        if mark is not None and mark != scene:
            scene = mark
            reader.go_where([p for p, at in zip(parts, marks, strict=True) if at == mark])
        shots.append(reader.shot([part]))
    marked = [
        [s for s, at in zip(shots, marks, strict=True) if at == n] for n in sorted(set(filter(None, marks)))
    ]
    scenes = _scenes(shots, general=False, groups=marked or None)
    made = _treatment("\n\n".join(parts), reader, shots, scenes, seed)
    return made.model_copy(update={"title": title[:110]}) if title else made


def _treatment(
    text: str, reader: SentenceReader, shots: list[_Told], scenes: tuple[TreatedScene, ...], seed: int
) -> Treatment:
    rng = random.Random(f"own words 1|{seed}|{text[:2000]}")
    worn: set[str] = set()
    language = reader.language
    return Treatment(
        title=title_of_cast(text, reader.cast, list(reader.things.values()))
        if language == "en"
        else first_words(sentences(text)[0].strip(" .!?\"'“”。！？")),
        logline=sentences(text)[0][:400],
        language=language,
        season=lexicon.season(text) or Season.summer,
        mood=lexicon.mood(text) or Mood.calm,
        era="",
        look_words="",
        characters=tuple(
            TreatedCharacter(
                name=p.name[:110],
                noun=p.trade[:110],
                words=look_words(p, rng, worn),
                being=p.being if p.sort != "person" else Being.person,
            )
            for p in reader.cast
        ),
        places=tuple(
            TreatedPlace(name=n, words=w) for n, w in dict((s.place, s.place_words) for s in shots).items()
        ),
        props=tuple(TreatedProp(name=p.noun[:110], words=p.first) for p in reader.things.values()),
        scenes=scenes,
    )


def _groups(lines: list[str], brief: Brief, told: bool) -> list[list[str]]:
    """Lines as shots: one or two a shot; where more time or shots are asked, shots without words between."""
    groups: list[list[str]] = []
    held = 0.0
    for line in lines:
        weight = max(len(line.split()), dense(line) / 2)
        if groups and len(groups[-1]) < 2 and held + weight <= SHOT_WORDS:
            groups[-1].append(line)
            held += weight
        else:
            groups.append([line])
            held = weight
    seconds = brief.seconds if told else brief.seconds or 60
    fair = round((seconds - CARD_SECONDS) / SECONDS_PER_SHOT) if seconds else 0
    count = brief.shots or max(len(groups), fair)
    if count < len(groups):
        return [lines[i * len(lines) // count : (i + 1) * len(lines) // count] for i in range(count)]
    spread: list[list[str]] = [[] for _ in range(count)]
    for i, group in enumerate(groups):
        spread[i * count // len(groups)] = group
    return spread


@dataclass(frozen=True)
class _Told:
    """One shot, where it is, and what its words say of the time."""

    shot: TreatedShot
    place: str
    place_words: str
    hour: Hour | None
    weather: Weather | None
    mood: Mood | None


@dataclass(frozen=True)
class Seen:
    """Whom and what a sentence shows."""

    actor: Phrase | None
    target: Phrase | None
    things: tuple[Phrase, ...]
    verb: str
    """Base form, or ""."""
    beside: tuple[Phrase, ...] = ()
    """Who else is there besides the two: the third of three sisters."""
    fellow: bool = False
    """Whether the target does with the actor what is done: "the sisters carry a chest"."""


MOST_THINGS, MOST_SCRIPT_THINGS = 24, 200
"""Things that a story, and a script, is shown with."""
_OF_BOATS = frozenset({"sail", "sails", "mast", "deck", "rudder"})
"""Parts that alone would be drawn as a whole ship."""
_SHE = frozenset({"she", "her", "hers", "herself"})
_HE = frozenset({"he", "him", "his", "himself"})
_WETS = re.compile(
    r"\b(?:into the (?:\w+ )?(?:sea|water|river|lake)|overboard|swam|soaked|drenched|dripping|"
    r"wet|through the rain)\b"
)
_DRIES = re.compile(
    r"\b(?:dried|dry|by the fire|warm|next (?:day|morning)|that evening|at dawn|in the morning)\b"
)
_SOMEBODY = _SHE | _HE | {"they", "it", "we", "everybody", "everyone", "both"}
_MANY = frozenset({"people", "men", "women", "guests", "villagers", "soldiers", "passengers", "others"})
"""A crowd: nobody of it is somebody."""
_TOWARDS = frozenset(
    {"", "to", "at", "with", "and", "beside", "by", "near", "behind", "after", "towards", "toward", "past",
     "on", "onto", "over", "around", "before", "against", "between", "into", "upon", "for", "under", "above",
     "from"}
)  # fmt: skip
"""Words before somebody who is there: none stands before whom somebody only thinks or speaks of."""
_BESIDE = frozenset({"beside", "by", "near", "behind", "past", "after", "before", "around"})
_HANDLING = frozenset({"carry", "hold", "lift", "raise", "open", "read", "drop", "bear", "drag", "take"})
"""Verbs of a hand on a thing, in sentences that go on with whom it is done beside."""
_GONE = re.compile(r"\b(?:was|were|had) (?:gone|vanished|disappeared|missing|nowhere)\b")
"""Of somebody who is not in the picture."""


def _is_somebody(phrase: Phrase, text: str) -> bool:
    """Whether the story can mean a character by it, and not the first word of what is said."""
    if not phrase.proper:
        return phrase.sort == "creature" or lexicon.look_up(phrase.noun, "person") is not None
    if phrase.pronoun == "they" and lexicon.weather(phrase.proper.lower()):
        return False  # "Snow falls": a capital, and no name
    opens = re.search(rf"[\"“”‘]\s*{re.escape(phrase.proper.split()[0])}\b", text)
    return not (opens and phrase.pronoun == "they")


def _apart(live: list[Phrase]) -> list[Phrase]:
    """Those of a sentence; of two of one noun each by its adjective: "The tall man hugs the short man."""
    names = [p.noun for p in live if p.adjectives and not p.proper]
    apart = {n for n in names if len({p.adjectives for p in live if p.noun == n and p.adjectives}) > 1}
    return [told_apart(p) if p.noun in apart and p.adjectives and not p.proper else p for p in live]


def _is_same(phrase: Phrase, known: Phrase) -> bool:
    """Whether one of two of a noun is meant: by the adjective that tells it apart, or by the noun alone."""
    first, _, noun = known.noun.lower().rpartition(" ")
    if phrase.proper or known.proper:
        return False
    if phrase.noun.lower() == noun and known.noun == known.head and first:
        return first in phrase.adjectives or (not phrase.adjectives and phrase.determiner == "the")
    named, _, last = phrase.noun.lower().rpartition(" ")
    return (
        bool(named)
        and phrase.noun == phrase.head
        and last == known.noun.lower()
        and named in known.adjectives
    )


def _is_there(thing: Phrase) -> bool:
    """Whether a thing is in the picture, and not only where it is, or said not to be."""
    drawn = lexicon.look_up(thing.noun, "thing") is not None
    return thing.determiner != "no" and (drawn or lexicon.look_up(thing.noun, "place") is None)


class SentenceReader:
    """Reads line after line, keeping who and where the story is.

    ``strict``, for a script with its own ``cast``: only beings that act or are acted on come into it
    besides, nothing that is not there is shown, and a pronoun means somebody whom the scene has shown
    (``new_scene``).
    """

    def __init__(
        self, brief: Brief, language: str, cast: Sequence[Phrase] = (), strict: bool = False
    ) -> None:
        self.strict = strict
        self.most_things = MOST_SCRIPT_THINGS if strict else MOST_THINGS
        self.brief = brief
        self.language = language
        self.english = language == "en"
        self.cast: list[Phrase] = list(cast)
        self.things: dict[str, Phrase] = {}
        self.place, self.place_words = "", ""
        self.recent: list[Phrase] = []
        self.met: list[Phrase] = []
        self.group: set[str] = set()
        """Everybody in the sentence that was read last, and by noun those of its group that acts."""
        self.names: dict[str, Phrase] = {}
        self.wet: set[str] = set()
        self.breaths = 0
        text = brief.idea[:20_000]
        # The place that the first sentences name is where the story begins, not the commonest one.
        told = [*sentences(text)[:6], text] if self.english else []
        kind = next((k for t in told if (k := lexicon.place(t)) and k != PlaceKind.elsewhere.value), None)
        entry = bank("places").get((kind or PlaceKind.elsewhere).value, bank("places")["elsewhere"])
        known = kind is not None and kind is not PlaceKind.elsewhere
        self.place = f"the {entry['name']}" if known else "an open place"
        self.place_words = entry["words"] if known else "wide open ground under a big sky"

    def go_where(self, told: Sequence[str]) -> None:
        """Where a scene is that is told so: the place that it names first, else where the story was."""
        if not self.english:
            return
        kind = next((k for t in told for s in sentences(t) if (k := lexicon.place(s))), PlaceKind.elsewhere)
        if kind is not PlaceKind.elsewhere:
            entry = bank("places").get(kind.value, bank("places")["elsewhere"])
            self.place, self.place_words = f"the {entry['name']}", entry["words"]

    def new_scene(self) -> None:
        """Forget who was met last."""
        self.recent = []

    def meet(self, phrase: Phrase) -> None:
        """Somebody is heard or seen, whom pronouns may mean from here on."""
        phrase = self.names.get(phrase.name, phrase)
        self.recent = [phrase, *(c for c in self.recent if c.name != phrase.name)]

    def read(self, text: str) -> Seen:
        """Who and what the sentences name, and what is done; nothing is left out of sight for it."""
        reading = read_idea(text) if self.english and text else None
        actor, target, props = self._seen(reading, text)
        moved = [p for p in reading.heroes if p.sort == "thing"] if reading and actor is None else []
        for thing in moved[:1]:
            # A thing that does something itself: "The boat bumps against the stone."
            if (
                lexicon.look_up(thing.noun, "thing")
                and _is_there(thing)
                and len(self.things) < self.most_things
            ):
                actor = self.things.setdefault(thing.noun, thing)
                props = [actor, *(p for p in props if p is not actor)]
        beside = tuple(p for p in self.met if p not in (actor, target))
        fellow = target is not None and target.noun in self.group
        return Seen(actor, target, tuple(props), reading.verb if reading and actor else "", beside, fellow)

    def shot(self, lines: list[str], last: bool = False) -> _Told:
        """The shot that shows these lines."""
        text = " ".join(lines)
        reading = read_idea(text) if self.english and text else None
        actor, target, props = self._seen(reading, text)
        if reading is not None:
            self._move(reading, text)
        if not text:
            actor, target, props = self._breath(last)
        aside = self.met[1:2] if target is None else []
        names = tuple(p for p in (actor, target, *aside) if p is not None)
        if _WETS.search(text.lower()):
            self.wet |= {p.name for p in names}
        elif _DRIES.search(text.lower()):
            self.wet.clear()
        shot = TreatedShot(
            sentence=text[:2000] or self._quiet(actor, props),
            actor=actor.name[:110] if actor else None,
            verb=(reading.verb if reading and actor else "stand" if actor else "")[:110],
            target=target.name[:110] if target else props[0].noun[:110] if props and actor else None,
            manner="",
            parts=tuple(
                TreatedPart(name=p.name[:110], state="wet" if p.name in self.wet else "", expression=None)
                for p in names
            ),
            props=tuple(p.noun[:110] for p in props),
            size=None if text or actor else ShotSize.insert if props else ShotSize.wide,
            angle=None,
            view=None,
            move=None,
            opens=None,
            opening="",
            closing="",
            lines=tuple(TreatedLine(speaker=None, kind=LineKind.narration, words=line) for line in lines),
        )
        if _DRIES.search(text.lower()):
            self.wet.clear()
        english = text if self.english else ""
        return _Told(
            shot,
            self.place,
            self.place_words,
            lexicon.hour(english),
            lexicon.weather(english),
            lexicon.mood(english),
        )

    def _breath(self, last: bool) -> tuple[Phrase | None, Phrase | None, list[Phrase]]:
        """What a shot without words shows, in turn: whoever is met, the thing last named, the place.

        The last one shows those whom the story was about.
        """
        self.breaths += 1
        turn = self.breaths % 3
        if last and self.recent:
            return self.recent[0], self.recent[1] if len(self.recent) > 1 else None, []
        if turn == 1 and self.recent:
            return self.recent[0], None, []
        if turn == 2 and self.things:
            return None, None, [list(self.things.values())[-1]]
        return None, None, []

    def _quiet(self, actor: Phrase | None, props: list[Phrase]) -> str:
        if actor is not None:
            return f"A quiet moment with {actor.again}."
        return f"A quiet look at {props[0].again if props else self.place}."

    def _seen(self, reading: Reading | None, text: str) -> tuple[Phrase | None, Phrase | None, list[Phrase]]:
        self.met, self.group = [], set()
        if reading is None:
            return None, None, []
        live = [*reading.heroes, *reading.others]
        if self.strict:
            acted = bool(reading.heroes or _SOMEBODY & {w.lower() for w in reading.words})
            live = [p for p in live if self._may_join(p, p in reading.heroes, acted)]
        live = _apart([p for p in live if p.sort in {"person", "creature"} and _is_somebody(p, text)])
        each = [m for p in live for m in (members_of(p, 3) or (p,))]
        found = [c for c in (self._known(p) for p in each) if c is not None]
        if _GONE.search(text):
            found = []
        found = self._meant(found, text)
        if self.names:
            found = [self.names.get(p.name, p) for p in found]
        found = list(dict.fromkeys(found))
        self.met = found
        props = []
        for thing in reading.things[:2]:
            if thing.head in _OF_BOATS or (self.strict and not _is_there(thing)):
                continue
            if lexicon.look_up(thing.noun) is not None and len(self.things) < self.most_things:
                props.append(self.things.setdefault(thing.noun, thing))
        led = reading.heroes[0] if reading.heroes else None
        self.group = {m.noun for m in members_of(led, 3)} if led else set()
        acted_on = next((c for c in found[1:] if c.noun not in self.group), None)
        acted_on = acted_on or next(iter(found[1:]), None)
        where = next((p.after for p in live if acted_on is not None and self._known(p) is acted_on), "")
        if props and reading.things[0].after == "" and where in _BESIDE and reading.verb in _HANDLING:
            acted_on = None  # the umbrella is carried, and not who is walked beside
        return (found[0] if found else None), acted_on, props

    def _may_join(self, phrase: Phrase, acts: bool, acted: bool) -> bool:
        """Whether a script means one that is there: somebody known, or who acts, or is acted on."""
        if any(phrase.head.lower() in (c.head.lower(), c.noun.lower()) for c in self.cast):
            return True
        if phrase.determiner == "no" or (phrase.proper and phrase.pronoun not in ("she", "he")):
            return False
        if phrase.plural and phrase.determiner not in NUMBERS and phrase.head.lower() in _MANY:
            return False
        if acts:
            return phrase.after == ""
        drawn = phrase.sort in {"person", "creature"} and lexicon.look_up(phrase.noun) is not None
        return acted and drawn and not phrase.role_only and not phrase.gone and phrase.after in _TOWARDS

    def _meant(self, found: list[Phrase], text: str) -> list[Phrase]:
        """With those that a pronoun means: whoever of that sex was met last; "they" are the last two.

        A pronoun before the first name is the one who acts; one after it is acted on.
        """
        words = re.findall(r"[a-z']+", text.lower())
        heads = [words.index(p.head.lower()) for p in found if p.head.lower() in words]
        for forms, pronoun in ((_SHE, "she"), (_HE, "he")):
            at = next((i for i, w in enumerate(words) if w in forms), None)
            met = next((c for c in self.recent if c.pronoun == pronoun), None)
            met = met or next((c for c in self.recent if c.sort == "person" and c.pronoun == "they"), None)
            if at is None or met is None or any(p.pronoun == pronoun for p in found):
                continue
            if met.pronoun == "they" and met in self.cast:
                # The story says what its person is; the look follows.
                self.names[met.name] = replace(met, pronoun=pronoun)
                self.cast[self.cast.index(met)] = self.names[met.name]
                self.recent = [self.names.get(c.name, c) for c in self.recent]
                met = self.names[met.name]
            found = [met, *found] if not heads or at < min(heads) else [*found, met]
        if words and "they" in words:
            found = [*found, *(c for c in self.recent[:2] if c not in found)]
        if not found and {"it", "its"} & set(words):
            found = [c for c in self.recent if c.sort == "creature"][:1]
        for one in reversed(found):
            self.recent = [one, *(c for c in self.recent if c.name != one.name)]
        return found

    def _known(self, phrase: Phrase) -> Phrase | None:
        """The character already met that this phrase means, or a new one where there is room."""
        for known in self.cast:
            if (
                known.name == phrase.name
                or (known.noun.lower() == phrase.noun.lower() and not phrase.proper)
                or (phrase.noun == known.head and phrase.determiner == "the" and not phrase.proper)
                or _is_same(phrase, known)
                or (phrase.proper and known.proper and phrase.proper.split()[-1] in known.proper.split())
            ):
                return known
        most = 8 if self.brief.characters is None else self.brief.characters
        if len(self.cast) >= most:
            return None
        clear = (
            replace(phrase, determiner="the")
            if phrase.determiner in {"a", "an"} and not phrase.proper
            else phrase
        )
        self.cast.append(clear)
        return clear

    def _move(self, reading: Reading, text: str) -> None:
        if self.english and re.search(r"\bashore\b", text):
            self.place, self.place_words = "the shore", str(bank("places")["shore"]["words"])
            return
        goals = [p for p in reading.places if p.after in {"to", "into", "onto"}]
        for place in (*goals, *(p for p in reading.places if p.after)):
            kind = lexicon.place(place.noun)
            if kind is None or (kind.value == "elsewhere" and not place.proper):
                continue
            if place.after in {"of", "about", "like", "for", "without", "with", "by", "from", "through"}:
                continue
            entry = bank("places").get(kind.value, bank("places")["elsewhere"])
            self.place, self.place_words = place.name[:110], f"{place.first}: {entry['words']}"[:2000]
            return


def _scenes(
    shots: list[_Told], general: bool, groups: list[list[_Told]] | None = None
) -> tuple[TreatedScene, ...]:
    """Consecutive shots of one place and time as scenes, with hours that go on; or the ``groups`` given."""
    groups = _grouped(shots) if groups is None else groups
    if general and len(groups) == 1 and len(shots) >= 6:
        # Nothing is known of the story's times: a day passes over it.
        third = -(-len(shots) // 3)
        groups = [
            [replace(s, hour=hour) for s in shots[i * third : (i + 1) * third]]
            for i, hour in enumerate((Hour.morning, Hour.afternoon, Hour.dusk))
        ]
    hour = Hour.morning
    weather = Weather.clear
    made = []
    for i, group in enumerate(groups):
        hour = _hour(group) or hour
        # Rain lasts until the story moves on to its end, unless it says otherwise.
        passing = weather in {Weather.rain, Weather.storm} and 0 < i == len(groups) - 1
        weather = next((s.weather for s in group if s.weather), Weather.clear if passing else weather)
        made.append(
            TreatedScene(
                title=f"{i + 1}: {group[0].place}"[:110],
                beat=beat_of(i, len(groups)),
                place=group[0].place,
                place_state="",
                hour=hour,
                weather=weather,
                mood=next((s.mood for s in group if s.mood), Mood.calm),
                shots=tuple(s.shot for s in group),
            )
        )
    return tuple(made)


def _grouped(shots: list[_Told]) -> list[list[_Told]]:
    groups: list[list[_Told]] = []
    for told in shots:
        before = groups[-1][-1] if groups else None
        moved = before is None or told.place != before.place or (told.hour not in {None, _hour(groups[-1])})
        if moved and (before is None or len(groups[-1]) >= 2 or told.place != before.place):
            groups.append([told])
        else:
            groups[-1].append(told)
    return groups


def _hour(group: list[_Told]) -> Hour | None:
    return next((s.hour for s in group if s.hour), None)


def beat_of(i: int, count: int) -> Beat:
    """What scene ``i`` of so many does in the arc, by its place alone."""
    if i == 0:
        return Beat.setup
    if i == count - 1:
        return Beat.resolution
    order = (Beat.spark, Beat.trial, Beat.crisis, Beat.climax)
    return order[min(3, (i - 1) * 4 // max(1, count - 2))]
