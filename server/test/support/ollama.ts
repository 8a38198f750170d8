import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

export interface OllamaModelFile {
  name: string;
  path: string;
  /** The form of its prompts, in Ollama's language; Ollama guesses it of the file otherwise. */
  template: string;
}

/** Makes a model of a GGUF file on an Ollama. */
export async function createOllamaModel(url: string, { name, path, template }: OllamaModelFile): Promise<void> {
  const bytes = await readFile(path);
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  const blob = `${url}/api/blobs/${digest}`;
  // Sent to an Ollama that has it, the file is refused before it was sent.
  const known = await fetch(blob, { method: 'HEAD' });
  if (!known.ok) await expectOk(await fetch(blob, { method: 'POST', body: bytes }));
  const body = JSON.stringify({
    model: name,
    files: { 'model.gguf': digest },
    template,
    parameters: { num_thread: 1 },
    stream: false,
  });
  await expectOk(await fetch(`${url}/api/create`, { method: 'POST', body }));
}

export async function removeOllamaModel(url: string, name: string): Promise<void> {
  await expectOk(await fetch(`${url}/api/delete`, { method: 'DELETE', body: JSON.stringify({ model: name }) }));
}

async function expectOk(response: Response): Promise<void> {
  const text = await response.text();
  if (!response.ok || text.includes('"error"')) throw new Error(`Ollama answered ${response.status}: ${text}`);
}
