"""The openai package of PyPI: only the address and the key are not OpenAI's."""
import os

from openai import OpenAI

client = OpenAI(
    base_url=os.environ.get('BILLUMY_SERVICE', 'http://127.0.0.1:8000') + '/v1',
    api_key=os.environ['BILLUMY_API_KEY'],
)
question = {'role': 'user', 'content': 'Qual é o prazo de entrega para Manaus?'}
reply = client.chat.completions.create(model='billumy:documents', messages=[question])
print(reply.choices[0].message.content)
for citation in (reply.choices[0].message.model_extra or {}).get('citations', []):
    print(f"  {citation['document']['title']}: “{citation['quote']}”")
print('models:', ', '.join(model.id for model in client.models.list()))
