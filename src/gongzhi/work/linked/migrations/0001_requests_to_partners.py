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
            name='LinkedRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('partner', models.CharField(max_length=40)),
                ('offers', models.JSONField(default=list)),
                ('way', models.CharField(choices=[('page', '网页'), ('api', '接口'), ('link', '链接'), ('phone', '电话')], max_length=10)),
                ('state', models.CharField(choices=[('asked', '等答复'), ('accepted', '已受理'), ('under_way', '在路上'), ('there', '已到场'), ('done', '已办完'), ('refused', '无法协助'), ('cancelled', '已取消'), ('told', '已告知')], default='asked', max_length=12)),
                ('state_since', models.DateTimeField()),
                ('asked_at', models.DateTimeField()),
                ('contact_shared', models.BooleanField(default=False)),
                ('photos_shared', models.BooleanField(default=False)),
                ('priority', models.PositiveSmallIntegerField(default=3)),
                ('due_at', models.DateTimeField(null=True)),
                ('late_at', models.DateTimeField(null=True)),
                ('times_late', models.PositiveSmallIntegerField(default=0)),
                ('eta_at', models.DateTimeField(null=True)),
                ('accepted_at', models.DateTimeField(null=True)),
                ('under_way_at', models.DateTimeField(null=True)),
                ('there_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('phoned_at', models.DateTimeField(null=True)),
                ('reason', models.CharField(blank=True, choices=[('none_free', '没有空余力量'), ('not_ours', '不属于我们的职责'), ('can_not_reach', '过不去（路断、风浪）'), ('not_safe', '现场还不安全'), ('other_first', '正在处置更急的'), ('other', '其他（请写明）')], max_length=20)),
                ('link_mark', models.CharField(blank=True, max_length=32)),
                ('link_hash', models.CharField(max_length=64, null=True, unique=True)),
                ('link_until', models.DateTimeField(null=True)),
                ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='linked_requests', to='matters.matter')),
                ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='matters.message')),
                ('unit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='linked_requests', to='people.unit')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('due_at__isnull', False), ('ended_at__isnull', True), ('late_at__isnull', True)), fields=['due_at'], name='linked_due'), models.Index(fields=['unit', 'ended_at'], name='linked_inbox')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('matter', 'partner'), name='asked_once_at_a_time'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state__in', ('asked', 'accepted', 'under_way', 'there'))), models.Q(('ended_at__isnull', False), ('state__in', ('done', 'refused', 'cancelled', 'told'))), _connector='OR'), name='request_ends_with_its_state'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='refused_with_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='LinkedAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('answer', models.CharField(choices=[('asked', '等答复'), ('accepted', '已受理'), ('under_way', '在路上'), ('there', '已到场'), ('done', '已办完'), ('refused', '无法协助'), ('cancelled', '已取消'), ('told', '已告知')], max_length=12)),
                ('at', models.DateTimeField()),
                ('via', models.CharField(choices=[('page', '网页'), ('api', '接口'), ('link', '链接'), ('phone', '电话')], max_length=10)),
                ('changed', models.BooleanField()),
                ('reason', models.CharField(blank=True, choices=[('none_free', '没有空余力量'), ('not_ours', '不属于我们的职责'), ('can_not_reach', '过不去（路断、风浪）'), ('not_safe', '现场还不安全'), ('other_first', '正在处置更急的'), ('other', '其他（请写明）')], max_length=20)),
                ('key', models.CharField(max_length=64, null=True, unique=True)),
                ('told', models.CharField(blank=True, max_length=64)),
                ('message', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='matters.message')),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers', to='linked.linkedrequest')),
            ],
            options={
                'indexes': [models.Index(fields=['request', 'at'], name='answers_of_request')],
            },
        ),
    ]
