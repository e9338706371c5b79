"""The look of the Gradio page: system fonts only, one calm blue, light whatever the system says."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gradio.themes import Base

#: Chinese fonts that come with Windows, macOS, and Linux, in this order; nothing is downloaded.
FONTS = (
    "Microsoft YaHei",
    "PingFang SC",
    "Hiragino Sans GB",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "WenQuanYi Micro Hei",
    "sans-serif",
)
MONOSPACE = ("Consolas", "Menlo", "monospace")


def build_theme() -> Base:
    """Gradio's plain theme in policyqa's colours."""
    from gradio.themes import Base, Color

    blue = Color(
        "#f2f6fb", "#e1eaf5", "#c6d7ec", "#9dbbdd", "#6c98c9", "#4376b3",
        "#2c5f9e", "#1f4e8c", "#1a4276", "#163861", "#0f2744",
    )  # fmt: skip
    theme = Base(
        primary_hue=blue,
        secondary_hue=blue,
        neutral_hue="slate",
        text_size="md",
        radius_size="md",
        font=FONTS,
        font_mono=MONOSPACE,
    )
    theme.set(
        body_background_fill="#f5f7fa",
        block_background_fill="#ffffff",
        button_primary_background_fill="*primary_700",
        button_primary_background_fill_hover="*primary_800",
        button_primary_text_color="#ffffff",
    )
    for name in [name for name in vars(theme) if name.endswith("_dark")]:
        # Gradio follows the system into a dark mode that our cards do not have.
        setattr(theme, name, getattr(theme, name.removesuffix("_dark"), None))
    return theme
