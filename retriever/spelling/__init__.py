"""Typos in a query, corrected from what the corpus says."""
