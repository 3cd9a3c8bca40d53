"""How much of the outline writer's narration recurs from film to film, names and nouns masked.

Run: ``python benchmarks/narration_recurrence.py``. Prints one line with the share of narration sentences
whose masked form occurs in another film too; the aim is at most 30 %.
"""

from __future__ import annotations

import re
from collections import Counter

from photoplay.agent.outline import OutlineWriter
from photoplay.storyboard.film import Brief
from photoplay.storyboard.treatment import Treatment

IDEAS = """
A lighthouse keeper befriends a lost whale
Two rival bakers must share one oven
A robot learns to paint after the last human leaves
Mara steals the king's crown to feed her village
An astronaut receives a letter from her dead brother
The cat who wanted to be mayor
A boy and his grandfather repair an old radio
Detective Ruiz hunts a thief who steals only shadows
A shy dragon opens a bakery in a mountain village
The last librarian on Mars guards a book that nobody can read
A nurse dances with an old soldier on his last night
Two sisters cross the desert to bring back the rain
An umbrella falls in love with a cloud
A taxi driver finds a suitcase full of letters
In 1912 a young girl hides a wounded pigeon in the attic
A knight refuses to fight the dragon
The clockmaker's daughter builds a mechanical bird
A violinist loses her hearing the night before the concert
An old woman plants a tree on the moon
Three mice plan a journey to the cheese factory
Captain Nils sails home through a storm without a compass
A boy dreams of flying
The queen's cook poisons the wrong guest
A fisherman catches a bottle with a message inside
Omar builds a bridge between two feuding villages
A ghost haunts a supermarket because it misses its daughter
The night watchman of a museum talks to the statues
A young doctor returns to the village she once fled
Four brothers inherit a haunted circus
A spider teaches a prince to weave
The pilot Amelia crosses the ocean alone
A lonely gardener receives a seed from space
A blind painter wins a contest
The wolf who was afraid of the dark
A miner digs up a singing stone
Lucia writes a letter to the sea every day
An accountant discovers that the company does not exist
A clown loses his laugh in a snowstorm
The mayor's dog runs away with the town's only key
A scientist wakes up on a ship without a crew
A grandmother races her neighbour in a tractor
Elias carries a piano over the mountain for his bride
A soldier shares bread with an enemy in the snow
The postman delivers a parcel to a house that burned down
A beekeeper saves the last orchard from a fire
A girl who cannot speak sings to the whales
""".strip().splitlines()


def narration(treatment: Treatment) -> list[str]:
    """Every narration sentence of a treatment."""
    lines = [
        line.words
        for scene in treatment.scenes
        for shot in scene.shots
        for line in shot.lines
        if line.speaker is None
    ]
    return [s for line in lines for s in re.split(r"(?<=[.!?])\s+", line) if s.strip()]


def masked(sentence: str, treatment: Treatment) -> str:
    """The sentence with names, nouns and adjectives of the story's people, places and things as one mask.

    Every word that can only be a noun is masked too, and pronouns of persons are made one.
    """
    from lemminflect import getAllLemmas

    named = [*treatment.characters, *treatment.places, *treatment.props]
    story = {w.lower() for entity in named for w in re.findall(r"\w+", entity.name)} - {"the", "a", "of"}
    story |= {w.lower() for c in treatment.characters for w in re.findall(r"\w+", c.noun)}
    words = []
    for word in re.findall(r"\w+", sentence.lower().replace("'s", "")):
        tags = set(getAllLemmas(word))
        noun = word in story or tags in ({"NOUN"}, {"PROPN"}, {"NOUN", "PROPN"})
        if word in {"he", "she", "they", "it", "his", "her", "their", "its", "him", "them"}:
            word = "they"
        words.append("_" if noun else word)
    return re.sub(r"(?:\b_\b ?)+", "_ ", " ".join(words)).strip()


def recurrence(ideas: list[str], seed: int = 0, seconds: int = 60) -> tuple[float, int, Counter[str]]:
    """Share of narration sentences that occur in another film too, their count, and films per sentence."""
    films = []
    for idea in ideas:
        treatment = OutlineWriter().write(Brief(idea=idea, seconds=seconds), seed, lambda _: None).treatment
        films.append([masked(sentence, treatment) for sentence in narration(treatment)])
    spread = Counter(sentence for film in films for sentence in set(film))
    every = [sentence for film in films for sentence in film]
    return sum(spread[s] > 1 for s in every) / len(every), len(every), spread


def main() -> None:
    """Print the figure and what recurs most."""
    share, count, spread = recurrence(IDEAS)
    print(f"narration recurrence: {share:.1%} of {count} sentences in {len(IDEAS)} films (at most 30 %)")
    for sentence, films in spread.most_common(8):
        print(f"  {films} films: {sentence}")


if __name__ == "__main__":
    main()
