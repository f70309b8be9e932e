"""A published edition and the record of changes stay as they are, on both databases."""

from django.db import migrations

from lvzhi.work.statutes.frozen import lay, lift


class Migration(migrations.Migration):
    dependencies = [("statutes", "0001_initial")]
    operations = [migrations.RunPython(lay, lift)]
