"""A second look at the best passages by a slower model."""
