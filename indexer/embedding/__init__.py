"""Texts → vectors: the Encoder protocol and the default model."""
