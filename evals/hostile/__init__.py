"""Files whose text tries to give the assistant orders, made in code so that none is stored."""

from evals.hostile.making import make as make
from evals.hostile.making import names as names
