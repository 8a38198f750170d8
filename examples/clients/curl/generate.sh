#!/bin/sh
# Ollama's generate, as any program that only knows HTTP would call it.
set -eu
curl --silent --show-error --fail-with-body -X POST "${BILLUMY_SERVICE:-http://127.0.0.1:8000}/api/generate" \
  -H "Authorization: Bearer $BILLUMY_API_KEY" \
  -d '{"model": "billumy:documents", "prompt": "Qual é o prazo de entrega para Manaus?", "stream": false}'
