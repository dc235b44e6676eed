"""The terminal app: draws any instrument from its content and steps, and holds no domain logic."""
