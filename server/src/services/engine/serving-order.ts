import type { Caller } from '../../ports/engine.ts';
import { told, type Told } from '../../errors/told.ts';

/** What decides when a waiting call is served. */
export interface Line {
  readonly priority: Caller['priority'];
  /** The calls of one caller have different turns, one after the other. */
  turn: number;
}

/** While both wait, a batch call is served after so many interactive ones: batch work gets on, however busy people are. */
const interactivePerBatch = 7;

/**
 * The order in which waiting calls are served: interactive ones before batch ones, but for one place in eight; among
 * those of one priority by turn, then by arrival. Source of the turns: start-time fair queueing (Goyal, Vin, Cheng,
 * SIGCOMM 1996), with every call as long as any other.
 * @param waiting in order of arrival
 * @param interactiveInRow how many interactive calls were served since the last batch one
 */
export function servingOrder<T extends Line>(waiting: readonly T[], interactiveInRow: number): T[] {
  const interactive = byTurn(waiting.filter(({ priority }) => priority === 'interactive'));
  const batch = byTurn(waiting.filter(({ priority }) => priority === 'batch'));
  const ordered: T[] = [];
  let inRow = Math.min(interactiveInRow, interactivePerBatch);
  while (interactive.length > 0 && batch.length > 0) {
    ordered.push(...interactive.splice(0, interactivePerBatch - inRow), ...batch.splice(0, 1));
    inRow = 0;
  }
  return [...ordered, ...interactive, ...batch];
}

/** "65th in line", for the next one after so many. */
export function placeIn(waiting: number): Told {
  const place = waiting + 1;
  const rule = ordinals.select(place);
  if (rule === 'one') return told`${place}st in line`;
  if (rule === 'two') return told`${place}nd in line`;
  return rule === 'few' ? told`${place}rd in line` : told`${place}th in line`;
}

const ordinals = new Intl.PluralRules('en', { type: 'ordinal' });

function byTurn<T extends Line>(waiting: T[]): T[] {
  return waiting.toSorted((one, other) => one.turn - other.turn);
}
