from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Checkpoint',
            fields=[
                ('seq', models.BigIntegerField(primary_key=True, serialize=False)),
                ('hash', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('key', models.CharField(max_length=64)),
                ('signature', models.CharField(max_length=128)),
            ],
        ),
        migrations.CreateModel(
            name='Cursor',
            fields=[
                ('reader', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('seq', models.BigIntegerField(default=0)),
                ('moved_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('name', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('next_at', models.DateTimeField()),
                ('held_until', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('failures', models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('seq', models.BigIntegerField(primary_key=True, serialize=False)),
                ('id', models.UUIDField(unique=True)),
                ('at', models.DateTimeField()),
                ('by', models.CharField(max_length=80)),
                ('kind', models.CharField(db_index=True, max_length=80)),
                ('subject', models.CharField(max_length=80)),
                ('text', models.TextField()),
                ('hash', models.CharField(max_length=64)),
            ],
            options={
                'indexes': [models.Index(fields=['subject', 'seq'], name='log_entry_subject_seq')],
            },
        ),
    ]
