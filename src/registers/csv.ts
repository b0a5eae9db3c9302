/** What a spreadsheet would take for a formula is led by an apostrophe, so that a name typed by anybody stays a name. */
const harmless = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell)

const quoted = (cell: string): string => `"${harmless(cell).replaceAll('"', '""')}"`

/** RFC 4180, UTF-8 with the mark by which spreadsheets know it. */
export const csvOf = (head: string[], rows: (string | number | null)[][]): Buffer =>
  Buffer.from(
    `\uFEFF${[head, ...rows].map((row) => row.map((cell) => quoted(String(cell ?? ''))).join(',')).join('\r\n')}\r\n`,
    'utf8',
  )
