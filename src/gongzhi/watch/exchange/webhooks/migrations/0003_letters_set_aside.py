"""A message that the receiver refuses is set aside; a hook says in which form it is told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """See the module."""

    dependencies = [("webhooks", "0002_requests_of_residents")]

    operations = [
        migrations.AddField("hook", "form", models.CharField(default="structured", max_length=10)),
        migrations.AddField("delivery", "failure", models.CharField(blank=True, default="", max_length=40), preserve_default=False),
        migrations.AddField("delivery", "dead_at", models.DateTimeField(null=True)),
        migrations.RemoveIndex("delivery", "still_to_be_told"),
        migrations.AddIndex(
            "delivery",
            models.Index(
                condition=models.Q(("dead_at__isnull", True), ("done_at__isnull", True)),
                fields=["hook", "seq"],
                name="waits_to_be_told",
            ),
        ),
    ]
