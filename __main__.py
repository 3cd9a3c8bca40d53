"""``python -m photoplay``: the command line."""

from .studio.command import run

if __name__ == "__main__":
    run()
