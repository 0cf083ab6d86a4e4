"""Figures: numbers with unit, base, what they count, place, time and claimant."""

from onrecord.annotation.figures.find import find_figures

__all__ = ["find_figures"]
