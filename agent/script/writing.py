"""The writer ``script``: a screenplay is law. Every word of it is kept, in order, and none is added."""

from __future__ import annotations

import random
import re
from functools import lru_cache

from ...storyboard import lexicon
from ...storyboard.boarding import board
from ...storyboard.casting import cast
from ...storyboard.constraints import check, needed_seconds
from ...storyboard.edits import Tell as TellEdit
from ...storyboard.edits import apply
from ...storyboard.errors import BadInput, Unmeetable
from ...storyboard.film import Brief, Film, Settings
from ...storyboard.fountain import BY
from ...storyboard.fountain_reading import read_fountain
from ...storyboard.headings import FIRST_HOUR, Heading, place_name, read_heading
from ...storyboard.screenplay import Screenplay
from ...storyboard.treatment import (
    TreatedLine,
    TreatedPart,
    TreatedPlace,
    TreatedProp,
    TreatedScene,
    TreatedShot,
    Treatment,
)
from ...storyboard.vocabulary import LineKind, Mood, Season, Weather
from ..outline.own_words import SentenceReader, beat_of
from ..outline.phrase import Phrase
from ..outline.tongue import language_of
from ..writer import Tell, Written
from .counting import counted
from .people import Company, Player, treated
from .setups import Plan, ScriptScene, Setup, dialogue_of, heading_title, plan_of
from .splitting import sentences_of

NAME = "script"
MOST_WITHOUT_CUE = 24
"""Characters that only act, and are no more than named in the action."""
MOST_TOGETHER = 4
"""Beings that an action line may put into one shot."""
UNTITLED = "Untitled"


class ScriptWriter:
    """Films a screenplay as it stands: scenes, action and speeches become scenes, shots and lines."""

    name = NAME
    model = ""

    def write(self, brief: Brief, seed: int, tell: Tell) -> Written:
        """The script as a treatment.

        Raises ``BadInput`` where there is nothing to film, and ``Unmeetable`` as ``meets`` does.
        """
        script, plan = _read(brief.idea)
        tell(f"Reading a script of {len(plan.scenes)} scenes word for word")
        made = treatment_of(brief, seed)
        tell(f"{sum(len(s.shots) for s in made.scenes)} shots hold every word of it")
        return Written(made, tuple(_notices(script, plan, made)))

    def meets(self, brief: Brief, settings: Settings) -> None:
        """Raise ``Unmeetable`` where the script cannot be told as asked, with the nearest that can.

        Nothing was made: it is asked before a film's folder is.
        """
        script, _ = _read(brief.idea)
        if not brief.dialogue and (talk := dialogue_of(script)):
            raise Unmeetable(
                f"No dialogue was asked for, and the script has {len(talk)} speeches, the first: "
                f"{talk[0][:60]!r}. A script is kept word for word: leave --no-dialogue out, or take the "
                "lines out of the script. Nothing was made."
            )
        made = treatment_of(brief, settings.seed)
        film = boarded(made, brief, settings)
        for broken in check(film):
            if broken.constraint == "characters":
                assert film.story is not None
                count = len(film.story.characters)
                raise Unmeetable(
                    f"At most {brief.characters} characters were asked for, and the script has {count}: "
                    f"{', '.join(c.name for c in film.story.characters)[:300]}. A script is kept word for "
                    f"word. The nearest that can: {count}. Nothing was made."
                )
            if broken.constraint == "seconds":
                raise Unmeetable(
                    f"The script needs {needed_seconds(film)} s with its {len(film.shots)} shots, and "
                    f"{brief.seconds} s were asked for. A script is kept word for word. The nearest that "
                    f"can: {needed_seconds(film)} s; or leave the length out, or shorten the script. Nothing "
                    "was made."
                )
            raise Unmeetable(f"{broken.words} Nothing was made.")


def boarded(made: Treatment, brief: Brief, settings: Settings) -> Film:
    """The film of a treatment, in memory."""
    story = cast(made, brief, settings.seed)
    shots, opening, ending = board(made, story, brief, settings)
    begun = Film(id="film", brief=brief, settings=settings)
    return apply(begun, TellEdit(story=story, shots=shots, opening=opening, ending=ending))


@lru_cache(maxsize=2)
def _read(text: str) -> tuple[Screenplay, Plan]:
    script = read_fountain(text)
    plan = plan_of(script)
    if not plan.scenes:
        raise BadInput(
            "There is nothing to film in the script: no action and no speech. Fountain has scene headings "
            "such as INT. LIGHTHOUSE - NIGHT, action, and names in capitals over what they say. "
            "Nothing was made."
        )
    return script, plan


@lru_cache(maxsize=2)
def treatment_of(brief: Brief, seed: int) -> Treatment:
    """The treatment that the script of a brief gives. Pure."""
    script, plan = _read(brief.idea)
    scenes = counted(plan.scenes, brief.shots) if brief.shots is not None else plan.scenes
    return Stager(scenes, brief, seed, script, plan.ending).treatment()


