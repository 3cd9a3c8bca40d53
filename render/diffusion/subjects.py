"""Who and what is in a picture, in words: each told apart from the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ...storyboard.lexicon import look_up
from ...storyboard.looks import BodyLook
from ...storyboard.picture import FigureIn, Picture, ThingIn
from ...storyboard.vocabulary import Action, Age, Being, Distance, Expression, HairStyle, Side
from .phrases import colour_name, coloured, folded, joined, listed, said, table, with_article

_NOUN_MOST = 8
_KEPT = 64
"""Pictures whose words are kept: a family asks for them again at each length it tries."""
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


@dataclass(frozen=True)
class Subject:
    """A figure or thing of a picture, in words. Every piece may be empty but ``head`` and ``who``."""

    entity: str
    head: str
    """What the sentence calls it, without article, told apart from the others: ``lighthouse keeper``."""
    who: str
    """``an old woman, a lighthouse keeper``."""
    looks: tuple[str, ...] = ()
    """The look, the most telling first: ``in a yellow raincoat``, ``with long grey hair`` ..."""
    seen: str = ""
    """What its state does to it: ``wet, wounded``."""
    words: str = ""
    """A person's own words for it."""
    doing: str = ""
    where: str = ""
    holding: str = ""

    @property
    def phrase(self) -> str:
        """Who it is and how it looks: ``an old woman, a keeper, slim, in a yellow raincoat, wet``."""
        return self.told(len(self.looks))

    def told(self, detail: int) -> str:
        """Who it is, its state, and so many parts of its look."""
        return joined((self.who, *self.looks[:detail], self.seen))

    @property
    def acting(self) -> str:
        """What it does, with what, and where in the frame."""
        return joined((self.doing, self.holding, self.where))


@lru_cache(maxsize=_KEPT)
def described_figures(picture: Picture) -> tuple[Subject, ...]:
    """The figures, in the picture's order."""
    heads = _told_apart(
        [
            (f.id, _head(f), coloured(said(f.look.dress), colour_name(f.look.dress_colour)))
            for f in picture.figures
        ]
    )
    called = heads | {t.id: h for t, h in zip(picture.things, _thing_heads(picture), strict=True)}
    called |= {picture.place.id: folded(picture.place.words, 12) or "place"}
    return tuple(_figure(picture, figure, heads[figure.id], called) for figure in picture.figures)


@lru_cache(maxsize=_KEPT)
def described_things(picture: Picture) -> tuple[Subject, ...]:
    """The things, in the picture's order."""
    return tuple(_thing(t, h) for t, h in zip(picture.things, _thing_heads(picture), strict=True))


def _told_apart(named: Sequence[tuple[str, str, str]]) -> dict[str, str]:
    """Heads by entity (id, head, dress); equal ones by their dress or else by number."""
    often = Counter(head for _, head, _ in named)
    dressed = Counter((head, dress) for _, head, dress in named)
    seen: Counter[str] = Counter()
    found: dict[str, str] = {}
    for entity, head, dress in named:
        seen[head] += 1
        if often[head] > 1:
            alike = [d for _, h, d in named if h == head]
            apart = all(alike) and all(dressed[head, d] == 1 for d in alike)
            number = seen[head]
            ordinal = _ORDINALS[number - 1] if number <= len(_ORDINALS) else f"{number}th"
            found[entity] = f"{head} in {dress}" if apart else f"{ordinal} {head}"
        else:
            found[entity] = head
    return found


def _head(figure: FigureIn) -> str:
    noun = folded(figure.noun, _NOUN_MOST)
    return noun or (_base(figure.look) if figure.look.being is Being.person else _kind(figure.look))


def _base(look: BodyLook) -> str:
    base: str = table("aged")[look.age.value][look.presents]
    return base


def _kind(look: BodyLook) -> str:
    """``fox``; the body plan where the species says nothing."""
    return look.species if look.species not in ("person", "thing", "creature") else said(look.being)


def _figure(picture: Picture, figure: FigureIn, head: str, called: Mapping[str, str]) -> Subject:
    person = figure.look.being is Being.person
    return Subject(
        entity=figure.id,
        head=head,
        who=_who_person(figure) if person else _who_other(figure),
        looks=tuple(p for p in (_person(figure.look) if person else _other(figure.look)) if p),
        seen=joined((*(said(m) for m in figure.marks), folded(figure.state_words, 24))),
        words=folded(figure.words),
        doing=_doing(picture, figure),
        where=_where(figure, called),
        holding=_holding(figure, called),
    )


def _who_person(figure: FigureIn) -> str:
    look, noun = figure.look, folded(figure.noun, _NOUN_MOST)
    if _is_folk(look):
        return joined((with_article(f"upright {look.species} in human clothes"), with_article(noun)))
    if look.species != "person" and look.species not in noun:
        noun = joined((noun, look.species), " ")
    base = _base(look)
    if not noun or noun.lower() == base:
        who = base
    elif noun.lower().split()[-1] in table("people"):
        age = said(look.age) if look.age in (Age.youth, Age.elder) else ""
        who = joined(("" if age in noun.lower().split() else age, noun), " ")
    else:
        return joined((with_article(_sized(look, base)), with_article(noun)))
    return with_article(_sized(look, who))


