import { streamInsights, type Connection, type InsightEvent, type InsightReport } from '@billumy/protocol';
import { useEffect, useRef, useState } from 'react';
import { toRequest, type WantedAnalysis } from './analysis-request.ts';

/** What came of an analysis so far. */
export interface RunningAnalysis {
  phase: 'running' | 'done' | 'stopped' | 'failed';
  dataset: InsightReport['dataset'] | null;
  insights: InsightReport['insights'];
  answer: InsightReport['answer'];
  /** The whole of it, at its end. */
  report: InsightReport | null;
  error: unknown;
}

export interface Analysis {
  current: RunningAnalysis | null;
  /** Resolves to the report; to null when it was stopped or failed, which `current` then tells. */
  run(wanted: WantedAnalysis): Promise<InsightReport | null>;
  stop(): void;
}

const beginning: RunningAnalysis = {
  phase: 'running',
  dataset: null,
  insights: [],
  answer: null,
  report: null,
  error: null,
};

/** One analysis at a time. Leaving the page ends it, and with it the work of the service. */
export function useAnalysis(connection: Connection): Analysis {
  const [current, setCurrent] = useState<RunningAnalysis | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const run = async (wanted: WantedAnalysis): Promise<InsightReport | null> => {
    const abort = new AbortController();
    running.current?.abort();
    running.current = abort;
    const change = (next: (analysis: RunningAnalysis) => RunningAnalysis): void => {
      if (running.current === abort) setCurrent((analysis) => (analysis === null ? null : next(analysis)));
    };
    setCurrent(beginning);
    try {
      for await (const event of streamInsights(connection, toRequest(wanted), abort.signal)) {
        change((analysis) => grow(analysis, event));
        if (event.type === 'done') return event.report;
      }
      throw new TypeError('the report broke off');
    } catch (error) {
      change((analysis) => ({ ...analysis, phase: abort.signal.aborted ? 'stopped' : 'failed', error }));
      return null;
    }
  };
  return { current, run, stop: () => running.current?.abort() };
}

function grow(analysis: RunningAnalysis, event: InsightEvent): RunningAnalysis {
  switch (event.type) {
    case 'profile':
      return { ...analysis, dataset: event.dataset };
    case 'insight':
      return { ...analysis, insights: [...analysis.insights, event.insight] };
    case 'answer':
      return { ...analysis, answer: event.answer };
    case 'done': {
      const { report } = event;
      const { dataset, insights, answer } = report;
      return { ...analysis, phase: 'done', dataset, insights, answer, report };
    }
    default:
      return event satisfies never;
  }
}
