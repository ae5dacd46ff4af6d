"""Stand-ins for the outside: real servers on loopback, and plain instances of the ports."""
