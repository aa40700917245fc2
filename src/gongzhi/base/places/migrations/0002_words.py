from django.db import migrations

from gongzhi.base.places.search.index import DROP, MAKE


def run(statements):
    def each(apps, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return each


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]
    operations = [migrations.RunPython(run(MAKE), run(DROP))]
