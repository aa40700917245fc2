"""Counties, their areas, and the names and addresses one can look for."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from gongzhi.base.places.coordinates import Bounds, Point


class Named(models.Model):
    """Something with a name in both languages."""

    name_zh = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        english = (get_language() or "").startswith("en")
        return (self.name_en or self.name_zh) if english else self.name_zh


class County(Named):
    """A county as the map needs it: its own one, and one for each imported source of matters."""

    code = models.SlugField(max_length=40, unique=True)
    south = models.FloatField()
    west = models.FloatField()
    north = models.FloatField()
    east = models.FloatField()
    time_zone = models.CharField(max_length=64, default="Asia/Shanghai")
    own = models.BooleanField(default=False)
    """The one that this platform serves; new reports must lie in it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["own"], condition=models.Q(own=True), name="one_own_county"
            ),
            models.CheckConstraint(
                condition=models.Q(south__lte=models.F("north"), west__lte=models.F("east")),
                name="county_bounds_in_order",
            ),
        ]

    @property
    def bounds(self) -> Bounds:
        """The box that holds it."""
        return Bounds(self.south, self.west, self.north, self.east)

    @bounds.setter
    def bounds(self, box: Bounds) -> None:
        self.south, self.west, self.north, self.east = box.south, box.west, box.north, box.east


class Area(Named):
    """A part of a county, valid from a day to a day (inclusive). Never deleted, only ended."""

    class Kind(models.TextChoices):
        """What divides the county so."""

        TOWN = "town", _("乡镇街道")
        VILLAGE = "village", _("村社")
        STATION = "station_area", _("派出所辖区")
        BEAT = "beat", _("巡区")

    county = models.ForeignKey(County, on_delete=models.CASCADE, related_name="areas")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    code = models.CharField(max_length=40)
    parent = models.CharField(max_length=40, blank=True)
    """Code of the area above it, e.g. the town of a village."""
    geometry = models.TextField()
    """GeoJSON Polygon or MultiPolygon, WGS 84."""
    south = models.FloatField()
    west = models.FloatField()
    north = models.FloatField()
    east = models.FloatField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["county", "kind", "code", "valid_from"], name="one_area_from_a_day"
            )
        ]
        indexes = [models.Index(fields=["kind", "code"], name="area_by_code")]

    @property
    def bounds(self) -> Bounds:
        """The box that holds it."""
        return Bounds(self.south, self.west, self.north, self.east)


class GazetteerEntry(Named):
    """A name one can look for, or a numbered front door on a street that is itself an entry.

    Rows stand in the order of their weight, so the first that match are the better known.
    Whatever changes this table's columns must make the full-text index anew (``search.index``).
    """

    county = models.ForeignKey(County, on_delete=models.CASCADE, related_name="gazetteer")
    code = models.CharField(max_length=80)
    kind = models.CharField(max_length=20)
    address_zh = models.CharField(max_length=200, blank=True)
    address_en = models.CharField(max_length=200, blank=True)
    aliases = models.TextField(blank=True)
    """What else people call it, or called it once: one name a line."""
    area = models.CharField(max_length=40, blank=True)
    """Code of the town it lies in."""
    street = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="doors")
    number = models.PositiveIntegerField(null=True)
    lat = models.FloatField()
    lon = models.FloatField()
    h7 = models.BigIntegerField()
    h9 = models.BigIntegerField()
    key = models.CharField(max_length=200)
    """The name as ``search.words.key_of`` writes it."""
    tokens = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["county", "code"], name="one_entry_of_a_code")
        ]
        indexes = [
            models.Index(fields=["street", "number"], name="gazetteer_doors"),
            models.Index(fields=["county", "key"], name="gazetteer_by_key"),
            models.Index(fields=["h9"], name="gazetteer_by_cell"),
        ]

    @property
    def point(self) -> Point:
        """Where it is."""
        return Point(self.lat, self.lon)
