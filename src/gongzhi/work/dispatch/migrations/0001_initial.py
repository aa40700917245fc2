import django.db.models.deletion
import django.db.models.manager
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('matters', '0001_initial'),
        ('people', '0001_initial'),
        ('people', '__first__'),
        ('places', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ResponseUnit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, unique=True)),
                ('name_zh', models.CharField(max_length=40)),
                ('name_en', models.CharField(max_length=60)),
                ('kind', models.CharField(choices=[('car', '警车'), ('motorcycle', '摩托车'), ('foot', '步巡'), ('boat', '警艇'), ('traffic_car', '交警车'), ('other', '其他')], max_length=20)),
                ('people', models.PositiveSmallIntegerField(default=2)),
                ('officers', models.PositiveSmallIntegerField(default=1)),
                ('skills', models.JSONField(blank=True, default=list)),
                ('equipment', models.JSONField(blank=True, default=list)),
                ('beats', models.JSONField(blank=True, default=list)),
                ('vehicle', models.CharField(blank=True, max_length=60)),
                ('seats', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('sea_limit', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('status', models.CharField(choices=[('off_duty', '离岗'), ('free', '空闲'), ('dispatched', '已派出'), ('en_route', '途中'), ('on_scene', '到场'), ('busy', '暂停接派')], default='off_duty', max_length=20)),
                ('sub_status', models.CharField(blank=True, max_length=40)),
                ('status_since', models.DateTimeField()),
                ('lat', models.FloatField(blank=True, null=True)),
                ('lon', models.FloatField(blank=True, null=True)),
                ('h9', models.BigIntegerField(blank=True, null=True)),
                ('seen_at', models.DateTimeField(blank=True, null=True)),
                ('retired_at', models.DateTimeField(blank=True, null=True)),
                ('county', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='places.county')),
                ('station', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='response_units', to='people.unit')),
            ],
            options={
                'base_manager_name': 'every',
                'indexes': [models.Index(fields=['status'], name='unit_by_status')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('h9__isnull', True), ('lat__isnull', True), ('lon__isnull', True), ('seen_at__isnull', True)), models.Q(('h9__isnull', False), ('lat__isnull', False), ('lon__isnull', False), ('seen_at__isnull', False)), _connector='OR'), name='unit_place_whole_or_not'), models.CheckConstraint(condition=models.Q(models.Q(('status', 'off_duty'), _negated=True), ('lat__isnull', True), _connector='OR'), name='no_place_off_duty'), models.CheckConstraint(condition=models.Q(('county__isnull', True), ('status', 'off_duty'), _connector='OR'), name='anothers_unit_never_goes'), models.CheckConstraint(condition=models.Q(('retired_at__isnull', True), ('status', 'off_duty'), _connector='OR'), name='retired_unit_never_goes')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('every', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='PositionDoubt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('why', models.CharField(choices=[('zero', '报的位置是 0, 0，没有定位成功'), ('outside', '报的位置不在本县范围内'), ('unreadable', '报的位置不是有效的数字'), ('coarse', '定位误差太大'), ('jump', '位置一下子跳得太远')], max_length=20)),
                ('at', models.DateTimeField()),
                ('lat', models.FloatField(blank=True, null=True)),
                ('lon', models.FloatField(blank=True, null=True)),
                ('accuracy', models.FloatField(blank=True, null=True)),
                ('unit', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='doubt', to='dispatch.responseunit')),
            ],
        ),
        migrations.CreateModel(
            name='LimitTold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('limit', models.CharField(max_length=40)),
                ('late', models.BooleanField()),
                ('since', models.DateTimeField()),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='limits_told', to='dispatch.responseunit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('unit', 'limit', 'late', 'since'), name='limit_told_once')],
            },
        ),
        migrations.CreateModel(
            name='DutyMember',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('began_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='dispatch.responseunit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'ended_at'], name='members_of_unit')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('account',), name='on_duty_with_one_unit')],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('assigned_at', models.DateTimeField()),
                ('en_route_at', models.DateTimeField(blank=True, null=True)),
                ('on_scene_at', models.DateTimeField(blank=True, null=True)),
                ('cleared_at', models.DateTimeField(blank=True, null=True)),
                ('recalled_at', models.DateTimeField(blank=True, null=True)),
                ('disposition', models.CharField(blank=True, max_length=40)),
                ('role', models.CharField(blank=True, max_length=40)),
                ('expected_at', models.DateTimeField(blank=True, null=True)),
                ('choice_reason', models.CharField(blank=True, choices=[('where_it_is', '位置不准，实际更近'), ('fits_better', '人员装备更合适'), ('knows_it', '熟悉地方，正在跟进'), ('keeps_cover', '留首选守片区'), ('let_rest', '让首选缓一缓'), ('on_its_way', '已经在往那边走'), ('other', '其他')], max_length=20)),
                ('assigned_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='matters.matter')),
                ('passed_over', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dispatch.responseunit')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='dispatch.responseunit')),
            ],
            options={
                'indexes': [models.Index(fields=['matter', 'assigned_at'], name='assignments_of_matter')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('cleared_at__isnull', True), ('recalled_at__isnull', True)), fields=('unit',), name='one_active_assignment'), models.CheckConstraint(condition=models.Q(('cleared_at__isnull', True), ('recalled_at__isnull', True), _connector='OR'), name='cleared_or_recalled')],
            },
        ),
        migrations.CreateModel(
            name='StandBy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place_zh', models.CharField(max_length=200)),
                ('place_en', models.CharField(blank=True, max_length=200)),
                ('lat', models.FloatField()),
                ('lon', models.FloatField()),
                ('asked_at', models.DateTimeField()),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('unit', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='stand_by', to='dispatch.responseunit')),
            ],
        ),
        migrations.CreateModel(
            name='UnitShift',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('begins_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('lead', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shifts', to='dispatch.responseunit')),
            ],
            options={
                'indexes': [models.Index(fields=['unit', 'begins_at'], name='shifts_of_unit')],
                'constraints': [models.CheckConstraint(condition=models.Q(('begins_at__lt', models.F('ends_at'))), name='shift_ends_after_it_begins')],
            },
        ),
        migrations.CreateModel(
            name='WayCondition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('speed', models.PositiveSmallIntegerField()),
                ('kinds', models.JSONField(blank=True, default=list)),
                ('ferries', models.BooleanField(default=False)),
                ('reason', models.CharField(choices=[('accident', '事故'), ('flood', '积水、潮水'), ('slide', '塌方、倒树'), ('weather', '大雾、大风'), ('works', '施工'), ('crowd', '人多车多'), ('stopped', '停航'), ('other', '其他')], max_length=20)),
                ('note', models.CharField(blank=True, max_length=120)),
                ('place', models.CharField(max_length=200)),
                ('geometry', models.TextField()),
                ('source', models.CharField(blank=True, max_length=80)),
                ('began_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(blank=True, null=True)),
                ('set_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['until'], name='conditions_by_end')],
                'constraints': [models.CheckConstraint(condition=models.Q(('speed__lt', 100)), name='condition_slows'), models.CheckConstraint(condition=models.Q(('until__gt', models.F('began_at'))), name='condition_lasts')],
            },
        ),
        migrations.CreateModel(
            name='Alarm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.PositiveSmallIntegerField()),
                ('since', models.DateTimeField()),
                ('matter', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='alarm', to='matters.matter')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('level__range', (1, 5))), name='alarm_level_known')],
            },
        ),
    ]
