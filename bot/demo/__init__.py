"""The main job on recorded feeds: a loopback newsroom, a clock of January 2026, and the page of what came out."""
