"""What passages say in answer to a question: relevance, spans, values."""
