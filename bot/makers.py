"""The one visible table of files that are made when they leave."""

from bot.later import calendar_files, minutes_papers, pictures, reporting
from handlers.files import Maker

MAKERS: dict[str, Maker] = {
    "calendar_file": Maker(calendar_files.gather),
    "status_picture": Maker(pictures.status_picture, slow=True),
    "plan_picture": Maker(pictures.plan_picture, slow=True),
    "minutes": Maker(minutes_papers.minutes_file, slow=True),
    "report": Maker(reporting.report_file, slow=True),
}
