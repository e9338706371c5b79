"""Public benchmarks, the scale series, speed of cleaning."""
