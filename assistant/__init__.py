"""The runtime: understand, retrieve, answer, check, look up, compute due moments."""
