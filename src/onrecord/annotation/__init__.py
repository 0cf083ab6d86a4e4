"""Document and scores → mentions, attributions, conditions, events, figures, times."""
