"""When the target is likely to be reached, and plans side by side."""
