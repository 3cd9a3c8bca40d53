"""Wishes that the film have no music, or music again."""

from __future__ import annotations

import re

from ...storyboard.edit_types import Setting
from ...storyboard.music import Music
from .draft import Draft
from .wish import Wish

_MUSIC = r"(?:the |any |all (?:the )?)?(?:background )?(?:music|score|soundtrack)"
_END = r"(?: (?:at all|altogether|completely|in the film|from the film|in this film|please))*"
_OFF = re.compile(
    rf"(?:please )?(?:(?:(?:i|we) (?:want|would like|'d like)|let there be|have|with) no|no|without|remove"
    rf"|delete|drop|cut|lose|kill|mute|turn off|switch off|take out|take away|get rid of|leave out"
    rf"|(?:i|we) (?:do not|don't) want) {_MUSIC}{_END}"
    rf"|(?:please )?(?:turn|switch|take|leave) {_MUSIC} (?:off|out|away){_END}"
)
_ON = re.compile(
    rf"(?:please )?(?:bring back|put back|turn on|switch on|add|compose) {_MUSIC}(?: again)?{_END}"
    rf"|(?:please )?(?:bring|put|turn|switch) {_MUSIC} (?:back|on|back in|back on)(?: again)?{_END}"
    rf"|(?:please )?(?:with )?{_MUSIC} again{_END}"
)


def scoring(wish: Wish, draft: Draft) -> bool:
    """The whole film's music off, or composed again. What is said of a scene's music is a mood's."""
    said = " ".join(wish.said.lower().replace("’", "'").strip(" .!").split())
    silent = draft.film.settings.music.kind == "none"
    if not silent and _OFF.fullmatch(said):
        draft.do(Setting(music=Music(kind="none")), said="no music")
    elif silent and _ON.fullmatch(said):
        draft.do(Setting(music=Music()), said="music, composed to the scenes")
    else:
        return False
    wish.spend_all()
    return True
