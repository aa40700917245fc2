import django.db.models.deletion
import gongzhi.base.people.sealed_text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0001_initial'),
        ('matters', '0001_initial'),
        ('people', '0001_initial'),
        ('people', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='CaseArchive',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('manifest', models.CharField(max_length=64)),
                ('made_at', models.DateTimeField()),
                ('file', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='archive', to='files.storedfile')),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='archives', to='matters.matter')),
            ],
        ),
        migrations.CreateModel(
            name='CaseDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('version', models.CharField(max_length=7)),
                ('sealed', models.BinaryField()),
                ('drafted_at', models.DateTimeField()),
                ('approved_at', models.DateTimeField(null=True)),
                ('issued_at', models.DateTimeField(null=True)),
                ('year', models.PositiveSmallIntegerField(null=True)),
                ('count', models.PositiveIntegerField(null=True)),
                ('erased_at', models.DateTimeField(null=True)),
                ('approved_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('docx', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
                ('drafted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='documents', to='matters.matter')),
                ('pdf', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='files.storedfile')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'year', 'count'), name='one_number_once'), models.CheckConstraint(condition=models.Q(models.Q(('count__isnull', True), ('issued_at__isnull', True), ('pdf__isnull', True)), models.Q(('docx__isnull', False), ('issued_at__isnull', False), ('pdf__isnull', False)), models.Q(('docx__isnull', True), ('erased_at__isnull', False), ('pdf__isnull', True)), _connector='OR'), name='issued_with_both_files')],
            },
        ),
        migrations.CreateModel(
            name='ErasureProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('basis', models.CharField(choices=[('expired', '保管期限届满'), ('ordered', '法律规定或者有权机关决定'), ('asked', '本人依法要求')], max_length=10)),
                ('article', models.CharField(max_length=200)),
                ('keep_until', models.DateField()),
                ('proposed_at', models.DateTimeField()),
                ('decided_at', models.DateTimeField(null=True)),
                ('approved', models.BooleanField(null=True)),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='erasures', to='matters.matter')),
                ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('proposed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('decided_at', None)), fields=('matter',), name='one_erasure_at_a_time'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='two_people_erase')],
            },
        ),
        migrations.CreateModel(
            name='Exhibit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('count', models.PositiveIntegerField()),
                ('name', gongzhi.base.people.sealed_text.SealedText()),
                ('quantity', models.CharField(max_length=40)),
                ('features', gongzhi.base.people.sealed_text.SealedText(blank=True)),
                ('found_at', gongzhi.base.people.sealed_text.SealedText()),
                ('taken_at', models.DateTimeField()),
                ('witnessed', models.BinaryField(default=b'')),
                ('seal_number', models.CharField(blank=True, max_length=40)),
                ('ended_at', models.DateTimeField(null=True)),
                ('ending', models.CharField(blank=True, choices=[('returned', '发还'), ('forwarded', '随案移送'), ('destroyed', '销毁')], max_length=12)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='exhibits', to='matters.matter')),
                ('second', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('matter', 'count'), name='one_exhibit_of_a_number'), models.CheckConstraint(condition=models.Q(('second__isnull', False), models.Q(('witnessed', b''), _negated=True), _connector='OR'), name='taken_before_a_second_person')],
            },
        ),
        migrations.CreateModel(
            name='ExhibitOffer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('store', '交保管'), ('use', '调用（辨认、核对）'), ('lend', '送鉴定'), ('fetch', '鉴定后取回'), ('returned', '发还'), ('forwarded', '随案移送'), ('destroyed', '销毁')], max_length=12)),
                ('outside', models.CharField(blank=True, max_length=120)),
                ('where', gongzhi.base.people.sealed_text.SealedText()),
                ('basis', models.CharField(blank=True, max_length=120)),
                ('seal_number', models.CharField(blank=True, max_length=40)),
                ('seal_intact', models.BooleanField(default=True)),
                ('offered_at', models.DateTimeField()),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('exhibit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='dossier.exhibit')),
                ('giver', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('taker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('confirmed_at__isnull', True), ('withdrawn_at__isnull', True)), fields=('exhibit',), name='one_offer_at_a_time'), models.CheckConstraint(condition=models.Q(('giver', models.F('taker')), _negated=True), name='two_people_confirm')],
            },
        ),
        migrations.CreateModel(
            name='EvidenceFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('document', '书证、文档'), ('picture', '照片、图片'), ('audio', '录音'), ('video', '录像'), ('other', '其他电子数据')], default='other', max_length=12)),
                ('told', models.BinaryField(default=b'')),
                ('taken_at', models.DateTimeField(null=True)),
                ('sha256', models.CharField(max_length=64)),
                ('kept_at', models.DateTimeField()),
                ('request_key', models.CharField(max_length=64, null=True, unique=True)),
                ('checked_at', models.DateTimeField(null=True)),
                ('broken_at', models.DateTimeField(null=True)),
                ('erased_at', models.DateTimeField(null=True)),
                ('file', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='evidence', to='files.storedfile')),
                ('kept_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='evidence_files', to='matters.matter')),
                ('replaces', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='replaced_by', to='dossier.evidencefile')),
                ('shown', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='shows_evidence', to='files.storedfile')),
                ('exhibit', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='files', to='dossier.exhibit')),
                ('offer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='dossier.exhibitoffer')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('file__isnull', False), ('erased_at__isnull', False), _connector='OR'), name='evidence_has_its_file')],
            },
        ),
        migrations.CreateModel(
            name='ErasureItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('erased', models.BooleanField(default=False)),
                ('document', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossier.casedocument')),
                ('proposal', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='dossier.erasureproposal')),
                ('evidence', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='dossier.evidencefile')),
            ],
        ),
        migrations.CreateModel(
            name='Custody',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('turn', models.PositiveIntegerField()),
                ('outside', models.CharField(blank=True, max_length=120)),
                ('where', gongzhi.base.people.sealed_text.SealedText()),
                ('since', models.DateTimeField()),
                ('until', models.DateTimeField(null=True)),
                ('holder', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('exhibit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='custodies', to='dossier.exhibit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('exhibit', 'turn'), name='one_custody_a_turn'), models.UniqueConstraint(condition=models.Q(('until__isnull', True)), fields=('exhibit',), name='one_custody_now'), models.CheckConstraint(condition=models.Q(models.Q(('holder__isnull', False), ('outside', '')), models.Q(('holder__isnull', True), ('outside__gt', '')), _connector='OR'), name='in_one_pair_of_hands')],
            },
        ),
        migrations.CreateModel(
            name='LegalHold',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=200)),
                ('set_at', models.DateTimeField()),
                ('lifted_at', models.DateTimeField(null=True)),
                ('lifted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('matter', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holds', to='matters.matter')),
                ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('lifted_at', None)), fields=('matter',), name='one_hold_at_a_time')],
            },
        ),
        migrations.CreateModel(
            name='NumberSeries',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('year', models.PositiveSmallIntegerField()),
                ('last', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'year'), name='one_series')],
            },
        ),
    ]
