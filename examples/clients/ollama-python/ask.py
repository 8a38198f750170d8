"""The ollama package of PyPI: only the address and the header are not Ollama's."""
import os

from ollama import Client

client = Client(
    host=os.environ.get('BILLUMY_SERVICE', 'http://127.0.0.1:8000'),
    headers={'Authorization': f"Bearer {os.environ['BILLUMY_API_KEY']}"},
)
question = 'Qual é o prazo de entrega para Manaus?'
for part in client.chat(model='billumy:documents', messages=[{'role': 'user', 'content': question}], stream=True):
    print(part.message.content, end='', flush=True)
print()

reply = client.generate(model='billumy:documents', prompt='E para as capitais do Sudeste?', keep_alive='10m')
print(reply.response, f'({reply.prompt_eval_count} + {reply.eval_count} tokens)')

print('models:', ', '.join(model.model for model in client.list().models))
