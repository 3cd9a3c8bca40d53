"""Wardrobe: what a character looks like, and that no two look alike."""

from __future__ import annotations

import random
import re
import unicodedata
from typing import Any

from .folk import folk_of, fur
from .lexicon import Entry, describe, look_up
from .lexicon.store import data
from .looks import BodyLook
from .treatment import TreatedCharacter
from .vocabulary import Age, Beard, Being, Build, Dress, HairStyle, Hat, Stature, Worn

LEAST_APART = 30
"""Least difference between two looks of one film, on the scale of ``apart`` (0 to 100)."""

_SKINS = ("#f0cdb2", "#dba983", "#c99a75", "#b07a52", "#8d5a3a", "#6b4129", "#f3d3bd", "#e3b58f")
_HAIRS = ("#3a2a20", "#26201d", "#6a4326", "#8a4028", "#c8933f", "#dcb868", "#b5622f", "#1d1d21")
_GREYS = ("#d8d8d4", "#b5b5b2", "#f2efe8", "#9a9a98")
_EYES = ("#2a2018", "#3f2f1f", "#2f4f3f", "#2f4a6a", "#3a3a3a")
_CLOTHS = (
    "#c2453a",
    "#2f6f9f",
    "#e0a52f",
    "#4f8a4a",
    "#7a4a8f",
    "#d9dcd6",
    "#2f3547",
    "#2f8f88",
    "#d9718a",
    "#8a5a34",
    "#9fc0d8",
    "#6a7f3a",
)
_LOCKS = {
    "woman": (
        HairStyle.long,
        HairStyle.bob,
        HairStyle.bun,
        HairStyle.ponytail,
        HairStyle.curly,
        HairStyle.braids,
    ),
    "man": (HairStyle.short, HairStyle.curly, HairStyle.spiky, HairStyle.short, HairStyle.bob),
    "person": (HairStyle.short, HairStyle.bob, HairStyle.curly, HairStyle.ponytail),
}
_DRAWN_AS = {"quadruped": "dog", "insect": "beetle", "plant": "tree being", "thing": "toy being"}
_LIVING = {
    "tree": "tree being",
    "cloud": "cloud being",
    "star": "star being",
    "toy": "toy being",
    "doll": "toy being",
    "teddy bear": "toy being",
    "puppet": "toy being",
    "snowman": "snowman",
    "statue": "golem",
    "robot part": "robot",
}


_TRADED = frozenset(
    (
        "robot",
        "ghost",
        "skeleton",
        "alien",
        "elf",
        "dwarf",
        "fairy",
        "mermaid",
        "angel",
        "troll",
        "giant",
        "golem",
    )
)
"""Species that can have a trade and wear its hat."""
_ABOUT = re.compile(
    r"hunter|maker|engineer|builder|tamer|trainer|writer|inventor|catcher|collector|scientist|fighter"
)
"""Trades that have to do with such a being, and are not its own: a ghost hunter is no ghost."""


def lexicon_key(words: str, fallback: str) -> str:
    """An unknown noun as a key: lower-case ASCII, at most 40 characters."""
    folded = unicodedata.normalize("NFKD", words.lower()).encode("ascii", "ignore").decode()
    bare = re.sub(r"^(?:the|a|an)\s+", "", " ".join(re.sub(r"[^a-z0-9 -]", " ", folded).split()))
    return bare.strip(" -")[:40].strip(" -") or fallback


