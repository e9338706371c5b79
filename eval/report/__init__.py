"""The report of a comparison; its plots are drawn apart, from figures alone."""
