"""The MIE as an instrument of kwartier."""
