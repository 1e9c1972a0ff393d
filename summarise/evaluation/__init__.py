"""Scores of extractions against hand-labelled gold, with statistics and a gate for CI.

    step        takes                          gives
    gold        a suite's folder               Suite, Cases with their gold claims
    match       gold and predicted claims      pairs, each with its reason; what stands alone
    score       a Case and its claims          CaseScore: counts, pairs, mismatches
    statistics  counts by case                 intervals, paired tests, what could be detected
    compare     two Results                    a difference a metric, and the claims behind it
    gate        a Result, thresholds, baseline pass or fail, with reasons
    report      any of these                   table, Markdown, HTML, JUnit XML, JSON

Everything here is offline; only `run` asks a model.
"""
