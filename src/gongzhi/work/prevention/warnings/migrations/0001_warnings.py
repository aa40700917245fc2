import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from gongzhi.work.prevention.warnings.triggers import BY_VENDOR


def make_triggers(apps, schema_editor):
    for statement in BY_VENDOR[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('headline_zh', models.CharField(max_length=200)),
                ('headline_en', models.CharField(blank=True, max_length=300)),
                ('description_zh', models.TextField(blank=True)),
                ('description_en', models.TextField(blank=True)),
                ('instruction_zh', models.TextField(blank=True)),
                ('instruction_en', models.TextField(blank=True)),
                ('place_zh', models.CharField(blank=True, max_length=300)),
                ('place_en', models.CharField(blank=True, max_length=400)),
                ('urgency', models.CharField(max_length=12)),
                ('severity', models.CharField(max_length=12)),
                ('certainty', models.CharField(max_length=12)),
                ('onset', models.DateTimeField(blank=True, null=True)),
                ('expires', models.DateTimeField(null=True)),
                ('parts', models.JSONField(default=dict)),
                ('geometry', models.TextField(blank=True)),
                ('serial', models.PositiveSmallIntegerField()),
                ('identifier', models.CharField(max_length=120, unique=True)),
                ('sender', models.CharField(max_length=120)),
                ('msg_type', models.CharField(max_length=8)),
                ('sent', models.DateTimeField()),
                ('xml', models.TextField()),
                ('emergency', models.BooleanField(default=False)),
                ('publisher', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('writer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Endorsement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('message', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='endorsement', to='warnings.message')),
            ],
        ),
        migrations.CreateModel(
            name='Warning',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.CharField(max_length=40)),
                ('state', models.CharField(choices=[('draft', '草稿'), ('active', '生效中'), ('cancelled', '已解除'), ('expired', '已到期'), ('dropped', '已放弃')], default='draft', max_length=12)),
                ('exercise', models.BooleanField(default=False)),
                ('source', models.CharField(blank=True, max_length=40)),
                ('source_zh', models.CharField(blank=True, max_length=120)),
                ('source_en', models.CharField(blank=True, max_length=160)),
                ('opened_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('current', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='current_of', to='warnings.message')),
            ],
        ),
        migrations.AddField(
            model_name='message',
            name='warning',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='messages', to='warnings.warning'),
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('headline_zh', models.CharField(max_length=200)),
                ('headline_en', models.CharField(blank=True, max_length=300)),
                ('description_zh', models.TextField(blank=True)),
                ('description_en', models.TextField(blank=True)),
                ('instruction_zh', models.TextField(blank=True)),
                ('instruction_en', models.TextField(blank=True)),
                ('place_zh', models.CharField(blank=True, max_length=300)),
                ('place_en', models.CharField(blank=True, max_length=400)),
                ('urgency', models.CharField(max_length=12)),
                ('severity', models.CharField(max_length=12)),
                ('certainty', models.CharField(max_length=12)),
                ('onset', models.DateTimeField(blank=True, null=True)),
                ('expires', models.DateTimeField(null=True)),
                ('parts', models.JSONField(default=dict)),
                ('geometry', models.TextField(blank=True)),
                ('msg_type', models.CharField(max_length=8)),
                ('state', models.CharField(default='writing', max_length=8)),
                ('changed_at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('warning', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='draft', to='warnings.warning')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='warning',
            index=models.Index(fields=['state', 'ended_at'], name='warnings_by_state'),
        ),
        migrations.AddConstraint(
            model_name='warning',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'dropped']), ('current__isnull', False), _connector='OR'), name='a_warning_says_something'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(fields=('warning', 'serial'), name='one_message_of_a_serial'),
        ),
        migrations.RunPython(make_triggers, migrations.RunPython.noop),
    ]
