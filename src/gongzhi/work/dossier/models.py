"""Documents, exhibits in somebody's hands, evidence files. No side effects here."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongzhi.base.catalogue.kinds.document import Document, DocumentVersion
from gongzhi.base.catalogue.load import catalogue
from gongzhi.base.files.models import StoredFile
from gongzhi.base.matters.models import Matter
from gongzhi.base.people.models import Account, Person
from gongzhi.base.people.sealed_text import SealedText
from gongzhi.work.dossier.paper.filled import written_number


class CaseDocument(models.Model):
    """A document of a matter. What it tells is sealed; issued, it never changes again."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=40)
    version = models.CharField(max_length=7)
    sealed = models.BinaryField()
    """The values of its fields."""
    drafted_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    approved_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    issued_at = models.DateTimeField(null=True)
    year = models.PositiveSmallIntegerField(null=True)
    count = models.PositiveIntegerField(null=True)
    pdf = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    docx = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    erased_at = models.DateTimeField(null=True)
    """When its files and what it told were erased; that it was, and its number, stay."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "year", "count"], name="one_number_once"),
            models.CheckConstraint(
                condition=models.Q(issued_at__isnull=True, count__isnull=True, pdf__isnull=True)
                | models.Q(issued_at__isnull=False, pdf__isnull=False, docx__isnull=False)
                | models.Q(erased_at__isnull=False, pdf__isnull=True, docx__isnull=True),
                name="issued_with_both_files",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item.name} {self.number}".strip()

    @property
    def item(self) -> Document:
        """Its kind in the catalogue."""
        return catalogue().documents[self.kind]

    @property
    def version_item(self) -> DocumentVersion:
        """The version that it was drafted under."""
        return self.item.version(self.version)

    @property
    def number(self) -> str:
        """文号; "" as long as it has none."""
        return written_number(self.item.word, self.year, self.count)


class NumberSeries(models.Model):
    """The last number of a kind in a year; counted up in the transaction that issues."""

    kind = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "year"], name="one_series")]

    @classmethod
    def take(cls, kind: str, year: int) -> int:
        """The next number, inside an open action: one that fails gives its number back."""
        cls.objects.get_or_create(kind=kind, year=year)
        series = cls.objects.select_for_update().get(kind=kind, year=year)
        series.last += 1
        series.save(update_fields=["last"])
        return series.last


class Exhibit(models.Model):
    """A thing that was taken as evidence. Where it is, its custodies say."""

    class Ending(models.TextChoices):
        """How it left the custody of the police."""

        RETURNED = "returned", _("发还")
        FORWARDED = "forwarded", _("随案移送")
        DESTROYED = "destroyed", _("销毁")

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="exhibits")
    count = models.PositiveIntegerField()
    """Its number within the matter."""
    name = SealedText()
    quantity = models.CharField(max_length=40)
    features = SealedText(blank=True)
    found_at = SealedText()
    """Where it was taken, in words."""
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    """The other officer."""
    witnessed = models.BinaryField(default=b"")
    """Who saw it taken, sealed; where there was no second officer."""
    seal_number = models.CharField(max_length=40, blank=True)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=12, choices=Ending.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["matter", "count"], name="one_exhibit_of_a_number"),
            models.CheckConstraint(
                condition=models.Q(second__isnull=False) | ~models.Q(witnessed=b""),
                name="taken_before_a_second_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.count}. {self.name}"


class Custody(models.Model):
    """In whose hands an exhibit was, from when until when. The next begins as this one ends."""

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="custodies")
    turn = models.PositiveIntegerField()
    holder = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    outside = models.CharField(max_length=120, blank=True)
    """The institution that has it, where no officer does."""
    where = SealedText()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["exhibit", "turn"], name="one_custody_a_turn"),
            models.UniqueConstraint(
                fields=["exhibit"], condition=models.Q(until__isnull=True), name="one_custody_now"
            ),
            models.CheckConstraint(
                condition=models.Q(holder__isnull=False, outside="")
                | models.Q(holder__isnull=True, outside__gt=""),
                name="in_one_pair_of_hands",
            ),
        ]


class Purpose(models.TextChoices):
    """What an exhibit changes hands for."""

    STORE = "store", _("交保管")
    USE = "use", _("调用（辨认、核对）")
    LEND = "lend", _("送鉴定")
    FETCH = "fetch", _("鉴定后取回")
    RETURNED = "returned", _("发还")
    FORWARDED = "forwarded", _("随案移送")
    DESTROYED = "destroyed", _("销毁")


class ExhibitOffer(models.Model):
    """A hand-over: offered by one, confirmed by the other; until then nothing has moved."""

    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="offers")
    purpose = models.CharField(max_length=12, choices=Purpose.choices)
    giver = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    taker = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    """Who confirms: the next holder, or the second officer where it goes to somebody outside."""
    outside = models.CharField(max_length=120, blank=True)
    where = SealedText()
    basis = models.CharField(max_length=120, blank=True)
    """The decision or receipt that it rests on."""
    seal_number = models.CharField(max_length=40, blank=True)
    seal_intact = models.BooleanField(default=True)
    offered_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["exhibit"], name="one_offer_at_a_time",
                condition=models.Q(confirmed_at__isnull=True, withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=~models.Q(giver=models.F("taker")), name="two_people_confirm"
            ),
        ]  # fmt: skip


class EvidenceFile(models.Model):
    """A file kept as evidence: its hash was fixed when it came, and is checked ever after.

    Nothing in it is ever changed. A correction is another file, with a reason, in its place.
    """

    class Kind(models.TextChoices):
        """What sort of thing it is."""

        DOCUMENT = "document", _("书证、文档")
        PICTURE = "picture", _("照片、图片")
        AUDIO = "audio", _("录音")
        VIDEO = "video", _("录像")
        OTHER = "other", _("其他电子数据")

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="evidence_files")
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, null=True, related_name="files")
    offer = models.ForeignKey(
        ExhibitOffer, on_delete=models.PROTECT, null=True, related_name="photos"
    )
    """The hand-over at which the exhibit looked like this; None for how it was taken."""
    kind = models.CharField(max_length=12, choices=Kind.choices, default=Kind.OTHER)
    told = models.BinaryField(default=b"")
    """What it is, who took it and where, what it was called and why it replaces another; sealed."""
    taken_at = models.DateTimeField(null=True)
    file = models.OneToOneField(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="evidence"
    )
    shown = models.OneToOneField(
        StoredFile, on_delete=models.PROTECT, null=True, related_name="shows_evidence"
    )
    """A picture made anew from it, without what a camera wrote into it, for the page."""
    sha256 = models.CharField(max_length=64)
    kept_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    kept_at = models.DateTimeField()
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )
    request_key = models.CharField(max_length=64, null=True, unique=True)
    """Whoever sends it twice with the same key has sent it once."""
    checked_at = models.DateTimeField(null=True)
    """When it was last read anew."""
    broken_at = models.DateTimeField(null=True)
    """Since when it is known not to be what it was."""
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(file__isnull=False) | models.Q(erased_at__isnull=False),
                name="evidence_has_its_file",
            )
        ]

    @property
    def media_type(self) -> str:
        """What its bytes said it is."""
        return self.file.media_type if self.file else ""


class CaseArchive(models.Model):
    """The case's file as it was archived: one sealed folder."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="archives")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="archive")
    manifest = models.CharField(max_length=64)
    """The hash of its manifest."""
    made_at = models.DateTimeField()


