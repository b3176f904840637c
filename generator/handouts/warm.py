"""Loads what makes PDFs, once for all the processes that the press starts; what it lacks is told when a PDF is made."""

from contextlib import suppress

with suppress(OSError):
    import generator.handouts.pdf  # noqa: F401
