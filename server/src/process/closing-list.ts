/** What must be closed, in the reverse of the order in which it was opened; one that fails does not keep the others. */
export interface ClosingList extends AsyncDisposable {
  /** Adds something opened, and hands it back. */
  add<T extends AsyncDisposable>(opened: T): T;
  /** Adds something to do when closing. */
  defer(close: () => PromiseLike<void> | void): void;
}

export function createClosingList(): ClosingList {
  const closers: (() => PromiseLike<void> | void)[] = [];
  return {
    add(opened) {
      closers.push(() => opened[Symbol.asyncDispose]());
      return opened;
    },
    defer: (close) => void closers.push(close),
    async [Symbol.asyncDispose]() {
      const errors: unknown[] = [];
      for (const close of closers.splice(0).toReversed()) {
        try {
          await close();
        } catch (error) {
          errors.push(error);
        }
      }
      if (errors.length > 0) throw new AggregateError(errors, 'closing failed');
    },
  };
}
