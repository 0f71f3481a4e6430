"""Sources → facts, proofs of arithmetic, and paper (HTML for Chromium, OpenDocument for LibreOffice)."""
