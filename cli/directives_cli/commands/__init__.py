"""The commands, a file a noun, or a verb that stands alone; ``main`` finds each by its name."""
