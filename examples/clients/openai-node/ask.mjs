// The openai package of npm: only the address and the key are not OpenAI's.
import OpenAI from 'openai';

const client = new OpenAI({
  baseURL: `${process.env.BILLUMY_SERVICE ?? 'http://127.0.0.1:8000'}/v1`,
  apiKey: process.env.BILLUMY_API_KEY,
});
const messages = [{ role: 'user', content: 'Qual é o prazo de entrega para Manaus?' }];

const reply = await client.chat.completions.create({ model: 'billumy:documents', messages });
const { message } = reply.choices[0];
console.log(message.content);
for (const { document, quote } of message.citations ?? []) console.log(`  ${document.title}: “${quote}”`);

const stream = await client.chat.completions.create({ model: 'billumy:documents', messages, stream: true });
for await (const { choices } of stream) process.stdout.write(choices[0]?.delta.content ?? '');
process.stdout.write('\n');

// A conversation that the service remembers.
const first = await client.responses.create({ model: 'billumy:documents', input: messages[0].content });
const second = await client.responses.create({
  model: 'billumy:documents',
  input: 'E para o Sudeste?',
  previous_response_id: first.id,
});
console.log(second.output_text);
