"""What content credentials cost: time, memory and bytes of signing and verifying, by the size of the film.

    python benchmarks/credentials.py [--megabytes 600]

A small film is made with the animatic; to be larger, it gets a box of random bytes, which is signed with it. The
certificate is made for the run and thrown away.
"""

import argparse
import os
import resource
import struct
import tempfile
import time
from pathlib import Path

from photoplay.agent import certificate as certificates
from photoplay.agent.production import make
from photoplay.agent.provenance import claim_of, sign, verify
from photoplay.storyboard.film import Settings

MB = 1_000_000


def enlarged(film, path, megabytes):
    """A copy of the film with a box of so many megabytes behind it; the film itself where it is 0."""
    with path.open("wb") as file:
        file.write(film.read_bytes())
        if megabytes:
            file.write(struct.pack(">I4s", megabytes * MB + 8, b"mdat"))
            for _ in range(megabytes):
                file.write(os.urandom(MB))
    return path


def memory():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1000


def measured(work):
    start, cpu = time.perf_counter(), time.process_time()
    found = work()
    return found, time.perf_counter() - start, time.process_time() - cpu


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--megabytes", type=int, default=600, help="of the larger film, up to 4000")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        certificates.own_folder = lambda: place / "home"
        settings = Settings(width=320, height=180)
        production = make("A whale loses its song", out=place / "film", seconds=8, shots=3, settings=settings)
        mine, claim = certificates.certificate_for(), claim_of(production.project, production.plan())
        print(f"{'MB':>8} {'sign s':>8} {'cpu s':>8} {'verify s':>9} {'added bytes':>12} {'memory +MB':>11}")
        for megabytes in (0, asked.megabytes):
            source = enlarged(production.film_path, place / "source.mp4", megabytes)
            before = memory()
            target = place / "signed.mp4"
            _, wall, cpu = measured(lambda source=source, target=target: sign(source, target, claim, mine))
            found, again, _ = measured(lambda target=target: verify(target))
            assert found.state == "valid", found
            added = target.stat().st_size - source.stat().st_size
            size = source.stat().st_size / MB
            print(f"{size:8.1f} {wall:8.2f} {cpu:8.2f} {again:9.2f} {added:12} {memory() - before:11}")


if __name__ == "__main__":
    main()
