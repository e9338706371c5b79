"""Where questions come from: feedback, candidates, synthesis."""
