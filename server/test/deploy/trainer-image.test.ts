import { validate } from 'dockerfile-utils';
import { expect, it } from 'vitest';
import { readDeployFile } from '../support/compose-file.ts';

const dockerfile = readDeployFile('trainer/Dockerfile');
const lines = dockerfile.split('\n');

it('the Dockerfile of the trainer has no mistake that its language knows', () => {
  expect(validate(dockerfile)).toEqual([]);
});

it('the trainer runs as a user without rights, and ends when it is told to', () => {
  expect(lines.filter((line) => line.startsWith('USER '))).toEqual(['USER trainer']);
  expect(lines.some((line) => line.startsWith('HEALTHCHECK '))).toBe(true);
  expect(lines.filter((line) => line.startsWith('CMD '))).toEqual(['CMD ["python", "-m", "billumy_trainer"]']);
});

it('everything that the trainer needs is of one version', () => {
  const packages = readDeployFile('trainer/requirements.txt').trim().split('\n');
  expect(packages.filter((line) => !/^[a-z-]+==[\d.]+$/.test(line))).toEqual([]);
  expect(lines.find((line) => line.startsWith('FROM '))).toMatch(/^FROM python:\d+\.\d+\.\d+-slim-bookworm$/);
});
