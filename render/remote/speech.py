"""Lines spoken by a server: what is asked, and what its answer is worth."""

from __future__ import annotations

import tempfile
import wave
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from ...storyboard.errors import BadInput, BadTake, Refused
from ...storyboard.looks import Voice
from ...storyboard.speaking import spoken_ms
from ..protocol import Capabilities, Notice, Output
from ..requests import Speak
from ..sound.intake import take_in_sound
from ..sound.utterance import spoken_parts, stretch, untimed
from ..sound.wav import Samples, WavReader
from .buying import Asked, Buyer
from .servers import Server

MOST_CHARACTERS = 4096
"""Of a line, as the wire takes it."""
_PCM_RATE = 24_000
_ORDINARY_PACE = 155
"""Words a minute of speed 1."""


def capabilities_of_speech(server: Server) -> Capabilities:
    """Of a server that speaks."""
    return Capabilities(
        requests=frozenset({"speak"}), device="network", parallel=server.parallel, settings=frozenset()
    )


def check_voice(server: Server, voice: Voice) -> None:
    """Raise ``BadInput`` where the server speaks no lines, or has no such voice as far as is known."""
    if not server.speech:
        raise BadInput(f"The server {server.name} speaks no lines: its table has no speech = true.")
    listed = f" It has: {', '.join(server.voices)}." if server.voices else ""
    if not voice.named:
        raise BadInput(f"Say which voice of {server.name} is to be heard, with --voice.{listed}")
    if server.voices and voice.named not in server.voices:
        raise BadInput(f"{server.name} has no voice {voice.named!r}.{listed}")


def asked_line(server: Server, request: Speak) -> Asked:
    """The order of a line. Raises ``Refused`` for a line or voice that cannot be asked for."""
    voice, words = request.voice, request.words
    try:
        check_voice(server, voice)
    except BadInput as error:
        raise Refused(str(error)) from None
    if len(words) > MOST_CHARACTERS:
        raise Refused(
            f"A line has {len(words):,} characters; {server.name} speaks at most {MOST_CHARACTERS:,}. "
            "Split it in two. Nothing was ordered."
        )
    fields = {"model": server.model, "input": words, "voice": voice.named, "response_format": server.format}
    if server.speed:
        speed = voice.pace / _ORDINARY_PACE * stretch(voice) / 100
        fields["speed"] = f"{min(4.0, max(0.25, speed)):.2f}"
    if server.instructions and request.delivery.strip():
        fields["instructions"] = f"Say it like this: {request.delivery.strip()[:300]}."
    what = f"line, {len(words)} characters"
    return Asked("/audio/speech", what, server.cost_of_words(words), fields, [])


def decoded(path: Path, server: Server, request: Speak) -> Samples:
    """The voice in an answer, mono at 48 kHz. Raises ``BadTake`` for what is no sound, or far too long."""
    longest = 30 + 6 * spoken_ms(request.words) // 1000
    with tempfile.TemporaryDirectory(prefix="photoplay-") as folder:
        source, out = path, Path(folder) / "line.wav"
        if server.format == "pcm":
            source = _with_header(path, Path(folder) / "pcm.wav", longest)
        try:
            take_in_sound(source, out, longest_s=longest)
        except BadInput as error:
            words = str(error).replace(str(source), "the line")
            raise BadTake(words.removesuffix(" Nothing was changed.")) from None
        with WavReader(out, channels=2) as reader:
            both = reader.read(0, reader.samples)
    mono: Samples = both.mean(axis=1, dtype=np.float32)
    return mono


def _with_header(path: Path, out: Path, longest_s: int) -> Path:
    """Bare samples as a WAV file."""
    if path.stat().st_size > 2 * _PCM_RATE * longest_s:
        raise BadTake(f"a line of more than {longest_s} s")
    data = path.read_bytes()
    with wave.open(str(out), "wb") as file:
        file.setparams((1, 2, _PCM_RATE, 0, "NONE", ""))
        file.writeframes(data[: len(data) // 2 * 2])
    return out


def bought(
    index: int, server: Server, request: Speak, buyer: Callable[[Callable[[Path], None]], Buyer]
) -> Iterator[Output]:
    """The parts of a line, bought, and what a person should know of them. ``buyer`` gets the check."""

    def check(path: Path) -> None:
        decoded(path, server, request)

    path, order = buyer(check).buy(asked_line(server, request))
    heard = decoded(path, server, request)
    sound, words = untimed(heard, request.words, request.voice, request.line)
    yield Notice(index, "timing", f"{server.name} tells no times of words: they are estimated")
    if request.delivery.strip() and not server.instructions:
        yield Notice(
            index, "delivery", f"{server.name} is told no delivery ({request.delivery.strip()[:60]})"
        )
    if order.price.amount != 0:
        yield Notice(index, "cost", f"bought from {server.name}, {order.price}")
    yield from spoken_parts(index, sound, words, estimated=True)
