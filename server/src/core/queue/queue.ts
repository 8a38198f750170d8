import { AppError } from '../../errors/app-error.ts';
import { told } from '../../errors/told.ts';
import type { Principal } from '../../models/principal.ts';
import type { Caller, Engine, ModelQueue } from '../../ports/engine.ts';
import { callerOf } from './caller-of.ts';

/** Who waits for which model. */
export interface Queue {
  /**
   * Totals of every model that is used or waited for. Of single calls a caller sees its own; whoever has the scope `admin`
   * sees everybody's. Rejects with `scope_missing` without `ask` and `admin`.
   */
  show(principal: Principal): Promise<ModelLine[]>;
}

/** The calls at one model, and at one adapter over it. */
export interface ModelLine extends Pick<ModelQueue, 'model' | 'adapter' | 'slots' | 'busy'> {
  waiting: Record<Caller['priority'], number>;
  /** Those that may be seen, by place. */
  calls: readonly WaitingCall[];
}

export interface WaitingCall {
  /** 1 is served next. */
  place: number;
  /** null for work of the service itself. */
  callerId: string | null;
  isOwn: boolean;
  priority: Caller['priority'];
  waitedMs: number;
}

export function createQueue({ engine }: { engine: Pick<Engine, 'status'> }): Queue {
  return {
    async show(principal) {
      if (!principal.scopes.includes('ask') && !principal.scopes.includes('admin')) {
        throw new AppError('scope_missing', { detail: told`This token lacks the scope "ask".` });
      }
      const { queues } = await engine.status();
      return queues.map((queue) => toLine(queue, principal));
    },
  };
}

function toLine({ model, adapter, slots, busy, waiting }: ModelQueue, principal: Principal): ModelLine {
  const { id } = callerOf(principal, 'interactive');
  const calls = waiting.map(({ callerId, priority, waitedMs }, index) => ({
    place: index + 1,
    callerId: callerId ?? null,
    isOwn: callerId === id,
    priority,
    waitedMs,
  }));
  const of = (priority: Caller['priority']): number => waiting.filter((call) => call.priority === priority).length;
  return {
    model,
    adapter,
    slots,
    busy,
    waiting: { interactive: of('interactive'), batch: of('batch') },
    calls: principal.scopes.includes('admin') ? calls : calls.filter(({ isOwn }) => isOwn),
  };
}
