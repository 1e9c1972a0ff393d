"""Many articles: a store that survives anything, filled by a run that can be taken up again.

step      takes                      gives
sources   folders, globs, lists      one Source an article, in order, never all at once
reading   Source                     Content (its text), or the reason why there is none
plan      Sources                    the store: what waits, what is a copy, what cannot be read
run       what waits, a model        the store: extractions, and failures with their reasons
status    the store                  counts, tokens, cost, failures by kind
export    the store                  JSONL, CSV or Parquet, in the order of the inputs
"""
