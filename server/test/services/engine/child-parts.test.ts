import { describe, expect, it } from 'vitest';
import {
  createCompletion,
  type Completion,
  type NewCompletion,
} from '../../../src/services/engine/llama/child/scheduling/completion.ts';
import { createPromptPace } from '../../../src/services/engine/llama/child/scheduling/prompt-pace.ts';
import { worthSharing } from '../../../src/services/engine/llama/child/scheduling/sharing.ts';
import {
  chooseSlot,
  commonPrefix,
  createSlots,
  findDonor,
} from '../../../src/services/engine/llama/child/scheduling/slots.ts';
import { planStep } from '../../../src/services/engine/llama/child/scheduling/step.ts';
import { createStepCost } from '../../../src/services/engine/llama/child/scheduling/step-cost.ts';
import { createTextStream, type TextStream } from '../../../src/services/engine/llama/child/output/text-stream.ts';
import { createThreadCount } from '../../../src/services/engine/llama/child/context/thread-count.ts';

/** Tokens are bytes. */
function textOf(tokens: readonly number[]): string {
  return Buffer.from(tokens).toString('utf8');
}

function write(stream: TextStream, text: string | Buffer): string[] {
  return [...Buffer.from(text)].map((byte) => stream.push(byte));
}

describe('text stream', () => {
  const open = (stop: readonly string[] = []): TextStream => createTextStream({ detokenize: textOf, stop });

  it('shows characters when they are whole', () => {
    expect(write(open(), 'é🙂')).toEqual(['', 'é', '', '', '', '🙂']);
  });

  it('shows bytes that are no characters as such, and goes on', () => {
    const stream = open();
    const shown = write(stream, Buffer.from([0xff, 0xfe, 0xfd, 0xfc, 0x61])).join('') + stream.end();
    expect(shown).toBe('\uFFFD\uFFFD\uFFFD\uFFFDa');
  });

  it('ends before a stop string, also one that came in parts', () => {
    const stream = open(['FIM', '\n\n']);
    expect(write(stream, 'abFIcd').join('')).toBe('abFIcd');
    expect(stream.stoppedBy).toBeUndefined();
    expect(write(stream, 'ef\n\nno').join('')).toBe('ef');
    expect(stream.stoppedBy).toBe('\n\n');
    expect(stream.end()).toBe('');
  });

  it('holds back what may become a stop string, and gives it at the end', () => {
    const stream = open(['FIM']);
    expect(write(stream, 'xFI').join('')).toBe('x');
    expect(stream.end()).toBe('FI');
  });

  it('takes the stop string that begins first', () => {
    const stream = createTextStream({ detokenize: () => 'a END b STOP', stop: ['STOP', 'END'] });
    expect(stream.push(1)).toBe('a ');
  });
});

describe('a step', () => {
  const limits = { batchTokens: 512, pace: () => 100, cost: createStepCost(), guesses: false };

  function reader(id: number, tokens: number, answerStart?: number): Completion {
    const score = answerStart === undefined ? null : { nll: 0, answerStart };
    const prompt = Array.from({ length: tokens }, (_, index) => id * 1000 + index);
    const given = { id, prompt, maxTokens: 9, contextTokens: 2048, keep: null, returnTokens: false, score };
    const unused = { sampler: {} as NewCompletion['sampler'], answer: {} as NewCompletion['answer'] };
    return createCompletion({ ...given, ...unused, isEnd: () => false }, createSlots(9)[id]!);
  }

  const lengthsOf = (...lengths: number[]): number[] =>
    planStep(
      lengths.map((tokens, id) => reader(id, tokens)),
      limits,
    ).map(({ tokens }) => tokens.length);

  it('reads as many whole prompts as it has room for', () => {
    expect(lengthsOf(20, 30, 40)).toEqual([20, 30, 40]);
    expect(lengthsOf(60, 60)).toEqual([60]);
  });

  it('weighs the tokens of a given answer, not too many at once', () => {
    const [first] = planStep([reader(0, 99, 20)], limits);
    expect(first).toMatchObject({ drawn: 64, reads: true });
    expect(first?.tokens).toHaveLength(19 + 64);
    const [short] = planStep([reader(0, 40, 20)], limits);
    expect(short?.tokens).toHaveLength(40);
    expect(short?.drawn).toBe(21);
    const [prompt] = planStep([reader(0, 40)], limits);
    expect(prompt?.drawn).toBe(1);
    const [inside] = planStep([reader(0, 400)], limits);
    expect(inside?.drawn).toBe(0);
  });

  it('begins the next one where much of it is left, and ends one that almost fits', () => {
    expect(lengthsOf(40, 200)).toEqual([40, 60]);
    expect(lengthsOf(170)).toEqual([170]);
    expect(lengthsOf(200)).toEqual([100]);
  });
});

