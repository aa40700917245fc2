"""A hook can be told of a resident's request, too."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """See the module."""

    dependencies = [("webhooks", "0001_partners_hooks")]

    operations = [
        migrations.AlterField("delivery", "request", models.BigIntegerField(null=True)),
        migrations.AddField("delivery", "matter", models.BigIntegerField(null=True)),
    ]