class Stager:
    """Reads each setup for who acts and with what, scene after scene."""

    def __init__(
        self, scenes: tuple[ScriptScene, ...], brief: Brief, seed: int, script: Screenplay, ending: str = ""
    ) -> None:
        self.scenes, self.brief, self.seed, self.script, self.ending = scenes, brief, seed, script, ending
        words = " ".join(s.sentence or " ".join(x.words for x in s.said) for c in scenes for s in c.setups)
        self.words = words[:20_000]
        self.language = language_of(self.words)
        self.company = Company(scenes)
        cast = [p.phrase for p in self.company.players]
        # How many there may be is checked, and never met by leaving somebody out.
        room = {"idea": self.words[:2_000] or "x", "characters": len(cast) + MOST_WITHOUT_CUE}
        reading = brief.model_copy(update=room)
        self.reader = SentenceReader(reading, self.language, cast, strict=True)

    def treatment(self) -> Treatment:
        """The whole script."""
        hour, weather = FIRST_HOUR, Weather.clear
        made: list[TreatedScene] = []
        places: dict[str, TreatedPlace] = {}
        for number, scene in enumerate(self.scenes):
            heading = read_heading(scene.heading)
            place = _place(heading, places)
            text = " ".join(s.sentence for s in scene.setups)[:4_000]
            hour = heading.hour or hour
            told = (
                (lexicon.weather(heading.when.lower()) or lexicon.weather(text))
                if self.reader.english
                else None
            )
            weather = told or (weather if heading.hour is None and number else Weather.clear)
            made.append(
                TreatedScene(
                    title=heading_title(scene.heading),
                    beat=beat_of(number, len(self.scenes)),
                    place=place,
                    place_state="",
                    hour=hour,
                    weather=weather,
                    mood=(lexicon.mood(text) if self.reader.english else None) or Mood.calm,
                    shots=tuple(self._shots(scene)),
                )
            )
        return self._whole(tuple(made), tuple(places.values()))

    def _whole(self, scenes: tuple[TreatedScene, ...], places: tuple[TreatedPlace, ...]) -> Treatment:
        rng = random.Random(f"script 1|{self.seed}|{self.words[:2_000]}")
        worn: set[str] = set()
        page = self.script.fields
        known = {p.phrase.name: p for p in self.company.players}
        people = [treated(p, *(_shown(known.get(p.name), p)), rng, worn) for p in self.reader.cast]
        author = page.get("author") or page.get("authors") or ""
        credit = page.get("credit", "") if BY.match(f"{page.get('credit', '')} x") else "written by"
        return Treatment(
            title=page.get("title", "")[:110] or UNTITLED,
            logline=f"{credit} {author}"[:2_000] if author else page.get("logline", "")[:2_000],
            language=self.language,
            season=(lexicon.season(self.words) if self.reader.english else None) or Season.summer,
            mood=(lexicon.mood(self.words) if self.reader.english else None) or Mood.calm,
            era="",
            look_words="",
            characters=tuple(people),
            places=places,
            props=tuple(TreatedProp(name=p.noun[:110], words=p.first) for p in self.reader.things.values()),
            scenes=scenes,
            ending=self.ending,
        )

    def _shots(self, scene: ScriptScene) -> list[TreatedShot]:
        voices = [s.cue for setup in scene.setups for s in setup.said if s.kind is LineKind.dialogue]
        before: TreatedShot | None = None
        shots = []
        self.reader.new_scene()
        for setup in scene.setups:
            before = self._shot(setup, voices, before)
            shots.append(before)
        return shots

    def _shot(self, setup: Setup, voices: list[str], before: TreatedShot | None) -> TreatedShot:
        actor, target, verb, props, together = self._seen(setup, voices, before)
        for said in setup.said:
            if said.kind is LineKind.dialogue:
                self.reader.meet(self.company.of_cue(said.cue).phrase)
        return TreatedShot(
            sentence=setup.sentence,
            actor=actor[:110] if actor else None,
            verb=verb[:110],
            target=target[:110] if target else None,
            manner="",
            parts=tuple(TreatedPart(name=n[:110], state="", expression=None) for n in together),
            props=props,
            size=None,
            angle=None,
            view=None,
            move=None,
            opens=setup.opens,
            opening="",
            closing="",
            lines=tuple(
                TreatedLine(
                    speaker=self.company.of_cue(said.cue).name if said.cue else None,
                    kind=said.kind,
                    words=said.words,
                    delivery=said.delivery[:2_000],
                )
                for said in setup.said
            ),
            runs_on=setup.runs_on,
        )

    def _seen(
        self, setup: Setup, voices: list[str], before: TreatedShot | None
    ) -> tuple[str | None, str | None, str, tuple[str, ...], tuple[str, ...]]:
        """Actor, target, verb and props of a setup, and all who are there where they are several."""
        speakers = [s.cue for s in setup.said if s.kind is LineKind.dialogue]
        if not setup.sentence:
            if speakers:
                return *self._talk(speakers, voices, before), "speaks", (), ()
            # A voice over the picture: whoever was seen is still there.
            if before is None:
                return None, None, "", (), ()
            return before.actor, before.target, "", before.props, tuple(p.name for p in before.parts)
        whole = setup.sentence.replace("\n", " ")
        text = (self.company.readable(whole).strip() or whole)[:2_000]
        named = [p.name for p in self.company.named_in(setup.sentence)]
        read = [(part, self.reader.read(part)) for part in sentences_of(text)]
        # The shot is about the first sentence in which somebody acts, else about what moves by itself.
        rank = {"person": 0, "creature": 0, "thing": 1}
        part, seen = min(
            read, key=lambda r: rank.get(r[1].actor.sort, 1) if r[1].actor else 1.5 if named else 2
        )
        actor = self._name(seen.actor)
        here = [n for n in named if re.search(rf"\b{re.escape(n)}\b", part, re.IGNORECASE)]
        if here and (actor is None or actor not in named or _opens(part, here[0])):
            actor = here[0]
        elif named and actor is None:
            actor = named[0]
        beside = [self._name(one.actor) for _, one in read]
        others = [n for n in [*here, *named, self._name(seen.target), *beside] if n and n != actor]
        target = others[0] if others and not (seen.fellow and seen.things) else None
        things = dict.fromkeys(p.noun[:110] for _, one in read for p in one.things)
        props = tuple(things)
        if target is None and props and actor and props[0] != actor:
            target = props[0]
        verb = seen.verb if actor and actor == self._name(seen.actor) else ""
        if actor and lexicon.verb(verb) is None:
            after = text.split(actor, 1)[-1].split()
            verb = next((w for w in (x.strip(".,;:!?") for x in after) if lexicon.verb(w)), verb)
        if actor is None and speakers:
            actor, target = self._talk(speakers, voices, before)
            verb = "speaks"
        beings = [actor, target, *(self._name(p) for p in (seen.target, *seen.beside))]
        met = list(dict.fromkeys(n for n in beings if n and self._is_somebody(n)))
        return actor, target, verb, props, tuple(met[:MOST_TOGETHER]) if len(met) > 1 else ()

    def _talk(
        self, speakers: list[str], voices: list[str], before: TreatedShot | None
    ) -> tuple[str, str | None]:
        """Who speaks, and to whom: the other voice of the scene, or whom the shot before shows."""
        one = self.company.of_cue(speakers[0]).name
        others = [n for cue in [*speakers, *voices] if (n := self.company.of_cue(cue).name) != one]
        if not others and before is not None:
            others = [n for n in (before.actor, before.target) if n and n != one and self._is_somebody(n)]
        return one, others[0] if others else None

    def _is_somebody(self, name: str) -> bool:
        return any(name == self._name(p) for p in self.reader.cast)

    def _name(self, phrase: Phrase | None) -> str | None:
        if phrase is None:
            return None
        if phrase.sort == "thing":
            return phrase.noun
        return self.company.names.get(phrase.name, phrase.name)


