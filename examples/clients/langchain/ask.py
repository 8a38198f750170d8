"""LangChain, by its OpenAI and by its Ollama integration."""
import os

from langchain_ollama import ChatOllama
from langchain_openai import ChatOpenAI

service, key = os.environ.get('BILLUMY_SERVICE', 'http://127.0.0.1:8000'), os.environ['BILLUMY_API_KEY']
question = 'Qual é o prazo de entrega para Manaus?'

openai = ChatOpenAI(model='billumy:documents', base_url=f'{service}/v1', api_key=key)
print('by OpenAI:', openai.invoke(question).content)

ollama = ChatOllama(
    model='billumy:documents',
    base_url=service,
    client_kwargs={'headers': {'Authorization': f'Bearer {key}'}},
)
print('by Ollama:', ''.join(chunk.content for chunk in ollama.stream(question)))
