"""What had to happen in the story, and whether it did."""

from bot.rehearsal.paper import Paper


class StoryBroken(RuntimeError):
    """The story cannot go on: something that it needs is not there; the words say what."""


class Expectations:
    """Keeps count of what was expected; says at once what did not happen, and at the end how it went."""

    def __init__(self, paper: Paper) -> None:
        self._paper = paper
        self.kept: list[str] = []
        self.failed: list[str] = []
        self.counts: dict[str, int] = {}

    def expect(self, condition: object, sentence: str) -> None:
        """Note whether something happened that had to; the sentence says what."""
        if condition:
            self.kept.append(sentence)
            return
        self.failed.append(sentence)
        self._paper.line(self._paper.styled(f"NOT SO: {sentence}", fg="red", bold=True))

    def count(self, what: str, number: int) -> None:
        """A figure for the list at the end."""
        self.counts[what] = number

    @property
    def exit_code(self) -> int:
        """0 when everything that had to happen happened, else 1; a story that expects nothing proves nothing."""
        return 0 if self.kept and not self.failed else 1

    def summary(self) -> None:
        """The list at the end."""
        line, styled = self._paper.line, self._paper.styled
        line()
        line(styled("What was checked", bold=True))
        for what, number in self.counts.items():
            line(f"  {number:>5}  {what}")
        for sentence in dict.fromkeys(self.kept):
            line(styled("  yes    ", fg="green") + sentence)
        for sentence in self.failed:
            line(styled("  NOT SO ", fg="red", bold=True) + sentence)
        total = len(self.kept) + len(self.failed)
        line(styled(f"{len(self.kept)} of {total} expectations were met.", bold=True))
