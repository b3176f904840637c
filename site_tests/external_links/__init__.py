"""Asking the addresses outside, and what is kept and shown of the answers."""
