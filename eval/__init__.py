"""Golden questions and runs in, scores out."""
