"""How far each stream of the catalogue has been published."""

from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('stream', models.CharField(max_length=40, primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField()),
                ('begun_at', models.DateTimeField()),
                ('sent', models.BigIntegerField(default=0)),
                ('sent_at', models.DateTimeField(null=True)),
                ('failing_since', models.DateTimeField(null=True)),
                ('failure', models.CharField(blank=True, max_length=40)),
                ('failures', models.PositiveIntegerField(default=0)),
                ('again_at', models.DateTimeField(null=True)),
                ('held_until', models.DateTimeField(null=True)),
            ],
        ),
    ]
