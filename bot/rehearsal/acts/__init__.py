"""The chapters of the story."""
