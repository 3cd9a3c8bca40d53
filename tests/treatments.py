"""A small treatment, as a writer hands it over."""


def part(name, state="", expression=None):
    return {"name": name, "state": state, "expression": expression}


def shot(sentence, actor, verb, line=None, **more):
    lines = [{"speaker": None, "kind": "narration", "words": line}] if line else []
    return {
        "sentence": sentence, "actor": actor, "verb": verb, "target": None, "manner": "", "parts": [],
        "props": [], "size": None, "angle": None, "view": None, "move": None, "opens": None,
        "opening": "", "closing": "", "lines": lines, **more,
    }  # fmt: skip


def treatment(**changes):
    def scene(title, beat, place, hour, shots):
        return {
            "title": title, "beat": beat, "place": place, "place_state": "", "hour": hour,
            "weather": "clear", "mood": "calm", "shots": shots,
        }  # fmt: skip

    whole = {
        "title": "The Lamp", "logline": "Anna keeps a lamp lit for a whale.", "language": "en",
        "season": "autumn", "mood": "hopeful", "era": "", "look_words": "",
        "characters": [
            {"name": "Anna", "noun": "lighthouse keeper", "words": "An old woman in a yellow coat.", "being": "person"},
            {"name": "the whale", "noun": "whale", "words": "A small grey whale.", "being": "whale"},
        ],
        "places": [{"name": "the shore", "words": "A rocky shore."}, {"name": "the tower", "words": "The lamp room of a lighthouse."}],
        "props": [{"name": "the lamp", "words": "A brass oil lamp."}],
        "scenes": [
            scene("Morning", "setup", "the shore", "morning", [
                shot("Anna walks along the shore.", "Anna", "walks", "Anna walked the shore every morning."),
                shot("The whale swims near the rocks.", "the whale", "swims", "One day a whale came."),
                shot("Anna waves to the whale.", "Anna", "waves", parts=[part("the whale")]),
            ]),
            scene("Night", "climax", "the tower", "night", [
                shot("Anna holds the lamp.", "Anna", "holds", "That night she lit the lamp for it.", props=["the lamp"]),
                shot("Anna looks out of the window.", "Anna", "looks"),
            ]),
        ],
    }  # fmt: skip
    return {**whole, **changes}
