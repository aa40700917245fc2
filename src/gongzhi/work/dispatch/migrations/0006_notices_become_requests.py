from django.db import migrations


def carry_over(apps, schema_editor):
    """A department that was told is a request that waits for no answer."""
    requests = apps.get_model("linked", "LinkedRequest")
    notices = apps.get_model("dispatch", "DepartmentNotice").objects
    for one in notices.select_related("department", "matter").order_by("pk").iterator():
        requests.objects.create(
            matter_id=one.matter_id, partner=one.department.code, unit_id=one.department_id,
            way="phone", state="told", state_since=one.told_at, asked_at=one.told_at,
            ended_at=one.told_at, priority=one.matter.priority,
        )


class Migration(migrations.Migration):

    dependencies = [
        ('dispatch', '0005_position_doubts'),
        ('linked', '0001_requests_to_partners'),
    ]

    operations = [
        migrations.RunPython(carry_over, migrations.RunPython.noop),
        migrations.DeleteModel(name='DepartmentNotice'),
    ]
