"""What a person says of the film's music: a track of their own, composed by whom, or none.

A file is decoded whole before a film is begun or changed, so that one that is no music is refused first.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..memory.files import plain_error
from ..memory.tracks import TrackBook
from ..render.preflight import preflight
from ..render.registry import find_renderer
from ..storyboard.edits import Setting
from ..storyboard.errors import BadInput
from ..storyboard.music import Music
from .references import Changed

if TYPE_CHECKING:
    from .steps import Steps

LONGEST_TRACK_S = 3600
"""Of a track that is taken in: it is held in memory while it is fitted."""
COMPOSED, NONE = "composed", "none"


@dataclass(frozen=True)
class Brought:
    """Music that was looked at: as the film will have it, and where the decoded track lies for now."""

    music: Music
    path: Path | None = None

    def give(self, production: Steps) -> Changed:
        """Let the film have it. Needs the lock. Nothing is made; `photoplay render` mixes it in."""
        project = production.project
        if self.path is not None and self.music.track is not None:
            project.files.make_folder(project.work)
            part = project.work / "track.wav"
            try:
                shutil.copyfile(self.path, part)
            except OSError as error:
                raise plain_error(error, part) from error
            TrackBook(project.folder, project.files).keep(self.music.track, self.music.milliseconds, part)
        words = told(self.music)
        if production.film.settings.music == self.music:
            return Changed(words)
        production.changed_by([Setting(music=self.music)], words)
        return Changed(words, again=("score",))


@contextmanager
def brought(asked: str, looped: bool = False, player: str = "") -> Iterator[Brought]:
    """Look at the music asked for: a file, ``composed`` or ``none``.

    Raises ``BadInput`` where it cannot be, before anything is changed. What was decoded is gone afterwards.
    """
    if asked in (COMPOSED, NONE):
        if looped:
            raise BadInput("Only a track of your own begins again. Nothing was changed.")
        if player:
            _check_player(player, asked)
        yield Brought(Music(kind="none") if asked == NONE else Music(player=player))
        return
    if player:
        raise BadInput(
            f"{player} plays composed music, and a track of your own was given. Nothing was changed."
        )
    from ..render.sound.intake import take_in_sound

    with tempfile.TemporaryDirectory(prefix="photoplay-") as folder:
        path = Path(folder) / "track.wav"
        facts = take_in_sound(Path(asked), path, longest_s=LONGEST_TRACK_S)
        music = Music(kind="own", track=facts.digest, milliseconds=max(1, facts.milliseconds), looped=looped)
        yield Brought(music, path)


def set_music(production: Steps, asked: str, looped: bool = False, player: str = "") -> Changed:
    """Journal what music the film has; undo takes it back. Raises ``BadInput``; then nothing was changed."""
    with brought(asked, looped, player) as music, production.project.lock():
        return music.give(production)


def told(music: Music) -> str:
    """What music a film has, in a line."""
    if music.kind == "none":
        return "The film has no music."
    if music.kind == "own":
        minutes, seconds = divmod(music.milliseconds // 1000, 60)
        again = ", and begins again as long as the film goes on" if music.looped else ""
        return f"The music is your own track, {minutes}:{seconds:02} long{again}."
    return f"The music is composed to the scenes{f' and played by {music.player}' if music.player else ''}."


def _check_player(player: str, asked: str) -> None:
    if asked == NONE:
        raise BadInput(f"{player} plays composed music, and none is asked for. Nothing was changed.")
    if "score" not in find_renderer(player).capabilities().requests:
        raise BadInput(f"{player} plays no music. Nothing was changed.")
    preflight([player], find_renderer)
