"""Wishes about the style of the film, and the mood of scenes and music."""

from __future__ import annotations

from ...storyboard.edit_types import Edit, Restyle, SetScene
from ...storyboard.vocabulary import Mood, Style
from .cues import bank, either
from .draft import Cannot, Draft, Unclear
from .values import take_denied, value_in
from .wish import Wish

_MUSIC = r"@m\d+|\b(?:mood|tone|atmosphere|feeling|vibe|feel)\b"


def style(wish: Wish, draft: Draft) -> bool:
    """The style of the whole film."""
    cue = wish.see(
        r"\b(?:style|look|looks|drawn|draw|painted|drawings?|animated|rendered|filmed|shoot|shot|"
        r"done|as|in|like|into|film|movie|go|use|try|switch)\b|@f\d+"
    )
    if wish.refs("being", "thing") or not cue:
        return False
    where = (
        bool(wish.refs("film", "it"))
        or bool(wish.see(r"\b(?:style|look|whole|drawn|drawings?|everything)\b"))
        or not wish.refs("shot", "scene")
    )
    found = value_in(wish, "styles", take=False)
    if found and where:
        if wish.see(r"\b(?:lights?|lighting|lit|sign|signs|tubes?)\b") and found == Style.neon:
            return False
        if wish.refs("shot", "scene"):
            raise Cannot(
                "Style belongs to the whole film, so one shot cannot be in another. Say it for the whole "
                "film, or change the shot's light."
            )
        value_in(wish, "styles")
        wish.take(r"\b(?:style|drawings?|drawn|look|figures)\b")
        draft.do(Restyle(style=Style(found)), said=f"the film's style: {found}")
        return True
    other = wish.see(rf"(?<![\w-])({either(bank('values')['other_styles'])})(?![\w-])")
    if (
        other
        and where
        and wish.see(
            r"\b(?:style|look|looks|drawn|drawings?|film|movie|shoot|do|make|turn|as|in|like|everything)"
            r"\b|@[fi]\d+"
        )
    ):
        wish.spend_all()
        near = bank("values")["other_styles"][other[1]]
        styles = ", ".join(Style)
        raise Cannot(
            f"The film cannot be drawn as {other[1]!r}. There are the styles {styles}; the nearest is {near}."
        )
    if wish.see(r"\bstyle\b") and (
        wanted := wish.see(
            r"\b(?:in|as|of|like) (?:the |a |an )?(?:style of )?((?:[\w'-]+ ){0,3}[\w'-]+?)(?: style)?$"
        )
    ):
        wish.spend_all()
        raise Cannot(f"There is no style {wanted[1]!r}. There are {', '.join(Style)}.")
    return False


def mood(wish: Wish, draft: Draft) -> bool:
    """Mood of the music or feeling, of a scene or of the whole film."""
    music = wish.see(_MUSIC)
    scenes_named = bool(wish.refs("scene"))
    if wish.refs("being", "thing", "quote") and not music:
        return False
    if not (
        music
        or scenes_named
        or wish.refs("film", "it", "shot")
        or wish.thread.topic in ("music", "film", "mood")
    ):
        return False
    before = set(wish.used)
    take_denied(wish, "moods") if music or scenes_named else None
    volume = wish.see(
        r"\b(?:louder|quieter|volume|turn (?:up|down)|softer|lower|mute|silent|off|without|no|remove)\b"
    )
    if (
        music
        and volume
        and not wish.see(r"\bmood\b")
        and (volume[0] in ("quieter", "louder") or not value_in(wish, "moods", take=False))
    ):
        wish.spend_all()
        raise Cannot(
            "How loud the music is, or whether there is any, cannot be set. Its mood can: say "
            '"the music of scene 2 calmer".'
        )
    if (
        not music
        and wish.see(
            r"\b(?:faster|slower|darker|brighter|dark|blue|warm|warmer|softer|grand|powerful|quiet|clear)\b"
        )
        and not wish.see(r"\b(?:feel|mood|tone)\b")
    ):
        found = None
        if value_in(wish, "moods", take=False) and wish.see(
            r"\b(?:darker|dark|brighter|slower|faster|warmer|warm|softer|blue)\b"
        ):
            return False
    found = value_in(wish, "moods")
    if found is None:
        if music and (
            other := wish.see(
                r"\b(?:by|violin|violins|piano|guitar|drums?|flute|jazz|rock|techno|orchestra|song|beethoven|"
                r"mozart|vivaldi|bach|accordion|harmonica|trumpet|singing|pop|rap|waltz|classical|electronic|"
                r"folk)\b"
            )
        ):
            wish.spend_all()
            raise Cannot(
                f"Players and pieces of music cannot be chosen ({other[0]}). Its mood can, for each scene: "
                f"{', '.join(Mood)}."
            )
        wish.used = before
        return False
    value = Mood(found)
    wish.take(_MUSIC)
    wish.take(r"\b(?:music|score)\b")
    whole = bool(wish.refs("film")) or (
        not scenes_named and not wish.refs("shot", "it") and not wish.thread.scenes and not wish.thread.shots
    )
    if whole:
        edits: list[Edit] = [SetScene(scene=s, mood=value) for s in draft.film.scenes]
        if not wish.refs("music"):
            edits.insert(0, Restyle(mood=value))
        draft.do(*edits, said=f"the whole {'music' if wish.refs('music') else 'film'}: {value}")
        return True
    scenes = wish.scenes(draft.film)
    if not scenes and wish.talk.shots:
        scenes = tuple(dict.fromkeys(s.scene for s in draft.film.shots if s.id in wish.talk.shots[:1]))
    if not scenes:
        raise Unclear(
            f"Which scene is to be {value}?",
            tuple(f"scene {n}" for n in range(1, min(9, len(draft.film.scenes)) + 1)),
        )
    draft.do(*(SetScene(scene=s, mood=value) for s in scenes), said=f"{', '.join(scenes)}: mood {value}")
    draft.scenes = scenes
    draft.notice("A scene's mood is both in its music and in its pictures, so its shots are made again.")
    return True
