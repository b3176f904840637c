"""Benchmarks: figures of one run on one machine, set against each other. `make bench` runs them all; they are no tests."""
