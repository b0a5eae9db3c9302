import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type FormKind, formKinds } from './form-rules.ts'

const table = z.object({
  patterns: z.record(z.enum(formKinds), z.object({ pattern: z.string(), sample: z.boolean() })),
})
const { patterns } = table.parse(
  JSON.parse(readFileSync(new URL('./data/number-patterns.json', import.meta.url), 'utf8')),
)

/**
 * The printed number of a letter, e.g. "05/PBS-TTPVHCC": two digits at least, as NĐ 30/2020 writes numbers
 * below ten. `sequence` counts from 1 in the agency's book of the year; drawing it is văn thư's act, not ours.
 * Throws RangeError on a sequence that is not a positive whole number and on an empty unit.
 */
export function formatNumber(kind: FormKind, sequence: number, unit: string): string {
  if (!Number.isSafeInteger(sequence) || sequence < 1)
    throw new RangeError(`A letter's number counts from 1, not ${sequence}`)
  const abbreviation = unit.normalize('NFC').trim()
  if (!abbreviation) throw new RangeError('The issuing unit has no abbreviation')
  return patterns[kind].pattern
    .replace('{n}', () => String(sequence).padStart(2, '0'))
    .replace('{unit}', () => abbreviation)
}

/** True where the abbreviation of this kind is ours and on no official form. */
export const isSampleNumber = (kind: FormKind) => patterns[kind].sample
