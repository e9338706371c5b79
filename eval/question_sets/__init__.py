"""Where questions come from: feedback, candidates, synthesis with drafts and typos, each an idea apart."""
