from django.db import migrations, models

from gongzhi.base.places.search.index import DROP, MAKE, rebuild
from gongzhi.base.places.search.sounds import sound_tokens


def run(statements):
    def each(apps, schema_editor):
        for statement in statements[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return each


def hear(apps, schema_editor):
    """Names that are there already get the tokens of how they sound."""
    entries = apps.get_model("places", "GazetteerEntry").objects.filter(street=None)
    batch = []
    for entry in entries.only("name_zh", "tokens").iterator(500):
        entry.tokens = " ".join(sorted({*entry.tokens.split(), *sound_tokens([entry.name_zh])}))
        batch.append(entry)
    entries.model.objects.bulk_update(batch, ["tokens"], batch_size=500)


def read_again(apps, schema_editor):
    rebuild()


class Migration(migrations.Migration):
    """The index is made anew, for the table's columns change (search/index.py)."""

    dependencies = [("places", "0002_words")]
    operations = [
        migrations.RunPython(run(DROP), run(MAKE)),
        migrations.AddField(
            model_name="gazetteerentry", name="aliases", field=models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(hear, migrations.RunPython.noop),
        migrations.RunPython(run(MAKE), run(DROP)),
        migrations.RunPython(read_again, migrations.RunPython.noop),
    ]
