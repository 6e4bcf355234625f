"""修改姓名和联系方式."""

from django.db import transaction

from audit.record import record
from departments.models import User
from departments.people.add import Contact
from departments.people.hold import afresh, held
from departments.permissions import keep_account, require


def edit_person(person: User, *, full_name: str, contact: Contact, by: User) -> User:
    """Change a person's name and office contact; what is unchanged leaves no trace."""
    with transaction.atomic():
        user = held(person, by=by)
        require(keep_account(afresh(by), user))
        wanted = {"full_name": full_name, "office_phone": contact.office_phone, "email": contact.email}
        changed = {name: value for name, value in wanted.items() if getattr(user, name) != value}
        before = {name: getattr(user, name) for name in changed}
        if changed:
            User.objects.filter(pk=user.pk).update(**changed)
            record(
                "user.edit",
                actor=by,
                target=user,
                jurisdiction_id=user.jurisdiction_id,
                before=before,
                after=changed,
            )
        for name, value in changed.items():
            setattr(user, name, value)
    return user
