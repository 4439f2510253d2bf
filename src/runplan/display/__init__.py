"""Pictures, words and pages."""
