"""Rules of subtitles that twenty films break: twelve told in English, eight spoken in other languages.

The lines are spoken and measured as for any film; the pictures are slates. The limits are counted by
``storyboard/subtitle_rules.py``. Prints a line a film and the count.

    python benchmarks/subtitles.py [SECONDS]
"""

import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

from photoplay.render.crew import SoloCrew
from photoplay.storyboard.subtitle_rules import breaches
from photoplay.storyboard.subtitles import subtitles
from photoplay.studio.beginning import Beginning, MakeOptions, begin

HERE = Path(__file__).parent
STORIES, TONGUES = 12, ("de", "fr", "es", "ru", "ar", "hi", "zh", "ja", "ko", "pt", "it", "tr")


def spoken(folder, idea="", script=None, seconds=None):
    """The film, boarded and spoken."""
    options = MakeOptions(seconds=seconds, script=script, size="128x72", renderer="slate", until="takes")
    production = begin(Beginning(idea, options, folder, environment={}, folder=HERE), crew=SoloCrew())
    production.make("takes")
    return production.film


def screenplay(sentences, path):
    """A screenplay in which two people say the sentences in turn, twice."""
    said = "\n\n".join(f"{('ANNA', 'BO')[n % 2]}\n{words}" for n, words in enumerate(sentences * 2))
    path.write_text(
        f"Title: A film\n\nEXT. SHORE - DAY\n\nAnna and Bo stand on the shore.\n\n{said}\n", "utf-8"
    )
    return path


def main():
    seconds = sys.argv[1] if len(sys.argv) > 1 else "60"
    stories = (HERE / "stories.txt").read_text(encoding="utf-8").splitlines()
    tongues = json.loads((HERE / "tongues.json").read_text(encoding="utf-8"))
    other = [tongue for tongue in TONGUES if tongue in tongues]
    count, broken = Counter(), Counter()
    with tempfile.TemporaryDirectory() as kept:
        folder = Path(kept)
        films = [(story, {"idea": story, "seconds": seconds}) for story in filter(None, stories[:STORIES])]
        for tongue in other[: 20 - len(films)]:
            films.append((tongue, {"script": screenplay(tongues[tongue], folder / f"{tongue}.fountain")}))
        for number, (name, how) in enumerate(films):
            film = spoken(folder / f"film-{number}", **how)
            shown = subtitles(film)
            found = breaches(film, shown)
            count["films"] += 1
            count["lines"] += sum(len(shot.lines) for shot in film.shots)
            count["screens"] += len(shown)
            broken.update(breach.rule for breach in found)
            print(f"{name[:48]:48} {film.story.language:4} {len(shown):4} screens  {len(found)} broken")
            for breach in found:
                print(f"    {breach.rule}, frame {breach.start}: {breach.words}")
    print(
        f"{count['films']} films, {count['lines']} lines, {count['screens']} screens: {broken.total()} rules broken"
    )
    if broken:
        print(json.dumps(broken))


if __name__ == "__main__":
    main()
