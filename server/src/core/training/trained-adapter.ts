/** The file that a training made. */
export interface TrainedAdapter {
  /** `sha256:<hex>`, under which its file is stored. */
  digest: string;
  bytes: number;
}
