import { describe, expect, it } from 'vitest';
import { openModelApp } from '../../support/model-app.ts';
import { linesOf } from '../../support/ollama-app.ts';

describe('POST /api/create', () => {
  it('makes a persona from fields, telling each step', async () => {
    await using app = await openModelApp();
    const reply = await app.post('/api/create', {
      model: 'mario',
      from: 'nano',
      system: 'Você é o Mario.',
      template: '{{ .Prompt }}',
      license: 'MIT',
      parameters: { temperature: 1, stop: ['a'], mirostat: 1 },
      messages: [{ role: 'user', content: 'oi' }],
      collections: ['manuais'],
      pinned: true,
      renderer: 'x',
      unknown: true,
    });
    expect(reply.statusCode).toBe(200);
    expect(reply.headers['content-type']).toBe('application/x-ndjson');
    expect(linesOf(reply)).toEqual([
      { status: 'ignoring the parameter mirostat, which means nothing here' },
      { status: 'ignoring renderer, which means nothing here' },
      { status: 'writing manifest' },
      { status: 'success' },
    ]);
    expect(await app.machine.personas.find('mario')).toMatchObject({
      name: 'mario:latest',
      base: 'nano',
      system: 'Você é o Mario.',
      template: '{{ .Prompt }}',
      licence: ['MIT'],
      parameters: { temperature: 1, stop: ['a'] },
      messages: [{ role: 'user', text: 'oi' }],
      knowledge: { collections: ['manuais'] },
      pinned: true,
    });
  });

  it('tells only the end when it is not to stream', async () => {
    await using app = await openModelApp();
    const reply = await app.post('/api/create', { name: 'mario', from: 'nano', stream: false });
    expect(reply.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(reply.body).toBe('{"status":"success"}');
  });

  it('answers from all documents, or from none', async () => {
    await using app = await openModelApp();
    await app.post('/api/create', { model: 'a', from: 'nano', collections: 'all' });
    expect(await app.machine.personas.find('a')).toMatchObject({ knowledge: { collections: null } });
    await app.post('/api/create', { model: 'a', from: 'a', collections: [] });
    expect(await app.machine.personas.find('a')).toMatchObject({ knowledge: null });
  });

  it('reads the text of a Modelfile, as old clients send it', async () => {
    await using app = await openModelApp();
    const modelfile = 'FROM nano\nSYSTEM """Você é\no Mario."""\nPARAMETER stop a\nPARAMETER stop b\nMESSAGE user oi\n';
    const reply = await app.post('/api/create', { name: 'mario', modelfile, collections: 'all', path: '/x' });
    expect(linesOf(reply).at(-1)).toEqual({ status: 'success' });
    expect(await app.machine.personas.find('mario')).toMatchObject({
      base: 'nano',
      system: 'Você é\no Mario.',
      parameters: { stop: ['a', 'b'] },
      messages: [{ role: 'user', text: 'oi' }],
      knowledge: { collections: null },
    });
  });

  it('makes a model of uploaded files', async () => {
    await using app = await openModelApp();
    const model = await app.machine.uploadModel();
    const adapter = await app.machine.uploadModel({ 'general.type': 'adapter' });
    const files = { 'model.gguf': model };
    expect(linesOf(await app.post('/api/create', { model: 'own', files }))).toContainEqual({ status: 'success' });
    const tuned = { model: 'tuned', from: 'own', adapters: { 'adapter.gguf': adapter } };
    expect(linesOf(await app.post('/api/create', tuned))).toContainEqual({ status: 'success' });
    expect(await app.machine.personas.find('tuned')).toMatchObject({ base: model, adapter });
    const old = await app.post('/api/create', { name: 'old', modelfile: `FROM @${model}\nADAPTER @${adapter}` });
    expect(linesOf(old).at(-1)).toEqual({ status: 'success' });
    expect(await app.machine.personas.find('old')).toMatchObject({ base: model, adapter });
  });

  it('is refused in the words of Ollama, and nothing is stored', async () => {
    await using app = await openModelApp();
    const page = await app.machine.upload(Buffer.from('<html></html>'));
    const refused: readonly [unknown, string][] = [
      ['', 'missing request body'],
      ['{"model":', 'unexpected EOF'],
      [null, 'invalid model name'],
      [{}, 'invalid model name'],
      [{ model: 'a//b', from: 'nano' }, 'invalid model name'],
      [{ model: '../../etc/passwd', from: 'nano' }, 'invalid model name'],
      [{ model: ':x', from: 'nano' }, 'invalid model name'],
      [{ model: 'a'.repeat(81), from: 'nano' }, 'invalid model name'],
      [{ model: 'x' }, "neither 'from' or 'files' was specified"],
      [{ model: 'x', from: 'a//b' }, 'invalid model name'],
      [{ model: 'x', from: '../models/nano.gguf' }, 'invalid model name'],
      [{ model: 'x', files: { '../a.gguf': page } }, 'file path must be relative'],
      [{ model: 'x', files: { 'a.gguf': '' } }, 'invalid digest format'],
      [{ model: 'x', files: { 'a.gguf': page } }, 'supplied file was not in GGUF format'],
      [{ model: 'x', files: {} }, 'unknown type'],
      [{ model: 'x', from: 'nano', adapters: { a: page, b: page } }, 'only one adapter is currently supported'],
      [
        { model: 'x', from: 'nano', parameters: { temperature: 'hot' } },
        'option "temperature" must be of type float32',
      ],
      [{ model: 'x', from: 'nano', template: '{{ .Prompt' }, 'template error: template: :1: unclosed action'],
      [{ model: 'x', modelfile: 'SYSTEM x' }, 'no FROM line'],
      [{ model: 'x', modelfile: 'FROM nano\nPARAMETER x 1' }, "unknown parameter 'x'"],
      [{ model: 'x', modelfile: 'FROM nano\nPARAMETER num_ctx x' }, 'invalid int value [x]'],
      [
        { model: 'x', modelfile: 'FROM nano\nMESSAGE x y' },
        '(line 2): message role must be one of "system", "user", or "assistant"',
      ],
      [{ model: 1 }, 'json: cannot unmarshal number into Go struct field CreateRequest.model of type string'],
      [
        { model: 'x', from: 'nano', license: 1 },
        'json: cannot unmarshal number into Go struct field CreateRequest.license of type []string',
      ],
    ];
    for (const [body, error] of refused) {
      for (const stream of [true, false]) {
        const isFields = typeof body === 'object' && body !== null;
        const reply = await app.post('/api/create', isFields ? { ...body, stream } : body === null ? 'null' : body);
        expect([reply.statusCode, reply.json()], error).toEqual([400, { error }]);
      }
    }
    const others = [
      { model: 'x', from: 'nano', quantize: 'q4_K_M' },
      { model: 'x', from: 'nano', remote_host: 'http://other' },
      { model: 'x', from: 'nano', collections: [1] },
      { model: 'x', from: 'nano', messages: [{ role: 'badguy', content: 'hi' }] },
      { model: 'x', files: { 'model.safetensors': page } },
    ];
    for (const body of others) expect((await app.post('/api/create', body)).statusCode).toBe(400);
    expect(await app.machine.personaStore.list()).toEqual([]);
  });

  it('says that a model cannot be downloaded', async () => {
    await using app = await openModelApp();
    const unknown = await app.post('/api/create', { model: 'x', from: 'gpt-4' });
    expect(unknown.statusCode).toBe(200);
    expect(linesOf(unknown)).toEqual([
      { status: 'pulling manifest' },
      { error: 'pull model manifest: file does not exist' },
    ]);
    const whole = await app.post('/api/create', { model: 'x', from: 'gpt-4', stream: false });
    expect([whole.statusCode, whole.json()]).toEqual([500, { error: 'pull model manifest: file does not exist' }]);
    const gone = linesOf(await app.post('/api/create', { model: 'x', from: 'llama3.2:1b' }));
    expect(gone.at(-1)).toEqual({ error: expect.stringContaining('404') });
    expect(await app.machine.personaStore.list()).toEqual([]);
  });

  it('is for administrators', async () => {
    await using app = await openModelApp();
    const changes = [
      ['POST', '/api/create'],
      ['POST', '/api/copy'],
      ['DELETE', '/api/delete'],
      ['POST', '/api/pull'],
      ['POST', '/api/push'],
      ['HEAD', `/api/blobs/sha256:${'0'.repeat(64)}`],
      ['POST', `/api/blobs/sha256:${'0'.repeat(64)}`],
    ] as const;
    for (const [method, url] of changes) {
      expect((await app.call(method, url, { as: 'ana' })).statusCode, url).toBe(403);
      expect((await app.call(method, url, { as: 'nobody' })).statusCode, url).toBe(401);
    }
  });
});
