"""Edits of shots and their lines, and what came out while making them."""

from __future__ import annotations

from . import edit_types as e
from .credits import CREDITS
from .edit_parts import (
    M,
    changed,
    forget,
    home_of_line,
    item_ids,
    named,
    on,
    placed_after,
    present,
    released,
    reshot,
    swapped,
    with_bound,
    with_decisions,
    with_shot,
)
from .errors import BadInput, UnknownName
from .film import CastMember, Film, PropUse


@on.register
def _(edit: e.Rewrite, film: Film) -> Film:
    shot = film.shot(edit.shot)
    parts = named(edit, "sentence", "actor", "action", "verb", "target", "manner", "known")
    event = changed(shot.event, parts)
    parts = named(edit, "opening", "closing", "notes", "runs_on")
    return reshot(film, shot.id, {"event": event, **parts})


@on.register
def _(edit: e.Recast, film: Film) -> Film:
    return reshot(film, edit.shot, named(edit, "cast", "props"))


@on.register
def _(edit: e.Insert, film: Film) -> Film:
    ids = [shot.id for shot in film.shots]
    return changed(film, {"shots": placed_after(film.shots, edit.shot, edit.after, ids, "shot")})


@on.register
def _(edit: e.Remove, film: Film) -> Film:
    gone = film.shot(edit.shot)
    after = changed(film, {"shots": tuple(shot for shot in film.shots if shot is not gone)})
    return forget(after, [gone.id], [line.id for line in gone.lines])


@on.register
def _(edit: e.MoveShot, film: Film) -> Film:
    shot = film.shot(edit.shot)
    if edit.after == shot.id:
        raise BadInput(f"Shot {shot.id!r} cannot go after itself.")
    rest = [other for other in film.shots if other is not shot]
    moved = placed_after(rest, shot, edit.after, [other.id for other in rest], "shot")
    return changed(film, {"shots": moved})


@on.register
def _(edit: e.Retime, film: Film) -> Film:
    if CREDITS in edit.frames:
        raise BadInput("The end credits are as long as reading them takes. Their length cannot be set.")
    if unknown := sorted(edit.frames.keys() - set(item_ids(film))):
        raise UnknownName("shot or card", unknown[0], item_ids(film))
    if unknown := sorted((edit.leads.keys() | edit.heads.keys()) - {shot.id for shot in film.shots}):
        raise UnknownName("shot", unknown[0], [shot.id for shot in film.shots])

    def timed(item: M) -> M:
        item_id = getattr(item, "id", "")
        changes = {"frames": edit.frames[item_id]} if item_id in edit.frames else {}
        if item_id in edit.leads:
            changes["lead"] = edit.leads[item_id]
        if item_id in edit.heads:
            changes["head"] = edit.heads[item_id]
        return changed(item, changes)

    return changed(
        film,
        {
            "shots": tuple(timed(shot) for shot in film.shots),
            "opening": timed(film.opening) if film.opening else None,
            "ending": timed(film.ending) if film.ending else None,
        },
    )


@on.register
def _(edit: e.Trim, film: Film) -> Film:
    shot = film.shot(edit.shot)
    if edit.cut >= shot.frames:
        raise BadInput(
            f"Shot {shot.id!r} is {shot.frames} frames long; {edit.cut} cannot be cut from it. "
            f"At most {shot.frames - 1}, or remove the shot."
        )
    return with_shot(film, shot.id, {"frames": shot.frames - edit.cut})


@on.register
def _(edit: e.Retake, film: Film) -> Film:
    shot = film.shot(edit.shot)
    seed = (shot.seed + 1) % 2**31 if edit.seed is None else edit.seed
    return forget(with_shot(film, shot.id, {"seed": seed}), [shot.id])


@on.register
def _(edit: e.Choose, film: Film) -> Film:
    if unknown := sorted(edit.takes.keys() - set(item_ids(film))):
        raise UnknownName("shot or card", unknown[0], item_ids(film))
    decided = film.decisions
    new = [item for item in edit.takes if edit.pin and item not in decided.pinned]
    return with_decisions(film, chosen=decided.chosen | edit.takes, pinned=(*decided.pinned, *new))