def _who_other(figure: FigureIn) -> str:
    look, noun = figure.look, folded(figure.noun, _NOUN_MOST)
    kind = _kind(look)
    called = noun or kind
    age = said(look.age)
    who = joined((_sized(look, age), colour_name(look.coat_colour), called), " ")
    apart = kind.lower() not in called.lower() and look.being is not Being.thing
    return joined((with_article(who), with_article(kind) if apart else ""))


def _sized(look: BodyLook, words: str) -> str:
    """With the size that is out of the common; a child is small anyway."""
    size = "" if look.age is Age.child and look.stature.value == "small" else said(look.stature)
    return joined((size, words), " ")


def _is_folk(look: BodyLook) -> bool:
    """Whether it is an animal on a person's body: a fox lawyer."""
    entry = look_up(look.species, "creature") if look.being is Being.person else None
    return entry is not None and entry.being != Being.person.value


def _person(look: BodyLook) -> list[str]:
    if _is_folk(look):
        return [_dress(look), _wearing(look), f"{colour_name(look.coat_colour)} coat", _carrying(look)]
    hair = said(look.hair)
    if look.hair is not HairStyle.bald:
        hair = f"{colour_name(look.hair_colour, 'hair')} {hair}"
    return [
        _dress(look),
        f"with {listed((hair, said(look.beard)))}",
        _wearing(look),
        said(look.build),
        f"{colour_name(look.skin, 'skin')} skin",
        _carrying(look),
        f"{colour_name(look.eye_colour)} eyes",
    ]


def _other(look: BodyLook) -> list[str]:
    return [_dress(look), _wearing(look), said(look.build), _carrying(look)]


def _dress(look: BodyLook) -> str:
    dress = coloured(said(look.dress), colour_name(look.dress_colour))
    return f"in {dress}" if dress else ""


def _wearing(look: BodyLook) -> str:
    hat = coloured(said(look.hat), colour_name(look.hat_colour))
    worn = listed((hat, *(said(w) for w in look.worn)))
    return f"wearing {worn}" if worn else ""


def _carrying(look: BodyLook) -> str:
    return f"carrying {listed(with_article(k) for k in look.carries)}" if look.carries else ""


def _doing(picture: Picture, figure: FigureIn) -> str:
    """The action; of the one who acts it may be in the sentence only, where no closed value has it."""
    acts = picture.actor == figure.id
    told_elsewhere = acts and bool(picture.sentence) and figure.action is Action.perform
    action = "" if told_elsewhere else said(figure.action)
    if figure.speaks and figure.action not in (Action.talk, Action.sing):
        action = joined((action, "speaking"), " and ")
    manner = folded(picture.manner, 8) if acts else ""
    face = said(figure.expression) if figure.expression is not Expression.neutral else ""
    return joined((joined((action, manner), " "), face))


def _where(figure: FigureIn, called: Mapping[str, str]) -> str:
    gaze = called.get(figure.gaze or "")
    looking = f"looking at the {gaze}" if gaze and figure.gaze != figure.id else ""
    return joined((said(figure.side), _distance(figure.distance), said(figure.facing), looking))


def _distance(distance: Distance) -> str:
    return "" if distance is Distance.middle else said(distance)


def _holding(figure: FigureIn, called: Mapping[str, str]) -> str:
    held = listed(f"the {called[h]}" for h in figure.holds if h in called)
    return f"holding {held}" if held else ""


def _thing_heads(picture: Picture) -> list[str]:
    heads = _told_apart(
        [(t.id, t.look.kind if t.look.kind != "thing" else _own(t), "") for t in picture.things]
    )
    return [heads[thing.id] for thing in picture.things]


def _own(thing: ThingIn) -> str:
    """What a thing of no known kind is called."""
    words = folded(thing.words, _NOUN_MOST)
    first, _, rest = words.partition(" ")
    return (rest if first.lower() in ("a", "an", "the") and rest else words) or "thing"


def _thing(thing: ThingIn, head: str) -> Subject:
    """A person's short words name a thing better than its kind does."""
    words, kind = folded(thing.words), thing.look.kind
    plain = with_article(joined((said(thing.look.stature), colour_name(thing.look.colour), kind), " "))
    short = folded(thing.words, 16)
    named = short and (kind == "thing" or kind.lower() in short.lower())
    held = thing.held or thing.side is Side.centre
    return Subject(
        entity=thing.id,
        head=head,
        who=short if named else joined((plain, short)),
        seen=joined((*(said(m) for m in thing.marks), folded(thing.state_words, 24))),
        words="" if words == short else words,
        where="" if held else joined((said(thing.side), _distance(thing.distance))),
    )
