"""Sends a queryset to Billumy and gets back what is noteworthy in it."""
import csv
import io
import json
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.conf import settings

TIMEOUT_SECONDS = 60


class BillumyError(Exception):
    """What went wrong, in words for a person."""


def find_insights(queryset, fields, **query):
    """The report of POST /insights over these fields of a queryset; `query` may hold question, charts, language."""
    request = Request(
        f'{settings.BILLUMY_SERVICE}/insights?{urlencode(query)}',
        data=as_csv(queryset, fields),
        headers={'Authorization': f'Bearer {settings.BILLUMY_API_KEY}', 'Content-Type': 'text/csv'},
    )
    try:
        with urlopen(request, timeout=TIMEOUT_SECONDS) as response:
            return json.load(response)
    except HTTPError as error:
        problem = json.load(error)
        raise BillumyError(problem.get('detail') or problem['title']) from error
    except OSError as error:
        raise BillumyError('The service cannot be reached.') from error


def as_csv(queryset, fields):
    """Decimals keep every digit, and dates are in the order that everybody reads the same."""
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow(fields)
    writer.writerows(queryset.values_list(*fields).iterator())
    return table.getvalue().encode()
