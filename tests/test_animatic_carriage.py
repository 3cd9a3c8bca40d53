"""A railway carriage that one believes: benches under windows, luggage in a rack, the land goes by."""

from photoplay.render.animatic.places import recipe, recipes
from photoplay.render.animatic.places.carriage import BAY
from photoplay.storyboard.vocabulary import PlaceKind


def layers(piece):
    return [la for la in recipe(PlaceKind.train, True).layers if la.piece == piece]


def test_benches_stand_against_the_wall_under_the_windows_and_none_in_the_gangway():
    (seats,), (wall,) = layers("facing_seats"), layers("room")
    assert 1.2 < seats.depth < wall.depth < 2, "and no hall is between them and who walks there"
    assert not layers("seats")
    for window in layers("window"):
        assert window.options["x"] / BAY == round(window.options["x"] / BAY)  # in the middle of its bay
        assert window.options["y"] > 1  # its glass, with the land that goes by, over table and seats


def test_luggage_lies_under_the_ceiling_in_a_rack_over_the_windows():
    (wall,), (rack,) = layers("room"), layers("luggage_rack")
    upper = max(w.options["y"] + w.options["tall"] for w in layers("window"))
    assert upper < rack.options.get("y", 2.2) < wall.options["high"]
    assert rack.depth < min(w.depth for w in layers("window"))


def test_no_two_pieces_of_places_have_one_name():
    parts = [getattr(recipes, name) for name in dir(recipes)]
    tables = [part.PIECES for part in parts if hasattr(part, "PIECES")]
    assert len(tables) > 10
    assert sum(map(len, tables)) == len(recipes.PIECES)
