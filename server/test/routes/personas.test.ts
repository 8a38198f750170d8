import { newPersonaSchema, personaSchema, type NewPersona, type Persona } from '@billumy/protocol';
import { describe, expect, it } from 'vitest';
import { openModelApp } from '../support/model-app.ts';

type ModelApp = Awaited<ReturnType<typeof openModelApp>>;

const edit = {
  base: 'nano',
  system: 'Você é o Mario.',
  temperature: 0.3,
  knowledge: { collections: ['vendas'] },
  pinned: true,
  insights: false,
};

async function find(app: ModelApp, name: string): Promise<Persona | undefined> {
  const { personas } = (await app.call('GET', '/personas')).json<{ personas: Persona[] }>();
  return personas.find((persona) => persona.name === name);
}

const json = { type: 'application/json' };

const make = (app: ModelApp, body: NewPersona) => app.call('POST', '/personas', { ...json, body });

describe('GET /personas', () => {
  it('shows what the token may ask', async () => {
    await using app = await openModelApp();
    await app.post('/api/create', { model: 'mario', from: 'nano', system: 'Você é o Mario.' });
    await app.post('/api/copy', { source: 'nano', destination: 'luigi' });
    const limited = (await app.call('GET', '/personas', { as: 'limited' })).json();
    expect(limited).toMatchObject({
      personas: [{ name: 'mario:latest', base: 'nano', system: 'Você é o Mario.', knowledge: null, pinned: false }],
    });
    const { personas } = (await app.call('GET', '/personas', { as: 'ana' })).json<{ personas: { name: string }[] }>();
    expect(personas.map(({ name }) => name)).toEqual([
      'luigi:latest',
      'mario:latest',
      'billumy:latest',
      'billumy:documents',
    ]);
    expect((await app.call('GET', '/personas', { as: 'ingester' })).statusCode).toBe(403);
  });
});

describe('POST /personas', () => {
  it('makes a persona as it is said to be', async () => {
    await using app = await openModelApp();
    const reply = await make(app, { name: 'mario', ...edit });
    expect(reply.statusCode).toBe(201);
    expect(personaSchema.parse(reply.json())).toMatchObject({ name: 'mario:latest', ...edit, built_in: false });
    expect(await find(app, 'mario:latest')).toEqual(reply.json());
    expect(app.deeds).toMatchObject([{ action: 'persona.create', subject: 'mario', outcome: 'ok' }]);
  });

  it('takes over from another one what people do not edit', async () => {
    await using app = await openModelApp();
    const parameters = { temperature: 1, num_ctx: 1024 };
    await app.post('/api/create', { model: 'mario', from: 'nano', template: '{{ .Prompt }}', parameters });
    await make(app, { name: 'luigi', copy_of: 'mario', ...edit, temperature: null });
    const luigi = await app.machine.personas.find('luigi');
    expect(luigi).toMatchObject({ template: '{{ .Prompt }}', parameters: { num_ctx: 1024 } });
    expect(luigi?.parameters).not.toHaveProperty('temperature');
  });

  it.each([
    ['a name that is taken', { name: 'billumy' }, [409, 'already_exists']],
    ['a name that is none', { name: '../x' }, [400, 'invalid_request']],
    ['a base that is not here', { base: 'nowhere' }, [404, 'model_unknown']],
    ['a persona to copy that is not there', { copy_of: 'nobody' }, [404, 'not_found']],
    ['a temperature that makes no sense', { temperature: 9 }, [400, 'invalid_request']],
    ['no collection at all', { knowledge: { collections: [] } }, [400, 'invalid_request']],
  ])('refuses %s', async (_what, wrong, expected) => {
    await using app = await openModelApp();
    const reply = await make(app, { name: 'mario', ...edit, ...wrong });
    expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual(expected);
    expect(await find(app, 'mario:latest')).toBeUndefined();
  });

  it('is for administrators, as is changing one', async () => {
    await using app = await openModelApp();
    const body = newPersonaSchema.parse({ name: 'mario', ...edit });
    expect((await app.call('POST', '/personas', { ...json, body, as: 'ana' })).statusCode).toBe(403);
    expect((await app.call('PUT', '/personas/billumy', { ...json, body: edit, as: 'ana' })).statusCode).toBe(403);
  });
});

describe('PUT /personas/{name}', () => {
  it('changes what was said, and takes words back', async () => {
    await using app = await openModelApp();
    await make(app, { name: 'mario', ...edit });
    const changed = { ...edit, system: null, temperature: null, knowledge: null };
    const reply = await app.call('PUT', '/personas/Mario', { ...json, body: changed });
    expect(reply.json()).toMatchObject({ name: 'mario:latest', ...changed });
    expect(await find(app, 'mario:latest')).toMatchObject(changed);
  });

  it('keeps the template while the base stays, and not over another one', async () => {
    await using app = await openModelApp();
    await app.post('/api/create', { model: 'mario', from: 'nano', template: '{{ .Prompt }}' });
    await app.call('PUT', '/personas/mario', { ...json, body: edit });
    expect(await app.machine.personas.find('mario')).toMatchObject({ template: '{{ .Prompt }}', system: edit.system });
    await app.call('PUT', '/personas/mario', { ...json, body: { ...edit, base: null } });
    expect(await app.machine.personas.find('mario')).toMatchObject({ base: null, template: null });
  });

  it('changes one that came with the service, which comes back when that is deleted', async () => {
    await using app = await openModelApp();
    expect(await find(app, 'billumy:latest')).toMatchObject({ built_in: true });
    await app.call('PUT', '/personas/billumy', { ...json, body: edit });
    expect(await find(app, 'billumy:latest')).toMatchObject({ built_in: false, system: edit.system });
    expect((await app.call('DELETE', '/models/billumy')).statusCode).toBe(204);
    expect(await find(app, 'billumy:latest')).toMatchObject({ built_in: true, base: null });
  });

  it('refuses a persona that is not there', async () => {
    await using app = await openModelApp();
    const reply = await app.call('PUT', '/personas/nobody', { ...json, body: edit });
    expect([reply.statusCode, reply.json<{ code: string }>().code]).toEqual([404, 'not_found']);
  });
});
