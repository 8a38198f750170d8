import { describe, expect, it } from 'vitest';
import { parseModelfile } from '../../../src/core/personas/modelfile.ts';
import { readParameters } from '../../../src/core/personas/persona-parameters.ts';
import { type PersonaRequest, requestOfModelfile } from '../../../src/core/personas/persona-request.ts';

const digest = `sha256:${'ab'.repeat(32)}`;

function asked(text: string): PersonaRequest {
  return requestOfModelfile(parseModelfile(text));
}

function refusal(call: () => unknown): string | undefined {
  try {
    call();
  } catch (error) {
    return (error as { detail: string }).detail;
  }
  return undefined;
}

describe('what a Modelfile asks for', () => {
  it('is every command of it', () => {
    const text = [
      'FROM first',
      'FROM llama3.2:1b',
      `ADAPTER @${digest.toUpperCase().replace('SHA256', 'sha256')}`,
      'SYSTEM one',
      'SYSTEM two',
      'TEMPLATE """{{ .Prompt }}"""',
      'PARAMETER stop a',
      'PARAMETER temperature 1',
      'PARAMETER stop "b "',
      'PARAMETER temperature .5',
      'PARAMETER use_mmap F',
      'PARAMETER seed -1',
      'PARAMETER mirostat 1',
      'LICENSE MIT',
      'LICENSE other',
      'MESSAGE user hi',
      'MESSAGE assistant hello: you',
      'REQUIRES v0.14.0',
      'RENDERER x',
    ].join('\n');
    expect(asked(text)).toEqual({
      from: 'llama3.2:1b',
      adapters: { 'adapter-0': digest },
      system: 'two',
      template: '{{ .Prompt }}',
      parameters: { stop: ['a', 'b '], temperature: 0.5, use_mmap: false, seed: -1 },
      messages: [
        { role: 'user', text: 'hi' },
        { role: 'assistant', text: 'hello: you' },
      ],
      licence: ['MIT', 'other'],
      ignored: ['the parameter mirostat', 'RENDERER'],
    });
    expect(asked(`FROM @${digest}`).from).toBe(digest);
    expect(asked(`FROM ${digest}`).from).toBe(digest);
  });

  it('is refused in the words of Ollama', () => {
    const refusals: Readonly<Record<string, string>> = {
      'PARAMETER tfs 1': "unknown parameter 'tfs'",
      'PARAMETER __proto__ 1': "unknown parameter '__proto__'",
      'PARAMETER constructor 1': "unknown parameter 'constructor'",
      'PARAMETER num_ctx 1.5': 'invalid int value [1.5]',
      'PARAMETER num_ctx 99999999999999999999': 'invalid int value [99999999999999999999]',
      'PARAMETER temperature hot': 'invalid float value [hot]',
      'PARAMETER temperature ': 'invalid float value []',
      'PARAMETER temperature 1e999': 'invalid float value [1e999]',
      'PARAMETER use_mmap yes': 'invalid bool value [yes]',
      'PARAMETER use_mmap toString': 'invalid bool value [toString]',
      'REQUIRES soon': 'requires must be a valid semver (e.g. 0.14.0)',
      'ADAPTER ./adapter.gguf': 'Upload the adapter to /api/blobs/sha256:<digest> first, and name it by its digest.',
    };
    for (const [line, detail] of Object.entries(refusals)) {
      expect(
        refusal(() => asked(`FROM foo\n${line}`)),
        line,
      ).toBe(detail);
    }
  });
});

describe('parameters in JSON', () => {
  it('are taken by their types', () => {
    const given = { temperature: 1, num_ctx: 4096.9, stop: ['a'], use_mmap: true, seed: null, mirostat: 1, x: {} };
    expect(readParameters(given)).toEqual({
      parameters: { temperature: 1, num_ctx: 4096, stop: ['a'], use_mmap: true },
      ignored: ['mirostat', 'x'],
    });
  });

  it('are refused in the words of Ollama', () => {
    const wrong: readonly [string, unknown, string][] = [
      ['temperature', 'hot', 'option "temperature" must be of type float32'],
      ['num_ctx', '4096', 'option "num_ctx" must be of type integer'],
      ['use_mmap', 1, 'option "use_mmap" must be of type boolean'],
      ['stop', 'a', 'option "stop" must be of type array'],
      ['stop', ['a', 1], 'option "stop" must be of an array of strings'],
    ];
    for (const [name, value, detail] of wrong) expect(refusal(() => readParameters({ [name]: value }))).toBe(detail);
  });
});
