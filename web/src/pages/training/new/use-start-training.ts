import { startTraining, train, type Connection, type Job } from '@billumy/protocol';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation } from 'wouter';
import { useConnection } from '../../../api/session-context.tsx';
import { useToast } from '../../../components/toast.tsx';
import { newTrainingTexts } from '../../../texts/new-training.ts';
import { useTexts } from '../../../texts/translated.ts';
import { trainingsKey } from '../training-queries.ts';
import { countExamples } from './example-lines.ts';
import type { ChosenOptions } from './training-options.tsx';

export interface TrainingToStart {
  /** JSONL; empty: nothing but what people found good. */
  lines: string;
  options: ChosenOptions;
}

/** Starts a training, and then shows it. */
export function useStartTraining() {
  const connection = useConnection();
  const client = useQueryClient();
  const texts = useTexts(newTrainingTexts);
  const { show } = useToast();
  const [, go] = useLocation();
  return useMutation({
    mutationFn: (training: TrainingToStart) => start(connection, training),
    onSuccess: async ({ id }) => {
      show(texts.started);
      go(`/training/jobs/${encodeURIComponent(id)}`);
      await client.invalidateQueries({ queryKey: trainingsKey });
    },
  });
}

/** As a file, whose lines the service names when they are wrong; without lines there is nothing to make a file of. */
function start(connection: Connection, { lines, options }: TrainingToStart): Promise<Job> {
  const { base, publish, fromFeedback, allowPersonalData } = options;
  if (countExamples(lines) === 0) {
    const named = base === null ? {} : { base_model: base };
    return startTraining(connection, {
      ...named,
      publish,
      from_feedback: true,
      allow_personal_data: allowPersonalData,
    });
  }
  return train(connection, {
    examples: [new File([lines], 'examples.jsonl')],
    documents: [],
    fields: {
      base_model: base ?? undefined,
      publish,
      from_feedback: fromFeedback ? 'true' : undefined,
      allow_personal_data: allowPersonalData ? 'true' : undefined,
    },
  });
}
