"""A noun phrase of the idea, and how to mention it again."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...storyboard.vocabulary import Being
from .words import NUMBERS, POSSESSIVES, with_article

PRONOUN = {
    "she": ("she", "her", "her", "herself"),
    "he": ("he", "him", "his", "himself"),
    "it": ("it", "it", "its", "itself"),
    "they": ("they", "them", "their", "themselves"),
}
"""Subject, object, possessive and reflexive forms."""


@dataclass(frozen=True)
class Phrase:
    """A noun phrase. ``noun`` holds the compound ("lighthouse keeper"), ``head`` its last word."""

    noun: str
    head: str
    determiner: str = "a"
    """As in the idea: "a", "the", "her", "two", "the king's", or "" for names and bare plurals."""
    adjectives: tuple[str, ...] = ()
    proper: str = ""
    """The name, where it has one ("Mara", "Detective Ruiz")."""
    plural: bool = False
    sort: str = "thing"
    """person, creature, place or thing."""
    kind: str = ""
    """The lexicon's key, or ""."""
    being: Being | None = None
    pronoun: str = "it"
    after: str = ""
    """A preposition before it in the idea ("in", "from"), or ""."""
    tail: str = ""
    """An "of ..." that belongs to it."""

    @property
    def first(self) -> str:
        """As it is mentioned first: "a lost whale", "Mara", "the king's crown"."""
        if self.proper:
            return self.proper
        body = " ".join((*self.adjectives, self.noun + self.tail))
        if self.determiner in {"a", "an"}:
            return with_article(body)
        return f"{self.determiner} {body}".strip()

    @property
    def again(self) -> str:
        """As it is mentioned later: "the whale", "Mara", "the crown"."""
        if self.proper:
            return self.proper.split()[-1] if self.proper.split()[0] in TITLES else self.proper
        if self.determiner in POSSESSIVES:
            return f"{self.determiner} {self.noun}"
        number = (
            f"{self.determiner} " if self.determiner in NUMBERS - {"one", "many", "few", "several"} else ""
        )
        return f"the {number}{self.noun if self.sort in ('thing', 'place') else self.short}"

    @property
    def short(self) -> str:
        """The shortest noun that still says who: "keeper", but "ice cream" whole."""
        return self.head if self.sort in {"person", "creature"} and self.head not in _VAGUE else self.noun

    @property
    def name(self) -> str:
        """The name the film knows it by."""
        return self.proper or self.again

    def known_by(self, determiner: str) -> Phrase:
        """The same with another determiner."""
        return replace(self, determiner=determiner)


TITLES = frozenset(
    "Detective Doctor Dr Captain Professor Mr Mrs Ms Miss Sir Lady Lord King Queen Prince Princess Inspector "
    "Officer Sergeant General Father Sister Brother Mother Uncle Aunt Grandma Grandpa Old Saint Agent Judge".split()
)
_VAGUE = frozenset("man woman person one being creature animal owner master player driver".split())
FEMALE = frozenset(
    "woman women girl girls queen princess mother mum mom grandmother grandma granny daughter sister aunt wife "
    "widow witch nun actress waitress heroine lady bride niece mermaid priestess duchess hen cow Mrs Ms Miss "
    "Lady Queen Princess Aunt Sister Mother Grandma".split()
)
MALE = frozenset(
    "man men boy boys king prince father dad grandfather grandpa son brother uncle husband widower monk actor "
    "waiter hero groom nephew duke wizard fisherman gentleman knight bull rooster Mr Sir Lord King Prince Uncle "
    "Father Brother Grandpa fireman postman policeman salesman snowman shepherd".split()
)
FEMALE_NAMES = frozenset(
    "mara anna maria mary emma olivia ava sophia sofia isabella mia amelia lily lucy alice clara rosa rose eva "
    "ella nora ada ida ines elena lena hannah sarah sara ruth esther leila layla fatima aisha amina zoe zoë chloe "
    "julia laura linda susan karen nina tina olga irina natasha anya katya mei yuki hana sakura priya anjali "
    "lakshmi ingrid astrid freya greta heidi marta carmen lucia camila juana paula ana beatriz bella grace faith "
    "hope ivy jane jean joan kate katherine elizabeth margaret martha molly nancy nell penelope rachel rebecca "
    "stella tess tessa violet vera wendy yara zara miriam naomi dora flora cora iris edith agnes agatha".split()
)
MALE_NAMES = frozenset(
    "tom thomas john james jack jacob joe joseph sam samuel ben benjamin daniel david adam noah liam lucas luke "
    "leo max oscar hugo henry george charlie charles william will bill bob robert rob peter paul mark michael mike "
    "martin matthew nick nicholas oliver otto patrick pedro pablo juan jose carlos diego luis miguel ahmed ali "
    "omar hassan ibrahim yusuf mohammed muhammad ivan boris sergei dmitri igor hiro kenji takeshi wei li raj arjun "
    "ravi sanjay anders erik lars nils sven bjorn finn felix fritz hans karl klaus franz emil theo tim tony victor "
    "walter arthur albert alfred harold harry frank fred edgar edward elias isaac ishmael ezra abel simon".split()
)
