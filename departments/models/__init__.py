"""Jurisdictions, departments and people."""

from departments.models.bodies import Alias, Department, DepartmentGroup, GroupAlias, Jurisdiction
from departments.models.limits import RateWindow
from departments.models.people import Membership, Post, User
from departments.models.signin import (
    PasswordHistory,
    RecoveryCode,
    SecondFactor,
    SignInFailure,
    UserSession,
)

__all__ = [
    "Alias",
    "Department",
    "DepartmentGroup",
    "GroupAlias",
    "Jurisdiction",
    "Membership",
    "PasswordHistory",
    "Post",
    "RateWindow",
    "RecoveryCode",
    "SecondFactor",
    "SignInFailure",
    "User",
    "UserSession",
]
