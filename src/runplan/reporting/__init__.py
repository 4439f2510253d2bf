"""Reports in one line: a small grammar, and the entries that a line stands for."""
