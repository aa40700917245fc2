import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('warnings', '0001_warnings'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name_zh', models.CharField(max_length=200)),
                ('name_en', models.CharField(blank=True, max_length=200)),
                ('code', models.SlugField(max_length=40, unique=True)),
                ('address', models.CharField(blank=True, max_length=500)),
                ('trusted', models.BooleanField(default=False)),
                ('minutes', models.PositiveSmallIntegerField(default=5)),
                ('ended_at', models.DateTimeField(null=True)),
                ('asked_at', models.DateTimeField(null=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('etag', models.CharField(blank=True, max_length=200)),
                ('modified', models.CharField(blank=True, max_length=60)),
                ('failure', models.CharField(blank=True, max_length=40)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Heard',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('proposed', '等人决定'), ('shown', '已给居民看'), ('superseded', '已有更新的'), ('closed', '只是解除'), ('set_aside', '不转发'), ('lapsed', '过期未转发'), ('turned_away', '没有采用'), ('elsewhere', '不在本县')], max_length=12)),
                ('reasons', models.JSONField(default=list)),
                ('digest', models.CharField(max_length=64)),
                ('entry', models.CharField(blank=True, max_length=64)),
                ('sender', models.CharField(blank=True, max_length=200)),
                ('identifier', models.CharField(blank=True, max_length=200)),
                ('sent', models.DateTimeField(null=True)),
                ('msg_type', models.CharField(blank=True, max_length=8)),
                ('severity', models.CharField(blank=True, max_length=12)),
                ('title', models.CharField(blank=True, max_length=200)),
                ('expires', models.DateTimeField(null=True)),
                ('xml', models.TextField(blank=True)),
                ('received_at', models.DateTimeField()),
                ('handled_at', models.DateTimeField(null=True)),
                ('handled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('warning', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='heard', to='warnings.warning')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='heard', to='alerts.source')),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'received_at'], name='alerts_by_state'), models.Index(fields=['source', 'identifier'], name='alerts_by_identifier'), models.Index(fields=['source', 'entry'], name='alerts_by_entry')],
                'constraints': [models.UniqueConstraint(fields=('source', 'digest'), name='one_alert_of_these_bytes')],
            },
        ),
    ]
