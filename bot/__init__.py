"""The running program: command line, wiring, routes, intake, answering, delivery, ticks, rehearsal."""
