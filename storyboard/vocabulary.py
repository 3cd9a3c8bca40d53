"""The closed vocabularies, in the trade's own terms.

A closed value always stands beside free words that say more; renderers that cannot use the words
use the value. Open vocabularies (species, things, trades) are data in ``lexicon/``.
"""

from __future__ import annotations

from enum import StrEnum


class ShotSize(StrEnum):
    """How much of the subject fills the frame."""

    extreme_wide = "extreme-wide"
    wide = "wide"
    full = "full"
    medium_full = "medium-full"
    medium = "medium"
    medium_close = "medium-close"
    close = "close"
    extreme_close = "extreme-close"
    insert = "insert"
    two_shot = "two-shot"


class Angle(StrEnum):
    """Where the camera stands against the subject's eyes."""

    eye = "eye-level"
    low = "low"
    high = "high"
    overhead = "overhead"
    ground = "ground"
    dutch = "dutch"


class View(StrEnum):
    """Whose view it is."""

    objective = "objective"
    over_shoulder = "over-the-shoulder"
    point_of_view = "point-of-view"
    profile = "profile"


class Move(StrEnum):
    """What the camera does during the shot."""

    static = "static"
    pan_left = "pan-left"
    pan_right = "pan-right"
    tilt_up = "tilt-up"
    tilt_down = "tilt-down"
    push_in = "push-in"
    pull_out = "pull-out"
    track_left = "track-left"
    track_right = "track-right"
    follow = "follow"
    crane_up = "crane-up"
    crane_down = "crane-down"
    orbit_left = "orbit-left"
    orbit_right = "orbit-right"
    zoom_in = "zoom-in"
    zoom_out = "zoom-out"
    dolly_zoom = "dolly-zoom"
    handheld = "handheld"
    rack_focus = "rack-focus"
    drift = "drift"


class Lens(StrEnum):
    """Field of view."""

    ultra_wide = "ultra-wide"
    wide = "wide"
    normal = "normal"
    portrait = "portrait"
    telephoto = "telephoto"
    macro = "macro"
    anamorphic = "anamorphic"


class LightKey(StrEnum):
    """How the scene is lit."""

    natural = "natural"
    high_key = "high-key"
    low_key = "low-key"
    golden = "golden"
    moonlit = "moonlit"
    backlit = "backlit"
    silhouette = "silhouette"
    candlelit = "candlelit"
    neon = "neon"
    chiaroscuro = "chiaroscuro"


class Opening(StrEnum):
    """How a shot follows the one before it."""

    cut = "cut"
    match = "match"
    continue_ = "continue"
    dissolve = "dissolve"
    fade = "fade"
    wipe = "wipe"


class Wipe(StrEnum):
    """How a wipe uncovers the new shot: the way its edge goes, out of the middle, or round like a hand."""

    right = "right"
    left = "left"
    down = "down"
    up = "up"
    iris = "iris"
    clock = "clock"


MIXED = (Opening.dissolve, Opening.wipe)
"""Openings under which the shot before goes on in its handle."""
OVERLAPPED = (*MIXED, Opening.fade)
"""Openings that take a number of frames."""


class Hour(StrEnum):
    """Time of day."""

    dawn = "dawn"
    morning = "morning"
    noon = "noon"
    afternoon = "afternoon"
    dusk = "dusk"
    evening = "evening"
    night = "night"


class Season(StrEnum):
    """Time of year."""

    spring = "spring"
    summer = "summer"
    autumn = "autumn"
    winter = "winter"


class Weather(StrEnum):
    """The sky's mood."""

    clear = "clear"
    cloudy = "cloudy"
    rain = "rain"
    storm = "storm"
    snow = "snow"
    fog = "fog"
    wind = "wind"


class Mood(StrEnum):
    """The feeling of a film or scene."""

    calm = "calm"
    hopeful = "hopeful"
    joyful = "joyful"
    playful = "playful"
    tender = "tender"
    mysterious = "mysterious"
    tense = "tense"
    sad = "sad"
    eerie = "eerie"
    triumphant = "triumphant"


class Style(StrEnum):
    """The look of the whole film."""

    cut_paper = "cut-paper"
    shadow = "shadow-theatre"
    ink = "ink-wash"
    neon = "night-neon"
    chalk = "chalk"


class Beat(StrEnum):
    """What a scene does in the arc."""

    setup = "setup"
    spark = "spark"
    trial = "trial"
    crisis = "crisis"
    climax = "climax"
    resolution = "resolution"


class PlaceKind(StrEnum):
    """The sort of place, as far as drawing and sound need it. ``elsewhere`` is the honest unknown."""

    sea = "sea"
    shore = "shore"
    harbour = "harbour"
    island = "island"
    lighthouse = "lighthouse"
    underwater = "underwater"
    river = "river"
    lake = "lake"
    forest = "forest"
    jungle = "jungle"
    swamp = "swamp"
    meadow = "meadow"
    garden = "garden"
    park = "park"
    farm = "farm"
    mountain = "mountain"
    desert = "desert"
    snowfield = "snowfield"
    cave = "cave"
    ruins = "ruins"
    graveyard = "graveyard"
    village = "village"
    city = "city"
    rooftop = "rooftop"
    market = "market"
    road = "road"
    bridge = "bridge"
    castle = "castle"
    temple = "temple"
    house = "house"
    room = "room"
    bedroom = "bedroom"
    kitchen = "kitchen"
    attic = "attic"
    school = "school"
    library = "library"
    office = "office"
    shop = "shop"
    cafe = "cafe"
    workshop = "workshop"
    factory = "factory"
    laboratory = "laboratory"
    hospital = "hospital"
    museum = "museum"
    stage = "stage"
    station = "station"
    train = "train"
    ship = "ship"
    sky = "sky"
    space = "space"
    spaceship = "spaceship"
    moon = "moon"
    planet = "planet"
    elsewhere = "elsewhere"


