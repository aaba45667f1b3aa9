from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("shop", "0002_sales")]
    operations = [
        migrations.RunSQL(
            "create index items_by_name on items (name); update counter set n = n + 1",
            "update counter set n = n - 1; drop index items_by_name",
        ),
    ]
