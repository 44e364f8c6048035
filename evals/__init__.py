"""Cases, graders and benchmarks."""
