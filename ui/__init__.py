"""Command line and web chat."""
