import { withoutHeadingMarks } from '@billumy/protocol';
import { expect, it } from 'vitest';

it('headings of a passage lose their marks, and nothing else does', () => {
  expect(withoutHeadingMarks('## Prazos\nO item #2 custa R$ 5.\n  ### C#\n#1 fica')).toBe(
    'Prazos\nO item #2 custa R$ 5.\nC#\n#1 fica',
  );
});
