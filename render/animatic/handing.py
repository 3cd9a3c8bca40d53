"""Handing: whose hand a thing is in at a moment, and what is drawn beside somebody's hands."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

import skia

from ...storyboard.lexicon import behaves_as, look_up
from ...storyboard.looks import ThingLook
from ...storyboard.picture import FigureIn, Picture
from ...storyboard.vocabulary import Action, Being, Facing, PlaceKind, ShotSize, View
from . import business as drawn
from . import chores, covers, doorway, packing
from .baking import supper
from .blocking import BOARD_METRES, TIGHT, Extent, Placed
from .dealings import diners, stowed_in
from .direction import HANDED, Business, business, giver, leafed, shaken
from .fiddling import fiddled, violin
from .figures import Acting
from .figures.anatomy import HUGE
from .figures.performances import on_twos, performance
from .flung import BREAKS, LANDED, container, flown, hurled, is_line, kicked, let_fall, lying, shattered
from .freed import in_hands, named_things
from .games import plays_cards
from .grip import MOUTHED, TOOLS, by_its_edge, implement, is_canopy, over_both, size_in_hand
from .ink import Ink, rgb
from .intent import feeling_told
from .meeting import Meeting
from .mouthful import HELD_OUT, bitten, to_a_mouth
from .mural import brush, brush_on_wall, mural, mural_lines
from .players import Player
from .selling import wares
from .stirred import bucket, stick_in, stirring_hand, stirs
from .tailoring import hands_at, torn_cloth, write
from .things import Thing
from .things.thing import drawing_of
from .tossed import catcher
from .utensils import behind_glass, in_the_hands, tipped
from .ways import manner
from .wraps import cloth_colour, spread_over

_STRANGER = re.compile(r"\b(stranger|man|woman|figure|thief|robber|somebody|someone|guard|intruder)\b")
"""Somebody unknown from whom one backs away, who is seen though nobody of the cast."""
_BOTH_HANDS = frozenset(
    {"whisper", "shout", "promise", "dry", "thank", "board", "wrap", "help", "helped", "lead", "led"}
)
"""Manners for which whatever somebody carries is laid aside: hands are at somebody else."""
_DRAWN_WHOLE = frozenset(
    {"wick", "board", "shears", "tape", "slate", "oven", "draft", "mural", "vat", "spread", "helm"}
)
"""What is used that is drawn with all that is in the hands."""
_WOUND = re.compile(r"\b(winds?|wound|winding|tunes?|tuned)\b")
_PASSED = 0.55
"""Share of a performance of giving at which the thing changes hands."""
_TAKEN = 0.5
_PICKED = 0.42
"""Share at which what lies on the ground is in the hand that picks it up."""
_TOOL_OF = {
    "baker": "spoon", "cook": "spoon", "chef": "spoon", "painter": "paintbrush", "artist": "paintbrush",
    "gardener": "shovel", "miner": "shovel", "woodcutter": "axe", "lumberjack": "axe", "teacher": "pen",
    "writer": "pen", "poet": "pen", "scientist": "pen", "carpenter": "saw", "fisherman": "knife",
    "king": "pen", "queen": "pen",
}  # fmt: skip
"""Trades -> what they work with; all others have a hammer."""


def acted(
    acting: Acting, picture: Picture, figure: FigureIn, met: tuple[Meeting, ...], length: float
) -> Acting:
    """The acting done in its manner, at the pace at which it is seen to its end."""
    way = manner(picture, figure, acting.action, met)
    pace = performance(acting.action, way).paced(length) if figure.look.being == "person" else 1.0
    if acting.action is Action.give and way == "" and to_a_mouth(picture, figure, met):
        pace *= HELD_OUT
    told = figure.id == picture.actor and feeling_told(picture.sentence) is not None
    return replace(acting, manner=way, pace=pace, told=told)


def tool_of(figure: FigureIn) -> str:
    """What somebody works with who holds no tool."""
    carried = [k for k in figure.look.carries if k in TOOLS]
    words = figure.noun.lower().split()
    return carried[0] if carried else next((_TOOL_OF[w] for w in words if w in _TOOL_OF), "hammer")


_HERDS = re.compile(r"herd(?:ess|er|sman| boy)?\b|\bdrover\b")
_AT_REST = frozenset({Action.stand, Action.listen, Action.look, Action.walk, Action.think})


def trade_sign(figure: FigureIn, action: Action, size: ShotSize = ShotSize.full) -> str:
    """By what somebody whose hands are empty is told at rest: a woodcutter has the axe along; or "".

    Near the lens it would be a pole across the face.
    """
    if size in TIGHT or size in (ShotSize.medium, ShotSize.two_shot):
        return ""
    if figure.look.being is not Being.person or action not in _AT_REST | {Action.talk}:
        return ""
    along = next((k for k in ("axe", "staff") if k in figure.look.carries), "")
    if along == "staff" and action is Action.listen:  # what is heard comes to the ear, where its hook is
        return ""
    return "crook" if along == "staff" and _HERDS.search(figure.noun.lower()) else along


def along_look(kind: str, skin: str) -> ThingLook:
    """The look of what somebody has along, of a wood that is not taken for the arm."""
    red, green, blue = rgb(skin)
    dark = 0.3 * red + 0.59 * green + 0.11 * blue < _DARK
    return ThingLook(kind=kind) if kind == "axe" else ThingLook(kind=kind, colour=_PALE if dark else _BROWN)


_DARK, _PALE, _BROWN = 140, "#dcbc84", "#6e4a2a"
"""Lightness (of 255) under which skin is like wood; the colours of a staff in a dark and a light hand."""


def given_kind(sentence: str) -> str:
    """The last thing with a drawing that a sentence names, or a parcel: "half a loaf" is bread."""
    words = re.findall(r"[a-z]+", sentence[:2000].lower())
    pairs = [f"{one} {two}" for one, two in zip(["", *words], words, strict=False)]
    for pair, word in zip(reversed(pairs), reversed(words), strict=True):
        entry = look_up(pair.strip(), "thing") or look_up(word, "thing")  # a tin whistle is no referee's
        if entry is not None and drawing_of(entry.kind) is not None:
            return in_hands(ThingLook(kind=entry.kind)).kind
    return "gift"


def tooled(
    picture: Picture,
    figure: FigureIn,
    action: Action,
    held: tuple[Thing, ...],
    met: tuple[Meeting, ...],
    ink: Ink,
    seed: int,
) -> tuple[Thing, ...]:
    """What is in the hands of somebody at a bench: a tool first, then what it is done to, laid on the bench;
    of somebody who gives something that the picture does not name: a parcel."""
    held = tuple(t for t in held if not _pocketed(t, picture))
    kind = business(picture, figure, action)
    leaf = leafed(picture, figure, action)
    if leaf:
        own = tuple(t for t in held if t.look.kind == leaf)
        return own[:1] or (Thing(ThingLook(kind=leaf), (), ink, seed),)
    if any(shaken(picture, m) for m in met if figure.id in (m.one, m.other)):
        return ()
    works = action in (Action.work, Action.dig) and figure.id == picture.actor
    if works and kind in ("trestle", "bench", ""):
        tool = next(iter(sorted(named_things(picture.sentence) & TOOLS)), "")
        if tool and (kind != "" or held) and not any(t.look.kind == tool for t in held):
            return (Thing(ThingLook(kind=tool), (), ink, seed), *(held[:1] if kind == "bench" else ()))
    gives = action is Action.give and any(m.kind == "give" and giver(picture, m) == figure.id for m in met)
    if gives and not held and not any(shaken(picture, m) for m in met):
        return (Thing(ThingLook(kind=given_kind(picture.sentence)), (), ink, seed),)
    if action is Action.work and manner(picture, figure, action, met) == "pack":
        return held[:1] if packing.packed_in(picture) is None else ()
    needed = implement(action, manner(picture, figure, action, met))
    if needed == "teapot" and held and held[0].look.kind != needed:
        return (Thing(ThingLook(kind=needed), (), ink, seed),)
    if (
        action in (Action.dig, Action.write)
        and needed
        and held
        and not any(t.look.kind in TOOLS for t in held)
    ) and not any(t.look.kind == needed for t in held):
        return (Thing(ThingLook(kind=needed), (), ink, seed),)
    if action is Action.pull and manner(picture, figure, action, met) == "tear":
        cloth = torn_cloth(picture.sentence)
        return (Thing(cloth, (), ink, seed),) if cloth is not None else ()
    if kind in _DRAWN_WHOLE or manner(picture, figure, action, met) in _BOTH_HANDS:
        return ()
    helps = action is Action.work and picture.action is action and figure.id != picture.actor
    if helps and not held and figure.look.being in HANDED:
        return (Thing(ThingLook(kind=tool_of(figure)), (), ink, seed),)
    if action is Action.cook and any(t.look.kind in ("pot", "pan", "cauldron", "bowl") for t in held):
        return (Thing(ThingLook(kind="spoon"), (), ink, seed),)
    if kind == "easel" and not any(t.look.kind in TOOLS for t in held):
        return (Thing(ThingLook(kind="paintbrush"), (), ink, seed),)
    on = figure.id == picture.actor and action is Action.work and kind == ""
    on = on and manner(picture, figure, action, met) == "on"
    if (kind != "bench" and not on) or any(t.look.kind in TOOLS for t in held):
        return held
    if on:
        wound = _WOUND.search(picture.sentence.lower()) is not None
        tool = tool_of(figure)  # a hammer on somebody's head is a blow
        tool = "tool" if tool == "hammer" and "hammer" not in picture.sentence.lower() else tool
        return (Thing(ThingLook(kind="key" if wound else tool), (), ink, seed),)
    return (Thing(ThingLook(kind=tool_of(figure)), (), ink, seed), *held[:1])


_POCKET = frozenset({"watch", "coin", "ring", "key", "compass"})


def _pocketed(thing: Thing, picture: Picture) -> bool:
    """Whether it fits into a pocket and the sentence is not of it: it would hang before the belt."""
    told = {w.removesuffix("s") for w in re.findall(r"[a-z]+", picture.sentence[:2000].lower())}
    entries = (look_up(word, "thing") for word in told)
    kind = thing.look.kind
    return kind in _POCKET and kind not in told and not any(e is not None and e.kind == kind for e in entries)


_CLEAR = {(Action.point, ""): 0.3, (Action.talk, "argue"): 0.15}
"""How far a hand stays from whom it is thrust at, in heights: no finger is at a throat."""


def pointed_off(extent: Extent, picture: Picture, figure: FigureIn, manner: str, tall: float) -> Extent:
    """The room of somebody who points at somebody, ``tall`` metres, with that clearance before the hand."""
    at = picture.target if figure.id == picture.actor else picture.actor
    clear = _CLEAR.get((figure.action, manner), 0.0) * tall
    if not clear or at == figure.id or at not in {f.id for f in picture.figures}:
        return extent
    if figure.facing is Facing.left:
        return replace(extent, left=extent.left - clear)
    return replace(extent, right=extent.right + clear)


def widened(extent: Extent, kind: Business, height: float, facing: Facing) -> Extent:
    """The room that somebody takes together with what is used."""
    if not kind:
        return extent
    if kind in ("pallet", "bedroll", "car"):
        side = (0.88 if kind != "car" else 1.04) * height
        extent = replace(extent, left=min(extent.left, -side), right=max(extent.right, side))
        up = chores.BED_HIGH * height if kind == "pallet" else 0.0
        return replace(extent, top=extent.top + up, eyes=extent.eyes + up if extent.eyes > 0 else extent.eyes)
    reach, high = drawn.AHEAD[kind] * height, drawn.HIGH.get(kind, 0.0) * height
    top = max(extent.top, high)
    if facing is Facing.left:
        return replace(extent, left=min(extent.left, -reach), top=top)
    return replace(extent, right=max(extent.right, reach), top=top)


def in_hand(
    player: Player, players: Mapping[str, Player], picture: Picture, met: tuple[Meeting, ...], t: float
) -> Player:
    """The player with what is in its hands ``t`` seconds into the shot."""
    acting, me = player.acting, player.source
    if business(picture, me, acting.action) == "bench":
        return replace(player, held=player.held[:1])
    if acting.action is Action.throw:
        return replace(player, held=player.held if flown(player, t) is None else ())
    tips = tipped(acting) and me.look.being is Being.person
    if acting.manner in ("tear", "ball") or tips or fiddled(acting):
        return replace(player, held=())
    act = performance(acting.action, acting.manner)
    share = t * acting.pace / act.seconds
    if acting.manner == "up":
        return replace(player, held=player.held if share >= _PICKED else ())
    if acting.manner == "away" and acting.action is Action.give:
        return replace(player, held=player.held if share < drawn.BOXED else ())
    meeting = next((m for m in met if m.kind == "give" and me.id in (m.one, m.other)), None)
    if meeting is None and acting.manner != "pour" and business(picture, me, acting.action) == "table":
        return replace(player, held=player.held if share >= _TAKEN else ())
    if meeting is None or acting.manner == "shake" or picture.camera.view is View.over_shoulder:
        return player  # over a shoulder the hands of whoever takes it are not seen
    other = players.get(meeting.other if me.id == meeting.one else meeting.one)
    if other is None:
        return player
    if any(is_canopy(thing) for thing in (*player.held, *other.held)):
        player = over_both(player, other, handed=True)
        if other.source.look.being not in HANDED:
            return player  # which has no hand for it, and is under it
    if acting.manner == "get":
        return replace(player, held=(*other.held[:1], *player.held) if share >= _PASSED else player.held)
    if other.source.look.being in MOUTHED and acting.manner == "" and acting.action is Action.give:
        bites = player.held and share >= _PASSED and bitten(player, other)
        return replace(player, held=player.held[1:]) if bites else player
    if me.look.being in MOUTHED and acting.action is not Action.give:
        theirs = performance(other.acting.action, other.acting.manner).seconds
        bites = other.held and t * other.acting.pace / theirs >= _PASSED and bitten(other, player)
        return replace(player, held=(other.held[0], *player.held)) if bites else player
    return replace(player, held=player.held if share < _PASSED else player.held[1:])


_NEARER = 0.12
"""How much nearer a door is that somebody knocks at, in heights: the fist is on its boards."""


def _ahead(player: Player, placed: Placed, t: float) -> float:
    """1.0 where somebody acts to the right of the page, -1.0 to the left."""
    if placed.facing in (Facing.left, Facing.right):
        return -1.0 if placed.facing is Facing.left else 1.0
    return player.body.side(player.acting, t)


def _in_heights(canvas: skia.Canvas, across: float, up: float, draw: Callable[[], None]) -> None:
    """Draw in heights of somebody, ``across`` less than nothing where it is turned to the left."""
    canvas.save()
    canvas.scale(across, up)
    draw()
    canvas.restore()


def beside(
    canvas: skia.Canvas,
    ink: Ink,
    player: Player,
    placed: Placed,
    picture: Picture,
    t: float,
    length: float,
    indoors: bool,
    room: Ink | None = None,
) -> None:
    """Draw what a figure uses, from its ground point in metres, before the figure itself; the wall of a door
    is lit as the place is, by ``room``."""
    kind = business(picture, player.source, player.acting.action)
    alone = len(picture.figures) == 1 and _STRANGER.search(picture.sentence.lower())
    if player.acting.manner == "back" and alone and not placed.shoulder:
        tall = player.body.height
        ahead = _ahead(player, placed, t)
        _in_heights(canvas, ahead * tall, tall, lambda: chores.looming(canvas, ink, min(1.0, t / length)))
    if ground := covers.pulled_out_of(player.acting.manner, picture.sentence):
        _in_heights(canvas, player.body.height, player.body.height, lambda: covers.hole(canvas, ink, ground))
    if not kind or placed.shoulder:
        return
    way = _ahead(player, placed, t)
    tall = player.body.height
    act = performance(player.acting.action, player.acting.manner)
    share = min(1.0, t / length)
    if kind in ("door", "shut", "box", "table", "wick"):
        share = min(1.0, t * player.acting.pace / act.seconds)
    if kind in ("door", "shut", "knocked"):
        canvas.save()
        canvas.scale(way * tall, tall)
        canvas.translate(-_NEARER if kind == "knocked" else 0.0, 0.0)
        doorway.draw_for(canvas, room or ink, picture, indoors)
        canvas.restore()
    canvas.save()
    if kind == "knocked":
        canvas.translate(-way * _NEARER * tall, 0.0)
    if kind == "crate" and (hand := player.body.hand(player.acting, t)) is not None:
        canvas.translate(way * (min(0.7 * tall, abs(hand[0])) - drawn.CRATE_NEAR * tall), 0.0)
    person = player.source.look.being is Being.person
    if kind == "mural":
        canvas.scale(way * tall, tall)
        if indoors:
            doorway.draw_plain(canvas, room or ink, picture)
        mural(canvas, ink, mural_lines(picture.sentence), share, walled=indoors)
    elif kind == "vat":
        canvas.scale(way * tall, tall)
        bucket(canvas, ink, stirs(picture.sentence))
    elif kind == "box" and (stow := stowed_in(picture)) not in ("", "box", "chest"):
        entry = look_up(stow, "thing")
        colour = str(entry.attributes.get("colour", "#b89a62")) if entry is not None else "#b89a62"
        holder = Thing(ThingLook(kind=stow, colour=colour), (), ink, 0)
        inside = player.held[0] if player.held and share >= drawn.BOXED else None
        container(canvas, ink, holder, inside, way, tall, t)
    elif kind == "stove" and not indoors and picture.place.look.kind is not PlaceKind.ship:
        canvas.scale(way * tall, tall)
        chores.hearth(canvas, ink, share)
    elif kind == "board" and plays_cards(picture.sentence):
        canvas.scale(way * tall, tall)
        chores.cards(canvas, ink, share)
    elif kind == "meal" and diners(picture):
        canvas.scale(way * tall, tall)
        supper(canvas, ink, share)
    elif kind == "table" and player.held:
        _in_heights(canvas, _broad_enough(player.held[0], tall), 1.0, lambda: drawn.performed_with(
            canvas, ink, kind, tall, way, share))  # fmt: skip
    elif kind in ("door", "shut", "knocked") and doorway.of_steel(picture):
        drawn.hatched(canvas, ink, kind, tall, way, share)
    elif kind != "wick" or not person:  # a person has the candle in the hand
        drawn.performed_with(canvas, ink, kind, tall, way, share)
    canvas.restore()
    if kind == "stall" and player.held:
        wares(canvas, player.held[0], way, tall, t)
    if kind == "pit":
        _in_the_earth(canvas, ink, player, way, t)
    if player.acting.manner == "pour":
        chores.cup(canvas, ink, way, tall, on_twos(t))
        return
    if kind == "wick" and person:
        return
    if kind not in ("bench", "table") or (kind == "table" and share >= _TAKEN):
        return
    if player.acting.manner == "pack":
        packing.draw_case(canvas, ink, picture, way, tall, t)
        return
    lying = player.held[1:] if kind == "bench" else player.held
    if lying:
        thing = lying[0]
        size, beyond = min(1.6, 0.34 * tall / max(thing.height, thing.width, 0.01)), 0.0
        if kind == "table":  # as large as it is in the hand that takes it by its edge
            size, beyond = size_in_hand(thing, tall), by_its_edge(thing, tall)
        canvas.save()
        canvas.translate(way * (0.6 * tall + beyond), -drawn.BENCH_TOP * tall)
        canvas.scale(size, size)
        thing.draw(canvas, t)
        canvas.restore()
    else:
        drawn.built(canvas, ink, tall, way, share)
    if kind == "bench":
        drawn.chips(canvas, ink, tall, way, t)


def _broad_enough(thing: Thing, tall: float) -> float:
    """How many times as broad as usual a table is, so that what is taken from it lies whole on it."""
    half = 0.5 * thing.width * size_in_hand(thing, tall)
    return max(1.0, (0.63 * tall + by_its_edge(thing, tall) + half) / (drawn.AHEAD["table"] * tall))


def _in_the_earth(canvas: skia.Canvas, ink: Ink, player: Player, way: float, t: float) -> None:
    """The earth that flies from the spade."""
    tall = player.body.height
    _in_heights(canvas, way * tall, tall, lambda: chores.clods(canvas, ink, on_twos(t)))


def before(
    canvas: skia.Canvas,
    ink: Ink,
    player: Player,
    placed: Placed,
    picture: Picture,
    t: float,
    length: float,
) -> None:
    """Draw what lies over a figure: a sleeper's blanket, the barrels somebody hides behind, what flies."""
    if placed.shoulder:
        return
    way = _ahead(player, placed, t)
    tall = player.body.height
    if ground := covers.pulled_out_of(player.acting.manner, picture.sentence):
        _in_heights(canvas, way * tall, tall, lambda: covers.brim(canvas, ink, ground))
    if packing.packs(player):
        _in_heights(
            canvas, way * tall, tall, lambda: packing.draw_piece(canvas, ink, player, picture, way, t)
        )
    kind = business(picture, player.source, player.acting.action)
    if kind in ("pallet", "bedroll", "cover", "car"):
        canvas.save()
        canvas.scale(way * tall, tall)
        if kind in _HUNG:
            player.body.hat_off(canvas, *_HUNG[kind])
        if kind == "pallet":
            hip, sat = _sat_up(player, way, t)
            chores.blanket(canvas, ink, on_twos(t), deep=_deep(player), hip=hip, sat=sat)
            chores.footboard(canvas, ink)
        elif kind == "bedroll":
            chores.blanket(canvas, ink, on_twos(t), "#8a4a3c", _deep(player), *_sat_up(player, way, t))
        elif kind == "car":
            chores.car(canvas, ink, on_twos(t))
        else:
            covers.draw(canvas, ink, picture, t, huge=player.body.look.species == HUGE, tall=tall)
        canvas.restore()
    in_the_hands(canvas, ink, player, kind, way, t, glazed=behind_glass(picture))
    if fiddled(player.acting):
        violin(canvas, ink, player, way, t)
    if kind == "spread":
        spread_over(canvas, ink, way, tall, cloth_colour(picture), t)
    if player.acting.action is Action.pull and _acts(player, picture) and not kind:
        _threaded(canvas, ink, player, picture, way, t)
    if kind == "vat":
        hand = player.body.hand(player.acting, t) if player.body.joints(player.acting, 0.0) else None
        fist = (way * hand[0] / tall, hand[1] / tall) if hand else stirring_hand(t)
        canvas.save()
        canvas.scale(way * tall, tall)
        stick_in(canvas, ink, stirs(picture.sentence), fist, t)
        canvas.restore()
    if kind == "mural":
        tip = brush_on_wall(mural_lines(picture.sentence), min(1.0, t / length))
        canvas.save()
        canvas.scale(way * tall, tall)
        ((across, down, _),) = hands_at(kind, way, tall, min(1.0, t / length), picture.sentence)
        brush(canvas, ink, tip, (way * across / tall, down / tall))
        canvas.restore()
    if kind == "stove" and player.held:
        _in_heights(canvas, way * tall, tall, lambda: chores.pot_front(canvas, ink))
    if kind in ("slate", "draft"):
        _in_heights(canvas, way * tall, tall, lambda: write(canvas, ink, player, kind, way, t, length))
    _laid_down(canvas, ink, player, picture, way, t)
    if player.acting.manner == "ball" and player.held and _acts(player, picture):
        kicked(canvas, ink, player, way, t, length)
    if player.acting.manner == "up" and player.held:
        act = performance(player.acting.action, "up")
        if on_twos(t) * player.acting.pace / act.seconds < _PICKED:
            lying(canvas, player, way, t)
    out = flown(player, t)
    drops = out is not None and player.held and player.acting.manner == "drop"
    if out is not None and drops and out > LANDED and BREAKS.search(picture.sentence[:2000].lower()):
        shattered(canvas, ink, player, way, t, min(1.0, (out - LANDED) / (1.0 - LANDED)))
    elif out is not None and drops:
        thwart = 0.17 if abs(placed.up - BOARD_METRES) < 0.01 else 0.0
        let_fall(canvas, player, way, t, out, thwart)
    elif out is not None and player.held and not is_line(player.held[0]) and not catcher(picture):
        hurled(canvas, ink, player, picture.sentence, way, t)


