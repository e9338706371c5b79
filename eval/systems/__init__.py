"""Systems that can be measured: ours, the baseline, external ones, each with its libraries apart."""
