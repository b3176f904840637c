"""The forms: how each is laid out, the names of its fields, and what is saved of them."""
