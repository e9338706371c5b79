"""Whether the documents answer, why not, and what is nearest."""
