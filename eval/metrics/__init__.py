"""Measures, matching, significance, scores; citations apart, by rules of their own (ALCE's)."""
