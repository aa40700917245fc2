from django.db import migrations

from gongzhi.base.log.triggers import BY_VENDOR, HEAD


def make(apps, schema_editor):
    vendor = schema_editor.connection.vendor
    for statement in BY_VENDOR[vendor]:
        schema_editor.execute(statement)
    if vendor == "postgresql":
        schema_editor.execute(HEAD)


class Migration(migrations.Migration):
    dependencies = [("log", "0001_initial")]
    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
