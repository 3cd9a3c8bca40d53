"""What the film should be: pure data and pure functions. Imports nothing else of ours."""
