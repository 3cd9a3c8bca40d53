"""Wishes that the film have no music or no effects, or have them again."""

from __future__ import annotations

import re

from ...storyboard.edit_types import Setting
from ...storyboard.music import Music
from .draft import Draft
from .wish import Wish

_MUSIC = r"(?:the |any |all (?:the )?)?(?:background )?(?:music|score|soundtrack)"
_EFFECTS = (
    r"(?:the |any |all (?:the )?)?(?:(?:ambience|background (?:sounds?|noise)) (?:and|or) )?(?:the )?"
    r"(?:(?:sound )?effects|sfx|foley)(?: (?:and|or) (?:the )?(?:ambience|background (?:sounds?|noise)))?"
)
_END = r"(?: (?:at all|altogether|completely|in the film|from the film|in this film|please))*"


def _off(what: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:please )?(?:(?:(?:i|we) (?:want|would like|'d like)|let there be|have|with) no|no|without"
        rf"|remove|delete|drop|cut|lose|kill|mute|turn off|switch off|take out|take away|get rid of|leave out"
        rf"|(?:i|we) (?:do not|don't) want) {what}{_END}"
        rf"|(?:please )?(?:turn|switch|take|leave) {what} (?:off|out|away){_END}"
    )


def _on(what: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:please )?(?:bring back|put back|turn on|switch on|add|compose) {what}(?: again)?{_END}"
        rf"|(?:please )?(?:bring|put|turn|switch) {what} (?:back|on|back in|back on)(?: again)?{_END}"
        rf"|(?:please )?(?:with )?{what} again{_END}"
    )


_NO_MUSIC, _MUSIC_AGAIN = _off(_MUSIC), _on(_MUSIC)
_NO_EFFECTS, _EFFECTS_AGAIN = _off(_EFFECTS), _on(_EFFECTS)


def scoring(wish: Wish, draft: Draft) -> bool:
    """The whole film's music off, or composed again; its ambience and effects off, or on again.

    What is said of a scene's music is a mood's, and what is said of one sound is not done.
    """
    said = " ".join(wish.said.lower().replace("’", "'").strip(" .!").split())
    silent = draft.film.settings.music.kind == "none"
    off = draft.film.settings.effects == "off"
    if not silent and _NO_MUSIC.fullmatch(said):
        draft.do(Setting(music=Music(kind="none")), said="no music")
    elif silent and _MUSIC_AGAIN.fullmatch(said):
        draft.do(Setting(music=Music()), said="music, composed to the scenes")
    elif not off and _NO_EFFECTS.fullmatch(said):
        draft.do(Setting(effects="off"), said="no effects, and no ambience")
    elif off and _EFFECTS_AGAIN.fullmatch(said):
        draft.do(Setting(effects="on"), said="effects and ambience")
    else:
        return False
    wish.spend_all()
    return True
