"""Wishes about what somebody does, and with which face."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ...storyboard.edit_types import Edit, Recast, Rewrite
from ...storyboard.film import CastMember, Event, Film, Scene
from ...storyboard.lexicon import verb
from ...storyboard.performing import answer_of, bodily, face_for
from ...storyboard.vocabulary import Action, Beat, Expression, Facing, Mood, Side
from .bodies import parts
from .cues import word_set
from .draft import Cannot, Draft
from .hands import into_hand
from .index import everything
from .newcomers import new_thing, newcomer, sort_of, stage_of
from .presence import enter
from .wish import Wish, one_of
from .wording import lemmas_of

_SKIP = word_set("no_deeds")
_BODY = word_set("body_parts")
_LOOKS = r" (?:at|up|down|around|for|out|back|away|over|into|towards?|through)\b(?! (?:old|young))"
_ADVERBS = (
    r"(?:(?:should|must|could|can|may|might|will|would|has to|have to|needs to|need to|ought to|"
    r"is to|also|just|then|now|"
    r"only|still|not|always|never|really|slowly|quickly|gently|softly|quietly|suddenly|happily|"
    r"sadly|finally|carefully|"
    r"instead|please|be(?= (?:\w+ly )?[a-z]+ing\b)|to|both|simply|even|actually|rather|start|"
    r"begin|keep|go|come|and) )*"
)


@dataclass(frozen=True)
class Deedlike:
    """Somebody doing something, as words and closed values."""

    actor: str
    verb: str
    action: Action | None
    target: str | None
    sentence: str


def third_person(word: str) -> str:
    """The verb with he or she: "wave" -> "waves"."""
    # Imported on first use: its tables take a tenth of a second to load.
    from lemminflect import getInflection, getLemma

    lemma = getLemma(word, upos="VERB")
    base = lemma[0] if lemma else word
    if base == "be":
        return "is"
    found = getInflection(base, tag="VBZ")
    return found[0] if found else base + "s"


def base_form(word: str) -> str:
    """The verb as the lexicon lists it."""
    from lemminflect import getLemma

    lemma = getLemma(word, upos="VERB")
    return lemma[0] if lemma else word


def present_tense(sentence: str) -> str:
    """A sentence of a picture: told in the present, with a capital."""
    return sentence.strip()


def doing(wish: Wish, draft: Draft, words: str) -> Deedlike | None:
    """The first deed in marked words, with its sentence in the present; None where nobody does anything."""
    for found in re.finditer(
        rf"(@[bo]\d+)(?! 's [a-z]+ (?:should|is|are|must)) (?P<own>'s )?{_ADVERBS}([a-z][a-z-]+)\b(.*)$",
        words,
    ):
        word = found[3]
        heard = re.search(
            r"\b(?:make|hear|give|want|more|less|love|of|the|without) $",
            wish.text[: wish.text.find(found[1])],
        )
        if (
            (
                (word in _SKIP or base_form(word) in _SKIP)
                and not (base_form(word) == "look" and not found["own"] and re.match(_LOOKS, found[4]))
            )
            or (found["own"] and heard)
            or (found["own"] and not word.endswith("ing"))
            or (word in parts() or word in _BODY)
        ):
            continue
        action = verb(word)
        rest = found[4]
        phrase = rest.strip().split(" ")[0] if rest.strip() else ""
        if (
            phrase
            and (both := verb(f"{word} {phrase}")) is not None
            and f"{base_form(word)} {phrase}" != word
            and phrase
            in ("up", "down", "out", "off", "away", "on", "over", "at", "for", "after", "in", "around")
        ):
            action = both
        if action is None and not _verb_like(word):
            continue
        ref = wish.ref(found[1])
        if ref.sort == "being" and ref.new and not ref.ids:
            if ref.words.startswith("the ") and ref.new.split()[-1] not in draft.film.brief.idea.lower():
                one_of(ref, draft.film)
            actor = (
                next((i for i, c in draft.film.characters.items() if ref.new in c.name), None)
                or newcomer(draft, ref.new, ref.words).id
            )
        else:
            actor = one_of(ref, draft.film)[0]
        rest = re.sub(
            r"\b(?:instead(?: of .*)?|rather than .*|and not .*|not just .*|please|there|in that shot|,.*)$",
            "",
            rest.strip(),
        ).strip()
        rest = re.sub(r"\b(?:instead of|rather than) .*", "", rest).strip(" ,")
        target = _target(wish, draft.film, rest, actor)
        film = draft.film
        name = film.characters[actor].name if actor in film.characters else film.props[actor].name
        sentence = (
            " ".join(f"{name} {third_person(word)} {_spelled(wish, film, rest)}".split()).rstrip(" ,.") + "."
        )
        sentence = re.sub(r" 's\b", "'s", sentence).replace(" ,", ",")
        whole = (
            f"{base_form(word)} {phrase}"
            if action is not None
            and verb(f"{word} {phrase}") is action
            and phrase in ("up", "down", "out", "off", "away", "over", "for", "after", "around")
            else base_form(word)
        )
        return Deedlike(actor, whole, action, target, sentence[:1].upper() + sentence[1:])
    return None


def _verb_like(word: str) -> bool:
    from lemminflect import getAllLemmas

    found = getAllLemmas(word)
    return (
        "VERB" in found
        and "ADJ" not in found
        and (word.endswith("ing") or "NOUN" not in found or word.endswith("s"))
    )


def _target(wish: Wish, film: Film, rest: str, actor: str) -> str | None:
    for mark in re.findall(r"@[bop]\d+", rest):
        ref = wish.ref(mark)
        if len(ref.ids) == 1 and ref.ids[0] != actor:
            return ref.ids[0]
    return None


def _spelled(wish: Wish, film: Film, words: str) -> str:
    every = everything(film)

    def named(match: re.Match[str]) -> str:
        ref = wish.ref(match[0])
        if ref.ids and ref.ids[0] in every:
            name = every[ref.ids[0]].name
            bare = ref.ids[0] in film.props and not re.match(r"(?:the|a|an|his|her|its)\b", name)
            return f"the {name}" if bare else name
        return "" if ref.sort in ("shot", "scene", "it") and ref.words not in ("it", "they") else ref.words

    words = re.sub(r"\b(?:in|at|during|for|from) @[sc]\d+", "", words)
    words = re.sub(r"(@[a-z]\d+) 's\b", lambda m: "its" if wish.ref(m[1]).words == "it" else m[0], words)
    return re.sub(r"@[a-z]\d+", named, words)


_SUBJECT = (
    r"(?:(?:have|let|make|see|want|show|get|with|see|like|watch|having|need)\b (?:@[bo]\d+)|"
    r"@[bo]\d+ (?:should|must|needs? to|has to|have to|is to|could|can|might|will|would|ought to|"
    r"'s to|is supposed to)\b|@[bo]\d+ (?:'s |is |are )?[a-z]+)"
)


def act(wish: Wish, draft: Draft) -> bool:
    """What somebody does in a shot: the event, and the bodies that do it and answer it."""
    text = wish.text
    if wish.refs("quote", "narrator", "music") or not wish.refs("being", "thing"):
        return False
    if not re.search(_SUBJECT, text) or re.search(
        r"\b(?:voice|sound|speak|narrat\w+|accent|lines?|called|named?|title|in the title)\b", text
    ):
        return False
    told = (
        re.sub(r"^.*?(?=@[bo]\d+)", "", text)
        if re.match(r"(?:· )*(?:in|at|for|during) @[sc]\d+", text) or not text.startswith("@")
        else text
    )
    deed = doing(wish, draft, told)
    if deed is None or deed.actor not in draft.film.characters:
        return False
    if re.search(
        r"\b(?:not|never|don't|doesn't|shouldn't|stop|stops|can't|wouldn't|mustn't|isn't|no longer)\b",
        text[: text.find(deed.verb.split()[0]) if deed.verb.split()[0] in text else len(text)],
    ):
        return False
    shots = wish.shots(draft.film, wide=bool(wish.refs("film")))
    done = []
    for shot_id in shots:
        if all(m.entity != deed.actor for m in draft.film.shot(shot_id).cast):
            if len(shots) > 1:
                continue
            enter(draft, shot_id, deed.actor, wish)
            draft.notice(f"{draft.film.characters[deed.actor].name} was not in {shot_id} and is put into it.")
        _perform(draft, shot_id, deed)
        done.append(shot_id)
    if not done:
        raise Cannot(f"{draft.film.characters[deed.actor].name} is not in {', '.join(shots[:6])}.")
    shots = tuple(done)
    _carried(wish, draft, shots, deed.actor)
    if deed.action is None:
        draft.notice(
            f"No drawing is known for {deed.verb!r}: it is drawn as a plain gesture, and told in words."
        )
    draft.read_as.append(f"{', '.join(shots)}: {deed.sentence}")
    draft.about(shots, (deed.actor,))
    wish.spend_all()
    return True


def _carried(wish: Wish, draft: Draft, shots: tuple[str, ...], who: str) -> None:
    """Something that is in a hand meanwhile: "with a candle in her hand"."""
    found = wish.see(
        r"\bwith (?P<what>@o\d+|(?:a|an|the) (?:[a-z'-]+ ){0,2}?[a-z'-]+) in @b\d+ 's (?:hands?|arms?)"
        r"|\b(?:holding|carrying) (?P<what2>@o\d+|(?:a|an) (?:[a-z'-]+ ){0,2}?[a-z'-]+)(?= (?:in|to|"
        r"at|up)\b|$)"
    )
    if found is None:
        return
    what = found["what"] or found["what2"]
    if what.startswith("@o"):
        thing = one_of(wish.ref(what), draft.film)[0]
    elif sort_of(what) == "thing":
        thing = new_thing(draft, what).id
    else:
        return
    for shot_id in shots:
        into_hand(draft, shot_id, who, thing)


def _perform(draft: Draft, shot_id: str, deed: Deedlike) -> None:
    film = draft.film
    shot = film.shot(shot_id)
    here = {m.entity: m for m in shot.cast}
    stage = stage_of(film, shot.scene)
    place = stage.place.look.kind
    action = bodily(deed.action or Action.perform, stage.looks[deed.actor], place)
    event = Event(
        sentence=deed.sentence,
        actor=deed.actor,
        action=action,
        verb=deed.verb,
        target=deed.target,
        manner="",
        known=deed.action is not None,
    )
    old = shot.event
    cast = []
    for member in shot.cast:
        if member.entity == deed.actor:
            gaze = deed.target if deed.target in stage.looks or deed.target in stage.things else None
            seen = action
            if action is Action.look and gaze in here:
                seen = bodily(Action.stand, stage.looks[member.entity], place)
            face = _face(member, action, event, film.scenes[shot.scene])
            cast.append(
                member.model_copy(
                    update={
                        "action": seen,
                        "expression": face,
                        "gaze": gaze,
                        "facing": _facing(member, gaze, here),
                    }
                )
            )
        elif (
            old.actor in stage.looks
            and member.entity != old.actor
            and member.action is answer_of(member.entity, stage, old)
            and member.action is not Action.look
        ):
            answer = answer_of(member.entity, stage, event)
            cast.append(
                member.model_copy(
                    update={
                        "action": bodily(Action.stand, stage.looks[member.entity], place)
                        if answer is Action.look
                        else answer
                    }
                )
            )
        else:
            cast.append(member)
    edits: list[Edit] = [
        Rewrite(
            shot=shot_id,
            sentence=event.sentence,
            actor=event.actor,
            action=event.action,
            verb=event.verb,
            target=event.target or "",
            manner="",
            known=event.known,
        )
    ]
    if tuple(cast) != shot.cast:
        edits.append(Recast(shot=shot_id, cast=tuple(cast)))
    draft.do(*edits)


def _face(member: CastMember, action: Action, event: Event, scene: Scene) -> Expression:
    """The face that belongs to the deed; the one that is made already where any would do."""
    moods = (scene.model_copy(update={"beat": Beat.trial, "mood": m}) for m in (Mood.sad, Mood.joyful))
    one, other = (face_for(action, event, s, True) for s in moods)
    return one if one is other else member.expression


def _facing(member: CastMember, gaze: str | None, here: dict[str, CastMember]) -> Facing:
    """Towards whom it looks at, where that one is in the picture; else as before."""
    if gaze in here and gaze != member.entity:
        spots = list(Side)
        assert gaze is not None
        return Facing.right if spots.index(here[gaze].side) >= spots.index(member.side) else Facing.left
    return member.facing


def known_verb(word: str) -> bool:
    """Whether a word, in any inflection, is something a body does."""
    return verb(word) is not None and word not in _SKIP and not lemmas_of(word) <= _SKIP
