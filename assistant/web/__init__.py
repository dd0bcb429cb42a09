"""Pieces of the page. Nothing else in :mod:`assistant` imports from here."""
