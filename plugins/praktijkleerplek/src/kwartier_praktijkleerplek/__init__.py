"""The assessment of a praktijkleerplek as an instrument of kwartier."""
