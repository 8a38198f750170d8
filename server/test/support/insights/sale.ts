export interface Sale {
  /** `YYYY-MM-DD` */
  day: string;
  store: string;
  region: string;
  product: string;
  channel: string;
  cents: number;
  quantity: number;
}
