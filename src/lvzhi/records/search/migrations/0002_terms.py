"""The index terms, in what each database does best."""

from django.db import migrations

from lvzhi.records.search.terms import lay, lift


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]
    operations = [migrations.RunPython(lay, lift)]
