"""A view that answers from the company's documents, with nothing but the standard library."""
import json
import os
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from django.http import HttpRequest, JsonResponse

SERVICE = os.environ.get('BILLUMY_SERVICE', 'http://127.0.0.1:8000')


def ask(request: HttpRequest) -> JsonResponse:
    question = request.GET.get('q', '').strip()
    if not question:
        return JsonResponse({'error': 'Faça uma pergunta: /ask?q=…'}, status=400)
    try:
        answer = post('/ask/question', {'question': question})
    except HTTPError as error:
        # The body is a problem (RFC 9457) that says what to do.
        return JsonResponse(json.load(error), status=502 if error.code < 500 else 503)
    except URLError:
        return JsonResponse({'error': 'O serviço de respostas não respondeu.'}, status=503)
    sources = [{'document': c['document']['title'], 'quote': c['quote']} for c in answer['citations']]
    return JsonResponse({'answer': answer['answer'], 'sources': sources}, json_dumps_params={'ensure_ascii': False})


def post(path: str, body: dict) -> dict:
    headers = {'Authorization': f"Bearer {os.environ['BILLUMY_API_KEY']}", 'Content-Type': 'application/json'}
    with urlopen(Request(SERVICE + path, json.dumps(body).encode(), headers), timeout=60) as reply:
        return json.load(reply)
