"""Cases, metrics, runs, reports. Imports ``assistant`` and ``index`` only."""
