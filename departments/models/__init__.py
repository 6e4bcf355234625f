"""Jurisdictions, departments and people."""

from departments.models.bodies import Alias, Department, DepartmentGroup, Jurisdiction
from departments.models.people import Membership, Post, User

__all__ = ["Alias", "Department", "DepartmentGroup", "Jurisdiction", "Membership", "Post", "User"]
