"""The line-by-line mode: a measurement as questions and answers, in text alone, for screen readers and bad lines."""
