import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('matters', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_hash', models.CharField(max_length=64, unique=True)),
                ('made_at', models.DateTimeField()),
                ('idempotency_key', models.CharField(blank=True, max_length=64)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='receipts', to='matters.matter')),
                ('message', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='receipt', to='matters.message')),
            ],
        ),
        migrations.CreateModel(
            name='Rating',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stars', models.PositiveSmallIntegerField()),
                ('words', models.TextField(blank=True)),
                ('rated_at', models.DateTimeField()),
                ('receipt', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='rating', to='participation.receipt')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('stars__range', (1, 5))), name='stars_1_5')],
            },
        ),
    ]
