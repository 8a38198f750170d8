import type { LlamaModel } from 'node-llama-cpp';
import type { TokenLogprob } from '../../../../../models/language-model.ts';
import type { LogprobEntry } from '../../../../../ports/engine.ts';
import { createNativeSampler, type NativeContext, type SampledLogits } from '../context/native-context.ts';
import { createTokenBytes } from './token-bytes.ts';

/** Reads how likely tokens were before anything was done to their logits. */
export interface LogprobReader {
  read(place: number, token: number): Promise<LogprobEntry>;
  dispose(): void;
}

const decoder = new TextDecoder();

/**
 * Two looks at the logits: one over all of them for the sum of their weights, in which only the highest one and that of
 * the drawn token come back; one for the highest few, which are found without sorting all.
 */
export function createLogprobReader({
  model,
  native,
  top,
}: {
  model: LlamaModel;
  native: NativeContext;
  top: number;
}): LogprobReader {
  const whole = createNativeSampler(model, {});
  const bytesOf = createTokenBytes(model);
  const highest = top === 0 ? undefined : createNativeSampler(model, { temperature: 1, topK: top, seed: 0 });

  function logprobOf(token: number, logprob: number): TokenLogprob {
    const bytes = bytesOf(token);
    return { token: decoder.decode(bytes), logprob, bytes: [...bytes] };
  }

  return {
    async read(place, token) {
      const all = await native.sampleToken(place, whole, false, false, [[token], false, false, true, 0], true);
      const logits = pairsOf(all);
      const sum = Math.max(...logits.map(([, logit]) => logit)) + Math.log(all[4] ?? 1);
      const drawn = logits.find(([other]) => other === token);
      const others =
        highest === undefined ? [] : pairsOf(await native.sampleToken(place, highest, false, false, true, false));
      return {
        ...logprobOf(token, (drawn?.[1] ?? -Infinity) - sum),
        top: others.toSorted((one, other) => other[1] - one[1]).map(([other, logit]) => logprobOf(other, logit - sum)),
      };
    },
    dispose() {
      whole.dispose();
      highest?.dispose();
    },
  };
}

function pairsOf([, , , logits]: SampledLogits): [token: number, logit: number][] {
  return Array.from({ length: logits.length / 2 }, (_, index) => [logits[index * 2] ?? 0, logits[index * 2 + 1] ?? 0]);
}
