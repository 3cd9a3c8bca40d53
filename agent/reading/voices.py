"""Wishes about voices: of the narrator and of the characters."""

from __future__ import annotations

import re
from typing import Any

from ...storyboard.edit_types import ChangeCharacter, SetNarrator
from ...storyboard.film import Film
from ...storyboard.looks import Voice
from .draft import Cannot, Draft, Unclear
from .wish import Wish

_CUE = (
    r"\b(?:voices?|sounds?|speaks?|speaking|talks?|talking|read|reads|reading|narrat\w+|voiced|"
    r"spoken|accent|tell|tells)\b|@n\d+"
)
_VALUE = (
    (r"\btoo (?:high|squeaky|shrill|bright)\b", "pitch", -16),
    (r"\btoo (?:deep|low|dark)\b", "pitch", 16),
    (r"\btoo (?:fast|quick(?:ly)?|hurried)\b", "pace", -25),
    (r"\btoo slow(?:ly)?\b", "pace", 25),
    (
        (
            r"\b(?:deeper|lower|less high|not so high|too high|less squeaky|darker|rougher|gruffer|"
            r"manlier|more bass|bassier|graver|deep|low)\b"
        ),
        "pitch",
        -16,
    ),
    (
        (
            r"\b(?:higher|lighter|less deep|not so deep|too deep|too low|squeakier|shriller|brighter|"
            r"high|squeaky|shrill|high-pitched|less low)\b"
        ),
        "pitch",
        16,
    ),
    (
        (
            r"\b(?:slower|more slowly|slow(?:ly)? down|too fast|too quick(?:ly)?|less fast|calmer|not so "
            r"fast|slowly|slow|take (?:his|her|its|their) time|more relaxed)\b"
        ),
        "pace",
        -25,
    ),
    (
        (
            r"\b(?:faster|quicker|more quickly|speed up|too slow(?:ly)?|less slow|livelier|not so slow|"
            r"quickly|fast|brisker)\b"
        ),
        "pace",
        25,
    ),
)
_WOMEN, _MEN = ("f2", "f3", "f1", "f4", "f5"), ("m3", "m1", "m7", "m2", "m4", "m6", "m5", "m8")
_ACCENTS = {
    "american": "en-us",
    "us": "en-us",
    "british": "en-gb",
    "english": "en-gb",
    "scottish": "en-gb-scotland",
    "scots": "en-gb-scotland",
    "caribbean": "en-029",
    "lancashire": "en-gb-x-gbclan",
    "german": "de",
    "french": "fr-fr",
    "spanish": "es",
    "italian": "it",
    "northern": "en-gb-x-gbclan",
    "posh": "en-gb-x-rp",
}


def voice(wish: Wish, draft: Draft) -> bool:
    """How the narrator or somebody sounds."""
    text = wish.text
    if wish.refs("quote", "music") or not (re.search(_CUE, text) or wish.thread.topic == "voice"):
        return False
    film = draft.film
    wants: dict[str, Any] = {}
    strong = re.search(r"\b(?:much|a lot|a good deal|far|way|very|really|considerably|lots)\b", text)
    for pattern, field, step in _VALUE:
        if field not in wants and (found := wish.take(pattern)):
            wants[field] = step * 2 if strong and field not in wants else step
            if re.search(r"\b(?:a bit|a little|slightly|a touch|somewhat)\b", text):
                wants[field] = step // 2
            del found
    sex = _sex(wish, film)
    accent = wish.see(
        rf"\b({'|'.join(_ACCENTS)})(?: \w+)? accent\b|\baccent (?:should be |to be |is )"
        rf"?({'|'.join(_ACCENTS)})\b|\b(?:in|with) (?:a |an )?({'|'.join(_ACCENTS)}) (?:accent|voice)"
        rf"\b"
    )
    age = (
        wish.see(
            r"\b(?:older|old|elderly|grandfather|grandmother|younger|young|child|child's|kid|boy|girl)\b"
        )
        if sex or wish.see(r"\bvoice|sound|@n")
        else None
    )
    whisper = wish.see(r"\b(?:whisper\w*)\b")
    if not (wants or sex or accent or whisper or age):
        if wish.see(r"\baccent\b") and not wish.see(r"\?"):
            raise Cannot(f"That accent is not there. There are: {', '.join(sorted(_ACCENTS))}.")
        return False
    if not _whose_voice(wish, text):
        return False
    if wish.refs("shot", "scene") or wish.see(
        r"\bin (?:all )?(?:the )?(?:\w+ )?(?:parts|bits|scenes|shots|moments)\b"
    ):
        raise Cannot(
            "A voice is the same in the whole film, so it cannot change in some shots. The nearest: say it "
            "without naming shots, or take out or change a line there."
        )
    for who in _who(wish, film):
        old = film.story.narrator if who is None else film.characters[who].voice  # type: ignore[union-attr]
        new = _changed(old, wants, sex, accent, age, whisper, film, who)
        edit = SetNarrator(voice=new) if who is None else ChangeCharacter(character=who, voice=new)
        name = "the narrator" if who is None else film.characters[who].name
        words = [
            f"{f} {getattr(old, f)} -> {getattr(new, f)}"
            for f in ("pitch", "pace", "variant", "language")
            if getattr(old, f) != getattr(new, f)
        ]
        draft.do(
            edit,
            said=f"the voice of {name}: {', '.join(words) or 'as it is'}",
            entities=() if who is None else (who,),
        )
    wish.spend_all()
    return True


