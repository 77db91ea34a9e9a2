"""The question to a coordinator whether a country's days of a year are right."""

from handlers.reply import Button, Page, View
from handlers.views.calendar import country_name
from handlers.voice import Say
from storage.kinds import YearState


def question(country: str, year: int, state: YearState, group_id: int) -> View:
    """In private, with buttons to confirm and to look; without any days there is nothing to confirm."""

    def view(say: Say) -> Page:
        args = {"group": group_id, "country": country, "year": year}
        show = Button(say("Show"), "calendar.year", args)
        name = country_name(country, say)
        if state is YearState.MISSING:
            text = say("There are no days off of {country} for {year} yet. Please add or import them.",
                       country=name, year=year)  # fmt: skip
            return Page(text, ((show,),))
        text = say(
            "The calendar of {country} for {year} is not confirmed yet. Are its days off and make-up days as the "
            "government published them?",
            country=name,
            year=year,
        )
        return Page(text, ((Button(say("Confirm"), "calendar.confirm", args), show),))

    return view


def question_in_group(country: str, year: int) -> View:
    """In the group, where no private message arrives."""

    def view(say: Say) -> Page:
        name = country_name(country, say)
        return Page(
            say(
                "the calendar of {country} for {year} is not confirmed yet. /calendar shows it.",
                country=name,
                year=year,
            )
        )

    return view
