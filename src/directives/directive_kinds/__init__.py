"""The kinds of directives: a file each, what a kind is, and how kinds are found."""
