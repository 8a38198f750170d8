import { afterEach, describe, expect, it } from 'vitest';
import { closeOllamaApps, openOllamaApp } from '../../support/ollama-app.ts';

afterEach(closeOllamaApps);

describe('an account on ollama.com', () => {
  it.each(['/api/me', '/api/signout'])('is not what this is about: %s', async (url) => {
    const { app, post } = await openOllamaApp();
    const reply = await post(url, '');
    expect([reply.statusCode, reply.json()]).toEqual([
      501,
      { error: 'there are no accounts of ollama.com here: models stay on this machine and are not pushed' },
    ]);
    expect((await app.inject({ method: 'POST', url })).statusCode).toBe(401);
  });
});