def _opens(text: str, name: str) -> bool:
    """Whether a sentence begins with a name, but for an article."""
    return re.match(rf"(?:the |an? )?{re.escape(name)}\b", text, re.IGNORECASE) is not None


def _shown(player: Player | None, phrase: Phrase) -> tuple[str, str]:
    return (player.name, player.look) if player else (phrase.name, "")


def _place(heading: Heading, places: dict[str, TreatedPlace]) -> str:
    """The name of a heading's place; it is added to ``places`` where it is new."""
    name = place_name(heading)
    known = places.get(name)
    if known is not None and heading.inside is not None and known.interior not in (None, heading.inside):
        name = place_name(heading, other_side=True)
    if name not in places:
        words = name.replace(" - ", ", ")
        places[name] = TreatedPlace(name=name, words=words[:1].upper() + words[1:], interior=heading.inside)
    return name


def _notices(script: Screenplay, plan: Plan, made: Treatment) -> list[str]:
    told = [_AS_IT_IS]
    if plan.left:
        listed = ", ".join(f"{n} {_many(what, n)}" for what, n in plan.left)
        told.append(f"Not filmed, and kept in the script: {listed}.")
    if made.title == UNTITLED:
        told.append("The script has no title page: begin it with a line such as `Title: The Lamp`.")
    kept = {"title", "credit", "author", "authors", "logline"}
    if unread := [key for key, _ in script.title_page if key not in kept]:
        told.append(f"Of the title page, {', '.join(unread)[:200]} is not in the film.")
    return told


def _many(what: str, count: int) -> str:
    first, space, rest = what.partition(" ")
    plural = {"synopsis": "synopses", "speech": "speeches", "passage": "passages"}.get(first, first + "s")
    if count == 1:
        return what
    return f"{what}s" if first == "page" else plural + space + rest


_AS_IT_IS = (
    "The script was taken word for word: nothing was added that is spoken, and nothing left out. Who acts, "
    "where and with what was read by rules, without a language model."
)
