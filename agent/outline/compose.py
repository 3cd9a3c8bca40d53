"""From a reading of the idea to a treatment: scenes, shots, and words that fit the time."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from ...storyboard import lexicon
from ...storyboard.film import Brief
from ...storyboard.treatment import (
    TreatedLine,
    TreatedPart,
    TreatedProp,
    TreatedScene,
    TreatedShot,
    Treatment,
)
from ...storyboard.vocabulary import (
    Beat,
    Expression,
    Hour,
    LineKind,
    Move,
    Opening,
    Season,
    Weather,
)
from .act import AT_LAST, HANDLED, SHOTS_A_LOOK, Act, Played, action_of
from .acting import choose_act
from .arc import CARD_SECONDS, SLOTS, SceneAt, bright_hours, plan_arc
from .bank import bank
from .billing import character_name, characters, place_name, places, prop_name
from .borne import is_borne
from .changes import changed, unable
from .choosing import CLOSE_WORDS, TALKERS, Option, Work, aim_of, miss, options_for
from .clauses import read_clauses
from .deeds import far_ones, in_its_place, is_awaited, own_acts
from .enacting import MAKING
from .idea import Reading
from .kinds import told_kinds
from .lore import trade_words
from .performing import out_of_reach
from .roles import WAYS, cast_parts
from .seeing import Stage
from .showing import era_of, in_its_time, size_for, size_of, thing_shows, wordless
from .spots import indoors
from .steps import LED, STAYING, is_foe, loved_thing, steps_of
from .telling import Teller, finished
from .titling import title_of
from .turning import away_at, turning_kind
from .whereabouts import hour_of, is_green, met_at, told_places

WORDS_PER_SECOND = 2.0
"""Words for each second of body: at 155 words a minute this leaves room to breathe."""
LEEWAY_WORDS = 3
"""A telling may miss the best length by so many words, for variety."""
SECONDS_PER_SHOT = 5.3
_FACES = {
    "lack": Expression.sad,
    "spark": Expression.surprised,
    "answer": Expression.curious,
    "vow": Expression.determined,
    "try": Expression.determined,
    "block": Expression.afraid,
    "fall": Expression.afraid,
    "low": Expression.sad,
    "turn": Expression.surprised,
    "deed": Expression.determined,
    "after": Expression.happy,
    "close": Expression.tender,
}
_AT = {
    Hour.dawn: "at dawn",
    Hour.morning: "in the morning",
    Hour.noon: "at noon",
    Hour.afternoon: "in the afternoon",
    Hour.dusk: "at dusk",
    Hour.evening: "in the evening",
    Hour.night: "at night",
}


def shot_count(brief: Brief) -> int:
    """Shots of a film of the brief's length: one about every five seconds of body, at least one."""
    if brief.shots is not None:
        return brief.shots
    seconds = brief.seconds or 60
    return max(1, round((seconds - CARD_SECONDS) / SECONDS_PER_SHOT)) if seconds > CARD_SECONDS else 1


