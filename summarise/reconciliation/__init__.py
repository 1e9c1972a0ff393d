"""Claims of several articles lined up: which of them state one fact, and how they relate."""
