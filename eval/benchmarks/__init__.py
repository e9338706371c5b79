"""Public benchmarks, the scale series, speed of cleaning; a module a kind of benchmark."""
