"""PostgreSQL: lock and head in one go."""

from django.db import migrations

from gongzhi.base.log.triggers import HEAD


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(HEAD)


class Migration(migrations.Migration):

    dependencies = [("log", "0003_jobs")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
