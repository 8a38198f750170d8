import { type BenchRow, percentile } from '../row.ts';
import { shape135m } from '../synthetic-gguf.ts';
import { complete, completeAll } from './completion-client.ts';
import { type Figure, inTurns, onShape, type Peers, slots, uniqueTexts } from './side-by-side.ts';

const runs = 3;
const prefixCharacters = 1000;
const maxTokens = 16;

/** What a beginning costs that many clients share, or that was seen before. */
export async function benchPrefixes({ llamaServer }: Peers): Promise<BenchRow[]> {
  // An Ollama as it comes has one place: it would take a quarter of an hour for the sixteen.
  return onShape({ llamaServer, ollama: undefined }, shape135m, async (servers) => {
    const name = `${slots} clients sharing 1,000 tokens, first token p95`;
    const shared = { name, unit: 'ms', note: 'goal ≤ 0.2 of llama-server' };
    const seen = [
      firstToken('never seen', ''),
      firstToken('seen just now', 'goal ≤ 0.1 of never seen'),
      firstToken(`seen before ${slots + 2} other prompts`, 'goal ≤ 0.1 of never seen'),
    ];
    return [
      ...(await inTurns(servers, { runs, figures: [shared] }, async (server) => {
        const [beginning] = uniqueTexts(1, { characters: prefixCharacters, maxTokens });
        const texts = Array.from({ length: slots }, (_, client) => ({
          prompt: `${beginning?.prompt} ${client}`,
          maxTokens,
        }));
        return [percentile((await completeAll(server, texts)).firstMs, 0.95)];
      })),
      ...(await inTurns(servers, { runs, figures: seen }, async (server) => {
        const [text] = uniqueTexts(1, { characters: prefixCharacters, maxTokens: 2 });
        if (text === undefined) return [];
        const cold = await complete(server, text);
        const warm = await complete(server, { ...text, prompt: `${text.prompt} again` });
        for (const other of uniqueTexts(slots + 2, { characters: 200, maxTokens: 2 })) await complete(server, other);
        const restored = await complete(server, { ...text, prompt: `${text.prompt} later` });
        return [cold.firstMs, warm.firstMs, restored.firstMs];
      })),
    ];
  });
}

function firstToken(prefix: string, note: string): Figure {
  return { name: `1,000 tokens of prefix, ${prefix}, first token`, unit: 'ms', note };
}