def abed(picture: Picture, player: Player, action: Action) -> float:
    """Metres over the floor of somebody who sleeps in a bed that is drawn with it; 0 for all others."""
    lies = action in (Action.sleep, Action.rise, Action.lie)
    in_bed = lies and business(picture, player.source, action) == "pallet"
    return chores.BED_HIGH * player.body.height if in_bed else 0.0


def _deep(player: Player) -> float:
    """How many times as thick as somebody grown a sleeper is for its length."""
    return 1.5 if player.body.height < 1.45 else 1.0


def _sat_up(player: Player, way: float, t: float) -> tuple[float, float]:
    """Where the hip of somebody in bed is, in heights ahead of its ground point, and how far it has sat up,
    0 to 1."""
    joints = player.body.joints(player.acting, t)
    if player.acting.manner != "wake" or not joints:
        return 0.0, 0.0
    tall = player.body.height
    (x, y), (_, over) = joints["r-hip"], joints["neck"]
    return way * x / tall, min(1.0, max(0.0, ((y - over) / tall - _FLAT) / (_UPRIGHT - _FLAT)))


_FLAT, _UPRIGHT = 0.04, 0.2
"""Heights that the neck is over the hip of who lies in bed, and of who sits there at least."""
_HUNG = {"pallet": (-0.7, -0.4), "bedroll": (-0.81, 0.06)}
"""Where the hat of a sleeper is: on the board at the head of a bed, or on the ground; in heights."""
_ROPED = frozenset(
    {"sled", "box", "chest", "boat", "rowing boat", "raft", "stone", "sack", "plank", "barrel"}
)
"""What is pulled by a rope, because it is lower than the hands."""


