from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mapping', models.CharField(max_length=40)),
                ('digest', models.CharField(max_length=64)),
                ('position', models.PositiveBigIntegerField(default=0)),
                ('read', models.PositiveBigIntegerField(default=0)),
                ('imported', models.PositiveBigIntegerField(default=0)),
                ('known', models.PositiveBigIntegerField(default=0)),
                ('rejected', models.PositiveBigIntegerField(default=0)),
                ('rejected_bytes', models.PositiveBigIntegerField(default=0)),
                ('notes', models.JSONField(default=dict)),
                ('started_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('finished_at__isnull', True)), fields=('mapping', 'digest'), name='one_unfinished_import_of_a_file')],
            },
        ),
    ]
