from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            "Item",
            [("id", models.IntegerField(primary_key=True)), ("name", models.TextField())],
            options={"db_table": "items"},
        ),
        migrations.RunSQL(
            "create table counter (n integer not null); insert into counter values (0)",
            "drop table counter",
        ),
    ]
