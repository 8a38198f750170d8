from base64 import b64encode

from django.shortcuts import render

from .billumy import BillumyError, find_insights
from .models import Sale

FIELDS = ['sold_on', 'region', 'product', 'revenue']


def insights(request):
    """What is noteworthy in the sales, as a page. Templates escape every text, and charts are shown as pictures."""
    query = {'charts': 'svg', 'table': 'sales'}
    if question := request.GET.get('q'):
        query['question'] = question
    try:
        report = find_insights(Sale.objects.order_by('sold_on', 'id'), FIELDS, **query)
    except BillumyError as error:
        return render(request, 'sales/insights.html', {'problem': str(error)}, status=502)
    for insight in report['insights']:
        insight['picture'] = picture_of(insight['chart'])
    return render(request, 'sales/insights.html', {'report': report})


def picture_of(chart):
    """An SVG as the address of a picture: in an <img> it can run nothing and load nothing."""
    if chart is None or chart['svg'] is None:
        return None
    return 'data:image/svg+xml;base64,' + b64encode(chart['svg'].encode()).decode()
