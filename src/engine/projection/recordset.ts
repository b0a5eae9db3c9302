/** PostgreSQL takes neither NUL nor half a surrogate pair in text; one such record must not stop the stream. */
const storable = (_name: string, value: unknown): unknown =>
  typeof value === 'string' ? value.replaceAll('\0', '\uFFFD').toWellFormed() : value

/** Rows as one JSON parameter for jsonb_to_recordset: a bulk is one statement per table, however many rows it has. */
export const recordset = (rows: Iterable<object>): string => JSON.stringify([...rows], storable)
