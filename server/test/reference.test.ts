import { expect, it } from 'vitest';
import { renderErrors, renderSettings } from './support/render-reference.ts';

it('docs/errors.md is the catalogue of errors', async () => {
  await expect(renderErrors()).toMatchFileSnapshot('../../docs/errors.md');
});

it('docs/config.md is the declaration of settings', async () => {
  await expect(renderSettings()).toMatchFileSnapshot('../../docs/config.md');
});
