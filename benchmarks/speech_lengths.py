"""How far estimates of speech are from what is heard, in 25 languages.

    python benchmarks/speech_lengths.py

Each sentence of ``tongues.json`` is spoken as a narrator does, and compared with the estimate by letters (the one
in use) and with counting words at 155 a minute (before). ``left out`` is what an estimate would miss a sentence by
whose language was measured on its other sentences alone.
"""

import json
from pathlib import Path

from photoplay.render.requests import Speak
from photoplay.render.sound.speech import Espeak
from photoplay.storyboard.speaking import spoken_ms
from photoplay.storyboard.voices import narrator_voice

SENTENCES = json.loads((Path(__file__).parent / "tongues.json").read_text(encoding="utf-8"))
FIXED_MS = 543
"""About what of a sentence is not its letters: beginning and one pause."""


def main():
    espeak = Espeak()
    espeak.load("cpu", None)
    print("language  estimate  left out  words at 155")
    whole = {"estimate": [], "left out": [], "words": []}
    for language, sentences in SENTENCES.items():
        heard = [spoken(espeak, sentence, language) for sentence in sentences]
        guessed = [spoken_ms(sentence, language) for sentence in sentences]
        errors = {
            "estimate": [abs(g / h - 1) for g, h in zip(guessed, heard, strict=True)],
            "left out": [left_out(n, guessed, heard) for n in range(len(heard))],
            "words": [abs(by_words(s) / h - 1) for s, h in zip(sentences, heard, strict=True)],
        }
        print(f"{language:8}  " + "  ".join(f"{mean(errors[name]):8.1%}" for name in whole))
        for name, found in errors.items():
            whole[name] += found
    print("all       " + "  ".join(f"{mean(found):8.1%}" for found in whole.values()))


def spoken(espeak, words, language):
    """Milliseconds that it takes."""
    sound, _ = espeak._say(Speak(words=words, voice=narrator_voice(language)))
    return len(sound) / 48


def left_out(n, guessed, heard):
    """The error at sentence ``n``, if the language's letters were as long as the other sentences say."""
    others = [(g, h) for m, (g, h) in enumerate(zip(guessed, heard, strict=True)) if m != n]
    pace = sum(h - FIXED_MS for _, h in others) / sum(g - FIXED_MS for g, _ in others)
    return abs(((guessed[n] - FIXED_MS) * pace + FIXED_MS) / heard[n] - 1)


def by_words(words):
    count, dense = (
        len(words.split()),
        sum(1 for c in words if "\u3040" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af"),
    )
    marks = sum(words.count(mark) for mark in ".,;:!?")
    return max(400, round((count - min(count, dense)) * 60_000 / 155 + dense * 220 + marks * 120))


def mean(found):
    return sum(found) / len(found)


if __name__ == "__main__":
    main()
