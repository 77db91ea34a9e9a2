"""What presses will ask for, told from their buttons before they are handled."""

from collections.abc import Sequence

from sqlmodel.ext.asyncio.session import AsyncSession

from storage import dialogues, task_faces


async def of_presses(session: AsyncSession, tokens: Sequence[str]) -> None:
    """Read the meanings of these buttons, and what shows the tasks that they are about."""
    task_ids = set()
    for press, args in await dialogues.known(session, tokens):
        if press.startswith("task."):
            task_ids |= {args[name] for name in ("part", "id") if isinstance(args.get(name), int)}
    await task_faces.foresee(session, task_ids)
