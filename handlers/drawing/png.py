"""From SVG to PNG, with the fonts that travel with the program and no others: the same picture on every machine."""

from handlers.drawing.svg import FONTS

ZOOM = 2.0
"""Pixels of the picture for each unit of the drawing: sharp on a phone."""


def png(svg: str) -> bytes:
    """The picture as a PNG file. It takes a while: never call it where somebody waits for an answer."""
    from resvg_py import svg_to_bytes  # loads the renderer, which most runs never need

    fonts = sorted(str(file) for file in FONTS.iterdir() if file.suffix in (".ttf", ".otf"))
    return svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=fonts, zoom=ZOOM)
