/** What OpenSearch says of an error, of a whole request or of one item of it. */
export interface RefusalBody {
  type: string;
  reason?: string | null;
}

/** A request, or one item of it, that OpenSearch did not do. */
export class Refusal extends Error {
  readonly status: number;
  /** Such as `index_not_found_exception`; empty when it is not OpenSearch that answered. */
  readonly type: string;

  constructor(status: number, { type, reason }: RefusalBody, options?: ErrorOptions) {
    super(`${status} ${type}: ${reason ?? ''}`, options);
    this.name = 'Refusal';
    this.status = status;
    this.type = type;
  }
}

export const isRefusal = (error: unknown, type: string): error is Refusal =>
  error instanceof Refusal && error.type === type;

const tooManyRequests = 429;
const blocked = 'cluster_block_exception';

/** It may be sent again in a moment, unchanged. */
export const isBusy = ({ status, type }: Pick<Refusal, 'status' | 'type'>): boolean =>
  status === tooManyRequests && type !== blocked;

/** The disk of a node is so full that OpenSearch lets nothing be written. */
export const isDiskFull = ({ status, type }: Refusal): boolean => status === tooManyRequests && type === blocked;

/** Somebody forbade writing to the index: usually a replica that copies it. */
export const isWriteBlocked = (error: unknown): boolean =>
  error instanceof Refusal && error.type === blocked && !isDiskFull(error);
