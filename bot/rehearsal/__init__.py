"""A Bot API stand-in on loopback, a cast of people and a story: the main job without a token."""
