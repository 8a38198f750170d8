import { readFileSync } from 'node:fs';
import { validate } from 'dockerfile-utils';
import { expect, it } from 'vitest';
import { deployPath, readDeployFile } from '../support/compose-file.ts';

const dockerfile = readDeployFile('Dockerfile');
const instructions = dockerfile
  .replaceAll(/\\\n/g, ' ')
  .split('\n')
  .filter((line) => /^[A-Z]/.test(line));
const lastStage = instructions.slice(instructions.findLastIndex((line) => line.startsWith('FROM ')));

it('the Dockerfile has no mistake that its language knows', () => {
  expect(validate(dockerfile)).toEqual([]);
});

it('the image is made from one version of Node, in every stage', () => {
  const bases = instructions.filter((line) => line.startsWith('FROM ')).map((line) => line.split(' ')[1]!);
  const images = new Set(bases.filter((base) => base.includes(':')));
  expect([...images]).toEqual([expect.stringMatching(/^node:\d+\.\d+\.\d+-bookworm-slim$/)]);
});

it('the image runs as a user without rights, says how it is, and ends when it is told to', () => {
  const users = lastStage.filter((line) => line.startsWith('USER '));
  expect(users.at(-1)).toBe('USER node');
  expect(lastStage.some((line) => line.startsWith('HEALTHCHECK '))).toBe(true);
  expect(lastStage.at(-1)).toMatch(/^CMD \["node", /);
});

it('packages are installed from the manifests of every workspace', () => {
  const { workspaces } = JSON.parse(readFileSync(deployPath('../package.json'), 'utf8')) as { workspaces: string[] };
  for (const name of workspaces) expect(instructions).toContain(`COPY ${name}/package.json ${name}/`);
});
