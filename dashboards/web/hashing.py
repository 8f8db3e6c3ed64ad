"""How many passphrases are hashed at once."""

from asyncio import Semaphore

HASHING = Semaphore(2)
"""Each hash takes 64 MB for a moment: those that come at once wait for each other."""
