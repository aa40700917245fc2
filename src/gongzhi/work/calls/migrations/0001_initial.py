import django.db.models.deletion
import gongzhi.base.people.sealed_text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('matters', '0001_initial'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Call',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('received_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(blank=True, null=True)),
                ('channel', models.CharField(choices=[('phone', '电话'), ('text', '短信'), ('video', '视频'), ('counter', '窗口'), ('import', '导入')], default='phone', max_length=20)),
                ('manner', models.CharField(choices=[('spoken', '有人说话'), ('silent', '没人说话'), ('abandoned', '挂断了')], default='spoken', max_length=12)),
                ('words', models.TextField(blank=True)),
                ('joined', models.BooleanField(default=False)),
                ('idempotency_key', models.CharField(max_length=64, null=True, unique=True)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='calls', to='matters.matter')),
                ('party', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='call', to='matters.party')),
                ('taken_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(fields=['matter', 'received_at'], name='call_of_matter'), models.Index(fields=['taken_by', 'received_at'], name='call_of_taker')],
            },
        ),
        migrations.CreateModel(
            name='PaperSlip',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20)),
                ('dispatched_at', models.DateTimeField(blank=True, null=True)),
                ('on_scene_at', models.DateTimeField(blank=True, null=True)),
                ('cleared_at', models.DateTimeField(blank=True, null=True)),
                ('sent', models.CharField(blank=True, max_length=80)),
                ('entered_at', models.DateTimeField()),
                ('call', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='slip', to='calls.call')),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='PremiseNote',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('words', models.CharField(max_length=200)),
                ('place', models.CharField(max_length=200)),
                ('lat', models.FloatField()),
                ('lon', models.FloatField()),
                ('h9', models.BigIntegerField(db_index=True)),
                ('made_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('removed_at', models.DateTimeField(blank=True, null=True)),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='Ring',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(max_length=64, unique=True)),
                ('line', models.CharField(blank=True, max_length=40)),
                ('phone', gongzhi.base.people.sealed_text.SealedText(blank=True)),
                ('state', models.CharField(choices=[('ringing', '正在响铃'), ('claimed', '已接起'), ('taken', '已登记'), ('back', '等待回拨'), ('closed', '已了结')], default='ringing', max_length=10)),
                ('manner', models.CharField(choices=[('spoken', '有人说话'), ('silent', '没人说话'), ('abandoned', '挂断了')], default='spoken', max_length=12)),
                ('rang_at', models.DateTimeField()),
                ('claimed_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('back_by', models.DateTimeField(blank=True, null=True)),
                ('outcome', models.CharField(blank=True, max_length=20)),
                ('call', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='ring', to='calls.call')),
                ('claimed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('state__in', ['ringing', 'claimed', 'back'])), fields=['state', 'rang_at'], name='ring_going_on')],
            },
        ),
        migrations.CreateModel(
            name='CallBack',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('result', models.CharField(choices=[('reached', '接通了'), ('no_answer', '没人接'), ('busy', '占线'), ('off', '关机、不在服务区')], max_length=12)),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ring', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='call_backs', to='calls.ring')),
            ],
        ),
    ]
