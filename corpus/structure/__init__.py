"""Headings, titles, blocks, sentences, and the map back to the file's characters."""
