"""The foundation of all other folders: dates, validators, text, files and tables."""
