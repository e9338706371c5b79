"""One analysis of a question, computed once and carried."""
