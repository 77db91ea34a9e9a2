"""How fast it is, measured in pairs in one run: never part of the tests, always against a bare bot as the unit."""
