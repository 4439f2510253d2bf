"""Plots, descriptions in words, and HTML pages."""
