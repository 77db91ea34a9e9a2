"""What is remembered. Knows no Telegram and no clock."""
