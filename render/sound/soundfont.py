"""The score, played with a soundfont by the program ``fluidsynth``. See ``SoundfontPlayer``."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from ...storyboard.errors import BadInput, Refused
from ..protocol import Capabilities, Job, Measured, Output, Part, Tick
from ..registry import refuse_unready
from ..requests import Score
from .composition import compose
from .midi import midi_file
from .score import LONGEST_MS, outer_gain
from .wav import SAMPLE_RATE, Samples, WavReader, WavWriter

VARIABLE = "PHOTOPLAY_SOUNDFONT"
_FOLDERS = (Path("/usr/share/sounds/sf2"), Path("/usr/share/sounds/sf3"), Path("/usr/share/soundfonts"))
_PROGRAM = "fluidsynth"
_PEAK = 0.85
_CHUNK = 1 << 18


class SoundfontPlayer:
    """Plays the same composition as ``score`` does, by the instruments of a soundfont (General MIDI).

    The soundfont is the file that ``PHOTOPLAY_SOUNDFONT`` names, or the largest of the system. ``sound``
    is stereo 48 kHz 16-bit WAV of exactly the asked milliseconds.
    """

    name = "soundfont"
    pixels = 1

    @property
    def weights(self) -> str:
        """Digest of the soundfont and the player's version; not where it lies."""
        found = soundfont()
        if found is None:
            return "none"
        mark = (found.stat().st_size, found.stat().st_mtime_ns)
        return f"{_digest(found, mark)[:32]}-fluidsynth-{_version()}"

    def capabilities(self) -> Capabilities:
        """Memory is that of a soundfont of moderate size, and of the sound: 12 MB a minute."""
        return Capabilities(
            requests=frozenset({"score"}), memory_mb=Measured(value=400, source="unverified"), parallel=1
        )

    def preflight(self) -> None:
        """Raise ``BadInput`` where there is no player or no soundfont."""
        named = os.environ.get(VARIABLE, "").strip()
        if shutil.which(_PROGRAM) is None:
            raise BadInput(
                "soundfont plays with the program fluidsynth, which is not installed (Debian: apt install "
                "fluidsynth timgm6mb-soundfont). Leave --score-with out for the built-in players."
            )
        if soundfont() is None:
            where = f"{VARIABLE} names no .sf2 or .sf3 file" if named else "no soundfont was found here"
            raise BadInput(
                f"soundfont: {where}. Install one (Debian: apt install timgm6mb-soundfont), or name a file "
                f"by {VARIABLE}. Leave --score-with out for the built-in players."
            )

    def load(self, device: str, budget_mb: int | None) -> None:
        """Nothing is kept. Raises ``Refused`` where player or soundfont is missing."""
        refuse_unready(self.preflight)

    def render(self, jobs: Sequence[Job], tick: Tick) -> Iterator[Output]:
        """The part ``sound`` of each job."""
        for index, job in enumerate(jobs):
            request = job.request
            if not isinstance(request, Score) or request.own is not None or request.silent:
                raise Refused(f"{self.name} only plays composed music.")
            if request.milliseconds > LONGEST_MS:
                raise Refused("A score can be at most three hours long. Score the film in parts.")
            tick(index, 0.0)
            composition = compose(request)
            with tempfile.TemporaryDirectory(prefix="photoplay-") as folder:
                played = _played(Path(folder), midi_file(composition), request.milliseconds)
                yield Part(index, "sound", "wav", _fitted(played, composition.samples))
            tick(index, 1.0)

    def unload(self) -> None:
        """Nothing is held."""


def soundfont() -> Path | None:
    """The soundfont to play with; None where there is none."""
    named = os.environ.get(VARIABLE, "").strip()
    if named:
        path = Path(named).expanduser().resolve()
        return path if _is_soundfont(path) else None
    found = {p.resolve() for folder in _FOLDERS for p in folder.glob("*.sf[23]")}
    return max(filter(_is_soundfont, found), key=lambda p: (p.stat().st_size, p.name), default=None)


def _is_soundfont(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            head = file.read(12)
    except OSError:
        return False
    return path.suffix in (".sf2", ".sf3") and head[:4] == b"RIFF" and head[8:] == b"sfbk"


def _played(folder: Path, notes: bytes, milliseconds: int) -> Path:
    """What the program made of the notes. Raises ``Refused`` where it fails."""
    found, program = soundfont(), shutil.which(_PROGRAM)
    if found is None or program is None:
        raise Refused("The soundfont or its player is gone. Install it again.")
    tune, out = folder / "score.mid", folder / "score.wav"
    tune.write_bytes(notes)
    words = [
        program, "-n", "-i", "-q", "-r", str(SAMPLE_RATE), "-g", "0.4", "-O", "s16", "-T", "wav",
        "-o", "synth.cpu-cores=1", "-F", str(out), str(found), str(tune),
    ]  # fmt: skip
    try:
        done = subprocess.run(
            words,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=120 + milliseconds / 1000,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Refused(f"fluidsynth could not play the score ({type(error).__name__}).") from None
    if done.returncode or not out.is_file():
        raise Refused(f"fluidsynth could not play the score (exit {done.returncode}).")
    return out


def _fitted(played: Path, samples: int) -> bytes:
    """The sound as long as asked, its highest sample at ``_PEAK``, fading to nothing at the very end."""
    file = io.BytesIO()
    with WavReader(played, channels=2) as reader, WavWriter(file, channels=2) as writer:
        peak = max(
            (
                float(np.abs(reader.read(at, _CHUNK)).max(initial=0.0))
                for at in range(0, reader.samples, _CHUNK)
            ),
            default=0.0,
        )
        if peak < 0.001:
            raise Refused("fluidsynth played nothing that can be heard. Try another soundfont.")
        for start in range(0, samples, _CHUNK):
            stop = min(samples, start + _CHUNK)
            block: Samples = np.zeros((stop - start, 2), np.float32)
            found = reader.read(start, stop - start)
            block[: len(found)] = found * np.float32(_PEAK / peak)
            writer.write(block * outer_gain(np.arange(start, stop), samples)[:, None])
    return file.getvalue()


@lru_cache(maxsize=8)
def _digest(path: Path, mark: tuple[int, int]) -> str:
    """Read once as long as neither size nor time of the file changes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def _version() -> str:
    program = shutil.which(_PROGRAM)
    if program is None:
        return "absent"
    try:
        said = subprocess.run(
            [program, "--version"], stdin=subprocess.DEVNULL, capture_output=True, timeout=20, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return "unknown"
    found = re.search(rb"version (\d+(?:\.\d+)*)", said.stdout + said.stderr)
    return found[1].decode() if found else "unknown"
