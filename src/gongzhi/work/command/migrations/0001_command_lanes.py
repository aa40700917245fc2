import django.db.models.deletion
import gongzhi.base.people.sealed_text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('dispatch', '0001_initial'),
        ('linked', '0001_requests_to_partners'),
        ('matters', '0001_initial'),
        ('people', '0001_initial'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Lane',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opened_at', models.DateTimeField()),
                ('closed_at', models.DateTimeField(null=True)),
                ('no_lessons', models.BooleanField(default=False)),
                ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='LaneIncident',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('joined_at', models.DateTimeField()),
                ('lane', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='incidents', to='command.lane')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lane_incidents', to='matters.matter')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('lane', 'matter'), name='once_in_a_lane')],
            },
        ),
        migrations.CreateModel(
            name='Lesson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', gongzhi.base.people.sealed_text.SealedText()),
                ('due', models.DateField()),
                ('stated_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(null=True)),
                ('lane', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lessons', to='command.lane')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
            ],
        ),
        migrations.CreateModel(
            name='LogLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('words', gongzhi.base.people.sealed_text.SealedText()),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lane', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='command.lane')),
            ],
        ),
        migrations.CreateModel(
            name='Objective',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', gongzhi.base.people.sealed_text.SealedText()),
                ('state', models.CharField(choices=[('open', '进行中'), ('met', '已达成'), ('dropped', '不再需要')], default='open', max_length=10)),
                ('set_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('lane', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='objectives', to='command.lane')),
            ],
        ),
        migrations.CreateModel(
            name='PostHolder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('post', models.CharField(choices=[('commander', '指挥长'), ('deputy', '副指挥长'), ('liaison', '联络员'), ('safety', '安全员'), ('operations', '现场处置'), ('logistics', '后勤保障'), ('residents', '群众疏散安置'), ('information', '信息发布'), ('record', '记录员')], max_length=20)),
                ('taken_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('lane', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='holders', to='command.lane')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.unit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('lane', 'post'), name='one_on_a_post'), models.CheckConstraint(condition=models.Q(('account__isnull', False), ('unit__isnull', False), _connector='OR'), name='post_has_a_holder')],
            },
        ),
        migrations.CreateModel(
            name='Resource',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort', models.CharField(choices=[('shelter', '安置点'), ('boat', '船只'), ('vehicle', '车辆'), ('machine', '机械、设备'), ('supplies', '物资'), ('people', '人员（支援队伍）')], max_length=10)),
                ('name', gongzhi.base.people.sealed_text.SealedText()),
                ('number', models.PositiveIntegerField(default=1)),
                ('state', models.CharField(choices=[('asked', '已要'), ('there', '在场'), ('released', '已释放')], default='asked', max_length=10)),
                ('asked_at', models.DateTimeField()),
                ('there_at', models.DateTimeField(null=True)),
                ('released_at', models.DateTimeField(null=True)),
                ('lane', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='resources', to='command.lane')),
            ],
        ),
        migrations.CreateModel(
            name='RollCall',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('lane', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rolls', to='command.lane')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('lane',), name='one_roll_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='RollAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said', models.CharField(blank=True, choices=[('here', '在'), ('trouble', '有情况')], max_length=10)),
                ('words', gongzhi.base.people.sealed_text.SealedText(blank=True, default='')),
                ('answered_at', models.DateTimeField(null=True)),
                ('crew', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='roll_answers', to='dispatch.responseunit')),
                ('holder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='command.postholder')),
                ('partner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='roll_answers', to='linked.linkedrequest')),
                ('roll', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='command.rollcall')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answered_at__isnull', True), ('said', '')), models.Q(('answered_at__isnull', False), ('said__in', ['here', 'trouble'])), _connector='OR'), name='said_and_when')],
            },
        ),
        migrations.AddField(
            model_name='lane',
            name='matters',
            field=models.ManyToManyField(related_name='lanes', through='command.LaneIncident', to='matters.matter'),
        ),
    ]
