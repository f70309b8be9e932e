"""Entries can be added and read, and nothing else, on both databases."""

from django.db import migrations

from lvzhi.records.matters.append_only import lay, lift


class Migration(migrations.Migration):
    dependencies = [("matters", "0001_initial")]
    operations = [migrations.RunPython(lay, lift)]
