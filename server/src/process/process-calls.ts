import { AppError } from '../errors/app-error.ts';
import type { ErrorCode } from '../errors/catalogue.ts';
import type { Told } from '../errors/told.ts';
import { startLimitedProcess, type LimitedProcess, type LimitedProcessOptions } from './limited-process.ts';

/** A limited process whose program calls `serveCalls`; its end rejects what still waits. */
export interface CalledProcess extends Pick<LimitedProcess<object>, 'pid' | 'kill' | 'ended' | 'isAlive'> {
  /** Calls are answered one after the other, in their order. */
  call(method: string, argument: unknown): Promise<unknown>;
}

export interface ProcessCall {
  id: number;
  method: string;
  argument: unknown;
}

export type ProcessReply = { id: number; result: unknown } | { id: number; error: CallFailure };

interface CallFailure {
  code: ErrorCode;
  detail: Told | undefined;
  /** As text. */
  cause: string | undefined;
}

export function startCalledProcess(
  options: Omit<LimitedProcessOptions<ProcessReply>, 'onReply' | 'onEnd'>,
): CalledProcess {
  const waiting = new Map<number, Waiting>();
  let endedFor: unknown;
  let lastId = 0;
  const child = startLimitedProcess<ProcessCall, ProcessReply>({
    ...options,
    onReply(reply) {
      const call = waiting.get(reply.id);
      waiting.delete(reply.id);
      if ('result' in reply) call?.resolve(reply.result);
      else call?.reject(toAppError(reply.error));
    },
    onEnd(error) {
      endedFor = error;
      for (const { reject } of waiting.values()) reject(error);
      waiting.clear();
    },
  });
  return {
    pid: child.pid,
    kill: child.kill,
    ended: child.ended,
    isAlive: child.isAlive,
    async call(method, argument) {
      if (endedFor !== undefined) throw endedFor;
      const id = ++lastId;
      const answer = new Promise((resolve, reject) => waiting.set(id, { resolve, reject }));
      await Promise.all([answer, child.send({ id, method, argument })]);
      return answer;
    },
  };
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

function toAppError({ code, detail, cause }: CallFailure): AppError {
  return new AppError(code, {
    detail,
    ...(cause === undefined ? {} : { cause: new Error(cause) }),
  });
}
