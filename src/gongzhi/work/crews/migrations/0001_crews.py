import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('dispatch', '0001_initial'),
        ('files', '0001_initial'),
        ('matters', '0001_initial'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=64, unique=True)),
                ('what', models.CharField(choices=[('set_off', '出发'), ('arrive', '到场'), ('clear', '处置完毕'), ('note', '情况记录'), ('photo', '现场照片'), ('element', '处置要素'), ('state', '更细的状态'), ('check_in', '报平安'), ('emergency', '紧急求助')], max_length=20)),
                ('happened_at', models.DateTimeField()),
                ('told_at', models.DateTimeField(db_index=True)),
                ('uncertain', models.BooleanField(default=False)),
                ('state', models.CharField(choices=[('applied', '已登记'), ('already', '早已登记'), ('refused', '没有登记')], max_length=10)),
                ('words', models.CharField(blank=True, max_length=300)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('assignment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dispatch.assignment')),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dispatch.responseunit')),
            ],
        ),
        migrations.CreateModel(
            name='Watch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('rule', models.CharField(max_length=40)),
                ('seconds', models.PositiveIntegerField()),
                ('due_at', models.DateTimeField(db_index=True)),
                ('answered_at', models.DateTimeField(null=True)),
                ('level', models.CharField(blank=True, choices=[('', '按时'), ('warn', '超时'), ('grave', '严重超时')], default='', max_length=10)),
                ('assignment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='watch', to='dispatch.assignment')),
            ],
        ),
        migrations.CreateModel(
            name='Emergency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('raised_at', models.DateTimeField()),
                ('told_at', models.DateTimeField()),
                ('unanswered_at', models.DateTimeField(null=True)),
                ('acknowledged_at', models.DateTimeField(null=True)),
                ('stood_down_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, choices=[('safe', '已联系上，人员平安'), ('helped', '增援到达，险情排除'), ('by_mistake', '误按'), ('test', '测试、演练')], max_length=20)),
                ('acknowledged_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('matter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='emergencies', to='matters.matter')),
                ('raised_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stood_down_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='emergencies', to='dispatch.responseunit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('stood_down_at__isnull', True)), fields=('unit',), name='one_emergency_a_unit'), models.CheckConstraint(condition=models.Q(('stood_down_at__isnull', True), ('acknowledged_at__isnull', False), _connector='OR'), name='stood_down_by_somebody_who_knew')],
            },
        ),
        migrations.CreateModel(
            name='ScenePhoto',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('taken_at', models.DateTimeField()),
                ('uncertain', models.BooleanField(default=False)),
                ('lat', models.FloatField(blank=True, null=True)),
                ('lon', models.FloatField(blank=True, null=True)),
                ('accuracy', models.FloatField(blank=True, null=True)),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='scene', to='files.storedfile')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scene_photos', to='matters.matter')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('lat__isnull', True), ('lon__isnull', True)), models.Q(('lat__isnull', False), ('lon__isnull', False)), _connector='OR'), name='photo_place_whole_or_not')],
            },
        ),
    ]