def roped(picture: Picture) -> bool:
    """Whether what is pulled in the shot is on a rope that is drawn."""
    kind = next((x.look.kind for x in picture.things if x.id == picture.target and not x.held), "")
    return bool({kind, behaves_as(kind)} & _ROPED)


def _threaded(canvas: skia.Canvas, ink: Ink, player: Player, picture: Picture, way: float, t: float) -> None:
    """The thread from both hands down to what it comes off; a rope goes from hand to hand (``atboth.py``)."""
    thing = next((x for x in picture.things if x.id == picture.target and not x.held), None)
    hand = player.body.hand(player.acting, t)
    if hand is None or thing is None or thing.look.kind != "thread":
        return
    tall = player.body.height
    rope = skia.Path()
    rope.moveTo(hand[0] - 0.05 * way * tall, hand[1] - 0.01 * tall)
    rope.lineTo(*hand)
    rope.lineTo(way * 0.4 * tall, -0.24 * tall)
    ink.mark(canvas, rope, thing.look.colour, 0.022)


def _acts(player: Player, picture: Picture) -> bool:
    """Whether it is the actor of the shot."""
    return player.source.id == picture.actor


def _laid_down(canvas: skia.Canvas, ink: Ink, player: Player, picture: Picture, way: float, t: float) -> None:
    """What somebody without hands gives: it lies before the giver and is pushed to the other."""
    me = player.source
    gives = player.acting.action is Action.give and me.id == picture.actor and not player.held
    if not gives or me.look.being in HANDED or "shake" in picture.sentence.lower():
        return
    if picture.target == me.id or not any(f.id == picture.target for f in picture.figures):
        return
    thing = Thing(ThingLook(kind=given_kind(picture.sentence)), (), ink, 0)
    tall = player.body.height
    size = 0.42 * tall / max(thing.height, thing.width, 0.01)
    share = min(1.0, max(0.0, on_twos(t) - 0.8) / 1.6)
    front = player.extent.right if way > 0 else -player.extent.left
    canvas.save()
    canvas.translate(way * (front / player.scale + tall * (0.1 + 0.5 * share)), 0.02 * tall)
    canvas.scale(size, size)
    thing.draw(canvas, t)
    canvas.restore()
