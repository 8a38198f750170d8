import type { ChildPart, GenerateResult } from '../../messages.ts';
import {
  type Completion,
  createCompletion,
  forgetOldest,
  hasEnded,
  inPrompt,
  isFull,
  type NewCompletion,
  resultOf,
  type RowScore,
} from './completion.ts';
import { decodeParts, type PartDraws } from './decode-parts.ts';
import type { NativeContext } from '../context/native-context.ts';
import type { PrefixCache } from './prefix-cache.ts';
import { createPromptPace } from './prompt-pace.ts';
import type { DrawnToken } from '../sampling/sampler.ts';
import { worthSharing } from './sharing.ts';
import { chooseSlot, clear, commonPrefix, createSlots, findDonor, keepBeginning } from './slots.ts';
import { planStep, type StepPart } from './step.ts';
import { createStepCost } from './step-cost.ts';
import type { ThreadCount } from '../context/thread-count.ts';

export interface SchedulerOptions {
  native: NativeContext;
  slotCount: number;
  /** Tokens of one decode. */
  batchTokens: number;
  /** False for a model that cannot forget single tokens, so that no guess could be taken back. */
  guesses: boolean;
  /** What was evaluated and is in no slot any more. */
  prefixes: PrefixCache;
  /** What the cells of a slot take. */
  slotBytes: number;
  threads: ThreadCount;
  output: CompletionOutput;
}

/** Where completions go; nothing is said about a completion after its end, whose slot is free by then. */
export interface CompletionOutput {
  /** Parts of the answer, at least one. */
  write(id: number, parts: readonly ChildPart[]): void;
  finish(id: number, result: GenerateResult): void;
  scored(id: number, nll: number): void;
  abort(id: number): void;
  fail(id: number, error: unknown): void;
  /** While each decode runs. */
  stepping(): void;
}

/**
 * Runs the completions of one model together: each step is one decode of a batch with a part of every completion. The
 * native context is touched only inside a step, since it must not change under a decode.
 */
export class Scheduler {
  readonly #options: SchedulerOptions;
  readonly #slots;
  readonly #pace;
  readonly #cost = createStepCost();
  #arrived: Completion[] = [];
  #active: Completion[] = [];
  #isRunning = false;
  #uses = 0;
  #steps = 0;

  constructor(options: SchedulerOptions) {
    this.#options = options;
    this.#slots = createSlots(options.slotCount);
    this.#pace = createPromptPace(options.batchTokens);
  }

