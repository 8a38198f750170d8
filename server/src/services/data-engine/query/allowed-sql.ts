/** Of the tree that the engine makes of a statement, the kinds of nodes that only read. */
export const allowedNodes: ReadonlySet<string> = new Set([
  // Queries, and how their results are put together.
  'SELECT_NODE',
  'SET_OPERATION_NODE',
  'CTE_NODE',
  'LIMIT_MODIFIER',
  'DISTINCT_MODIFIER',
  'LIMIT_PERCENT_MODIFIER',
  'ORDER_MODIFIER',
  'ORDER_DEFAULT',
  'ASCENDING',
  'DESCENDING',
  // What they read: tables by their names (which are looked at one by one), and one another.
  'EMPTY',
  'BASE_TABLE',
  'SUBQUERY',
  'JOIN',
  // Expressions; functions are looked at one by one.
  'COLUMN_REF',
  'VALUE_CONSTANT',
  'FUNCTION',
  'OPERATOR_CAST',
  'OPERATOR_NOT',
  'OPERATOR_IS_NULL',
  'OPERATOR_IS_NOT_NULL',
  'OPERATOR_COALESCE',
  'OPERATOR_NULLIF',
  'OPERATOR_TRY',
  'ARRAY_EXTRACT',
  'GROUPING_FUNCTION',
  'COMPARE_IN',
  'COMPARE_NOT_IN',
  'COMPARE_EQUAL',
  'COMPARE_NOTEQUAL',
  'COMPARE_LESSTHAN',
  'COMPARE_GREATERTHAN',
  'COMPARE_LESSTHANOREQUALTO',
  'COMPARE_GREATERTHANOREQUALTO',
  'COMPARE_DISTINCT_FROM',
  'COMPARE_NOT_DISTINCT_FROM',
  'COMPARE_BETWEEN',
  'CONJUNCTION_AND',
  'CONJUNCTION_OR',
  'CASE_EXPR',
  'STAR',
  'WINDOW_AGGREGATE',
  'WINDOW_ROW_NUMBER',
  'WINDOW_RANK',
  'WINDOW_RANK_DENSE',
  'WINDOW_PERCENT_RANK',
  'WINDOW_CUME_DIST',
  'WINDOW_NTILE',
  'WINDOW_LAG',
  'WINDOW_LEAD',
  'WINDOW_FIRST_VALUE',
  'WINDOW_LAST_VALUE',
  'WINDOW_NTH_VALUE',
]);

/**
 * Functions whose result depends on nothing but their arguments, and is not much larger. Nothing here reads a file, a
 * setting or the clock, draws lots, makes rows, or makes a text as long as it is told.
 */
export const allowedFunctions: ReadonlySet<string> = new Set(
  `+ - * / // % || ~~ !~~ ~~* !~~*
  count count_star sum avg mean min max median mode stddev stddev_samp stddev_pop variance var_samp var_pop
  quantile_cont quantile_disc mad corr covar_pop covar_samp regr_slope regr_intercept regr_r2 regr_count
  skewness kurtosis entropy first last any_value arg_min arg_max min_by max_by bool_and bool_or count_if
  product fsum string_agg
  row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value
  abs round round_even floor ceil ceiling trunc sign sqrt cbrt power pow exp ln log log2 log10 mod greatest least
  isnan isinf isfinite
  lower upper lcase ucase length strlen trim ltrim rtrim left right substring substr replace concat concat_ws
  contains starts_with ends_with prefix suffix strpos instr position split_part reverse strip_accents
  regexp_matches regexp_full_match like_escape not_like_escape ilike_escape not_ilike_escape
  date_part date_trunc date_diff datediff date_sub datesub date_add last_day strftime strptime try_strptime make_date
  year month day quarter week weekofyear isoyear yearweek dayofweek isodow dayofyear weekday hour minute second
  monthname dayname epoch to_days to_weeks to_months to_years to_quarters to_hours to_minutes to_seconds
  ifnull coalesce nullif if`
    .split(/\s+/)
    .filter(Boolean),
);

/**
 * Types that values may be made into, as the engine calls them. Moments with a zone are not among them: what they are as
 * text depends on where the service runs. Nor are types that hold others, of which there is no end.
 */
export const allowedTypes: ReadonlySet<string> = new Set([
  'BOOLEAN',
  'TINYINT',
  'SMALLINT',
  'INTEGER',
  'BIGINT',
  'HUGEINT',
  'UTINYINT',
  'USMALLINT',
  'UINTEGER',
  'UBIGINT',
  'FLOAT',
  'DOUBLE',
  'DECIMAL',
  'VARCHAR',
  'DATE',
  'TIME',
  'TIMESTAMP',
  'INTERVAL',
]);

/** What the engine computes when no column has that name: who asks, and when. */
export const namesOfValues: ReadonlySet<string> = new Set([
  'current_catalog',
  'current_database',
  'current_date',
  'current_localtime',
  'current_localtimestamp',
  'current_role',
  'current_schema',
  'current_time',
  'current_timestamp',
  'current_user',
  'localtime',
  'localtimestamp',
  'session_user',
  'user',
]);
