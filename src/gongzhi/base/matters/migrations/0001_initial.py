import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0001_initial'),
        ('people', '0001_initial'),
        ('people', '__first__'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Matter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('procedure', models.CharField(max_length=40)),
                ('version', models.CharField(max_length=7)),
                ('step', models.CharField(max_length=40)),
                ('stepped_at', models.DateTimeField()),
                ('category', models.CharField(max_length=40)),
                ('priority', models.PositiveSmallIntegerField()),
                ('channel', models.CharField(default='web', max_length=20)),
                ('answers', models.JSONField(blank=True, default=dict)),
                ('bounces', models.PositiveIntegerField(default=0)),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(blank=True, null=True)),
                ('idempotency_key', models.CharField(max_length=64, null=True, unique=True)),
                ('lat', models.FloatField(blank=True, null=True)),
                ('lon', models.FloatField(blank=True, null=True)),
                ('accuracy', models.PositiveIntegerField(blank=True, null=True)),
                ('h7', models.BigIntegerField(blank=True, null=True)),
                ('h9', models.BigIntegerField(blank=True, null=True)),
                ('town', models.CharField(blank=True, max_length=40)),
                ('beat', models.CharField(blank=True, max_length=40)),
                ('county', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='matters', to='places.county')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='matters.matter')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='matters', to=settings.AUTH_USER_MODEL)),
                ('owner_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='matters', to='people.unit')),
            ],
            options={
                'indexes': [models.Index(fields=['owner_unit', 'closed_at'], name='matter_desk'), models.Index(condition=models.Q(('closed_at__isnull', True), ('county__isnull', True)), fields=['procedure', 'priority', 'opened_at'], name='matter_own_open'), models.Index(fields=['procedure', 'county', 'opened_at'], name='matter_by_time'), models.Index(fields=['h9', 'opened_at'], name='matter_near')],
                'constraints': [models.CheckConstraint(condition=models.Q(('priority__range', (1, 4))), name='priority_1_4'), models.CheckConstraint(condition=models.Q(models.Q(('h9__isnull', True), ('lat__isnull', True), ('lon__isnull', True)), models.Q(('h9__isnull', False), ('lat__isnull', False), ('lon__isnull', False)), _connector='OR'), name='place_whole_or_not')],
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('reporter', '反映人'), ('caller', '报警人'), ('suspect', '违法犯罪嫌疑人'), ('victim', '被侵害人、被害人'), ('witness', '证人'), ('guardian', '监护人、法定代理人'), ('counsel', '律师、辩护人'), ('complainant', '控告人、举报人'), ('applicant', '申请人')], max_length=20)),
                ('number', models.PositiveSmallIntegerField(default=1)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parties', to='matters.matter')),
                ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='party', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='ClockRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('clock', models.CharField(max_length=40)),
                ('law', models.BooleanField()),
                ('basis_zh', models.TextField()),
                ('basis_en', models.TextField()),
                ('started_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(null=True)),
                ('opens_at', models.DateTimeField(null=True)),
                ('warn_at', models.DateTimeField(null=True)),
                ('missed_at', models.DateTimeField(null=True)),
                ('stopped_at', models.DateTimeField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('met', '按时办结'), ('missed', '超时办结'), ('lapsed', '不再计时')], max_length=10)),
                ('provisional', models.BooleanField(default=False)),
                ('counting', models.JSONField()),
                ('steps', models.JSONField()),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='clocks', to='matters.matter')),
                ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='clocks', to='matters.party')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('missed_at__isnull', True), ('stopped_at__isnull', True)), fields=['due_at'], name='clock_due'), models.Index(condition=models.Q(('missed_at__isnull', False), ('stopped_at__isnull', True)), fields=['due_at'], name='clock_missed'), models.Index(condition=models.Q(('opens_at__isnull', False), ('stopped_at__isnull', True)), fields=['opens_at'], name='clock_opens'), models.Index(condition=models.Q(('warn_at__isnull', False)), fields=['warn_at'], name='clock_warn'), models.Index(condition=models.Q(('provisional', True), ('stopped_at__isnull', True)), fields=['due_at'], name='clock_provisional')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('party__isnull', True), ('stopped_at__isnull', True)), fields=('matter', 'clock'), name='one_run_of_a_clock'), models.UniqueConstraint(condition=models.Q(('party__isnull', False), ('stopped_at__isnull', True)), fields=('matter', 'clock', 'party'), name='one_run_of_a_clock_each'), models.CheckConstraint(condition=models.Q(models.Q(('outcome', ''), ('stopped_at__isnull', True)), models.Q(('outcome__gt', ''), ('stopped_at__gte', models.F('started_at'))), _connector='OR'), name='clock_stops_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='ClockChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('by', models.CharField(blank=True, max_length=20)),
                ('since', models.DateTimeField(null=True)),
                ('until', models.DateTimeField(null=True)),
                ('reason', models.TextField()),
                ('basis_zh', models.TextField(blank=True)),
                ('basis_en', models.TextField(blank=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='matters.clockrun')),
            ],
        ),
        migrations.CreateModel(
            name='Handover',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('reason', models.CharField(max_length=40)),
                ('giver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ('taker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='handovers', to='matters.matter')),
            ],
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('question', '询问'), ('reply', '回复'), ('note', '记录'), ('update', '进展'), ('joined', '补充反映'), ('objection', '不满意的原因')], max_length=20)),
                ('words', models.TextField()),
                ('public', models.BooleanField(default=False)),
                ('at', models.DateTimeField()),
                ('author', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='matters.matter')),
            ],
            options={
                'indexes': [models.Index(fields=['matter', 'at'], name='message_of_matter')],
            },
        ),
        migrations.CreateModel(
            name='Attachment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public', models.BooleanField(default=True)),
                ('at', models.DateTimeField()),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='attachment', to='files.storedfile')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='matters.matter')),
                ('message', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='attachments', to='matters.message')),
            ],
        ),
        migrations.CreateModel(
            name='Narrative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.TextField()),
                ('place', models.CharField(blank=True, max_length=200)),
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='narrative', to='matters.matter')),
            ],
        ),
        migrations.CreateModel(
            name='ShownElement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40)),
                ('text', models.TextField()),
                ('shown_at', models.DateTimeField()),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='elements', to='matters.matter')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('matter', 'code'), name='one_element_of_a_code')],
            },
        ),
    ]
