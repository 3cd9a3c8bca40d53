"""Draw docs/things.png, 112 of the things that are cut from glyphs: ``python docs/draw_things.py``."""

from pathlib import Path

import numpy as np
import skia
from PIL import Image

from photoplay.render.animatic.ink import Ink
from photoplay.render.animatic.things import Thing
from photoplay.storyboard.looks import ThingLook

COLUMNS, CELL = 14, 84
KINDS = """\
toaster, kettle, microwave, stove, blender, coffee maker, fridge, wine glass, beer, cocktail, mug,
tray, hamburger, hot dog, french fries, popcorn, pretzel, noodles, croissant, steak, fried egg,
cupcake, layer cake, cookie, popsicle, candy cane, cherry, lemon, grapes, pineapple, watermelon,
corn cob, sofa, armchair, books, bunk bed, bathtub, fireplace, desk lamp, lava lamp, candelabra,
washing machine, vacuum cleaner, paint roller, fishbowl, wizard hat, graduation cap, sneaker,
stocking, theatre masks, handbag, briefcase, trolley case, boxing glove, lipstick, passport,
screwdriver, wrench, hand saw, wheelbarrow, watering can, toolbox, magnet, scissors, palette,
calendar, globe, flask, magnifying glass, binoculars, first aid kit, pram, weighing scales, safe,
megaphone, crystal ball, bow and arrow, halloween pumpkin, saxophone, electric guitar, headphones,
vinyl record, old television, film reel, clapperboard, movie camera, laptop, old phone, alarm clock,
ambulance, taxi, tractor, excavator, motorcycle, double-decker bus, tram, helicopter, hot air
balloon, sailboat, life buoy, ship wheel, roller skate, traffic light, fire hydrant, barn, pagoda,
ferris wheel, football, piggy bank, christmas bauble, tulip, palm tree
"""


def main() -> None:
    kinds = [kind.strip() for kind in KINDS.replace("\n", " ").split(",")]
    pixels = np.zeros((-(-len(kinds) // COLUMNS) * CELL, COLUMNS * CELL, 4), np.uint8)
    canvas = skia.Surface(pixels).getCanvas()
    canvas.clear(skia.Color(226, 213, 188))
    for n, kind in enumerate(kinds):
        thing = Thing(ThingLook(kind=kind), (), Ink(), 3)
        scale = CELL * 0.74 / max(thing.width, thing.height)
        canvas.save()
        canvas.translate((n % COLUMNS + 0.5) * CELL, (n // COLUMNS + 0.9) * CELL)
        canvas.scale(scale, scale)
        thing.draw(canvas, 0.3)
        canvas.restore()
    sheet = Image.fromarray(pixels[..., :3][..., ::1]).quantize(255, method=Image.Quantize.MAXCOVERAGE)
    sheet.save(Path(__file__).with_name("things.png"), optimize=True)


if __name__ == "__main__":
    main()
