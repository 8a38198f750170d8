from django.db import models


class Sale(models.Model):
    sold_on = models.DateField()
    region = models.CharField(max_length=40)
    product = models.CharField(max_length=80)
    revenue = models.DecimalField(max_digits=12, decimal_places=2)
