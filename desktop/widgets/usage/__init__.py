"""Parts of the usage page: what is drawn, and how days become bars."""
