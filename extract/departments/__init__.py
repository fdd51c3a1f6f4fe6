"""The bodies named in lists and in prose, what they do, and the roles that words give them."""

from extract.departments.bodies import Department, department_list, find_departments, full_name, function_of

__all__ = ["Department", "department_list", "find_departments", "full_name", "function_of"]