class Action(StrEnum):
    """What a body does: the closed list that verbs map to (``lexicon/verbs.json``)."""

    stand = "stand"
    walk = "walk"
    run = "run"
    sneak = "sneak"
    climb = "climb"
    jump = "jump"
    fall = "fall"
    sit = "sit"
    rise = "rise"
    kneel = "kneel"
    lie = "lie"
    sleep = "sleep"
    look = "look"
    point = "point"
    reach = "reach"
    hold = "hold"
    give = "give"
    take = "take"
    hug = "hug"
    wave = "wave"
    talk = "talk"
    listen = "listen"
    think = "think"
    dance = "dance"
    play = "play"
    sing = "sing"
    work = "work"
    dig = "dig"
    paint = "paint"
    write = "write"
    read = "read"
    cook = "cook"
    eat = "eat"
    drink = "drink"
    row = "row"
    drive = "drive"
    ride = "ride"
    fly = "fly"
    float = "float"
    swim = "swim"
    dive = "dive"
    push = "push"
    pull = "pull"
    throw = "throw"
    open = "open"
    close = "close"
    light = "light"
    hide = "hide"
    search = "search"
    cry = "cry"
    laugh = "laugh"
    fight = "fight"
    perform = "perform"


class Expression(StrEnum):
    """A face."""

    neutral = "neutral"
    happy = "happy"
    sad = "sad"
    afraid = "afraid"
    angry = "angry"
    surprised = "surprised"
    tired = "tired"
    tender = "tender"
    determined = "determined"
    curious = "curious"


class Side(StrEnum):
    """Where on the screen, left to right."""

    far_left = "far-left"
    left = "left"
    centre = "centre"
    right = "right"
    far_right = "far-right"


class Distance(StrEnum):
    """How far from the camera, within the staging of the shot."""

    near = "near"
    middle = "middle"
    far = "far"


class Facing(StrEnum):
    """Which way a body is turned."""

    left = "left"
    right = "right"
    camera = "camera"
    away = "away"


class Being(StrEnum):
    """The body plan of a character."""

    person = "person"
    quadruped = "quadruped"
    bird = "bird"
    fish = "fish"
    whale = "whale"
    insect = "insect"
    snake = "snake"
    octopus = "octopus"
    robot = "robot"
    ghost = "ghost"
    dragon = "dragon"
    plant = "plant"
    thing = "thing"
    creature = "creature"


class Age(StrEnum):
    """Age of a character."""

    child = "child"
    youth = "youth"
    adult = "adult"
    elder = "elder"


class Build(StrEnum):
    """Build of a body."""

    slight = "slight"
    average = "average"
    sturdy = "sturdy"


class Stature(StrEnum):
    """Size against others of its kind."""

    tiny = "tiny"
    small = "small"
    medium = "medium"
    large = "large"
    giant = "giant"


class HairStyle(StrEnum):
    """Hair."""

    bald = "bald"
    short = "short"
    bob = "bob"
    long = "long"
    curly = "curly"
    bun = "bun"
    braids = "braids"
    ponytail = "ponytail"
    spiky = "spiky"


class Beard(StrEnum):
    """Beard."""

    none = "none"
    moustache = "moustache"
    short = "short"
    full = "full"


class Dress(StrEnum):
    """Main garment."""

    shirt = "shirt"
    coat = "coat"
    dress = "dress"
    robe = "robe"
    suit = "suit"
    apron = "apron"
    overalls = "overalls"
    uniform = "uniform"
    armour = "armour"
    spacesuit = "spacesuit"
    cloak = "cloak"
    rags = "rags"
    none = "none"


class Hat(StrEnum):
    """Headwear."""

    none = "none"
    cap = "cap"
    sailor = "sailor"
    brimmed = "brimmed"
    top = "top"
    crown = "crown"
    helmet = "helmet"
    hood = "hood"
    beanie = "beanie"
    straw = "straw"
    chef = "chef"
    witch = "witch"
    scarf = "headscarf"


class Worn(StrEnum):
    """Things worn besides the garment."""

    scarf = "scarf"
    glasses = "glasses"
    cape = "cape"
    backpack = "backpack"
    medal = "medal"
    necklace = "necklace"
    bandage = "bandage"
    eyepatch = "eyepatch"
    wings = "wings"
    collar = "collar"
    boots = "boots"
    gloves = "gloves"


class Mark(StrEnum):
    """What a state does to an entity that can be seen."""

    wet = "wet"
    wounded = "wounded"
    dirty = "dirty"
    snowy = "snowy"
    glowing = "glowing"
    transparent = "transparent"
    broken = "broken"
    lit = "lit"
    unlit = "unlit"
    open = "open"
    closed = "closed"
    empty = "empty"
    full = "full"
    burning = "burning"
    frozen = "frozen"
    old = "old"
    ruined = "ruined"
    flooded = "flooded"
    overgrown = "overgrown"
    festive = "festive"


class LineKind(StrEnum):
    """Who is heard, and whether a mouth moves."""

    narration = "narration"
    dialogue = "dialogue"
    voice_over = "voice-over"