def _whose_voice(wish: Wish, text: str) -> bool:
    if (
        wish.refs("narrator")
        or re.search(r"\b(?:voices?|accent|narrat\w+|voiced)\b", text)
        or wish.thread.topic == "voice"
    ):
        return True
    return bool(
        re.search(
            (
                r"@b\d+ (?:'s )?(?:\w+ )*?(?:sounds?|speaks?|talks?|reads?|tells?)\b|\b(?:let|make|have) "
                r"@b\d+ (?:sound|speak|talk)\b"
            ),
            text,
        )
    ) or bool(
        re.search(r"\b(?:woman|man|girl|boy|child)\b.*\bread\b|\bread (?:it|this|@i\d+|the story)\b", text)
    )


def _sex(wish: Wish, film: Film) -> str | None:
    del film
    found = wish.see(
        r"\b(?:a |an |the )?(?:female|woman(?:'s| 's)?|women|lady(?:'s)?|girl(?:'s)?|feminine|"
        r"grandmother|mother|female's|lady's|actress|queen|old woman|young woman|old lady)\b"
    )
    if found:
        return "woman"
    found = wish.see(
        r"\b(?:a |an |the )?(?:male|man(?:'s| 's)?|men|gentleman(?:'s)?|boy(?:'s)?|masculine|"
        r"grandfather|father|guy|bloke|old man|young man|actor|king)\b"
    )
    return "man" if found else None


def _who(wish: Wish, film: Film) -> list[str | None]:
    if wish.refs("narrator"):
        return [None]
    if beings := wish.beings(film):
        return list(beings)
    if re.search(
        r"\bnarrat\w+|read (?:it|this|@i\d+|the story)|the story\b|tell (?:it|@i\d+|the story)\b", wish.text
    ):
        return [None]
    if re.search(r"\b(?:all|every|everybody's|both) (?:the )?voices?\b", wish.text):
        return [None, *film.characters]
    if wish.thread.topic == "voice" and wish.thread.entities:
        return [wish.thread.entities[-1]]
    if wish.thread.topic == "voice":
        return [None]
    speakers = {ln.speaker for s in film.shots for ln in s.lines}
    if speakers == {None}:
        return [None]
    raise Unclear("Whose voice?", ("the narrator", *(c.name for c in film.characters.values())))


def _changed(
    old: Voice,
    wants: dict[str, Any],
    sex: str | None,
    accent: re.Match[str] | None,
    age: re.Match[str] | None,
    whisper: re.Match[str] | None,
    film: Film,
    who: str | None,
) -> Voice:
    parts: dict[str, Any] = {}
    if "pitch" in wants:
        if old.pitch in (0, 100) and (old.pitch == 0) == (wants["pitch"] < 0):
            raise Cannot(f"That voice is as {'deep' if wants['pitch'] < 0 else 'high'} as it can be.")
        parts["pitch"] = max(0, min(100, old.pitch + wants["pitch"]))
    if "pace" in wants:
        if old.pace in (80, 300) and (old.pace == 80) == (wants["pace"] < 0):
            raise Cannot(f"That voice is as {'slow' if wants['pace'] < 0 else 'fast'} as it can be.")
        parts["pace"] = max(80, min(300, old.pace + wants["pace"]))
    if sex:
        family = _WOMEN if sex == "woman" else _MEN
        taken = {c.voice.variant for i, c in film.characters.items() if i != who}
        free = [v for v in family if v not in taken] or list(family)
        if old.variant[:1] != family[0][0] or old.variant not in family:
            parts["variant"] = free[0]
            if "pitch" not in wants:
                parts["pitch"] = max(0, min(100, {"woman": 54, "man": 40}[sex]))
    if age is not None:
        young = age[0].startswith("young") != ("too " + age[0] in age.string)
        shift = 24 if age[0].startswith(("child", "kid", "boy", "girl")) else 10 if young else -10
        parts["pitch"] = max(0, min(100, parts.get("pitch", old.pitch) + shift))
        if shift < 0:
            parts["pace"] = max(80, parts.get("pace", old.pace) - 13)
    if accent is not None:
        word = next(g for g in accent.groups() if g)
        language = _ACCENTS[word]
        if language == old.language and word not in ("british", "english"):
            raise Cannot(
                f"There is no {word} accent. There are: {', '.join(sorted(set(_ACCENTS) - {word}))}."
            )
        parts["language"] = language
    if whisper is not None:
        parts["variant"] = "whisper"
    return old.model_copy(update=parts)
