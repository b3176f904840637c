"""Filled-in files of office programs: Word, Excel and OpenDocument, also when another program has saved them."""
