"""Ranked passages in, a cited answer or a refusal out."""
