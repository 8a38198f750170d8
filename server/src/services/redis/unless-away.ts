import { isAppError } from '../../errors/app-error.ts';

/** What the work resolves to; undefined when Redis is away. */
export async function unlessAway<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (isAppError(error, 'part_unavailable')) return undefined;
    throw error;
  }
}
