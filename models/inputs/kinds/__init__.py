"""The kinds of input, one in each file. Their list is `KINDS` in the folder above."""
