"""Accounts and groups in the admin: nobody gives a right that they do not have.

Django lets whoever may change accounts make anybody a superuser, themselves too.
"""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

ONLY_SUPERUSERS_GIVE = ("is_superuser", "user_permissions")
"""What only a superuser gives; others give rights by putting people into groups."""


def held(request: HttpRequest) -> QuerySet[Permission]:
    """The rights of the person who asks; all of them for a superuser."""
    if is_superuser(request):
        return Permission.objects.all()
    return Permission.objects.filter(Q(group__user=request.user.pk) | Q(user=request.user.pk)).distinct()


def beyond(request: HttpRequest) -> QuerySet[Permission]:
    """The rights that the person who asks does not have."""
    return Permission.objects.exclude(pk__in=held(request).values("pk"))


def within_reach(request: HttpRequest) -> QuerySet[Group]:
    """The groups that give nothing beyond the rights of the person who asks."""
    return Group.objects.exclude(permissions__in=beyond(request))


def is_superuser(request: HttpRequest) -> bool:
    """Whether the person who asks may do anything."""
    return bool(getattr(request.user, "is_superuser", False))


class WithinReach(admin.ModelAdmin):
    """Changes and deletes only what gives no more than the person has."""

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether this row may be changed, its password too."""
        return super().has_change_permission(request, obj) and self.is_within_reach(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whether this row may be deleted."""
        return super().has_delete_permission(request, obj) and self.is_within_reach(request, obj)

    def is_within_reach(self, request: HttpRequest, obj: Model | None) -> bool:
        """Whether the row gives no more than the person has."""
        raise NotImplementedError


admin.site.unregister(User)
admin.site.unregister(Group)


@admin.register(User)
class AccountAdmin(WithinReach, UserAdmin):
    """Accounts; those of superusers are for superusers."""

    def is_within_reach(self, request: HttpRequest, obj: Model | None) -> bool:
        """Whether the account has only rights that the person has too."""
        if not isinstance(obj, User) or is_superuser(request):
            return True
        has_more = beyond(request).filter(Q(user=obj) | Q(group__user=obj)).exists()
        return not (obj.is_superuser or has_more)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What the person may not give is shown and cannot be changed."""
        fields = super().get_readonly_fields(request, obj)
        return fields if is_superuser(request) else (*fields, *ONLY_SUPERUSERS_GIVE)

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        """Only groups within reach can be chosen."""
        if db_field.name == "groups":
            kwargs["queryset"] = within_reach(request)
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Group)
class RightsAdmin(WithinReach, GroupAdmin):
    """Groups, made of rights that their maker has."""

    def is_within_reach(self, request: HttpRequest, obj: Model | None) -> bool:
        """Whether the group gives only rights that the person has."""
        return obj is None or within_reach(request).filter(pk=obj.pk).exists()

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        """Only rights that the person has can be chosen."""
        if db_field.name == "permissions":
            kwargs["queryset"] = held(request)
        return super().formfield_for_manytomany(db_field, request, **kwargs)
