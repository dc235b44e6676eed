"""The colours of the app: a dark, a light and a high-contrast theme, and the terminal's own colours.

A test computes the contrast of what is drawn in them. Widgets use only the variables, never a colour.
"""

from __future__ import annotations

import os

from textual.theme import BUILTIN_THEMES, Theme

TITLES: dict[str, str] = {
    "donker": "donker: lichte letters op donker",
    "licht": "licht: donkere letters op licht",
    "contrast": "hoog contrast: wit en geel op zwart",
    "terminal": "de kleuren van uw terminal",
}
"""The themes that a user can choose, with what they look like."""

DARK = "donker"
LIGHT = "licht"

_FOREGROUND = {"text-muted": "auto 78%", "text-disabled": "auto 72%"}
"""Auto takes black or white, whatever is under it: also on the row that is pointed at."""


def _named(**names: str) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in names.items()}


_DARK = Theme(
    name=DARK,
    dark=True,
    primary="#6cb2f0",
    secondary="#9cc4e4",
    accent="#f0c274",
    warning="#f0c274",
    error="#ff9d96",
    success="#8fd49a",
    foreground="#e8ebee",
    background="#14181d",
    surface="#1b2128",
    panel="#28303a",
    variables=_FOREGROUND
    | _named(
        text_primary="#9fcdf6",
        text_secondary="#b9d4e8",
        text_accent="#f4d091",
        text_warning="#f4d091",
        text_error="#ffb4ae",
        text_success="#a5dfae",
        block_cursor_foreground="#ffffff",
        block_cursor_background="#1d4870",
        block_cursor_blurred_foreground="#e8ebee",
        block_cursor_blurred_background="#303a46",
        block_hover_background="#28303a",
        border="#6cb2f0",
        border_blurred="#4b5866",
        button_foreground="#e8ebee",
        button_color_foreground="#0c1116",
        footer_key_foreground="#f4d091",
        input_selection_background="#2d5f8f",
        input_selection_foreground="#ffffff",
        screen_selection_background="#2d5f8f",
        screen_selection_foreground="#ffffff",
        link_color="#9fcdf6",
        link_background_hover="#1d4870",
        scrollbar="#566473",
    ),
)

_LIGHT = Theme(
    name=LIGHT,
    dark=False,
    primary="#0b5394",
    secondary="#35607f",
    accent="#7a4a00",
    warning="#7a4a00",
    error="#a31621",
    success="#1b6330",
    foreground="#1a1f24",
    background="#f6f6f3",
    surface="#ffffff",
    panel="#e3e8ec",
    variables=_FOREGROUND
    | _named(
        text_primary="#0b4a85",
        text_secondary="#2b4f69",
        text_accent="#6b4000",
        text_warning="#6b4000",
        text_error="#8f111b",
        text_success="#14532a",
        block_cursor_foreground="#0d1217",
        block_cursor_background="#bcd8f2",
        block_cursor_blurred_foreground="#1a1f24",
        block_cursor_blurred_background="#dbe2e8",
        block_hover_background="#e3e8ec",
        border="#0b5394",
        border_blurred="#9aa6b1",
        button_foreground="#1a1f24",
        button_color_foreground="#ffffff",
        footer_key_foreground="#6b4000",
        input_selection_background="#a9cdf0",
        input_selection_foreground="#0d1217",
        screen_selection_background="#a9cdf0",
        screen_selection_foreground="#0d1217",
        link_color="#0b4a85",
        link_color_hover="#0d1217",
        link_background_hover="#bcd8f2",
        scrollbar="#8492a0",
    ),
)

_CONTRAST = Theme(
    name="contrast",
    dark=True,
    primary="#ffe14d",
    secondary="#7fdcff",
    accent="#ffe14d",
    warning="#ffe14d",
    error="#ffb3b3",
    success="#9dffb0",
    foreground="#ffffff",
    background="#000000",
    surface="#0d0d0d",
    panel="#262626",
    variables={"text-muted": "auto 90%", "text-disabled": "auto 80%"}
    | _named(
        text_primary="#ffe97f",
        text_secondary="#a6e7ff",
        text_accent="#ffe97f",
        text_warning="#ffe97f",
        text_error="#ffc4c4",
        text_success="#b8ffc6",
        block_cursor_foreground="#ffffff",
        block_cursor_background="#00358f",
        block_cursor_text_style="bold underline",
        block_cursor_blurred_foreground="#ffffff",
        block_cursor_blurred_background="#383838",
        block_hover_background="#383838",
        border="#ffe14d",
        border_blurred="#a0a0a0",
        button_foreground="#ffffff",
        button_color_foreground="#000000",
        footer_key_foreground="#ffe97f",
        input_selection_background="#00489f",
        input_selection_foreground="#ffffff",
        screen_selection_background="#00489f",
        screen_selection_foreground="#ffffff",
        link_color="#a6e7ff",
        link_background_hover="#00358f",
        scrollbar="#a0a0a0",
    ),
)


def _terminal(*, dark: bool) -> Theme:
    """The terminal's own sixteen colours, which its user chose; nothing is known of their contrast."""
    own = BUILTIN_THEMES["ansi-dark" if dark else "ansi-light"]
    return Theme(
        name="terminal",
        ansi=True,
        dark=dark,
        primary=own.primary,
        secondary=own.secondary,
        warning=own.warning,
        error=own.error,
        success=own.success,
        accent=own.accent,
        foreground=own.foreground,
        background=own.background,
        surface=own.surface,
        panel=own.panel,
        boost=own.boost,
        variables=own.variables
        | {"text-muted": "ansi_default", "text-disabled": "ansi_default", "border-blurred": "ansi_bright_black"}
        | _named(
            # Dark under letters that are light, light under dark ones: a text without a colour of its own stays
            # readable on the row that is pointed at. (Reversing does nothing to the colours of the terminal itself.)
            block_cursor_foreground="ansi_bright_white" if dark else "ansi_black",
            block_cursor_background="ansi_blue" if dark else "ansi_cyan",
            block_cursor_text_style="bold",
            text_accent="ansi_yellow" if dark else "ansi_magenta",
            block_cursor_blurred_foreground="ansi_default",
            block_cursor_blurred_background="ansi_default",
            block_cursor_blurred_text_style="underline",
        ),
    )


def themes() -> list[Theme]:
    """Every theme of `TITLES`."""
    return [_DARK, _LIGHT, _CONTRAST, _terminal(dark=not says_light())]


def says_light() -> bool:
    """Whether the terminal says that its background is light: `COLORFGBG` ends with the number of that colour."""
    last = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return last in ("7", "15")


def chosen(theme: str) -> str:
    """The theme of a setting; where that is empty or unknown, what suits the terminal."""
    if theme in TITLES:
        return theme
    return LIGHT if says_light() else DARK
