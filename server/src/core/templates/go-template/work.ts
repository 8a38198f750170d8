import { AppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';

const mostSteps = 2_000_000;
const mostCharacters = 100_000_000;

/** Bounds what a template may do: it may come from anybody, and loops within loops are quickly written. */
export class Work {
  #steps = 0;
  #characters = 0;

  step(): void {
    if (++this.#steps > mostSteps) throw tooMuch();
  }

  /** Counts text that is made or looked through. */
  read(characters: number): void {
    this.#characters += characters;
    if (this.#characters > mostCharacters) throw tooMuch();
  }
}

function tooMuch(): AppError {
  return new AppError('invalid_request', { detail: told`The template does too much work; make it simpler.` });
}
