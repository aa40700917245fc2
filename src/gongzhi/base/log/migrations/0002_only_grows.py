from django.db import migrations

from gongzhi.base.log.triggers import BY_VENDOR


def make_triggers(apps, schema_editor):
    for statement in BY_VENDOR[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("log", "0001_initial")]
    operations = [migrations.RunPython(make_triggers, migrations.RunPython.noop)]
