"""The language of official documents: the only word lists, numerals, units, dates, places."""
