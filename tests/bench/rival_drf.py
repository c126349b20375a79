"""What one writes in an afternoon: ModelSerializer, LimitOffsetPagination, django-filter, joins declared."""

import django
from django.conf import settings

django.setup()
settings.ROOT_URLCONF, settings.MIDDLEWARE, settings.APPEND_SLASH = __name__, [], False

from django.core.wsgi import get_wsgi_application  # noqa: E402 - after the settings
from django.urls import path  # noqa: E402
from django_filters.rest_framework import DjangoFilterBackend  # noqa: E402
from rest_framework import generics, pagination, renderers, serializers  # noqa: E402

from kb.models import Article, Initiative, Metric, Organisation, Place  # noqa: E402


class Hundred(pagination.LimitOffsetPagination):
    default_limit = 100


class PlacePart(serializers.ModelSerializer):
    class Meta:
        model = Place
        fields = ("id", "name", "code")


class InitiativePart(serializers.ModelSerializer):
    class Meta:
        model = Initiative
        fields = ("id", "name")


class OrganisationPart(serializers.ModelSerializer):
    class Meta:
        model = Organisation
        fields = ("id", "name")


class ArticlePart(serializers.ModelSerializer):
    class Meta:
        model = Article
        fields = ("id", "title")


class MetricSerializer(serializers.ModelSerializer):
    city, place = PlacePart(), PlacePart()
    initiative, organisation, article = InitiativePart(), OrganisationPart(), ArticlePart()

    class Meta:
        model = Metric
        exclude = ("created_at", "state", "origin", "ordinal")


class Metrics(generics.ListAPIView):
    queryset = (
        Metric.objects.filter(state="asserted")
        .select_related("city", "place", "initiative", "organisation", "article")
        .order_by("id")
    )
    serializer_class = MetricSerializer
    pagination_class = Hundred
    filter_backends = (DjangoFilterBackend,)
    filterset_fields = ("city__code", "unit")
    renderer_classes = (renderers.JSONRenderer,)
    authentication_classes = permission_classes = throttle_classes = ()


urlpatterns = [path("metrics/", Metrics.as_view())]
application = get_wsgi_application()
