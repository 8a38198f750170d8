import { describe, expect, it } from 'vitest';
import { templateCapabilities } from '../../../src/services/model-files/template-capabilities.ts';
import { chatTemplates } from '../../support/chat-templates.ts';

describe('the capabilities of a template', () => {
  it.each([
    ['qwen3', ['tools', 'thinking']],
    ['mistral', ['tools']],
    ['llama', ['tools']],
    ['gemma', []],
    ['deepSeek', ['thinking']],
  ] as const)('of %s', (name, capabilities) => {
    expect(templateCapabilities(chatTemplates[name])).toEqual(capabilities);
  });

  it('are those of a template in the language of Go', () => {
    expect(templateCapabilities('{{ if .Tools }}{{ json .Tools }}{{ end }}{{ .Prompt }}{{ .Suffix }}')).toEqual([
      'tools',
      'insert',
    ]);
  });

  it('are not what is said to the model', () => {
    expect(templateCapabilities('{{ bos_token }}You have no tools.{% if x %}y{% endif %}')).toEqual([]);
  });

  it('are found in a hostile template in time', () => {
    expect(templateCapabilities('{%'.repeat(500_000))).toEqual([]);
  });
});
