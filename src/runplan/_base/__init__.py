"""What every other folder builds on: dates, validators, text, files, tables."""
