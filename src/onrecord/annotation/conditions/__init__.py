"""Conditions and consequences in what is said: the *if* and the *then* (PDTB-3 Contingency.Condition)."""

from onrecord.annotation.conditions.finding import find_conditions

__all__ = ["find_conditions"]
