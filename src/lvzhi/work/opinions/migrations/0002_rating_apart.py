from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [("opinions", "0001_initial")]

    operations = [migrations.RenameField(model_name="opinion", old_name="rating", new_name="process_rating")]
