import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='SubjectKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=80, unique=True)),
                ('sealed', models.BinaryField(default=b'')),
                ('made_at', models.DateTimeField()),
                ('destroyed_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sha256', models.CharField(db_index=True, max_length=64)),
                ('thumbnail', models.CharField(blank=True, max_length=64)),
                ('media_type', models.CharField(max_length=100)),
                ('bytes', models.PositiveBigIntegerField()),
                ('width', models.PositiveIntegerField(null=True)),
                ('height', models.PositiveIntegerField(null=True)),
                ('stored_at', models.DateTimeField(db_index=True)),
                ('wrapped', models.BinaryField(default=b'')),
                ('sealed_as', models.CharField(blank=True, db_index=True, default='', max_length=64)),
                ('small_sealed_as', models.CharField(blank=True, default='', max_length=64)),
                ('key', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='files', to='files.subjectkey')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('key__isnull', True), ('sealed_as', '')), models.Q(('key__isnull', False), ('sealed_as__gt', '')), _connector='OR'), name='sealed_with_a_key')],
            },
        ),
    ]
