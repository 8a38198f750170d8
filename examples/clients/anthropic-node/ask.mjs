// The SDK of Anthropic on npm: only the address and the key are not Anthropic's.
import Anthropic from '@anthropic-ai/sdk';

const client = new Anthropic({
  baseURL: process.env.BILLUMY_SERVICE ?? 'http://127.0.0.1:8000',
  apiKey: process.env.BILLUMY_API_KEY,
});
const asked = {
  model: 'billumy:documents',
  max_tokens: 300,
  messages: [{ role: 'user', content: 'Qual é o prazo de entrega para Manaus?' }],
};

const { content } = await client.messages.create(asked);
for (const { text, citations } of content) {
  console.log(text);
  for (const citation of citations ?? []) console.log(`  ${citation.document_title}: “${citation.cited_text}”`);
}

const stream = client.messages.stream(asked).on('text', (text) => process.stdout.write(text));
await stream.finalMessage();
process.stdout.write('\n');

const { input_tokens: tokens } = await client.messages.countTokens({ model: asked.model, messages: asked.messages });
console.log(`the prompt alone: ${tokens} tokens`);