  /** Throws when every slot is taken: the parent admits no more calls than there are slots. */
  start(options: NewCompletion): void {
    const slot = chooseSlot(this.#slots, options.prompt);
    if (slot === undefined) throw new Error('every slot is taken');
    slot.busy = true;
    slot.usedAt = ++this.#uses;
    this.#arrived.push(createCompletion(options, slot));
    if (!this.#isRunning) void this.#run();
  }

  /** The completion ends with the step under way. */
  abort(id: number): void {
    const completion = [...this.#arrived, ...this.#active].find((one) => one.id === id);
    if (completion !== undefined) this.#end(completion, (output) => output.abort(id));
  }

  async #run(): Promise<void> {
    this.#isRunning = true;
    while (this.#arrived.length + this.#active.length > 0) await this.#step();
    this.#isRunning = false;
  }

  async #step(): Promise<void> {
    await this.#admit();
    try {
      await this.#copySharedBeginnings();
      const pace = (writing: boolean): number => this.#pace.tokens(writing);
      const parts = planStep(this.#active, { ...this.#options, pace, cost: this.#cost });
      await this.#evaluate(parts);
    } catch (error) {
      // What the cells hold after a failed decode is unknown.
      for (const completion of this.#active) {
        clear(this.#options.native, completion.slot);
        this.#fail(completion, error);
      }
    }
    this.#release();
  }

  async #admit(): Promise<void> {
    for (let completion = this.#arrived[0]; completion !== undefined; completion = this.#arrived[0]) {
      const { slot, prompt } = completion;
      await this.#options.prefixes.prepare(prompt, { slot, slots: this.#slots });
      // The first token of the answer is drawn from the state of what is always evaluated.
      keepBeginning(this.#options.native, slot, Math.min(commonPrefix(slot.tokens, prompt), completion.drawsFrom));
      completion.cached = slot.tokens.length;
      completion.leader = findLeader(this.#active, { completion, fewest: this.#worthSharing() });
      this.#active.push(completion);
      this.#arrived.shift();
    }
  }

  /** Takes over, from a slot that has evaluated it, a beginning that several prompts share. */
  async #copySharedBeginnings(): Promise<void> {
    const { native } = this.#options;
    for (const completion of this.#active) {
      if (hasEnded(completion) || !inPrompt(completion)) continue;
      const { slot, drawsFrom } = completion;
      const found = findDonor(this.#slots, completion);
      const shared = Math.min(found?.shared ?? 0, drawsFrom);
      if (found === undefined || shared < slot.tokens.length + this.#worthSharing()) continue;
      await native.copySequenceStateFromOtherSequence(slot.sequence, found.donor.sequence);
      slot.tokens = found.donor.tokens.slice();
      keepBeginning(native, slot, shared);
      if (completion.written === 0) completion.cached = slot.tokens.length;
    }
  }

  #worthSharing(): number {
    return worthSharing(this.#options.slotBytes, this.#pace.msPerToken);
  }

  async #evaluate(parts: readonly StepPart[]): Promise<void> {
    const tokens = parts.reduce((sum, part) => sum + part.tokens.length, 0);
    if (tokens === 0) return;
    const { native, output } = this.#options;
    const threads = this.#cost.threads(tokens, this.#options.threads());
    const startedAt = performance.now();
    const { decoded, draws, settled } = decodeParts(native, parts, threads);
    // What was written leaves while the next tokens are computed: a message costs as much as a tenth of a step.
    output.stepping();
    try {
      await decoded;
      this.#steps++;
      for (const part of parts) {
        part.completion.slot.tokens.push(...part.tokens);
        part.completion.steppedAt = this.#steps;
      }
      await Promise.all(draws.map((one) => this.#draw(one)));
    } finally {
      await settled();
    }
    this.#learn(parts, { tokens, threads, milliseconds: performance.now() - startedAt });
  }

  /** What answers cost is seen in steps without prompts, and what prompts cost in what others take beside it. */
  #learn(parts: readonly StepPart[], step: { tokens: number; threads: number; milliseconds: number }): void {
    // To weigh tokens takes time of its own, which says nothing of other prompts.
    if (parts.some(({ completion }) => completion.score !== null)) return;
    const { tokens, threads, milliseconds } = step;
    const readTokens = parts.reduce((sum, part) => sum + (part.reads ? part.tokens.length : 0), 0);
    const writers = parts.filter(({ reads }) => !reads).length;
    if (readTokens === 0) return this.#cost.learn({ writers, tokens, threads }, milliseconds);
    const ofWriters = writers === 0 ? 0 : this.#cost.ofWriters(writers);
    if (ofWriters !== undefined) this.#pace.learn(readTokens, milliseconds - ofWriters);
  }

  /** Draws the tokens that follow; when it fails, the cells are sound: only this answer cannot go on. */
  async #draw(draws: PartDraws): Promise<void> {
    const { completion } = draws.part;
    try {
      const { score } = draws.part.completion;
      if (score !== null) await this.#weigh(draws, score);
      else if (draws.count > 0) await this.#drawAll(draws);
    } catch (error) {
      this.#fail(completion, error);
    }
  }

  /** The answer is given: what counts of each draw is how likely its token was. */
  async #weigh({ part: { completion }, count, draw }: PartDraws, score: RowScore): Promise<void> {
    for (let index = 0; index < count; index++) score.nll -= (await draw(index)).logprob?.logprob ?? NaN;
    if (!inPrompt(completion)) this.#end(completion, (output) => output.scored(completion.id, score.nll));
  }

  /** Guesses stay as long as they are what the model draws. */
  async #drawAll({ part: { completion, tokens, guessed }, count, draw }: PartDraws): Promise<void> {
    completion.promptDoneAt ??= performance.now();
    let accepted = 0;
    const followed: number[] = [];
    for (let index = 0; index < count && !hasEnded(completion); index++) {
      const drawn = await draw(index);
      followed.push(drawn.token);
      this.#take(completion, drawn);
      if (accepted === guessed || tokens[tokens.length - guessed + accepted] !== drawn.token) break;
      accepted++;
    }
    // Also of what was proposed and not tried: whether guesses would be right is seen at no cost.
    completion.lookup.learn(followed);
    if (guessed > 0) {
      keepBeginning(this.#options.native, completion.slot, completion.slot.tokens.length - (guessed - accepted));
    }
    this.#makeRoom(completion);
  }

  #take(completion: Completion, { token, logprob }: DrawnToken): void {
    if (hasEnded(completion)) return;
    if (completion.isEnd(token)) {
      completion.endToken = token;
      return this.#finish(completion, 'stop');
    }
    if (completion.written >= completion.maxTokens) return this.#finish(completion, 'length');
    completion.tokens.push(token);
    completion.written++;
    this.#write(completion, completion.answer.push(token, logprob));
    if (completion.answer.stoppedBy !== undefined) return this.#finish(completion, 'stop');
    if (completion.written >= completion.maxTokens) return this.#finish(completion, 'length');
    if (isFull(completion) && completion.keep === null) this.#finish(completion, 'length');
  }

  /** An answer that fills its context goes on without the oldest half, when it may. */
  #makeRoom(completion: Completion): void {
    if (hasEnded(completion) || !isFull(completion) || completion.keep === null) return;
    forgetOldest(completion, completion.keep);
    const { slot, tokens } = completion;
    keepBeginning(this.#options.native, slot, Math.min(commonPrefix(slot.tokens, tokens), tokens.length - 1));
  }

  #write(completion: Completion, parts: readonly ChildPart[]): void {
    if (parts.length > 0) this.#options.output.write(completion.id, parts);
  }

  #finish(completion: Completion, reason: GenerateResult['reason']): void {
    this.#write(completion, completion.answer.end());
    const told = reason === 'stop' && completion.answer.hasCalls ? 'tool-calls' : reason;
    this.#end(completion, (output) => output.finish(completion.id, resultOf(completion, told)));
  }

  #fail(completion: Completion, error: unknown): void {
    this.#end(completion, (output) => output.fail(completion.id, error));
  }

  #end(completion: Completion, tell: (output: CompletionOutput) => void): void {
    completion.farewell ??= () => tell(this.#options.output);
  }

  /** Frees what ended completions used; only now, since a decode or a draw may use it until the end of the step. */
  #release(): void {
    const ended = this.#active.filter(hasEnded);
    this.#active = this.#active.filter((completion) => !hasEnded(completion));
    for (const { slot, sampler, farewell } of ended) {
      slot.busy = false;
      sampler.dispose();
      farewell?.();
    }
  }
}

/** The earlier prompt that shares the longest beginning and is still evaluating it. */
function findLeader(
  active: readonly Completion[],
  { completion: { slot, prompt, drawsFrom }, fewest }: { completion: Completion; fewest: number },
): Completion['leader'] {
  return active
    .filter((other) => !hasEnded(other) && inPrompt(other))
    .map((other) => ({ completion: other, shared: Math.min(commonPrefix(other.prompt, prompt), drawsFrom) }))
    .filter(({ shared }) => shared >= slot.tokens.length + fewest)
    .toSorted((one, other) => other.shared - one.shared)[0];
}
