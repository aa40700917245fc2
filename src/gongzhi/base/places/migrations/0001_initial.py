import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='County',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_zh', models.CharField(max_length=200)),
                ('name_en', models.CharField(blank=True, max_length=200)),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('south', models.FloatField()),
                ('west', models.FloatField()),
                ('north', models.FloatField()),
                ('east', models.FloatField()),
                ('time_zone', models.CharField(default='Asia/Shanghai', max_length=64)),
                ('own', models.BooleanField(default=False)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('own', True)), fields=('own',), name='one_own_county'), models.CheckConstraint(condition=models.Q(('south__lte', models.F('north')), ('west__lte', models.F('east'))), name='county_bounds_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_zh', models.CharField(max_length=200)),
                ('name_en', models.CharField(blank=True, max_length=200)),
                ('kind', models.CharField(choices=[('town', '乡镇街道'), ('village', '村社'), ('station_area', '派出所辖区'), ('beat', '巡区')], max_length=20)),
                ('code', models.CharField(max_length=40)),
                ('parent', models.CharField(blank=True, max_length=40)),
                ('geometry', models.TextField()),
                ('south', models.FloatField()),
                ('west', models.FloatField()),
                ('north', models.FloatField()),
                ('east', models.FloatField()),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('changed_at', models.DateTimeField()),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='areas', to='places.county')),
            ],
            options={
                'indexes': [models.Index(fields=['kind', 'code'], name='area_by_code')],
                'constraints': [models.UniqueConstraint(fields=('county', 'kind', 'code', 'valid_from'), name='one_area_from_a_day')],
            },
        ),
        migrations.CreateModel(
            name='GazetteerEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_zh', models.CharField(max_length=200)),
                ('name_en', models.CharField(blank=True, max_length=200)),
                ('code', models.CharField(max_length=80)),
                ('kind', models.CharField(max_length=20)),
                ('address_zh', models.CharField(blank=True, max_length=200)),
                ('address_en', models.CharField(blank=True, max_length=200)),
                ('area', models.CharField(blank=True, max_length=40)),
                ('number', models.PositiveIntegerField(null=True)),
                ('lat', models.FloatField()),
                ('lon', models.FloatField()),
                ('h7', models.BigIntegerField()),
                ('h9', models.BigIntegerField()),
                ('key', models.CharField(max_length=200)),
                ('tokens', models.TextField(blank=True)),
                ('county', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='gazetteer', to='places.county')),
                ('street', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='doors', to='places.gazetteerentry')),
            ],
            options={
                'indexes': [models.Index(fields=['street', 'number'], name='gazetteer_doors'), models.Index(fields=['county', 'key'], name='gazetteer_by_key'), models.Index(fields=['h9'], name='gazetteer_by_cell')],
                'constraints': [models.UniqueConstraint(fields=('county', 'code'), name='one_entry_of_a_code')],
            },
        ),
    ]
