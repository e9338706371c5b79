"""Web pages: what of a page is the document, its lines and tables, and what the page says about it."""
