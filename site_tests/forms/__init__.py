"""Tests of generator/forms: how each form is laid out, and the names of its fields."""
