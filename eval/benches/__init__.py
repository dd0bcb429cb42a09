"""The parts of the benchmark; ``eval.bench`` puts them together."""
