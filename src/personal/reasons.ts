import type { Text } from '../text.ts'
import shipped from './data/openings.json' with { type: 'json' }

export type Reason = { key: string; label: Text; needsText: boolean }

/** Why personal data may be opened, as choices; whoever has another reason writes it down. Samples: no text fixes the list. */
export const REASONS: readonly Reason[] = shipped.reasons

/** How long opened data stay open, in minutes of the legal clock. */
export const OPEN_MINUTES: number = shipped.minutes

/** Kept where somebody read a paper without opening anything: nobody chooses it. */
export const READING = 'reading'

/** A kept reason in words; a key that is no longer on the list stands for itself. */
export const reasonLabel = (key: string): Text =>
  key === READING ? shipped.reading : (REASONS.find((one) => one.key === key)?.label ?? { vi: key })
