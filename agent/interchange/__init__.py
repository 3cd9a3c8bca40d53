"""The cut in other programs' hands, and back: timelines, edit lists, shot lists, screenplays, subtitles."""
