"""Tables change while residents report: what the release before can't live with is said ahead."""

from __future__ import annotations

from django.db import migrations, models

from gongzhi.config.rolling import stops


def migration(*operations: migrations.operations.base.Operation) -> migrations.Migration:
    made = migrations.Migration("0002_next", "people")
    made.operations = list(operations)
    return made


def test_what_old_code_need_not_know_rolls() -> None:
    nullable = models.TextField(null=True)
    given = models.TextField(db_default="")
    assert not stops(
        migration(
            migrations.CreateModel("New", [("id", models.BigAutoField(primary_key=True))]),
            migrations.AddField("person", "a", nullable),
            migrations.AddField("person", "b", given),
            migrations.AlterField("person", "c", nullable),
            migrations.RemoveConstraint("person", "d"),
        )
    )


def test_what_old_code_reads_writes_or_leaves_out_stops() -> None:
    for one in (
        migrations.AddField("person", "a", models.TextField(default="")),
        migrations.RemoveField("person", "a"),
        migrations.RenameField("person", "a", "b"),
        migrations.DeleteModel("person"),
        migrations.RenameModel("person", "somebody"),
        migrations.AlterField("person", "a", models.TextField()),
        migrations.RunSQL("SELECT 1"),
        migrations.AddConstraint(
            "person", models.CheckConstraint(condition=models.Q(pk__gt=0), name="x")
        ),
    ):
        assert stops(migration(one)), one


def test_somebody_may_have_thought_about_it() -> None:
    made = migration(migrations.AlterField("checkpoint", "key", models.CharField(max_length=66)))
    assert stops(made)
    made.rolling = "widens a column"  # type: ignore[attr-defined]
    assert not stops(made)
