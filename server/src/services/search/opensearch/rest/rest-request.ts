export interface RestRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  query?: Readonly<Record<string, string | number | boolean>>;
  body?: object;
  /** Instead of `body`: lines of JSON. */
  ndjson?: string;
  /** Of what takes longer than a search. */
  timeoutMs?: number;
}
