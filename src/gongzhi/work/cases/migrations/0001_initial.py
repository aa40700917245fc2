import django.db.models.deletion
import gongzhi.base.people.sealed_text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('matters', '0001_initial'),
        ('participation', '0001_initial'),
        ('people', '0001_initial'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Case',
            fields=[
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='case', serialize=False, to='matters.matter')),
                ('word', models.CharField(max_length=24)),
                ('year', models.PositiveSmallIntegerField()),
                ('count', models.PositiveIntegerField()),
                ('manifest', models.CharField(blank=True, max_length=64)),
                ('archived_at', models.DateTimeField(null=True)),
                ('incident', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='led_to_cases', to='matters.matter')),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leads_cases', to=settings.AUTH_USER_MODEL)),
                ('second', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='seconds_cases', to=settings.AUTH_USER_MODEL)),
                ('split_from', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='split_off', to='cases.case')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'word', 'year', 'count'), name='one_case_of_a_number'), models.CheckConstraint(condition=models.Q(('lead', models.F('second')), _negated=True), name='two_officers_are_two')],
            },
        ),
        migrations.CreateModel(
            name='CaseDeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40)),
                ('begun_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='deeds', to='cases.case')),
                ('party', models.ForeignKey(null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='deeds', to='matters.party')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None), ('party', None)), fields=('case', 'code'), name='one_deed_at_a_time'), models.UniqueConstraint(condition=models.Q(('ended_at', None), ('party__isnull', False)), fields=('case', 'code', 'party'), name='one_deed_at_a_time_each')],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('joined_at', models.DateTimeField()),
                ('left_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='in_cases', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='cases.case')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('left_at', None)), fields=('case', 'account'), name='once_on_a_team')],
            },
        ),
        migrations.CreateModel(
            name='PartyReceipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='case_receipts', to='matters.party')),
                ('receipt', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='case_party', to='participation.receipt')),
            ],
        ),
        migrations.CreateModel(
            name='Task',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', gongzhi.base.people.sealed_text.SealedText()),
                ('due_at', models.DateTimeField()),
                ('given_at', models.DateTimeField()),
                ('finished_at', models.DateTimeField(null=True)),
                ('outcome', gongzhi.base.people.sealed_text.SealedText(blank=True)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='cases.case')),
                ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lead', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='case_tasks', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('finished_at', None)), fields=['lead', 'due_at'], name='task_open')],
            },
        ),
    ]
