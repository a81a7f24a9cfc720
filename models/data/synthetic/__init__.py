"""Data sets that Zscape makes: letters drawn from fonts, and cartoon faces."""
