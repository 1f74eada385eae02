"""The kinds of other distributions: found by their entry points, tried, and left out where they cannot work."""
