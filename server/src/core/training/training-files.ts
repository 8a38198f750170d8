import { AppError } from '../../errors/app-error.ts';
import { newId } from '../../models/new-id.ts';
import type { Principal } from '../../models/principal.ts';
import type { TrainingExample } from '../../models/training-example.ts';
import type { TrainingSet } from '../../models/training-set.ts';
import type { TrainingSetStore } from '../../ports/training-set-store.ts';
import type { GivenExampleAt } from './accept-training.ts';
import type { GivenMessage } from './examples/given-example.ts';
import { toExamples } from './examples/to-examples.ts';

/**
 * Examples that are uploaded first and trained with later. They are kept for a day: what a job trains with is a copy.
 * Those of somebody else are `not_found`.
 */
export interface TrainingFiles {
  add(principal: Principal, given: readonly GivenExampleAt[]): Promise<TrainingFile>;
  get(principal: Principal, id: string): Promise<TrainingFile>;
  /** Newest first. */
  list(principal: Principal): Promise<TrainingFile[]>;
  remove(principal: Principal, id: string): Promise<void>;
}

export interface TrainingFile {
  id: string;
  examples: readonly TrainingExample[];
  createdAt: Date;
}

/** Tells them from the sets that jobs make. */
const kind = 'file';

export function createTrainingFiles({
  trainingSets,
  now,
}: {
  trainingSets: TrainingSetStore;
  now: () => Date;
}): TrainingFiles {
  async function owned({ userId }: Principal): Promise<TrainingSet[]> {
    const sets = await trainingSets.list();
    return sets.filter(({ id, ownerId }) => ownerId === userId && id.startsWith(`${kind}_`));
  }

  async function find(principal: Principal, id: string): Promise<TrainingSet> {
    const set = (await owned(principal)).find((each) => each.id === id);
    if (set === undefined) throw new AppError('not_found');
    return set;
  }

  async function read({ id, createdAt }: TrainingSet): Promise<TrainingFile> {
    return { id, createdAt, examples: await trainingSets.examples(id) };
  }

  return {
    async add({ userId }, given) {
      const examples = toExamples(given.map(({ example }) => example));
      const set = await trainingSets.add({ id: newId(kind), ownerId: userId, examples, createdAt: now() });
      return { id: set.id, createdAt: set.createdAt, examples };
    },
    get: async (principal, id) => read(await find(principal, id)),
    async list(principal) {
      const sets = await owned(principal);
      const newestFirst = sets.toSorted((first, second) => second.createdAt.getTime() - first.createdAt.getTime());
      return Promise.all(newestFirst.map(read));
    },
    async remove(principal, id) {
      await trainingSets.remove((await find(principal, id)).id);
    },
  };
}

/** As callers send examples, whatever form these came in. */
export function givenOf({ examples }: Pick<TrainingFile, 'examples'>): (GivenExampleAt & {
  example: { messages: readonly GivenMessage[] };
})[] {
  return examples.map(({ prompt, answer }, index) => {
    const said = prompt.map(({ role, text }) => ({ role: role === 'tool' ? 'user' : role, content: text }) as const);
    return { path: `line ${index + 1}`, example: { messages: [...said, { role: 'assistant', content: answer }] } };
  });
}
