"""What other places wrote: passages to copy from, their wordings side by side, set phrases."""
