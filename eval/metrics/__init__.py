"""Measures, matching, significance, tables of scores."""
