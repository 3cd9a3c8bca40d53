"""A story is told in its own language: it is known, its voice exists, and how long it takes is estimated in it."""

import pytest

from photoplay.agent.outline import OutlineWriter, is_idea
from photoplay.agent.outline.tongue import language_of
from photoplay.render.requests import Speak
from photoplay.render.sound.speech import Espeak
from photoplay.render.sound.voices import languages
from photoplay.storyboard.film import Brief
from photoplay.storyboard.lexicon.store import data
from photoplay.storyboard.speaking import spoken_ms
from photoplay.storyboard.voices import narrator_voice

SENTENCES = {
    "en": ("My grandmother kept bees behind the old school.", "The train was late, and nobody on the platform said a word."),
    "de": ("Meine Großmutter hielt Bienen hinter der alten Schule.", "Der Zug kam zu spät, und niemand auf dem Bahnsteig sagte ein Wort."),
    "fr": ("Ma grand-mère élevait des abeilles derrière la vieille école.", "Le train était en retard, et personne sur le quai ne disait un mot."),
    "es": ("Mi abuela criaba abejas detrás de la vieja escuela.", "El tren llegó tarde, y nadie en el andén dijo una palabra."),
    "it": ("Mia nonna allevava le api dietro la vecchia scuola.", "Il treno era in ritardo e nessuno sul binario diceva una parola."),
    "pt": ("A minha avó criava abelhas atrás da velha escola.", "O comboio chegou tarde, e ninguém no cais disse uma palavra."),
    "nl": ("Mijn grootmoeder hield bijen achter de oude school.", "De trein was te laat en niemand op het perron zei een woord."),
    "sv": ("Min mormor hade bin bakom den gamla skolan.", "Tåget var sent, och ingen på perrongen sa ett ord."),
    "fi": ("Isoäitini piti mehiläisiä vanhan koulun takana.", "Juna oli myöhässä, eikä kukaan laiturilla sanonut sanaakaan."),
    "pl": ("Moja babcia trzymała pszczoły za starą szkołą.", "Pociąg się spóźnił i nikt na peronie nie powiedział ani słowa."),
    "ru": ("Моя бабушка держала пчёл за старой школой.", "Поезд опоздал, и никто на платформе не сказал ни слова."),
    "tr": ("Büyükannem eski okulun arkasında arı yetiştirirdi.", "Tren gecikti ve perondaki hiç kimse tek kelime etmedi."),
    "hu": ("A nagymamám méheket tartott a régi iskola mögött.", "A vonat késett, és a peronon senki sem szólt egy szót sem."),
    "vi": ("Bà tôi nuôi ong sau ngôi trường cũ.", "Tàu đến muộn, và không ai trên sân ga nói một lời."),
    "zh": ("我的奶奶在老学校后面养蜜蜂。", "火车晚点了，站台上没有人说话。"),
}  # fmt: skip
"""None of these is among those that rates were measured on."""


def test_short_sentences_of_fifteen_languages_are_known():
    wrong = [
        (s, language_of(s))
        for language, said in SENTENCES.items()
        for s in said
        if language_of(s) != language
    ]
    assert not wrong


@pytest.mark.parametrize(
    "idea",
    ["A whale loses its song", "Robot love", "Anna walks.", "A small harbour.", "The door stands open", "A samurai",
     "A fox finds a key", "Dragon vs knight", "Moby Dick", "Ghost in Venice", "Two rival bakers must share one oven"],
)  # fmt: skip
def test_a_short_english_idea_never_becomes_another_language(idea):
    assert language_of(idea) == "en"
    assert is_idea(idea)


@pytest.fixture(scope="module")
def heard():
    """Milliseconds that each sentence takes, as a narrator says it."""
    espeak = Espeak()
    espeak.load("cpu", None)

    def say(words, language):
        sound, _ = espeak._say(Speak(words=words, voice=narrator_voice(language)))
        return len(sound) / 48

    return {(language, s): say(s, language) for language, said in SENTENCES.items() for s in said}


def test_lengths_of_speech_are_estimated_within_15_percent_on_average(heard):
    errors = {
        language: sum(abs(spoken_ms(s, language) / heard[language, s] - 1) for s in said) / len(said)
        for language, said in SENTENCES.items()
    }
    assert sum(errors.values()) / len(errors) < 0.10, errors
    assert max(errors.values()) < 0.25, errors


def test_the_language_matters_and_a_quicker_pace_is_shorter():
    words = "one two three four five six seven eight"
    assert spoken_ms(words, "tr") > 1.2 * spoken_ms(words, "fr")
    assert 0.75 < spoken_ms(words, "en", 200) / spoken_ms(words, "en", 155) < 0.82
    assert spoken_ms("", "en") == 400
    assert spoken_ms("In 1912", "en") > spoken_ms("In the year", "en")


def test_every_language_that_a_text_can_be_found_in_has_a_voice():
    codes = data("voices")["languages"]
    mute = {code for code, voice in codes.items() if voice.lower() not in languages()}
    assert mute == {"gl"}  # Galician is told as what is nearest to it
    assert language_of("A miña avoa criaba abellas detrás da vella escola e ninguén o sabía.") in ("pt", "es")


def test_a_story_in_polish_is_narrated_in_polish_and_its_own_words():
    text = "Latarnik zapalał lampę każdego wieczoru. Pewnej nocy mały wieloryb podpłynął blisko skał."
    told = OutlineWriter().write(Brief(idea=text), 0, lambda words: None).treatment
    assert told.language == "pl"
    said = [line.words for scene in told.scenes for shot in scene.shots for line in shot.lines]
    assert " ".join(said) == text
