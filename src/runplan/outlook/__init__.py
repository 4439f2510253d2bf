"""What is likely to come of a plan: forecasts, and requests side by side."""
