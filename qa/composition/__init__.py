"""From evidence to an answer: sentences, lists, comparisons, annotations."""
