"""What people call a file that has no name of its own."""

from markupsafe import Markup

from handlers.voice import Say


def word_of(say: Say, kind: str) -> Markup:
    """A kind of file in a word."""
    match kind:
        case "photo":
            return say("a photo")
        case "video":
            return say("a video")
        case "audio":
            return say("an audio file")
        case "voice":
            return say("a voice message")
        case "animation":
            return say("an animation")
        case "video_note":
            return say("a video message")
        case _:
            return say("a file")
