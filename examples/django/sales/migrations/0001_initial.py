from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    operations = [
        migrations.CreateModel(
            name='Sale',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sold_on', models.DateField()),
                ('region', models.CharField(max_length=40)),
                ('product', models.CharField(max_length=80)),
                ('revenue', models.DecimalField(decimal_places=2, max_digits=12)),
            ],
        ),
    ]