class Export(models.TextChoices):
    """What a case leaves the platform for."""

    ARCHIVE = "archive", _("归档")
    FORWARD = "forward", _("随案移送")
    REVIEW = "review", _("复议、诉讼、检察监督")
    COPY = "copy", _("依法查阅、复制")


class LegalHold(models.Model):
    """The case's file is wanted: nothing of it may be erased until the hold is lifted."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="holds")
    reason = models.CharField(max_length=200)
    """Who asked for it and by which paper; no person's name."""
    set_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    lifted_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=models.Q(lifted_at=None), name="one_hold_at_a_time"
            )
        ]


class ErasureProposal(models.Model):
    """That a case's file, or what it holds of one person, be erased: proposed by one, decided by
    another."""

    class Basis(models.TextChoices):
        """Why it may be."""

        EXPIRED = "expired", _("保管期限届满")
        ORDERED = "ordered", _("法律规定或者有权机关决定")
        ASKED = "asked", _("本人依法要求")

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="erasures")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    """Whose; None for the whole case file."""
    basis = models.CharField(max_length=10, choices=Basis.choices)
    article = models.CharField(max_length=200)
    """The provision or decision that it rests on."""
    keep_until = models.DateField()
    """The last day on which it had to be kept."""
    proposed_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    decided_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    approved = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter"], condition=models.Q(decided_at=None), name="one_erasure_at_a_time"
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by__isnull=True)
                | ~models.Q(decided_by=models.F("proposed_by")),
                name="two_people_erase",
            ),
        ]


class ErasureItem(models.Model):
    """A document or file that names the person: the one who decides chooses whether it goes."""

    proposal = models.ForeignKey(ErasureProposal, on_delete=models.CASCADE, related_name="items")
    document = models.ForeignKey(
        CaseDocument, on_delete=models.PROTECT, null=True, related_name="+"
    )
    evidence = models.ForeignKey(
        EvidenceFile, on_delete=models.PROTECT, null=True, related_name="+"
    )
    erased = models.BooleanField(default=False)
