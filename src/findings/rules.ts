import { z } from 'zod'
import data from './data/gaming.json' with { type: 'json' }
import kinds from './data/kinds.json' with { type: 'json' }

export const GAMED_RULES = [
  'supplement-at-the-end',
  'done-without-file',
  'refiled',
  'received-late',
  'pause-without-paper',
  'due-edited',
  'finish-cluster',
  'suspended-long',
] as const
export type GamedRule = (typeof GAMED_RULES)[number]

const Words = z.object({ vi: z.string().min(1), en: z.string().min(1) })
const Amount = z.object({ value: z.int().min(0), unit: z.string().min(1) })
const Rule = z.strictObject({
  key: z.enum(GAMED_RULES),
  name: Words,
  threshold: Amount.extend({ within: Amount.optional() }),
  reason: Words,
  source: z.string(),
  verified: z.boolean(),
})

/** The signs of gaming as data: each with its threshold and why one looks. */
export const gamedRules = z.array(Rule).length(GAMED_RULES.length).parse(data.rules)

export const gamedRule = (key: GamedRule): z.output<typeof Rule> =>
  gamedRules.find((rule) => rule.key === key)!

const Kind = z.strictObject({
  key: z.string(),
  name: Words,
  reason: Words,
  source: z.string(),
  verified: z.boolean(),
})

/** Every kind of finding in words: those that the clock makes by itself, those of the list of what is gamed, and an auditor's own. */
export const findingKinds = [
  ...z.array(Kind).parse(kinds.kinds),
  ...gamedRules.map(({ threshold: _, ...rule }) => rule),
]

/** Kinds that an auditor may find; the others are the clock's alone. */
export const FOUND_BY_AUDITORS = [...GAMED_RULES, 'late', 'sample', 'other'] as const

const Reasons = z.record(z.string(), Words)
const reasons = Reasons.parse(kinds.reasons)

/** A reason that the clock wrote beside its finding, in words. */
export const whyOf = (reason: string): { vi: string; en: string } =>
  reasons[reason] ?? { vi: reason, en: reason }

/** A kind nobody has named here stands for itself: it is shown rather than lost. */
export const kindOf = (key: string) =>
  findingKinds.find((kind) => kind.key === key) ?? {
    key,
    name: { vi: key, en: key },
    reason: { vi: key, en: key },
    source: '',
    verified: false,
  }
