"""Checks of a claim against its evidence: each gives the reasons why the claim does not hold."""
