"""Documents in, passages and an on-disk hybrid index (BM25 + FAISS) out."""
