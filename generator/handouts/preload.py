"""Loads what makes handouts, once for all the processes that the press starts; what it lacks is told when a file is made."""

import ctypes.util
import sys
from contextlib import suppress

import generator.handouts.excel
import generator.handouts.word.document

find_library = ctypes.util.find_library
if sys.platform == "linux":
    # WeasyPrint asks first for its libraries as other systems call them; to look for each of these Python would start a compiler.
    ctypes.util.find_library = lambda name: None
with suppress(OSError):
    import generator.handouts.pdf  # noqa: F401
ctypes.util.find_library = find_library
