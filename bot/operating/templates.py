"""From the templates of the settings to the draft of a working group."""

from bot.exits import Refused
from bot.settings import Defaults, GroupTemplate, OrganisationTemplate, Settings, SideTemplate
from storage.founding import GroupDraft, MechanismDraft, PlaceDraft


def draft_of(settings: Settings, key: str | None, name: str | None) -> GroupDraft:
    """The draft of a working group from the template `key`, or from the only one. Raises Refused."""
    template = _chosen(settings.group, key)
    sides = {side.key: side for side in settings.side}
    supporting = {organisation.key: organisation for organisation in settings.organisation}
    return GroupDraft(
        name=name or template.name,
        sides=[_side(sides[wanted], settings.defaults) for wanted in template.sides],
        organisation=(
            _organisation(supporting[template.organisation], settings.defaults) if template.organisation else None
        ),
        areas=template.area_tags,
        mechanism=_mechanism(settings.defaults),
    )


def _chosen(templates: tuple[GroupTemplate, ...], key: str | None) -> GroupTemplate:
    fitting = [template for template in templates if key in (None, template.key)]
    if len(fitting) == 1:
        return fitting[0]
    if not templates:
        raise Refused("The configuration has no template. Write one below [[group]]: see config.example.toml")
    there = " or ".join(f"--template {template.key}" for template in templates)
    why = "There are several templates." if key is None else f'There is no template "{key}".'
    raise Refused(f"{why} Write: {there}")


def _side(side: SideTemplate, defaults: Defaults) -> PlaceDraft:
    return _place(side, side.institution, defaults)


def _organisation(organisation: OrganisationTemplate, defaults: Defaults) -> PlaceDraft:
    return _place(organisation, organisation.name, defaults)


def _place(place: SideTemplate | OrganisationTemplate, institution: str, defaults: Defaults) -> PlaceDraft:
    return PlaceDraft(
        name=place.name,
        institution=institution,
        country=place.country,
        city=place.city,
        zone=place.zone,
        week=place.week or defaults.week,
        language=place.language or defaults.languages[0],
    )


def _mechanism(defaults: Defaults) -> MechanismDraft:
    return MechanismDraft(
        ladder=defaults.ladder,
        answer_days=defaults.answer_days,
        digest_weekday=defaults.digest_day,
        digest_hour=defaults.digest_hour,
        quiet=defaults.quiet,
        catch_up_days=defaults.catch_up_days,
    )
