"""Systems that can be measured: ours, the baseline, external ones."""
