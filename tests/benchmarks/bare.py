"""The unit: python-telegram-bot as it comes, a handler that answers what is written and one for presses, no storage."""

import sys

from telegram import Update
from telegram.ext import Application, CallbackQueryHandler, CommandHandler, ContextTypes

TOKEN = "700001:" + "A" * 35


async def answer(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say it back."""
    assert update.effective_message is not None
    await update.effective_message.reply_text(update.effective_message.text or "")


async def pressed(update: Update, _context: ContextTypes.DEFAULT_TYPE) -> None:
    """Say that it was pressed."""
    assert update.callback_query is not None
    await update.callback_query.answer("Pressed")


if __name__ == "__main__":
    application = Application.builder().token(TOKEN).base_url(f"http://127.0.0.1:{sys.argv[1]}/bot").build()
    application.add_handler(CommandHandler("task", answer))
    application.add_handler(CallbackQueryHandler(pressed))
    application.run_polling()
