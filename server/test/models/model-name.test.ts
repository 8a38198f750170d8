import { describe, expect, it } from 'vitest';
import { fullModelName, parseModelName, shortModelName } from '../../src/models/model-name.ts';

function short(text: string): string | undefined {
  const name = parseModelName(text);
  return name && shortModelName(name);
}

describe('names of models', () => {
  it('are written short, but with the tag', () => {
    expect(short('mario')).toBe('mario:latest');
    expect(short('llama3.2:1b')).toBe('llama3.2:1b');
    expect(short('library/mario')).toBe('mario:latest');
    expect(short('registry.ollama.ai/library/mario:latest')).toBe('mario:latest');
    expect(short('Registry.Ollama.AI/Library/Mario')).toBe('Mario:latest');
    expect(short('bowser/mario')).toBe('bowser/mario:latest');
    expect(short('hf.co/owner/repository:Q4_K_M')).toBe('hf.co/owner/repository:Q4_K_M');
    expect(short('localhost:5000/library/mario')).toBe('localhost:5000/library/mario:latest');
  });

  it('are written out with everything', () => {
    expect(fullModelName(parseModelName('mario')!)).toBe('registry.ollama.ai/library/mario:latest');
    expect(fullModelName(parseModelName('example.com:80/a/b:c')!)).toBe('example.com:80/a/b:c');
  });

  it('take so many letters and no more', () => {
    expect(parseModelName('a'.repeat(80))).toBeDefined();
    expect(parseModelName('a'.repeat(81))).toBeUndefined();
    expect(parseModelName(`a:${'b'.repeat(81)}`)).toBeUndefined();
    expect(parseModelName(`${'h'.repeat(350)}/a/b`)).toBeDefined();
    expect(parseModelName(`${'h'.repeat(351)}/a/b`)).toBeUndefined();
  });

  it('are refused when they are none', () => {
    const wrong = [
      '',
      ':x',
      'a:',
      'a:b:c',
      'a//b',
      '/a',
      'a/',
      '../a',
      'a/../b',
      '..',
      '.hidden',
      '-a',
      'a b',
      'ação',
      'a\n',
      'a@sha256:00',
      'a.b/c',
      'w/x/y/z',
      'http://h/a/b',
      'a\0',
    ];
    for (const text of wrong) expect(parseModelName(text), JSON.stringify(text)).toBeUndefined();
  });
});
