"""Jurisdictions, departments and people."""

from departments.models.bodies import Alias, Department, DepartmentGroup, GroupAlias, Jurisdiction
from departments.models.people import Membership, Post, User

__all__ = [
    "Alias",
    "Department",
    "DepartmentGroup",
    "GroupAlias",
    "Jurisdiction",
    "Membership",
    "Post",
    "User",
]