def look_of(
    treated: TreatedCharacter, seed: int, entity: str, props: frozenset[str], pronoun: str | None
) -> tuple[BodyLook, frozenset[str]]:
    """The look of a character, and the names of the fields that the writer's words set.

    ``props`` are kinds that are in the story as things of their own and so are not carried twice.
    """
    rng = random.Random(f"{seed}:{entity}")
    entry = _entry(treated)
    look: dict[str, Any] = _body(treated, entry)
    folk = folk_of(treated.noun)
    if folk:
        entry = folk[1]
        look = {"being": Being.person, "species": folk[0].kind, "known": True}
    person = look["being"] is Being.person and look["species"] == "person"
    manlike = look["being"] is Being.person
    if entry and entry.sort in ("person", "creature"):
        defaults = {k: v for k, v in entry.attributes.items() if k in BodyLook.model_fields}
        look |= {k: tuple(v) if isinstance(v, list) else v for k, v in defaults.items()}
    if look["species"] in _TRADED and (trade := look_up(treated.noun, "person")):
        look |= {k: trade.attributes[k] for k in ("hat", "carries") if k in trade.attributes}
    told = describe(f"{treated.noun}, {treated.words}" if treated.words else treated.noun, look["being"])
    if folk:
        look |= {"coat_colour": fur(treated.words, folk[0]), "stature": Stature.medium}
        told.pop("stature", None)
    if not person:
        told.pop("presents", None) if not manlike else None
        if look["species"] == "giant":
            told.pop("stature", None)
    if entry and entry.sort == "creature" and _young(entry.lemma):
        look["age"], look["stature"] = Age.child, _smaller(Stature(look["stature"]))
    look |= told
    carries = tuple(dict.fromkeys((*_carried(treated.words), *look.get("carries", ()))))
    look["carries"] = tuple(k for k in carries if k not in props)[:1]
    if manlike:
        _fill_person(look, told, rng, _named_sex(treated, pronoun))
    else:
        look.setdefault("dress", Dress.none)
        look["eye_colour"] = look.get("eye_colour", rng.choice(_EYES))
        look.setdefault("trim_colour", rng.choice(_CLOTHS))
        look.setdefault("hat_colour", rng.choice(_CLOTHS))
    return BodyLook.model_validate(look), frozenset(told)


_YOUNG = frozenset(
    {
        "puppy", "pup", "kitten", "cub", "foal", "calf", "lamb", "chick",
        "duckling", "gosling", "piglet", "fawn", "joey", "tadpole", "cygnet", "owlet",
        "bunny", "hatchling", "fledgling", "whelp", "colt", "filly", "eaglet",
    }
)  # fmt: skip


def _young(animal: str) -> bool:
    """Whether the word is that of a young animal: "puppy", "fox cub", "baby elephant"."""
    return animal.startswith(("baby ", "little ")) or animal.rsplit(maxsplit=1)[-1] in _YOUNG


def _entry(treated: TreatedCharacter) -> Entry | None:
    """What the lexicon knows of the character: by its noun, its name, then the first words on its look."""
    clause = re.split(r"\b(?:with|in|who|wearing|carrying|whose)\b|[,.;]", treated.words)[0]
    if kin := _kin(treated.noun):
        return kin
    creature = treated.being not in (None, Being.person, Being.thing)
    for words in (treated.noun, treated.name, clause):
        if not words.strip():
            continue
        sorts = ("creature", "person") if creature else ("person", "creature")
        for sort in sorts:
            if found := look_up(words, sort):  # type: ignore[arg-type]
                return found
        if (thing := look_up(words, "thing")) and words != clause:
            return thing
    return None


def _kin(noun: str) -> Entry | None:
    """The species of "robot gardener": a being that can have a trade, named before it."""
    first, _, trade = noun.strip().lower().rpartition(" ")
    listed = look_up(noun, "person")
    about = _ABOUT.search(trade) or (listed is not None and " " in listed.lemma)
    kin = look_up(first, "creature") if first and listed and not about else None
    return kin if kin and kin.kind in _TRADED else None


def _body(treated: TreatedCharacter, entry: Entry | None) -> dict[str, Any]:
    """Being, species and whether it is known, by the writer's word and the lexicon's."""
    being = treated.being
    if entry and entry.sort == "creature":
        return {"being": Being(entry.being or "creature"), "species": entry.kind, "known": True}
    if entry and entry.sort == "thing" and being is not Being.person:
        if living := _LIVING.get(entry.kind):
            found = look_up(living, "creature")
            assert found is not None
            return {"being": Being(found.being or "creature"), "species": living, "known": True}
        return {
            "being": Being.thing,
            "species": entry.kind,
            "known": True,
            "coat_colour": entry.attributes["colour"],
            "stature": entry.attributes["stature"],
        }
    if being in (None, Being.person):
        capital = treated.name[:1].isupper() or bool(entry)
        if being or entry or capital or not treated.noun:
            return {"being": Being.person, "species": "person", "known": True}
    noun = treated.noun or treated.name
    if entry:
        key = _DRAWN_AS.get(str(being), str(being))
        drawn = look_up(key, "creature")
        return {
            "being": being,
            "species": drawn.kind if drawn else lexicon_key(noun, "creature"),
            "known": drawn is not None,
            **({"coat_colour": drawn.attributes["coat_colour"]} if drawn else {}),
        }
    return {"being": being or Being.creature, "species": lexicon_key(noun, "creature"), "known": False}


