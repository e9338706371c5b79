"""Files of any format in, clean structured documents out."""
