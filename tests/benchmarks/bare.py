"""The unit: python-telegram-bot as it comes, one handler that answers, no storage."""

import sys

from telegram import Update
from telegram.ext import Application, CommandHandler, ContextTypes

TOKEN = "700001:" + "A" * 35


async def answer(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say it back."""
    assert update.effective_message is not None
    await update.effective_message.reply_text(update.effective_message.text or "")


if __name__ == "__main__":
    application = Application.builder().token(TOKEN).base_url(f"http://127.0.0.1:{sys.argv[1]}/bot").build()
    application.add_handler(CommandHandler("task", answer))
    application.run_polling()
