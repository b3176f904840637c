"""How hard a text is to read: its Flesch-Kincaid grade, the school year in which most could read it.

The two averages are rounded to a tenth first, as textstat does, whose grades stood in data/figures.yml before: over our items both agree within 0.1.
"""

from __future__ import annotations

import math
import re

from pyphen import Pyphen


def grade(text: str) -> float:
    """The grade of a text with at least one word. A word is what stands between spaces; two words or fewer are no sentence of their own."""
    words = _words(text.lower())
    sentences = sum(len(_words(sentence)) > 2 for sentence in re.findall(r"\b[^.!?]+", text)) or 1
    dictionary = Pyphen(lang="en_US")
    syllables = sum(len(dictionary.positions(word)) + 1 for word in words)
    return _tenth(0.39 * _tenth(len(words) / sentences) + 11.8 * _tenth(syllables / len(words)) - 15.59)


def _words(text: str) -> list[str]:
    return re.sub(r"[^\w\s]", "", text).split()


def _tenth(number: float) -> float:
    """Rounded half up."""
    return math.floor(number * 10 + 0.5) / 10
