"""What ends a command before its time, each as an exit code and one plain line."""

from sqlalchemy.exc import DatabaseError, SQLAlchemyError
from telegram.error import InvalidToken

from bot.exits import Exit
from bot.locking import OtherInstance
from bot.operating.preparing import Damaged, Lost, NoDatabase, OldSchema
from storage.backup import Busy
from storage.engine import is_away, is_damage
from storage.migrating import UnknownSchema

BUSY = "Another process already runs this bot. Stop it first, or use another token and database."
REVOKED = "Telegram does not know this token. Write the one that @BotFather shows."
OLD = "The database was written by an older version. Write: focalpoint migrate"
LOST = (
    "There is nothing in {}, although there are backups of it. Write: focalpoint restore FILE, with the newest backup."
    " Only to begin anew, take the backups away."
)
HELD = "Another process holds the database. Write the same again when it has let go."
DAMAGED = "The database is damaged and is left as it is. Write: focalpoint restore FILE, with the newest backup."


def ending(error: Exception) -> tuple[Exit, str] | None:
    """How to end because of this error and what to say; None for an error that nobody expected."""
    match error:
        case OtherInstance():
            return Exit.OTHER_INSTANCE, BUSY
        case InvalidToken():
            return Exit.CONFIGURATION, REVOKED
        case OldSchema():
            return Exit.CONFIGURATION, OLD
        case UnknownSchema():
            return Exit.CONFIGURATION, f"The database was written by a newer version ({error}). Install that version."
        case Busy():
            return Exit.CONFIGURATION, HELD
        case NoDatabase():
            return Exit.CONFIGURATION, f"There is no database at {error} yet. Write: focalpoint migrate"
        case Lost():
            return Exit.CONFIGURATION, LOST.format(error)
        case Damaged():
            return Exit.CONFIGURATION, DAMAGED
        case DatabaseError() if is_damage(error.orig):
            return Exit.CONFIGURATION, DAMAGED
        case SQLAlchemyError() if is_away(error):
            return Exit.CONFIGURATION, f"The database server cannot be reached ({type(error.__cause__).__name__})."
        case SQLAlchemyError():
            name = type(error.__cause__ or error).__name__
            return Exit.CONFIGURATION, f"The database cannot be used ({name}). Write: focalpoint check --offline"
        case OSError(filename=str(name)):
            return Exit.CONFIGURATION, f"{name} cannot be used: {error.strerror}."
    return None
