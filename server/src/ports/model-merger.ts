/** Makes one model of a base and an adapter, for programs that load no adapters. */
export interface ModelMerger extends AsyncDisposable {
  /**
   * A GGUF file like that of the base, with the adapter added to its weights. Weights of 16 and 32 bits keep their type;
   * quantised ones become Q8_0 where something is added, for less would round it away. Rejects with `model_unavailable`
   * when one of the two is not on this machine, and with `model_incapable` when they cannot be merged here. The content
   * is made while it is read, and fails with `internal`.
   */
  merge(request: MergeRequest, options: { signal: AbortSignal }): Promise<MergedModel>;
}

export interface MergeRequest {
  /** Names in `ports/model-files.ts`. */
  model: string;
  adapter: string;
}

export interface MergedModel {
  bytes: number;
  content: AsyncIterable<Uint8Array>;
}
