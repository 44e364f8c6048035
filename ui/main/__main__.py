"""`python -m ui.main`."""

from ui.main.commands import main

if __name__ == "__main__":
    main()
