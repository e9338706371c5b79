"""Command line and web chat."""

__version__ = "0.1.0"
