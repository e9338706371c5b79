"""Follow-ups, sub-questions, small talk, export."""
