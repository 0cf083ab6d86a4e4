"""The parts of a View, by what they serve."""
