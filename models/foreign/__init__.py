"""Networks from outside Zscape, wrapped to meet the same contract as a family's generator."""
