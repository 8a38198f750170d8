export interface Stoppable {
  close(): Promise<void>;
  /** Notes what went wrong where the operator looks. */
  reportFailure(error: unknown): void;
}

/** A service that cannot stop cleanly in this time is ended anyway: what it acknowledged is on the disk. */
const patienceMs = 4_800;

/**
 * Ends the process when it is asked to (SIGINT, SIGTERM), with code 0 after a clean stop; a second signal ends it at
 * once. An error that nobody caught ends it too, with code 1: after it, nothing in memory can be trusted.
 */
export function stopOnSignals(server: Stoppable): void {
  let stopping = false;
  const stop = (exitCode: number): void => {
    if (stopping) process.exit(1);
    stopping = true;
    setTimeout(() => process.exit(1), patienceMs).unref();
    server.close().then(
      () => process.exit(exitCode),
      (error: unknown) => {
        server.reportFailure(error);
        process.exit(1);
      },
    );
  };
  const fail = (error: unknown): void => {
    server.reportFailure(error);
    if (!stopping) stop(1);
  };
  process.on('SIGINT', () => stop(0));
  process.on('SIGTERM', () => stop(0));
  process.on('uncaughtException', fail);
  process.on('unhandledRejection', fail);
}
