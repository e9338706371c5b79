"""Question sets, judgements and runs in the formats of the field, a module a format."""
