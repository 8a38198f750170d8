/** A server to measure: started for the benchmark, ended with it. */
export interface MeasuredServer extends AsyncDisposable {
  name: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  /** The name under which it serves the model. */
  model: string;
}

export interface ServedModel {
  path: string;
  contextTokens: number;
  slots: number;
  threads: number;
}
