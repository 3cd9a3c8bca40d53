"""An editor's re-cut, taken back into the film: order, lengths, removed shots, dissolves, chosen takes.

What a film cannot hold (gaps, effects, a shot twice, a shot that begins later in its take) is said and
left out. Pictures stay as they were cut: a take that is long enough is kept, and not made again.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from ...render.plan import used_takes
from ...storyboard.credits import CREDITS
from ...storyboard.edit_types import (
    Choose,
    Edit,
    Join,
    MoveShot,
    Remove,
    Retime,
    SetBrief,
    SetCard,
    Setting,
)
from ...storyboard.edits import apply_all
from ...storyboard.errors import BadInput
from ...storyboard.film import Card, Film, Shot
from ...storyboard.fitting import LEAST_CARD_SECONDS, LEAST_SHOT_SECONDS
from ...storyboard.timeline import Clip, heard_frames, heard_in, items, timeline
from ...storyboard.vocabulary import MIXED, OVERLAPPED, Opening, Wipe
from ..directing.proposing import turn_of
from ..directing.turn import Turn
from ..directing.understood import Understood
from ..production import Production
from .edited import EditedCut, Mixed, Piece, Strip, read_edit
from .reel import Reel, listed, reel_of

SAME = "The film is cut like that already. Nothing was changed."
_MOST_OVERLAP = 240
_OFF = Fraction(1, 20)
"""Frames by which a length may lie beside a whole number, before it is said."""


@dataclass
class _Reading:
    """What is made of an edit so far."""

    film: Film
    edits: list[Edit] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    pieces: Sequence[tuple[str, Piece]] = ()
    """What the edit shows of the film, in order: item and piece, each item once."""


def proposed_cut(production: Production, path: Path) -> Turn:
    """What taking in the edit would do, as a proposal that waits for a yes. Changes nothing.

    Raises ``BadInput`` for a file that is no edit of this film.
    """
    edit = read_edit(path)
    reel = reel_of(production)
    reading = _read(reel, edit, path)
    if reading.edits:
        reading.edits += _kept_takes(production, reading)
    if wanted := _taken(reel, reading):
        reading.edits.append(Choose(takes=wanted, pin=True))
    if not reading.edits:
        words = "\n".join((*reading.notices, SAME))
        return Turn("answer", words, Understood(answer=words))
    return turn_of(production, Understood(edits=tuple(reading.edits), notices=tuple(reading.notices)))


def _read(reel: Reel, edit: EditedCut, path: Path) -> _Reading:
    reading = _Reading(reel.film)
    strip, pieces = _pieces(reel, edit, path, reading.notices)
    reading.pieces = pieces = _without_credits(reading, reel, pieces)
    shown = [item for item, _ in pieces]
    _remove(reading, shown)
    _order(reading, [item for item in shown if item in {shot.id for shot in reel.film.shots}], shown)
    _join(reading, reel, strip, pieces)
    _retime(reading, pieces)
    _brief(reading)
    return reading


def _pieces(
    reel: Reel, edit: EditedCut, path: Path, notices: list[str]
) -> tuple[Strip, list[tuple[str, Piece]]]:
    """The track that is the film, and what of it is shown: item and piece, each item once."""
    known = _Names(reel)
    counts = [sum(known.item(piece) != "" for piece in strip.pieces) for strip in edit.strips]
    if not any(counts):
        raise BadInput(
            f"No clip in {path} is of this film: neither its metadata, its media nor its names say so. "
            f"Begin from `photoplay export {reel.folder} --to otio`. Nothing was changed."
        )
    strip = edit.strips[counts.index(max(counts))]
    if len(edit.strips) > 1:
        notices.append(f"Only the track {strip.name!r} was read: a film has one track of picture.")
    if edit.sounds:
        notices.append("Sound tracks were not looked at: lines go with their shots, music is fitted anew.")
    if strip.gaps:
        notices.append(f"Left out: {strip.gaps} gaps; shots follow one another.")
    if strip.others:
        notices.append(f"Left out: {listed([*dict.fromkeys(strip.others)])}, which a film does not know.")
    found: dict[str, Piece] = {}
    unknown, off = [], []
    pieces = Counter(known.item(piece) for piece in strip.pieces)
    for piece in strip.pieces:
        item = known.item(piece)
        if not item:
            unknown.append(repr(piece.name))
        elif not piece.enabled:
            off.append(item)
        else:
            found.setdefault(item, piece)
    if unknown:
        notices.append(f"Left out, for it is not of this film: {listed(unknown)}.")
    if off:
        notices.append(f"Switched off in the edit, so taken out: {listed(off)}.")
    twice = [item for item, count in pieces.items() if item and count > 1]
    if twice:
        notices.append(f"More than once in the edit, of which the first is used: {listed(twice)}.")
    return strip, list(found.items())


class _Names:
    """Which shot or card a piece is: by our metadata, by the take it shows, or by its name."""

    def __init__(self, reel: Reel) -> None:
        self._items = {seen.clip.item for seen in reel.seen}
        self.takes: dict[str, list[tuple[str, str]]] = {}
        """Key, and its first twelve digits -> items and whole keys."""
        for seen in reel.seen:
            for media in (seen.media, *seen.alternates):
                if media is not None:
                    for name in (media.key, media.key[:12]):
                        self.takes.setdefault(name, []).append((seen.clip.item, media.key))

    def item(self, piece: Piece) -> str:
        """Its id; empty where it is nothing of this film."""
        if piece.item in self._items:
            return piece.item
        of_take = {item for item, _ in self.takes.get(piece.key, ())}
        if len(of_take) == 1:
            return of_take.pop()
        name = Path(piece.name).stem
        return name if name in self._items else ""


def _without_credits(
    reading: _Reading, reel: Reel, pieces: Sequence[tuple[str, Piece]]
) -> list[tuple[str, Piece]]:
    """The pieces but for the end credits, which are there or not, last, and of a length of their own."""
    card = next((seen.clip for seen in reel.seen if seen.clip.item == CREDITS), None)
    if card is None:
        return list(pieces)
    kept = [piece for item, piece in pieces if item == CREDITS]
    if not kept:
        reading.edits.append(Setting(credits=False))
    elif _frames(reading, kept[0].length) != card.frames or pieces[-1][0] != CREDITS:
        reading.notices.append(
            f"credits: they stay last, and {card.frames} frames long: as long as reading them takes."
        )
    return [(item, piece) for item, piece in pieces if item != CREDITS]


def _remove(reading: _Reading, shown: Sequence[str]) -> None:
    for where in ("opening", "ending"):
        card: Card | None = getattr(reading.film, where)
        if card is not None and card.id not in shown:
            reading.edits.append(SetCard(where=where, card=None))
    reading.edits += [Remove(shot=shot.id) for shot in reading.film.shots if shot.id not in shown]


def _order(reading: _Reading, wanted: Sequence[str], shown: Sequence[str]) -> None:
    """Move as few shots as can be. Cards stay where they are, which is said where the edit moved them."""
    place = {shot.id: n for n, shot in enumerate(reading.film.shots)}
    stay = _longest_rise([place[shot] for shot in wanted])
    for n, shot in enumerate(wanted):
        if place[shot] not in stay:
            reading.edits.append(MoveShot(shot=shot, after=wanted[n - 1] if n else None))
    opening, ending = reading.film.opening, reading.film.ending
    moved = [opening.id] if opening and opening.id in shown[1:] else []
    moved += [ending.id] if ending and ending.id in shown[:-1] else []
    if moved:
        reading.notices.append(f"{listed(moved)}: the opening card stays first and the end card last.")


def _longest_rise(numbers: Sequence[int]) -> set[int]:
    """A longest rising subsequence: what need not be moved."""
    tails: list[int] = []
    ends: list[list[int]] = []
    for number in numbers:
        at = bisect_left(tails, number)
        rise = [*(ends[at - 1] if at else []), number]
        tails[at : at + 1] = [number]
        ends[at : at + 1] = [rise]
    return set(ends[-1]) if ends else set()


def _join(reading: _Reading, reel: Reel, strip: Strip, pieces: Sequence[tuple[str, Piece]]) -> None:
    """Dissolves and fades that are new, other or gone."""
    mixes = {id(strip.pieces[m.at]): m for m in strip.mixes if m.at < len(strip.pieces)}
    clips = {seen.clip.item: seen.clip for seen in reel.seen}
    shots = {shot.id: shot for shot in reading.film.shots}
    strange = [m.kind or "a transition" for m in strip.mixes if m.at >= len(strip.pieces) or not _opening(m)]
    first = pieces[0][0] if pieces else ""
    for number, (item, piece) in enumerate(pieces):
        clip, mix = clips[item], mixes.get(id(piece))
        if item not in shots:
            strange += ["one before a card"] if mix is not None else []
            continue
        opens = _opening(mix) if mix is not None else None
        if item == first and opens in MIXED:
            strange.append(f"a {opens} from nothing")
            continue
        if mix is not None and opens is not None:
            long = max(mix.before, mix.after) if opens is Opening.fade else mix.before + mix.after
            frames = _frames(reading, long)
            overlap = max(1, min(frames, _MOST_OVERLAP))
            wipe = _wipe(mix, clip) if opens is Opening.wipe else None
            if (opens, overlap) != (clip.opens, clip.overlap) or wipe not in (None, clip.wipe):
                reading.edits.append(Join(shot=item, opens=opens, overlap=overlap, wipe=wipe))
        elif mix is None and clip.overlap and number:
            reading.edits.append(Join(shot=item, opens=Opening.cut))
    if strange:
        reading.notices.append(
            f"Left out, for a film has dissolves, wipes and fades only: {listed(strange)}."
        )


def _opening(mix: Mixed) -> Opening | None:
    if mix.opens in OVERLAPPED:
        return Opening(mix.opens)
    if "wipe" in mix.kind.lower():
        return Opening.wipe
    return Opening.dissolve if mix.kind == "SMPTE_Dissolve" else None


def _wipe(mix: Mixed, clip: Clip) -> Wipe:
    """The form of a wipe: as our metadata say it, else as it was."""
    return Wipe(mix.wipe) if mix.wipe in list(Wipe) else clip.wipe


def _frames(reading: _Reading, seconds: Fraction) -> int:
    return int(seconds * reading.film.settings.rate.fps + Fraction(1, 2))


def _retime(reading: _Reading, pieces: Sequence[tuple[str, Piece]]) -> None:
    """Lengths, as far as pictures can be read and lines heard in them."""
    film, rate = reading.film, reading.film.settings.rate
    now = {item.id: item for item in items(film)}
    frames, leads, heads = dict[str, int](), dict[str, int](), dict[str, int]()
    uneven, late, effects = [], [], []
    for item, piece in pieces:
        length = now[item]
        wanted = max(1, _frames(reading, piece.length))
        if abs(piece.length * rate.fps - wanted) > _OFF:
            uneven.append(item)
        skipped = _frames(reading, max(piece.skipped, Fraction(0)))
        moved = 0
        if isinstance(length, Shot):
            moved = (
                min(skipped - length.head, _silent(film, length)) if length.lines else skipped - length.head
            )
            if moved:
                heads[item] = length.head + moved
            if moved and length.lines:
                leads[item] = length.lead - moved
        if isinstance(length, Card) and skipped:
            late.append(f"{item} (a card)")
        elif isinstance(length, Shot) and length.head + moved < skipped:
            late.append(f"{item} ({skipped - length.head - moved} frames, in which it is spoken)")
        effects += [f"{effect} on {item}" for effect in piece.effects]
        seconds = LEAST_CARD_SECONDS if isinstance(length, Card) else LEAST_SHOT_SECONDS
        least = -(-(seconds * rate.fps).numerator // (seconds * rate.fps).denominator)
        heard = 0 if isinstance(length, Card) else heard_frames(film, length) - (moved if length.lines else 0)
        if wanted < length.frames and wanted < max(least, heard):
            kept = min(length.frames, max(least, heard))
            why = "its lines are heard" if heard >= least else "it can be read"
            reading.notices.append(f"{item}: {wanted} frames in the edit; it keeps {kept}, until {why}.")
            wanted = kept
        if wanted != length.frames:
            frames[item] = wanted
    if late:
        reading.notices.append(
            f"Begins even later in the edit, which is not taken over: {listed(late)}. A card begins with its "
            "first frame, and a shot no later than its first line; the length was taken over."
        )
    if uneven:
        reading.notices.append(f"Rounded to whole frames of {rate}: {listed(uneven)}.")
    if effects:
        reading.notices.append(f"Left out: {listed(effects)}.")
    if frames or heads:
        reading.edits.append(Retime(frames=frames, leads=leads, heads=heads))


def _silent(film: Film, shot: Shot) -> int:
    """Frames of a shot with lines before its first word; none where that is heard under the shot before."""
    heard = heard_in(film)[shot.id]
    return min(shot.lead, max(0, heard.cues[0].start - heard.start))


def _brief(reading: _Reading) -> None:
    """The cut sets the length from now on: an asked length or count gives way, and that is said."""
    if not reading.edits:
        return
    film = reading.film
    after, brief, changes = apply_all(film, reading.edits), film.brief, dict[str, object]()
    if brief.seconds is not None and timeline(after).frames != timeline(film).frames:
        changes["seconds"] = None
        reading.notices.append(f"{brief.seconds} s were asked for; from now on the cut sets the length.")
    if brief.shots is not None and len(after.shots) != len(film.shots) and after.shots:
        changes["shots"] = len(after.shots)
        reading.notices.append(f"{brief.shots} shots were asked for; now it is {len(after.shots)}.")
    if changes:
        reading.edits.append(SetBrief(brief=brief.model_copy(update=changes)))


def _kept_takes(production: Production, reading: _Reading) -> list[Edit]:
    """Pins the takes that would be made again only because shots moved or are shorter."""
    store = production.project.store
    before, after = production.takes(), apply_all(reading.film, reading.edits)
    if not after.shots:
        return []
    try:
        then = used_takes(after, production.planner().plan(after), store.has)
    except BadInput:
        return []  # said by whoever proposes
    kept, short = {}, []
    for item in items(after):
        state, key = before.get(item.id, ("missing", None))
        if state != "current" or key is None or then[item.id] == ("current", key):
            continue
        record = store.record(key)
        if record is not None and record.frames >= _used(item):
            kept[item.id] = key
        elif record is not None:
            short.append(f"{item.id} ({record.frames} frames)")
    if short:
        reading.notices.append(f"Longer than its take, so made again: {listed(short)}.")
    if kept:
        reading.notices.append(f"Kept as they are, since their takes are long enough: {listed(list(kept))}.")
    return [Choose(takes=kept, pin=True)] if kept else []


def _used(item: Card | Shot) -> int:
    """Frames that a take must have, what is trimmed at the shot's start included."""
    return item.frames + (item.head if isinstance(item, Shot) else 0)


def _taken(reel: Reel, reading: _Reading) -> Mapping[str, str]:
    """Other takes that the editor put in, as far as they are of this film and long enough."""
    known = _Names(reel)
    lengths = {item.id: _used(item) for item in items(apply_all(reel.film, reading.edits))}
    seen = {one.clip.item: one for one in reel.seen}
    wanted: dict[str, str] = {}
    for item, piece in reading.pieces:
        keys = [key for of, key in known.takes.get(piece.key, ()) if of == item]
        used = seen[item].media
        if not keys or item not in lengths or (used is not None and keys[0] == used.key):
            continue
        frames = next(media.frames for media in seen[item].alternates if media.key == keys[0])
        if frames >= lengths[item]:
            wanted[item] = keys[0]
        else:
            reading.notices.append(
                f"{item}: the other take is too short ({frames} frames), so it is not used."
            )
    return wanted
