"""The most memory a program took, for programs that tests start.

A child begins with the peak of the process that started it in ``ru_maxrss``, so Linux is asked for
the peak of this very program.
"""

PEAK_MB = """
def peak_mb():
    try:
        with open("/proc/self/status") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))
    except OSError:
        import resource
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
"""
