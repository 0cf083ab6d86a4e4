"""Mention → ActorLink; names, pronouns and roles → actors."""
