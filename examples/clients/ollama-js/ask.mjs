// The ollama package of npm: only the address and the header are not Ollama's.
import { Ollama } from 'ollama';

const ollama = new Ollama({
  host: process.env.BILLUMY_SERVICE ?? 'http://127.0.0.1:8000',
  headers: { Authorization: `Bearer ${process.env.BILLUMY_API_KEY}` },
});

const messages = [{ role: 'user', content: 'Qual é o prazo de entrega para Manaus?' }];
for await (const part of await ollama.chat({ model: 'billumy:documents', messages, stream: true })) {
  process.stdout.write(part.message.content);
  for (const { document, quote } of part.citations ?? []) process.stdout.write(`\n  ${document.title}: “${quote}”`);
}
process.stdout.write('\n');

const { models } = await ollama.list();
console.log('models:', models.map(({ name }) => name).join(', '));
