/** Text of the record: Vietnamese is the original, English a gloss where there is one. */
export type Text = { vi: string; en?: string }