@on.register
def _(edit: e.Release, film: Film) -> Film:
    if unknown := sorted(set(edit.items) - set(item_ids(film))):
        raise UnknownName("shot or card", unknown[0], item_ids(film))
    return released(film, edit.items)


@on.register
def _(edit: e.Spoken, film: Film) -> Film:
    lines = [line.id for shot in film.shots for line in shot.lines]
    if unknown := sorted(edit.lines.keys() - set(lines)):
        raise UnknownName("line", unknown[0], lines)
    said = film.decisions
    return with_decisions(
        film,
        spoken=said.spoken | {k: v.milliseconds for k, v in edit.lines.items()},
        spoken_words=said.spoken_words | {k: v.words for k, v in edit.lines.items()},
    )


@on.register
def _(edit: e.Credited, film: Film) -> Film:
    return with_decisions(film, credits=edit.credits)


@on.register
def _(edit: e.SetCamera, film: Film) -> Film:
    shot = film.shot(edit.shot)
    parts = named(edit, "size", "angle", "view", "move", "lens", "focus", "words")
    return reshot(film, shot.id, {"camera": changed(shot.camera, parts)})


@on.register
def _(edit: e.SetLight, film: Film) -> Film:
    words = {} if edit.words is None else {"light_words": edit.words}
    return reshot(film, edit.shot, {**named(edit, "light"), **words})


@on.register
def _(edit: e.Join, film: Film) -> Film:
    parts = {"opens": edit.opens, "overlap": edit.overlap, **named(edit, "wipe")}
    return with_shot(film, edit.shot, parts)


@on.register
def _(edit: e.SplitEdit, film: Film) -> Film:
    return with_shot(film, edit.shot, {f"sound_{k}": v for k, v in named(edit, "early", "late").items()})


@on.register
def _(edit: e.SetLowerThird, film: Film) -> Film:
    return with_shot(film, edit.shot, {"lower_third": edit.third})


@on.register
def _(edit: e.SetLine, film: Film) -> Film:
    shot = home_of_line(film, edit.line)
    line = next(line for line in shot.lines if line.id == edit.line)
    new = changed(line, named(edit, "words", "speaker", "kind", "delivery"))
    if new is line:
        return film
    return forget(with_shot(film, shot.id, {"lines": swapped(shot.lines, line, new)}), lines=[line.id])


@on.register
def _(edit: e.AddLine, film: Film) -> Film:
    shot = film.shot(edit.shot)
    ids = [line.id for line in shot.lines]
    return with_shot(film, shot.id, {"lines": placed_after(shot.lines, edit.line, edit.after, ids, "line")})


@on.register
def _(edit: e.RemoveLine, film: Film) -> Film:
    shot = home_of_line(film, edit.line)
    rest = tuple(line for line in shot.lines if line.id != edit.line)
    return forget(with_shot(film, shot.id, {"lines": rest}), lines=[edit.line])


@on.register
def _(edit: e.ShotSetting, film: Film) -> Film:
    values = {} if edit.values is None else {"settings": edit.values}
    if edit.take_sound is not None:
        film = with_shot(film, edit.shot, named(edit, "take_sound"))  # the same take, heard or not
    changes = {**named(edit, "renderer", "seed"), **values}
    return reshot(film, edit.shot, changes) if changes or edit.take_sound is None else film


@on.register
def _(edit: e.SetPlate, film: Film) -> Film:
    return reshot(film, edit.shot, {"plate": edit.plate})


@on.register
def _(edit: e.Bind, film: Film) -> Film:
    shot = film.shot(edit.shot)
    there = present(shot)
    place = film.scenes[shot.scene].place
    if unknown := sorted(edit.references.keys() - there - {place}) or sorted(edit.loras.keys() - there):
        raise UnknownName(f"character, prop or place in shot {shot.id!r}", unknown[0], [*there, place])

    def bound(use: M) -> M:
        entity = getattr(use, "entity", "")
        named = (("references", edit.references), ("loras", edit.loras))
        return changed(use, {field: given[entity] for field, given in named if entity in given})

    cast: tuple[CastMember, ...] = tuple(bound(member) for member in shot.cast)
    props: tuple[PropUse, ...] = tuple(bound(use) for use in shot.props)
    plates = edit.references.get(place, shot.plates)
    return with_bound(film, shot, {"cast": cast, "props": props, "plates": plates})
