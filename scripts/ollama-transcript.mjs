// Asks a service of its own by the real `ollama` command, and compares what it shows with docs/ollama-command.md.
// OLLAMA is the path of the command; `--write` writes the page anew. Prints counts at the end.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chapters, introduction } from './ollama-transcript/chapters.mjs';
import { normalise } from './ollama-transcript/normalise.mjs';
import { screenOf } from './ollama-transcript/screen.mjs';
import { buildIfChanged, root } from './prepare.mjs';
import { startService } from './start-service.mjs';

const ollama = process.env.OLLAMA ?? '';
if (!existsSync(ollama)) {
  console.log(`OLLAMA is not the path of an ollama command (${ollama || 'not set'}): its page was not compared.`);
  console.log('0 passed, 0 failed, 1 skipped');
  process.exit(0);
}

const page = join(root, 'docs/ollama-command.md');
const folder = mkdtempSync(join(tmpdir(), 'billumy-ollama-'));
let service;
let failed = 0;
let passed = 0;

try {
  buildIfChanged();
  service = await startService({ DATA_DIR: join(folder, 'data'), OPEN_LOOPBACK: '1' });
  const shell = openShell(new URL(service.url).host);
  const spoken = chapters.map((chapter) => ({ ...chapter, steps: chapter.steps.map((step) => speak(step, shell)) }));
  if (process.argv.includes('--write')) writeFileSync(page, written(spoken));
  compare(spoken);
} catch (error) {
  failed += 1;
  console.error(error);
} finally {
  await service?.stop();
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);

/** Runs command lines in a folder of their own, in which `ollama` is the command and talks to `host`. */
function openShell(host) {
  const bin = join(folder, 'bin');
  const cwd = join(folder, 'home');
  for (const path of [bin, cwd]) mkdirSync(path);
  symlinkSync(ollama, join(bin, 'ollama'));
  symlinkSync(join(root, 'models/nano/nano.gguf'), join(cwd, 'nano.gguf'));
  const env = { PATH: `${bin}:${process.env.PATH}`, HOME: cwd, OLLAMA_HOST: host, LANG: 'C.UTF-8' };
  return (line) => {
    const { stdout, stderr } = spawnSync('bash', ['-c', line], { cwd, env, encoding: 'utf8', timeout: 120_000 });
    // Apart: the spinner, which is drawn as an error, at times clears a line that the answer has begun to stand on.
    return [stdout, stderr].map(screenOf).flatMap(withoutBlankEnd);
  };
}

function withoutBlankEnd(lines) {
  return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
}

function speak(step, shell) {
  const { line, ...rest } = typeof step === 'string' ? { line: step } : step;
  return { line, ...rest, shown: normalise(shell(line)) };
}

function written(spoken) {
  const parts = spoken.map(({ title, text, steps }) => {
    const screen = steps.map(({ line, shown }) => [`$ ${line}`, ...shown, ''].join('\n')).join('\n');
    return `## ${title}\n\n${text}\n\n\`\`\`console\n${screen.trimEnd()}\n\`\`\`\n`;
  });
  return `${introduction}\n${parts.join('\n')}`;
}

/** Each command shows what the page says; of words that a model writes freely, only that there are some. */
function compare(spoken) {
  const [told, now] = [readFileSync(page, 'utf8'), written(spoken)].map(commandsOf);
  const free = new Set(spoken.flatMap(({ steps }) => steps.filter((step) => step.free).map(({ line }) => `$ ${line}`)));
  for (const [index, command] of now.entries()) {
    const [line] = command;
    const holds = free.has(line) ? command.length > 1 : command.join('\n') === told[index]?.join('\n');
    passed += holds ? 1 : 0;
    failed += holds ? 0 : 1;
    console.log(`${holds ? 'ok  ' : 'FAIL'} ${line.slice(2)}`);
    if (!holds) console.log(`the page says:\n${told[index]?.join('\n')}\nit shows:\n${command.join('\n')}`);
  }
  if (told.length !== now.length) {
    failed += 1;
    console.log(`FAIL the page has ${told.length} commands, the script ${now.length}: run it with --write`);
  }
}

/** Each command with the lines that it shows. */
function commandsOf(text) {
  const screens = [...text.matchAll(/```console\n([\s\S]*?)```/g)].map(([, screen]) => screen);
  return screens.flatMap((screen) => screen.split(/^(?=\$ )/m)).map((command) => command.trimEnd().split('\n'));
}
