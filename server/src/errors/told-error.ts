import { inEnglish, type Told } from './told.ts';

/** An error inside an adapter, whose words become the `detail` of an `AppError`. */
export class ToldError extends Error {
  readonly told: Told;

  constructor(sentence: Told, options?: ErrorOptions) {
    super(inEnglish(sentence), options);
    this.told = sentence;
  }
}
