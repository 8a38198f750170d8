/**
 * What a decode of so many tokens costs here, measured: with some quantizations and processors two tokens together take
 * four times as long as one, with others sixteen take hardly longer, and a second thread may bring a single token nothing.
 */
export interface StepCost {
  /** Of a step in which so many answers wrote, and no prompt was read: they have guesses if there are more tokens. */
  learn(step: { writers: number; tokens: number; threads: number }, milliseconds: number): void;
  /** Of a step in which so many answers write a token each; undefined before there was one. */
  ofWriters(writers: number): number | undefined;
  /** How many of `most` threads a step is worth: one where all together are hardly faster, so that others have the rest. */
  threads(tokens: number, most: number): number;
  /** Whether answers get on faster one after the other than `writers` of them together. */
  isFasterAlone(writers: number): boolean;
  /** How many guessed tokens bring an answer on fastest, of those with these chances, each if the ones before it are right. */
  guesses(chances: readonly number[]): number;
}

/** Longer steps are of prompts, which are always evaluated as much at once as possible. */
const mostTokens = 32;
/** Every so many decisions the other way is tried, since the machine may have changed. */
const decisionsUntilTrial = { writers: 200, threads: 60 };
/** One thread may take so much longer than all: what serves and reads the answers needs a core, too. */
const hardlySlower = 1.03;
/** Few, so that what each costs is soon known. */
const guessLengths = [15, 7, 3, 1];
/** The first step of a length may be slow by chance, and would not be repeated. */
const samplesOfGuesses = 2;
/** The first steps of a model are slow, whatever their threads. */
const samplesToCompare = 4;
/** One step with one thread is enough to see that it is no match for all: each costs whoever waits for the answer. */
const muchSlower = 1.4;

export function createStepCost(): StepCost {
  const withOneThread = createCosts();
  const withAllThreads = createCosts();
  const isTrialOfWriters = createTrials(decisionsUntilTrial.writers);
  const isTrialOfGuesses = createTrials(decisionsUntilTrial.writers);
  /** What is worth all threads with so many tokens is worth them with more. */
  let fewestForAll = Infinity;
  const isTrialOfThreads = createTrials(decisionsUntilTrial.threads);

  function knownOf(key: string): Cost[] {
    return [withOneThread.of(key), withAllThreads.of(key)].filter((cost) => cost !== undefined);
  }
  function cheapest(key: string): number | undefined {
    const known = knownOf(key);
    return known.length === 0 ? undefined : Math.min(...known.map(({ milliseconds }) => milliseconds));
  }
  const isKnown = (guesses: number): boolean =>
    knownOf(keyOf(1, guesses + 1)).reduce((sum, { samples }) => sum + samples, 0) >= samplesOfGuesses;
  const ofWriters = (writers: number): number | undefined => cheapest(keyOf(writers, writers));
  const ofGuesses = (guesses: number): number | undefined => cheapest(keyOf(1, guesses + 1));

  return {
    ofWriters,
    learn({ writers, tokens, threads }, milliseconds) {
      if (tokens > mostTokens) return;
      (threads === 1 ? withOneThread : withAllThreads).learn(keyOf(writers, tokens), milliseconds);
    },
    threads(tokens, most) {
      if (most === 1 || tokens > mostTokens || tokens > fewestForAll) return most;
      const key = keyOf(1, tokens);
      const [one, all] = [withOneThread.of(key), withAllThreads.of(key)];
      if (all === undefined || all.samples < samplesToCompare) return most;
      if (one === undefined) return 1;
      if (one.samples < samplesToCompare && one.milliseconds < all.milliseconds * muchSlower) return 1;
      const isOneEnough = one.milliseconds < all.milliseconds * hardlySlower;
      fewestForAll = isOneEnough ? Infinity : tokens;
      return isOneEnough === isTrialOfThreads() ? most : 1;
    },
    isFasterAlone(writers) {
      if (writers < 2) return true;
      const together = ofWriters(writers);
      if (together === undefined) return false;
      const alone = ofWriters(1);
      const isFaster = alone === undefined || alone * writers < together;
      return isTrialOfWriters() ? !isFaster : isFaster;
    },
    guesses(chances) {
      const plain = ofWriters(1);
      const lengths = guessLengths.filter((length) => length <= chances.length);
      if (plain === undefined || lengths.length === 0) return 0;
      const unknown = lengths.find((length) => !isKnown(length));
      if (unknown !== undefined) return unknown;
      const speed = (length: number): number => expectedTokens(chances.slice(0, length)) / (ofGuesses(length) ?? plain);
      const best = lengths.reduce((one, other) => (speed(other) > speed(one) ? other : one));
      return speed(best) > 1 / plain || isTrialOfGuesses() ? best : 0;
    },
  };
}

/** Of a step with guesses of these chances: those that are right before the first wrong one, and the one drawn after them. */
function expectedTokens(chances: readonly number[]): number {
  let expected = 1;
  let allRight = 1;
  for (const chance of chances) {
    allRight *= chance;
    expected += allRight;
  }
  return expected;
}

interface Cost {
  milliseconds: number;
  samples: number;
}

/**
 * How much a step counts that took longer than those before; one that took less counts alone, since other programs, and
 * weights that come from the disk, make a step longer, never shorter.
 */
const slowerShare = 0.1;

/** Sequences with a token each cost more than one sequence with as many. */
function keyOf(writers: number, tokens: number): string {
  return `${writers}x${tokens}`;
}

function createCosts() {
  const costs = new Map<string, Cost>();
  return {
    of: (key: string): Cost | undefined => costs.get(key),
    learn(key: string, milliseconds: number): void {
      const known = costs.get(key) ?? { milliseconds, samples: 0 };
      const longer = Math.max(0, milliseconds - known.milliseconds);
      const learned = Math.min(milliseconds, known.milliseconds) + longer * slowerShare;
      costs.set(key, { milliseconds: learned, samples: known.samples + 1 });
    },
  };
}

/** True every so many times. */
function createTrials(every: number): () => boolean {
  let decisions = 0;
  return () => {
    decisions = (decisions + 1) % every;
    return decisions === 0;
  };
}
