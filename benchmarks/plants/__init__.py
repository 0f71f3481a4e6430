"""Ways of planting each check's error into a report that was consistent before."""
