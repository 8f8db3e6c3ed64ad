"""How the sample practices' exports are made up: seeded, without a clock, the same every time."""
