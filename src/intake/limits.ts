/** What an import takes at most: a province has some 10,000 civil servants. */
export const MAX_BYTES = 5 * 1024 * 1024
export const MAX_ROWS = 20_000