def _named_sex(treated: TreatedCharacter, pronoun: str | None) -> str | None:
    names = data("voices")["first_names"]
    for word in re.findall(r"[^\W\d_]+", treated.name.lower()):
        for sex in ("woman", "man"):
            if word in names[sex]:
                return sex
    if pronoun:
        return pronoun
    first = treated.name.split()[0] if treated.name[:1].isupper() else ""
    if first.endswith("a") and len(first) > 2:
        return "woman"
    trade = re.search(r"[a-z]{2}(?<!\bhu)(?<!\bsha)(?P<sex>(?:wo)?man)$", treated.noun.lower())
    if trade:
        return trade["sex"]
    feminine = re.search(r"[a-z](?:girl|ess)$(?<!witness)", treated.noun.lower())
    return "woman" if feminine else None


def _grown(hair: HairStyle, age: Age) -> HairStyle:
    """The hair by chance of somebody of that age: braids that nobody asked for make a girl of a woman."""
    return HairStyle.bun if hair is HairStyle.braids and age in (Age.adult, Age.elder) else hair


def _fill_person(look: dict[str, Any], told: dict[str, Any], rng: random.Random, sex: str | None) -> None:
    """Everything that words and trade leave open, by the seed; women and children get no beard unasked."""
    if look.get("presents", "person") == "person" or ("presents" not in told and sex):
        look["presents"] = sex or look.get("presents", "person")
    if look["presents"] == "person":
        look["presents"] = rng.choice(("woman", "man"))
    if look["presents"] == "man" and "dress" not in told and look.get("dress") == Dress.dress:
        look["dress"] = Dress.shirt  # a trade's that women have more often
    age = Age(look.get("age", Age.adult))
    if {"hair", "age"} & told.keys() and "beard" not in told:
        # The writer described the head: a trade's beard would speak against it.
        look["beard"] = Beard.none
    if look["presents"] == "woman" or age in (Age.child, Age.youth):
        look["beard"] = told.get("beard", Beard.none)
    elif "beard" not in look and age is Age.elder:
        look["beard"] = rng.choice((Beard.full, Beard.moustache, Beard.short))
    look.setdefault("skin", rng.choice(_SKINS))
    look.setdefault("hair", _grown(rng.choice(_LOCKS[look["presents"]]), age))
    if age is Age.elder and look["presents"] == "man" and "hair" not in told and rng.random() < 0.3:
        look["hair"] = HairStyle.bald
    look.setdefault("hair_colour", rng.choice(_GREYS if age is Age.elder else _HAIRS))
    if age is Age.child:
        look.setdefault("stature", Stature.small)
    if look["presents"] == "woman" and "dress" not in look:
        look["dress"] = rng.choice((Dress.dress, Dress.shirt, Dress.coat))
    look.setdefault("dress_colour", rng.choice(_CLOTHS))
    look.setdefault("trim_colour", rng.choice([c for c in _CLOTHS if c != look["dress_colour"]]))
    look.setdefault("hat_colour", rng.choice([c for c in _CLOTHS if c != look["dress_colour"]]))
    look.setdefault("eye_colour", rng.choice(_EYES))


def _smaller(stature: Stature) -> Stature:
    order = list(Stature)
    return order[max(0, order.index(stature) - 2)]


def _carried(words: str) -> list[str]:
    """Kinds of the things that words put into a hand."""
    kinds = []
    for found in re.findall(r"\b(?:carrying|holding|carries|holds|leaning on)\s+([^,.;]+)", words.lower()):
        entry = look_up(re.split(r"\b(?:and|with|in|full)\b", found)[0], "thing")
        if entry and entry.attributes["stature"] in ("tiny", "small", "medium"):
            kinds.append(entry.kind)
    return kinds


def apart(one: BodyLook, other: BodyLook) -> int:
    """How different two looks are at a glance: 0 (the same) to 100 (another kind of being)."""
    if (one.being, one.species) != (other.being, other.species):
        return 100
    if one.being is Being.person:
        score = 12 * (one.presents != other.presents)
        score += 20 * (one.age != other.age)
        score += 10 * (one.build != other.build)
        score += 14 * (one.dress != other.dress)
        score += round(22 * colour_distance(one.dress_colour, other.dress_colour))
        score += 10 * (one.hair != other.hair)
        score += round(12 * colour_distance(one.hair_colour, other.hair_colour))
        score += 10 * (one.beard != other.beard)
        score += round(6 * colour_distance(one.skin, other.skin))
    else:
        score = round(34 * colour_distance(one.coat_colour, other.coat_colour))
        score += 10 * (one.dress != other.dress)
    score += 12 * (one.hat != other.hat)
    score += 14 * abs(list(Stature).index(one.stature) - list(Stature).index(other.stature))
    score += 9 * len(set(one.worn) ^ set(other.worn))
    if set(one.worn) & set(other.worn) & {Worn.scarf, Worn.cape, Worn.collar}:
        score += round(9 * colour_distance(one.trim_colour, other.trim_colour))
    return min(99, score)


