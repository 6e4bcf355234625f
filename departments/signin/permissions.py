"""Who may help people who cannot sign in: the security administrator of the place, nobody else."""

from departments.models import User
from departments.permissions import Allowed, Decision, Denied
from departments.signin.home import home_of


def guard_sign_in(user: User) -> Decision:
    """See what is locked; let an address try again."""
    if user.scope.secures:
        return Allowed()
    return Denied("只有安全管理员可以查看和解除登录锁定。")


def guard_account(user: User, person: User) -> Decision:
    """Unlock an account, or reset its second factor."""
    if not (home_of(person) in user.scope.secures or person.scope.jurisdictions & user.scope.secures):
        return Denied("只有账号所在地的安全管理员可以解除锁定、重置动态口令。")
    if user.pk == person.pk:
        return Denied("不能办理自己的账号，请由另一名安全管理员办理。")
    return Allowed()
