"""A model that writes stories in steps, as a step of ``WireServer``: it reads what it is asked for."""

import json
import re

from wire_server import says

NAMES = ("Anna", "the whale", "Bo")


def step_story(**changes):
    return {
        "title": "The Lamp", "logline": "Anna keeps a lamp lit for a whale.", "language": "en",
        "season": "autumn", "mood": "hopeful", "era": "", "look_words": "",
        "characters": [
            {"name": "Anna", "noun": "lighthouse keeper", "words": "An old woman in a yellow coat.", "being": "person"},
            {"name": "the whale", "noun": "whale", "words": "A small grey whale.", "being": "whale"},
        ],
        "places": [{"name": "the shore", "words": "A rocky shore."}, {"name": "the tower", "words": "A lamp room."}],
        "props": [{"name": "the lamp", "words": "A brass oil lamp."}],
        **changes,
    }  # fmt: skip


def step_scene(number, **changes):
    return {
        "title": f"Scene {number}", "beat": "setup", "place": "the shore", "hour": "morning", "weather": "clear",
        "mood": "calm", "summary": f"Anna walks on, step {number}.", **changes,
    }  # fmt: skip


def step_shot(number, line=None, **changes):
    lines = [{"speaker": None, "words": line}] if line else []
    return {
        "sentence": f"Anna walks along the shore, mark {number}.", "actor": "Anna", "verb": "walks", "target": None,
        "manner": "", "parts": [], "props": [], "size": None, "move": None, "lines": lines, **changes,
    }  # fmt: skip


def asked_form(server):
    """(name of the form, how many were asked for) of the last request."""
    request = server.asked[-1]["body"]
    task = request["messages"][0]["content"]
    form = request.get("response_format", {}).get("json_schema", {}).get("name")
    if form is None:
        form = "scenes" if "lay out the scenes" in task else "shots" if "board one scene" in task else "story"
    counts = re.search(r"exactly (\d+)", task)
    return form, int(counts[1]) if counts else 0


def steps(story=None, scene=step_scene, shot=step_shot, spoil=None):
    """Answers whatever step is asked for. ``spoil(form, turn)`` may give another step of a server instead."""
    made = {"scenes": 0, "shots": 0}

    def answer(handler, server):
        form, count = asked_form(server)
        other = spoil(form, len(server.asked)) if spoil else None
        if other is not None:
            return other(handler, server)
        if form == "story":
            whole = story or step_story()
        else:
            rows = []
            for _ in range(count):
                made[form] += 1
                rows.append((scene if form == "scenes" else shot)(made[form]))
            whole = {form: rows}
        return says(json.dumps(whole))(handler, server)

    return answer
