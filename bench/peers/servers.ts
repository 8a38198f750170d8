import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { MeasuredServer, ServedModel } from './measured-server.ts';
import { createOllamaModel } from './ollama-model.ts';

const root = new URL('../../../', import.meta.url).pathname;
/** LiteLLM takes no key of another form. */
const token = 'sk-0123456789abcdef0123456789abcdef0123456789abcdef';
const longestStartMs = 120_000;

/** llama-server with the slots and threads given, and the whole context for each slot. */
export async function startLlamaServer(binary: string, model: ServedModel): Promise<MeasuredServer> {
  const port = await freePort();
  const options = {
    model: model.path,
    port,
    threads: model.threads,
    'ctx-size': model.contextTokens * model.slots,
    parallel: model.slots,
  };
  const settings = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(binary, [...settings, '--no-webui', '--offline'], { stdio: 'ignore' });
  return started({ name: 'llama-server', child, port, path: '/health', model: 'model' });
}

/** An Ollama as it comes, but for the threads and the length of the context, which it is told with the model. */
export async function startOllama(binary: string, folder: string, model: ServedModel): Promise<MeasuredServer> {
  const port = await freePort();
  const child = spawn(binary, ['serve'], {
    env: {
      PATH: process.env['PATH'],
      HOME: folder,
      OLLAMA_HOST: `127.0.0.1:${port}`,
      OLLAMA_MODELS: join(folder, 'models'),
    },
    stdio: 'ignore',
  });
  const server = await started({ name: 'Ollama', child, port, path: '/api/version', model: 'bench' });
  await createOllamaModel(server, model);
  return server;
}

/** Billumy with the GGUF file as its model. */
export async function startBillumy(folder: string, model: ServedModel): Promise<MeasuredServer> {
  const settings = { LANGUAGE_MODEL: model.path, ENGINE_THREADS: String(model.threads) };
  return startService(folder, { settings, model: model.path });
}

/** Billumy in front of another engine. */
export async function startBillumyBefore(
  folder: string,
  upstream: string,
  settings: Record<string, string> = {},
): Promise<MeasuredServer> {
  const all = { BILLUMY_URL: upstream, LANGUAGE_MODEL: 'noop', ...settings };
  return startService(folder, { settings: all, model: 'noop' });
}

async function startService(
  folder: string,
  { settings, model }: { settings: Record<string, string>; model: string },
): Promise<MeasuredServer> {
  const port = await freePort();
  const child = spawn(process.execPath, [join(root, 'server/dist/main.js')], {
    env: {
      PATH: process.env['PATH'],
      DATA_DIR: folder,
      PORT: String(port),
      OFFLINE: '1',
      LOG_LEVEL: 'error',
      ADMIN_PASSWORD: 'correct horse battery staple',
      BILLUMY_TOKEN: token,
      ...settings,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  return started({ name: 'Billumy', child, port, path: '/health', model });
}

/** A LiteLLM proxy, one worker, in front of another engine; `command` is its program. */
export async function startLiteLlm(command: string, configPath: string): Promise<MeasuredServer> {
  const port = await freePort();
  const child = spawn(command, ['--config', configPath, '--port', String(port), '--num_workers', '1'], {
    env: {
      PATH: process.env['PATH'],
      LITELLM_MASTER_KEY: token,
      // Else it looks for prices on the network, and waits.
      LITELLM_LOCAL_MODEL_COST_MAP: 'True',
      LITELLM_LOG: 'ERROR',
    },
    stdio: 'ignore',
  });
  return started({ name: 'LiteLLM', child, port, path: '/health/liveliness', model: 'noop' });
}

interface Starting {
  name: string;
  child: ChildProcess;
  port: number;
  path: string;
  model: string;
}

async function started({ name, child, port, path, model }: Starting): Promise<MeasuredServer> {
  const url = `http://127.0.0.1:${port}`;
  for (const deadline = Date.now() + longestStartMs; !(await answers(url + path));) {
    if (Date.now() > deadline || child.exitCode !== null) {
      child.kill('SIGKILL');
      throw new Error(`${name} did not start`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    name,
    url,
    model,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    async [Symbol.asyncDispose]() {
      const exited = once(child, 'exit');
      child.kill('SIGTERM');
      await exited;
    },
  };
}

async function answers(url: string): Promise<boolean> {
  const reply = await fetch(url).catch(() => undefined);
  return reply?.ok === true;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
