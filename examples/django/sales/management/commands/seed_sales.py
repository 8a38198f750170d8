"""Fills the table with two years of sales in which the South sells less in the last month."""
from datetime import date, timedelta
from decimal import Decimal

from django.core.management.base import BaseCommand

from sales.models import Sale

FIRST_DAY = date(2024, 7, 1)
LAST_DAY = date(2026, 6, 30)
REGIONS = {'Sul': 300, 'Sudeste': 500, 'Nordeste': 200}
# The last one is what somebody may type into a form.
PRODUCTS = {'Café': 1, 'Filtro': 2, '<script>alert(1)</script>': 3}


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args, **options):
        Sale.objects.all().delete()
        days = [FIRST_DAY + timedelta(days=number) for number in range((LAST_DAY - FIRST_DAY).days + 1)]
        Sale.objects.bulk_create(sale for day in days for sale in sales_of(day))
        self.stdout.write(f'{Sale.objects.count()} sales')


def sales_of(day):
    for region, usual in REGIONS.items():
        for product, factor in PRODUCTS.items():
            revenue = Decimal(usual * factor) + Decimal((day.toordinal() * 7919 + factor * 104729) % 4001) / 100
            if region == 'Sul' and day >= date(2026, 6, 1):
                revenue = (revenue * Decimal('0.6')).quantize(Decimal('0.01'))
            yield Sale(sold_on=day, region=region, product=product, revenue=revenue)
