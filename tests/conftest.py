"""Property tests draw the same examples in every run: the tests are deterministic."""

from __future__ import annotations

import sys
from pathlib import Path

from hypothesis import settings

settings.register_profile("fixed", derandomize=True, database=None, deadline=None)
settings.load_profile("fixed")

# Folders of tests draw their PDFs with the same pen, also when one of them is run alone.
sys.path.insert(0, str(Path(__file__).parent / "read"))
