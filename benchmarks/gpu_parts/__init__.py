"""The parts of ``benchmarks/gpu.py``. Nothing here is run alone by a person."""
