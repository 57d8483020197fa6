"""The front ends: each knows only the Assistant and the values that it returns."""
