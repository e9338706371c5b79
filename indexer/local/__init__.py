"""The index of one machine: generations on disk, SQLite, FAISS, BM25."""
