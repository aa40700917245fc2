import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0001_initial'),
        ('problems', '0004_around'),
    ]

    operations = [
        migrations.RenameModel(old_name='Measure', new_name='Intervention'),
        migrations.AlterField(
            model_name='intervention',
            name='problem',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='interventions', to='problems.problem'),
        ),
        migrations.RemoveConstraint(model_name='intervention', name='measure_days_in_order'),
        migrations.AddConstraint(
            model_name='intervention',
            constraint=models.CheckConstraint(
                condition=models.Q(('until', None), ('until__gte', models.F('since')), _connector='OR'),
                name='intervention_days_in_order',
            ),
        ),
    ]