describe('slots', () => {
  it('continues the slot that holds most of the prompt', () => {
    const slots = createSlots(3);
    slots[0]!.tokens = [1, 2];
    slots[1]!.tokens = [1, 2, 3];
    expect(chooseSlot(slots, [1, 2, 3, 4])).toBe(slots[1]);
    slots[1]!.busy = true;
    expect(chooseSlot(slots, [1, 2, 3, 4])).toBe(slots[0]);
  });

  it('does not give up a long conversation for a short common beginning', () => {
    const slots = createSlots(2);
    slots[0]!.tokens = [1, 2, 3, 4, 5, 6, 7, 8];
    slots[0]!.usedAt = 1;
    expect(chooseSlot(slots, [1, 2, 9])).toBe(slots[1]);
  });

  it('gives up the least recently used slot, and none that is busy', () => {
    const slots = createSlots(2);
    slots[0]!.usedAt = 2;
    slots[1]!.usedAt = 1;
    expect(chooseSlot(slots, [5])).toBe(slots[1]);
    for (const slot of slots) slot.busy = true;
    expect(chooseSlot(slots, [5])).toBeUndefined();
  });

  it('stays beside those that are busy, among the slots that were not used for long', () => {
    const slots = createSlots(6);
    slots.forEach((slot, index) => (slot.usedAt = index));
    slots[2]!.busy = true;
    expect(chooseSlot(slots, [5])).toBe(slots[1]);
    slots[1]!.usedAt = 9;
    expect(chooseSlot(slots, [5])).toBe(slots[3]);
    slots[3]!.usedAt = 9;
    expect(chooseSlot(slots, [5])).toBe(slots[0]);
  });

  it('finds the other slot with the longest common beginning', () => {
    const slots = createSlots(3);
    slots[1]!.tokens = [1, 2, 3];
    slots[2]!.tokens = [1, 2];
    expect(findDonor(slots, { slot: slots[0]!, prompt: [1, 2, 3, 4] })).toEqual({ donor: slots[1], shared: 3 });
    expect(commonPrefix([1, 2, 3], [1, 2, 4])).toBe(2);
    expect(commonPrefix([], [1])).toBe(0);
  });
});

describe('prompt pace', () => {
  it('takes as many tokens as fit into the time of a step, fewer while others write', () => {
    const pace = createPromptPace(512);
    pace.learn(100, 100);
    expect(pace.tokens(false)).toBe(500);
    expect(pace.tokens(true)).toBe(400);
    pace.learn(100, 100_000);
    expect(pace.tokens(true)).toBe(16);
  });

  it('takes a whole tile when nobody writes, if that takes less than a second', () => {
    const pace = createPromptPace(512);
    pace.learn(100, 1200);
    expect(pace.tokens(false)).toBe(64);
    expect(pace.tokens(true)).toBe(33);
    pace.learn(100, 2800);
    expect(pace.tokens(false)).toBe(25);
  });

  it('learns nothing from steps of a few tokens, and never exceeds a batch', () => {
    const pace = createPromptPace(512);
    pace.learn(2, 1000);
    expect(pace.tokens(false)).toBe(128);
    pace.learn(100, 1);
    expect(pace.tokens(false)).toBe(512);
  });
});

describe('a shared beginning', () => {
  it('is copied when evaluating it takes clearly longer, and always when it is long', () => {
    expect(worthSharing(47e6, 1.3)).toBe(16);
    expect(worthSharing(188e6, 1.3)).toBe(58);
    expect(worthSharing(188e6, 0.1)).toBe(64);
    expect(worthSharing(47e6, undefined)).toBe(64);
  });
});

describe('thread count', () => {
  it('keeps to what the settings say, else between one thread and the cores', () => {
    expect(createThreadCount({ fixed: 7, cores: 2 })()).toBe(7);
    expect(createThreadCount({ fixed: null, cores: 1 })()).toBe(1);
    const threads = createThreadCount({ fixed: null, cores: 4 })();
    expect(threads).toBeGreaterThanOrEqual(1);
    expect(threads).toBeLessThanOrEqual(4);
  });
});
