"""Front doors; each talks to agent.app.App and to nothing else."""
