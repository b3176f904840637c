"""Handouts: one HTML document each, by the templates in theme/print/; PDF, Word and Excel are made from it."""


class HandoutError(Exception):
    """Handouts cannot be made on this machine; the words say what to do."""
