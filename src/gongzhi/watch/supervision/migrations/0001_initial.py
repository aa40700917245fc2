import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('matters', '0001_initial'),
        ('people', '0001_initial'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Draw',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('checklist', models.CharField(max_length=40)),
                ('seed', models.PositiveBigIntegerField()),
                ('since', models.DateField()),
                ('until', models.DateField()),
                ('among', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=40)),
                ('severity', models.CharField(choices=[('grave', '严重'), ('serious', '较重'), ('minor', '轻微')], max_length=10)),
                ('key', models.CharField(max_length=160, unique=True)),
                ('happened_at', models.DateTimeField()),
                ('raised_at', models.DateTimeField()),
                ('entries', models.JSONField(default=list)),
                ('facts', models.JSONField(default=dict)),
                ('basis_zh', models.TextField()),
                ('basis_en', models.TextField()),
                ('state', models.CharField(choices=[('raised', '待答复'), ('answered', '已答复'), ('sent_back', '退回重答'), ('escalated', '已提级'), ('accepted', '已认可')], default='raised', max_length=10)),
                ('due_at', models.DateTimeField()),
                ('missed_at', models.DateTimeField(blank=True, null=True)),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('answerer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ('matter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='matters.matter')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='findings', to='people.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'state'], name='finding_of_unit'), models.Index(fields=['answerer', 'state'], name='finding_to_answer'), models.Index(fields=['happened_at'], name='finding_by_time'), models.Index(condition=models.Q(('closed_at__isnull', True)), fields=['due_at'], name='finding_due')],
            },
        ),
        migrations.CreateModel(
            name='FindingWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('answer', '答复'), ('acceptance', '认可'), ('return', '退回'), ('escalation', '提级')], max_length=12)),
                ('words', models.TextField()),
                ('at', models.DateTimeField()),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='said', to='supervision.finding')),
            ],
        ),
        migrations.CreateModel(
            name='Recording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('body_camera', '执法记录仪'), ('interview', '询问、讯问录音录像')], max_length=12)),
                ('begun_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField()),
                ('sha256', models.CharField(max_length=64)),
                ('stored_at', models.CharField(max_length=120)),
                ('keep_until', models.DateField()),
                ('registered_at', models.DateTimeField()),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recordings', to='matters.matter')),
                ('registered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'registered_at'], name='recording_of_unit')],
                'constraints': [models.UniqueConstraint(fields=('matter', 'sha256'), name='one_recording_of_a_hash'), models.CheckConstraint(condition=models.Q(('ended_at__gt', models.F('begun_at'))), name='recording_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.PositiveSmallIntegerField()),
                ('faults', models.JSONField(default=list)),
                ('points', models.PositiveSmallIntegerField(null=True)),
                ('of', models.PositiveSmallIntegerField()),
                ('remarks', models.TextField(blank=True)),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('draw', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='reviews', to='supervision.draw')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='matters.matter')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('draw', 'matter'), name='drawn_once_in_a_draw')],
            },
        ),
        migrations.CreateModel(
            name='RuleMemory',
            fields=[
                ('subject', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('text', models.TextField()),
                ('due_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('due_at__isnull', False)), fields=['due_at'], name='rule_memory_due')],
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('key', models.CharField(max_length=120, primary_key=True, serialize=False)),
                ('rule', models.CharField(max_length=40)),
                ('unit', models.PositiveBigIntegerField()),
                ('period', models.DateField()),
                ('ends_at', models.DateTimeField()),
                ('hits', models.PositiveIntegerField(default=0)),
                ('of', models.PositiveIntegerField(default=0)),
                ('entries', models.TextField(default='[]')),
                ('judged', models.BooleanField(default=False)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('judged', False)), fields=['ends_at'], name='tally_to_judge'), models.Index(fields=['rule', 'unit', 'period'], name='tally_of_unit')],
            },
        ),
    ]
