"""Named cleaning rules, applied in one order; each counts what it changed."""
