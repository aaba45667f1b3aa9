from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("shop", "0001_items")]
    operations = [
        migrations.AddField("Item", "price", models.IntegerField(default=0)),
        migrations.CreateModel(
            "Sale",
            [
                ("id", models.IntegerField(primary_key=True)),
                ("item", models.ForeignKey("shop.Item", on_delete=models.CASCADE)),
            ],
            options={"db_table": "sales"},
        ),
    ]
