"""Taking files in: walking, identifying, enriching and remembering them."""
