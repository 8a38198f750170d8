/** Random keys that the product makes for itself and must find again after a restart. */
export interface SecretStore {
  /**
   * The secret of that name; `made` becomes it when there is none yet. Of many callers at once, everybody gets the
   * same one.
   */
  getOrCreate(name: string, made: Uint8Array): Promise<Uint8Array>;
}
