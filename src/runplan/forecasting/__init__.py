"""Forecasts of when the target is reached, and comparisons of plans."""
