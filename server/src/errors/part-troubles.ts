/** What can be the matter with a part that a person can do something about; the words for each are the adapter's. */
export const partTroubles = [
  'too_late',
  'failed',
  'engine_stopped',
  'redis_unreachable',
  'redis_wrong_password',
  'redis_password_missing',
  'redis_not_permitted',
  'redis_loading',
  'redis_replica',
  'redis_cluster',
  'redis_memory_full',
  'redis_cannot_save',
  'redis_too_old',
  'redis_forgets',
  'mongodb_unreachable',
  'mongodb_slow',
  'mongodb_wrong_password',
  'mongodb_not_permitted',
  'mongodb_no_primary',
  'mongodb_no_majority',
  'mongodb_read_only',
  'mongodb_untrusted',
  'mongodb_other_server',
  'mongodb_unreadable_file',
  'mongodb_too_old',
  'mongodb_migrating',
  'mongodb_newer_data',
  'mongodb_copying',
  'opensearch_unreachable',
  'opensearch_slow',
  'opensearch_overloaded',
  'opensearch_not_ready',
  'opensearch_preparing',
  'opensearch_wrong_password',
  'opensearch_not_permitted',
  'opensearch_unknown_host',
  'opensearch_untrusted',
  'opensearch_other_host',
  'opensearch_expired',
  'opensearch_no_tls',
  'opensearch_other_server',
  'opensearch_too_old',
  'opensearch_without_vectors',
  'opensearch_foreign_index',
  'opensearch_newer_index',
] as const;

export type PartTrouble = (typeof partTroubles)[number];

/** A trouble, and in English what is wrong and what to do. */
export interface ToldTrouble {
  trouble: PartTrouble;
  detail: string;
}
