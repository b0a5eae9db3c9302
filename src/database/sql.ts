/**
 * Runs SQL with $1 placeholders on one connection. Rows are snake_case as in SQL: timestamptz → Date,
 * date → 'YYYY-MM-DD', bigint and numeric → string, jsonb → value.
 * A JavaScript array becomes a PostgreSQL array: give a jsonb array as JSON.stringify(value).
 */
export type Sql = <T = Record<string, unknown>>(text: string, params?: unknown[]) => Promise<T[]>
