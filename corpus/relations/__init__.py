"""Documents among each other: lineage, families of copies."""
