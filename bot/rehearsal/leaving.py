"""The files that the bot made in the story, left in a folder for whoever wants to look at them."""

from collections import Counter
from collections.abc import Iterator

from bot.rehearsal.calls import Call
from bot.rehearsal.files import StoredFile
from bot.rehearsal.stage import Stage


def leave(stage: Stage) -> Counter[str]:
    """Write every file the bot sent into the folder of the stage; how many there are of each ending."""
    stage.files.mkdir(parents=True, exist_ok=True)
    kinds: Counter[str] = Counter()
    names: Counter[str] = Counter()
    for reader, file in _sent(stage):
        stem, _, kind = file.name.rpartition(".")
        name = f"{reader}-{stem}"
        names[f"{name}.{kind}"] += 1
        again = f"-{number}" if (number := names[f"{name}.{kind}"]) > 1 else ""
        (stage.files / f"{name}{again}.{kind}").write_bytes(file.content)
        kinds[kind] += 1
    return kinds


def _sent(stage: Stage) -> Iterator[tuple[str, StoredFile]]:
    """Each file with its reader: a key of the cast, or the group."""
    keys = {person.id: key for key, person in stage.cast.items()}
    for call in stage.server.log:
        if call.ok and call.method in ("sendDocument", "sendPhoto"):
            yield keys.get(call.chat_id or 0, "group"), stage.server.world.files.get(_file_id(call))


def _file_id(call: Call) -> str:
    known = call.result["document"] if "document" in call.result else call.result["photo"][-1]
    return str(known["file_id"])
