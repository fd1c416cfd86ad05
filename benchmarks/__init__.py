"""Scripts that print ratios taken in one run; `make bench` runs them all."""
