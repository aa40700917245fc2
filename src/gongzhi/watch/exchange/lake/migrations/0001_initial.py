from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Month',
            fields=[
                ('month', models.CharField(max_length=7, primary_key=True, serialize=False)),
                ('changed_seq', models.BigIntegerField()),
                ('written_seq', models.BigIntegerField(default=-1)),
                ('rows', models.PositiveIntegerField(default=0)),
                ('digest', models.CharField(blank=True, max_length=64)),
                ('written_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Fact',
            fields=[
                ('matter', models.BigIntegerField(primary_key=True, serialize=False)),
                ('version', models.CharField(max_length=7)),
                ('month', models.CharField(max_length=7)),
                ('fact', models.CharField(max_length=16, unique=True)),
                ('source', models.CharField(blank=True, max_length=40)),
                ('kind', models.CharField(max_length=40)),
                ('category', models.CharField(max_length=40)),
                ('priority', models.PositiveSmallIntegerField()),
                ('channel', models.CharField(max_length=20)),
                ('resident', models.BooleanField()),
                ('opened_at', models.DateTimeField()),
                ('town', models.CharField(blank=True, max_length=40)),
                ('h7', models.BigIntegerField(null=True)),
                ('h8', models.BigIntegerField(null=True)),
                ('told', models.PositiveIntegerField(default=1)),
                ('units', models.PositiveIntegerField(default=0)),
                ('assigned_after', models.IntegerField(null=True)),
                ('set_off_after', models.IntegerField(null=True)),
                ('arrived_after', models.IntegerField(null=True)),
                ('cleared_after', models.IntegerField(null=True)),
                ('closed_after', models.IntegerField(null=True)),
                ('step', models.CharField(max_length=40)),
                ('outcome', models.CharField(blank=True, max_length=80)),
                ('solved', models.BooleanField(null=True)),
                ('merged', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(fields=['month', 'opened_at', 'fact'], name='facts_of_month')],
            },
        ),
    ]
