"""Organisations to try the library on: the bundled ones, and made-up ones of a real shape and any size."""
