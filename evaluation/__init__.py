"""Gold readers, scorers and the floors below which a change is refused."""