def compose(reading: Reading, brief: Brief, seed: int) -> Treatment:
    """A story of the asked length around what ``reading`` found."""
    rng = random.Random(f"outline 1|{seed}|{' '.join(reading.words)}")
    parts = cast_parts(reading, brief.characters, rng)
    text = " ".join(reading.words)
    count = shot_count(brief)
    body = max(1.0, (brief.seconds or max(60, count * 5 + CARD_SECONDS)) - CARD_SECONDS)
    craft_home = (trade_words(parts.roles["hero"]) or {}).get("place") == parts.spots[0].kind
    own = own_acts(reading, parts, SLOTS)
    here = parts.spots[2].phrase.after not in {"to", "into", "toward", "towards"} and bool(reading.places)
    craft_home = craft_home or (here and bool(own.get("deed")))
    craft_home = (craft_home or (parts.shape == "strive" and here)) and (here or not reading.places)
    far = bool(far_ones(reading, parts))
    craft_home = craft_home or parts.spots[0].kind in {"train", "ship", "spaceship"}
    craft_home = craft_home and not far and parts.shape != "journey"
    stays = parts.shape == "rivalry" and "thing" not in parts.invented
    stays = stays or (parts.spots[0].kind in {"ship", "spaceship"} and parts.shape != "journey")
    told = read_clauses(reading, parts)
    at_end = is_green(parts, 2) or parts.spots[2].phrase.noun in {
        p.noun for p in (*reading.places, *reading.things)
    }
    led = any(c.verb in LED and c.rest.startswith("{other}") for c in told)
    far = far or (at_end and (parts.shape == "journey" or led) and parts.shape != "rescue")
    far = far or (
        at_end
        and parts.spots[2].phrase.after in {"to", "into"}
        and any(c.link in {"and", "must"} and c.verb in WAYS for c in told)
    )
    far = far or (at_end and (reading.verb == "become" or reading.goal.startswith("see ")))
    far = far or (parts.shape == "journey" and is_borne(parts) and "home" not in parts.words)
    stays = stays or (bool(loved_thing(reading, parts)) and not at_end) or (here and reading.verb in STAYING)
    craft_home = craft_home or stays
    weather = lexicon.weather(text) or (Weather.snow if "snowman" in text.lower() else None)
    scenes = plan_arc(
        count,
        parts.shape,
        hour_of(text),
        weather,
        craft_home,
        rng,
        stays,
        here,
        far,
        told_places(reading, parts, told),
    )
    scenes = [
        replace(s, spot=met_at(parts, s.beat, s.spot, bool(loved_thing(reading, parts)))) for s in scenes
    ]
    if any(is_green(parts, s.spot) for s in scenes):
        scenes = [replace(s, hour=hour) for s, hour in zip(scenes, bright_hours(scenes), strict=True)]
    if lexicon.season(text) is Season.winter:  # when it rains, it snows
        scenes = [replace(s, weather=Weather.snow) if s.weather is Weather.rain else s for s in scenes]
    scenes = [replace(s, weather=Weather.clear) if is_green(parts, s.spot) else s for s in scenes]
    if weather is None:  # dust blows there
        far_off = {k for k, spot in enumerate(parts.spots) if spot.kind == "planet"}
        wet = {Weather.rain, Weather.cloudy}
        scenes = [
            replace(s, weather=Weather.wind) if s.spot in far_off and s.weather in wet else s for s in scenes
        ]
    if loved_thing(reading, parts) and at_end:
        scenes = [s if s.beat in {Beat.setup, Beat.spark} else replace(s, spot=2) for s in scenes]
    work = Work(
        parts,
        Teller(parts.roles, parts.texts, rng),
        rng,
        brief.dialogue,
        body * WORDS_PER_SECOND,
        count,
        body * WORDS_PER_SECOND,
        0.3 + body * 0.06,
        list(parts.habits),
    )
    laid = {slot for scene in scenes for slot in scene.slots}
    work.quiet = wordless(laid, parts.shape, rng)
    work.teller.texts["habit"] = parts.habits[0]
    where = {slot: scene.spot for scene in scenes for slot in scene.slots}
    acts = in_its_place(own_acts(reading, parts, laid), where, parts)
    work.played = Played(max(2, count // SHOTS_A_LOOK), acts, far_ones(reading, parts))
    work.played.awaited = is_awaited(acts)
    work.played.deed = action_of(reading.verb, "") if reading.verb else None
    work.played.steps = steps_of(reading, parts, told)
    work.played.still = loved_thing(reading, parts) == "other"
    work.played.foe = is_foe(reading, parts, told)
    work.played.most_foreign = max(1, count * 3 // 10)
    work.played.lost = reading.verb == "lose"
    work.played.unmade = reading.verb in MAKING and "thing" not in parts.invented
    work.played.unable = unable(told)
    work.played.vanished = "conjure" in told_kinds(reading, parts, told)
    work.played.turning = turning_kind(reading, parts)
    work.played.changed = changed(reading, parts)
    work.burning = _burning(reading)
    work.era = era_of(brief.idea)
    scenes_told = tuple(_scene(scene, work, first=i == 0) for i, scene in enumerate(scenes))
    if out_of_reach(parts):
        scenes_told = tuple(_without_unsaid(s, prop_name(parts.roles["thing"])) for s in scenes_told)
    props = {n for s in scenes_told for shot in s.shots for n in shot.props}
    things = [parts.roles[r] for r in ("thing", "tool", "gift") if r in parts.roles]
    return Treatment(
        title=title_of(brief.idea, reading),
        logline=_logline(brief.idea),
        language="en",
        season=lexicon.season(text) or _season(scenes, rng),
        mood=lexicon.mood(text) or scenes[0].mood,
        era=era_of(brief.idea),
        look_words="",
        characters=characters(parts, scenes_told, rng),
        places=places(parts, scenes_told, work.era),
        props=tuple(
            TreatedProp(name=prop_name(p), words=p.first)
            for p in {prop_name(p): p for p in (*work.played.props.values(), *things)}.values()
            if prop_name(p) in props
        ),
        scenes=scenes_told,
    )


def _without_unsaid(scene: TreatedScene, prop: str) -> TreatedScene:
    """The scene whose shots have a prop in them only where their words name it: a star lies nowhere."""
    shots = tuple(
        shot if prop.lower() in shot.sentence.lower()
        else shot.model_copy(update={"props": tuple(n for n in shot.props if n != prop)})
        for shot in scene.shots
    )  # fmt: skip
    return scene.model_copy(update={"shots": shots})


def _burning(reading: Reading) -> frozenset[str]:
    """The kinds of the places that burn, by the idea: of "a burning house", "the barn is on fire"."""
    words = " ".join(reading.words).lower()
    found = []
    for phrase in reading.named:
        kind = lexicon.place(phrase.noun)
        on_fire = rf"\b{re.escape(phrase.noun.lower())} (?:burns|is on fire|is burning|in flames)\b"
        if kind is not None and (
            {"burning", "blazing"} & {a.lower() for a in phrase.adjectives} or re.search(on_fire, words)
        ):
            found.append(kind.value)
    return frozenset(found)


def _season(scenes: list[SceneAt], rng: random.Random) -> Season:
    if any(s.weather is Weather.snow for s in scenes):
        return Season.winter
    return rng.choice((Season.spring, Season.summer, Season.autumn))


def _logline(idea: str) -> str:
    return re.sub(r"\s+", " ", idea).strip()


def _scene(scene: SceneAt, work: Work, first: bool) -> TreatedScene:
    spot = work.parts.spots[scene.spot]
    shots = []
    harm = work.rng.choice(spot.entry["harm"])
    work.teller.texts |= {"harm": harm, "open": work.rng.choice(spot.entry["open"])}
    # What is told of the second or third place is told where the picture is.
    told = {Beat.trial: 2, Beat.climax: 3}.get(scene.beat)
    if told is not None:
        at = scene.spot + 1
        work.teller.texts |= {
            f"{key}{told}": work.teller.texts[f"{key}{at}"] for key in ("place", "in", "to")
        }
    for n, slot in enumerate(scene.slots):
        shots.append(_shot(slot, scene, work, opens=n == 0 and not first))
    rough = scene.weather in {Weather.rain, Weather.storm, Weather.snow}
    wet = rough and scene.weather is not Weather.snow and not indoors(spot.kind)
    burns = spot.kind in work.burning and scene.beat not in {Beat.climax, Beat.resolution}
    return TreatedScene(
        title=f"{scene.beat.value}: {spot.phrase.again}"[:110],
        beat=scene.beat,
        place=place_name(spot),
        place_state="burning" if burns else "wet" if wet else "",
        hour=scene.hour,
        weather=scene.weather,
        mood=scene.mood,
        shots=tuple(shots),
    )


def _shot(slot: str, scene: SceneAt, work: Work, opens: bool) -> TreatedShot:
    spot = work.parts.spots[scene.spot]
    aim = 0.0 if slot == work.quiet else aim_of(slot, work)
    speech = _speech(slot, work) if aim >= 8 else None
    spoken = len(speech.words.split()) if speech else 0
    options = options_for(slot, work, spot.kind) or options_for(slot, work, spot.kind, shared=True)
    if not options and slot == "habit":
        options = options_for("lack", work, spot.kind, shared=True)
    if not options:
        options = [Option(slot, "", work.teller.fork())]
    fresh = [o for o in options if o.key not in work.used] or options
    ranked = sorted({o.narration: o for o in fresh}.values(), key=lambda o: miss(o.words + spoken - aim))
    least = miss(ranked[0].words + spoken - aim)
    best = [o for o in ranked if miss(o.words + spoken - aim) <= least + LEEWAY_WORDS]
    option = work.rng.choice(best)
    narration = option.narration
    if opens and aim > option.words + spoken + 1:
        narration = _lead(narration, scene.hour, option, work)
    if narration and aim - len(narration.split()) - spoken > 5:
        narration = _aside(narration, scene, spot.kind, work)
    work.used |= {option.key, option.narration, work.teller.texts["open"]}
    if work.habits and work.habits[0].partition("[")[0][:12] in narration:
        work.habits.pop(0)
    work.teller.texts["habit"] = work.habits[0] if work.habits else ""
    work.teller.mentioned, work.teller.last_subject = option.teller.mentioned, option.teller.last_subject
    kept = 0 if work.shots_left <= 1 else CLOSE_WORDS if work.shots_left > 2 or speech else CLOSE_WORDS - 4
    fits = len(narration.split()) + spoken <= work.words_left - kept + work.slack
    fits = fits or (slot in {"spark", "deed", "close"} and work.budget > 60)
    if not fits and speech and len(narration.split()) <= work.words_left - kept + work.slack:
        fits, speech = True, None
    fits = fits and slot != work.quiet
    lines = (
        [TreatedLine(speaker=None, kind=LineKind.narration, words=narration)] if narration and fits else []
    )
    if speech:
        lines.append(speech)
    work.words_left -= sum(len(line.words.split()) for line in lines)
    work.shots_left -= 1
    act = None
    if slot != "world":
        rough = scene.weather in {Weather.rain, Weather.storm, Weather.wind}
        stage = Stage(spot, rough, work.era, scene.spot == 0)
        act = choose_act(slot, work.parts, work.teller, stage, work.played, work.rng)
    return _treated(slot, scene, act, work, opens, tuple(lines))


def _treated(
    slot: str, scene: SceneAt, act: Act | None, work: Work, opens: bool, lines: tuple[TreatedLine, ...]
) -> TreatedShot:
    roles = work.parts.roles
    named = act.roles if act else ()
    bodies = [r for r in named if r in {"hero", "other", "third"}]
    if act is not None and act.verb in {"write", "send"} and slot not in AT_LAST:
        bodies = [r for r in bodies if r not in work.played.far]  # who reads it is elsewhere
    if named and named[0] == "thing":
        bodies = ["thing", *bodies]
    things = [r for r in named if r in {"thing", "tool", "gift"}]
    figures = work.parts.figures
    own = [prop_name(p) for p in act.props] if act else []
    spoken = " ".join(line.words for line in lines)
    # A thing that changes hands is read best where no other could be meant.
    handled = act is not None and act.target in own and act.action in HANDLED
    if not handled and "thing" not in things and thing_shows(slot, scene, spoken, bool(bodies), work):
        things.append("thing")
    by_itself = act is not None and " alone " in act.sentence
    keeps_company = slot not in {"world", "habit", "lack", "low"} and not by_itself
    if work.parts.together and bodies == ["hero"] and keeps_company:
        bodies.append("other")
    actor = bodies[0] if bodies else None
    target = act.target if act else ""
    if target == actor:
        target = ""
    wet = scene.weather in {Weather.rain, Weather.storm} and scene.beat in {Beat.trial, Beat.climax}
    look = in_its_time(work.parts.spots[scene.spot].words, work.era)
    sentence = act.sentence if act else f"{look[:1].upper()}{look[1:]}, {_AT[scene.hour]}."
    present = [p.name for p in work.parts.cast]
    speaker = [line.speaker for line in lines if line.speaker and line.speaker in present]
    each = work.parts.members
    called = {r: [m.name for m in each.get(roles[r].name, (roles[r],))] for r in bodies}
    names = list(dict.fromkeys([*(n for r in bodies for n in called[r]), *speaker]))
    turn_of = {n: r for r in bodies for n in called[r]}
    state = "wet" if wet and not indoors(work.parts.spots[scene.spot].kind) else ""
    parts = tuple(
        TreatedPart(
            name=character_name(n),
            state=work.played.changed.get((turn_of.get(n, ""), slot), state),
            expression=_FACES.get(slot) if turn_of.get(n, "hero") == "hero" else None,
        )
        for n in names
    )
    parts += tuple(
        TreatedPart(name=prop_name(roles[r]), state=state, expression=None) for r in things if r in figures
    )
    return TreatedShot(
        sentence=sentence,
        actor=character_name(called[actor][0]) if actor else None,
        verb=act.verb if act and actor else "",
        target=(
            character_name(called[target][0])
            if target in called
            else target
            if target in own
            else prop_name(roles[target])
        )
        if target
        else None,
        manner="",
        parts=parts,
        props=tuple(dict.fromkeys((*own, *(prop_name(roles[r]) for r in things if r not in figures)))),
        size=size_of(slot, work.parts.spots[scene.spot].kind) or size_for(act, work.parts),
        angle=None,
        view=None,
        move=Move.pull_out if slot == "close" else None,
        opens=(Opening.fade if scene.beat is Beat.resolution else Opening.dissolve) if opens else None,
        opening="",
        closing="",
        lines=lines,
    )


def _lead(narration: str, hour: Hour, option: Option, work: Work) -> str:
    """The narration with the hour before it, where it begins with somebody or something."""
    first = re.match(r"(The|A|An|Her|His|Their|It|He|She) ", narration)
    hero = work.parts.roles["hero"]
    if not first and not (hero.proper and narration.startswith(hero.again + " ")):
        return narration
    leads = [x for x in bank("asides")["hours"][hour.value] if x not in work.used]
    if not leads:
        return narration
    lead = work.rng.choice(leads)
    work.used.add(lead)
    rest = narration[0].lower() + narration[1:] if first else narration
    return f"{lead}, {rest}"


def _aside(narration: str, scene: SceneAt, kind: str, work: Work) -> str:
    """The narration after a short sentence about the air or the place, if an unused one is left."""
    pool = [] if indoors(kind) else list(bank("asides")["weathers"][scene.weather.value])
    own = (bank("places").get(kind) or bank("places")["elsewhere"])["open"]
    pool += [work.teller.fork().tell(p) for p in own if p not in work.used and p != work.teller.texts["open"]]
    pool = [p for p in pool if p not in work.used and p not in narration]
    if not pool:
        return narration
    aside = work.rng.choice(pool)
    work.used.add(aside)
    return f"{aside} {narration}"


def _speech(slot: str, work: Work) -> TreatedLine | None:
    """A line of dialogue for this slot, where the story has one and somebody can say it."""
    if not work.dialogue or work.said >= 2:
        return None
    choices = bank("shapes")[work.parts.shape].get("say", {}).get(slot, [])
    able = []
    for choice in choices:
        who, _, words = choice.partition(": ")
        role = work.parts.roles.get(who)
        met = who not in work.played.far or slot in AT_LAST
        met = met and who != away_at(slot, work.played.turning)
        if role is not None and role.being in TALKERS and not role.plural and met:
            able.append((role, words))
    if not able:
        return None
    role, words = work.rng.choice(able)
    work.said += 1
    return TreatedLine(
        speaker=character_name(role.name), kind=LineKind.dialogue, words=finished(work.teller.choose(words))
    )
