"""Vision services elsewhere: what would leave, what it costs, who granted it, and sending it."""