def colour_distance(one: str, other: str) -> float:
    """0 (the same) to 1 (clearly another colour), by the weighted distance in RGB."""
    a, b = ([int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in (one, other))
    red = (a[0] + b[0]) / 2
    square = (2 + red / 256) * (a[0] - b[0]) ** 2 + 4 * (a[1] - b[1]) ** 2
    square += (2 + (255 - red) / 256) * (a[2] - b[2]) ** 2
    return float(min(1.0, (square**0.5) / 220))


def set_apart(looks: list[tuple[BodyLook, frozenset[str]]], seed: int) -> list[BodyLook]:
    """The looks, the later of two alike ones changed until all are ``LEAST_APART``.

    What the writer's words set is changed last, and only where nothing else is left to change.
    """
    done: list[BodyLook] = []
    for number, (look, told) in enumerate(looks):
        if all(apart(look, other) >= LEAST_APART for other in done):
            done.append(look)
            continue
        rng = random.Random(f"{seed}:apart:{number}")
        done.append(_changed(look, told, done, rng))
    return done


def _changed(look: BodyLook, told: frozenset[str], others: list[BodyLook], rng: random.Random) -> BodyLook:
    """The first small set of changes that sets the look apart from all others; else the best found."""
    best, most = look, min(apart(look, o) for o in others)
    for keep in (told, frozenset[str]()):
        current = look
        for field, values in _choices(look, rng):
            if field in keep and field != "worn":
                continue
            tried = (current.model_copy(update={field: value}) for value in values)
            current = max((current, *tried), key=lambda c: min(apart(c, o) for o in others))
            nearest = min(apart(current, o) for o in others)
            if nearest > most:
                best, most = current, nearest
            if most >= LEAST_APART:
                return best
    return best


def _choices(look: BodyLook, rng: random.Random) -> list[tuple[str, list[Any]]]:
    cloths = rng.sample(_CLOTHS, len(_CLOTHS))
    extras = [Worn.scarf, Worn.glasses, Worn.backpack, Worn.cape, Worn.necklace]
    more = [(*look.worn, *new) for new in ((e,) for e in extras if e not in look.worn)]
    more += [(*look.worn, a, b) for a in extras for b in extras if a < b and not {a, b} & set(look.worn)]
    if look.being is not Being.person:
        collars = [(*look.worn, w) for w in (Worn.scarf, Worn.collar, Worn.necklace) if w not in look.worn]
        coats = [_shade(look.coat_colour, amount) for amount in (-0.45, 0.5, -0.25, 0.3)]
        return [
            ("coat_colour", coats),
            ("worn", collars),
            ("trim_colour", cloths),
            ("stature", _near(look.stature)),
            ("hat", [Hat.cap, Hat.beanie, Hat.brimmed]),
            ("coat_colour", cloths),
        ]
    locks = [h for h in _LOCKS[look.presents] if _grown(h, look.age) is h is not look.hair]
    hair = _GREYS if look.age is Age.elder else _HAIRS
    hats = [Hat.none, Hat.cap, Hat.beanie, Hat.brimmed]
    changes: list[tuple[str, list[Any]]] = [
        ("dress_colour", cloths),
        ("hair", list(locks)),
        ("hair_colour", list(hair)),
        ("worn", more),
        ("build", list(Build)),
        ("hat", hats),
        ("trim_colour", cloths),
        ("dress", [Dress.coat, Dress.shirt, Dress.overalls, Dress.cloak]),
        ("skin", list(_SKINS)),
    ]
    if look.presents == "man" and look.age in (Age.adult, Age.elder):
        changes.insert(3, ("beard", list(Beard)))
    return changes


def _near(stature: Stature) -> list[Stature]:
    """The sizes of a body next to one: among alike animals nobody is a giant of whom that is not told."""
    sizes = list(Stature)
    at = sizes.index(stature)
    near = sizes[max(0, at - 1) : at + 2]
    return [s for s in near if s is stature or s not in (Stature.tiny, Stature.giant)]


def _shade(value: str, amount: float) -> str:
    to = 255 if amount > 0 else 0
    parts = (int(value[i : i + 2], 16) for i in (1, 3, 5))
    return "#" + "".join(f"{round(p + (to - p) * abs(amount)):02x}" for p in parts)
