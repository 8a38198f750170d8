export interface PageRequest {
  /** 1 to 100. */
  limit: number;
  /** The cursor of the page before. */
  after: string | null;
}

export interface Page<T> {
  items: readonly T[];
  /** null: this was the last page. */
  next: string | null;
}
