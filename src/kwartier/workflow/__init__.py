"""The workflow: which steps are open, what is missing, who may see what, and what a change has to satisfy."""
