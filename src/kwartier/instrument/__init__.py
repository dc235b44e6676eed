"""What an instrument is: its model, reading and checking its TOML, choosing what is asked, wording. No IO."""
