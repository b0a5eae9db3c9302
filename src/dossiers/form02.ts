import { calendarOf } from '../calendar/agency-calendar.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { computeDue } from '../deadlines/due.ts'
import { type Limit, limitText } from '../deadlines/limit.ts'
import { rulesOn } from '../deadlines/rules.ts'
import { contentOf, frameOf, onDay } from '../letters/compose.ts'
import type { ProcedureDefinition } from '../procedures/definition.ts'
import { publishedVersion } from '../procedures/version.ts'
import type { Text } from '../text.ts'
import { type Dossier, SupplementRequest } from './entity.ts'

type Rule = ProcedureDefinition['supplement']['rounds'][number]

/** What a stage is called on the form and on the screen. */
const STAGES: Record<string, Text> = {
  notice: { vi: 'thông báo', en: 'notice' },
  guidance: { vi: 'hướng dẫn', en: 'guidance' },
}

/** The round that a next request would be: rounds are data, `{stage, max, within, basis}` (rules 5). */
export function nextRound(
  definition: Pick<ProcedureDefinition, 'supplement'>,
  sentBefore: number,
): { round: number; stage: string; total: number; beyondMax: boolean; rule: Rule } {
  const rules = definition.supplement.rounds.flatMap((rule) => Array<Rule>(rule.max).fill(rule))
  const rule = rules[sentBefore]
  // The schema asks for one round at least.
  const last = definition.supplement.rounds.at(-1) as Rule
  return {
    round: sentBefore + 1,
    stage: (rule ?? last).stage,
    total: rules.length,
    beyondMax: rule === undefined,
    rule: rule ?? last,
  }
}

/** The round in words: "lần 1/2, thông báo"; beyond the rule it says so and never looks like one more of them. */
export function roundWords({ round, total, stage }: { round: number; total: number; stage: string }): Text {
  const name = STAGES[stage] ?? { vi: stage, en: stage }
  return round > total
    ? {
        vi: `lần ${round}, ngoài ${total} lần theo quy định`,
        en: `round ${round}, beyond the ${total} the rule gives`,
      }
    : { vi: `lần ${round}/${total}, ${name.vi}`, en: `round ${round} of ${total}, ${name.en}` }
}

/** What the composer says before anything is asked; instants are of the legal clock. */
export type RoundAhead = {
  words: Text
  total: number
  /** Until when this round may be asked, by the rule's `within` from the round's start. Null before receipt. */
  askBy: Date | null
  late: boolean
  within: Text
  basis: Rule['basis']
  /** The end of the applicant's time if the form were sent now. */
  waitUntil: Date
  wait: { limit: Text; basis: ProcedureDefinition['supplement']['wait']['basis'] }
}

/** How the next request stands: its round, until when it may be asked, and until when the applicant could answer. */
export async function roundAhead(tx: Tx, dossier: Dossier): Promise<RoundAhead> {
  const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
  const sent = await tx.em.count(SupplementRequest, { dossierId: dossier.id, sentAt: { $ne: null } })
  const next = nextRound(definition, sent)
  const calendar = await calendarOf(tx.sql, dossier.agencyId)
  const rules = rulesOn(legalDay(dossier.receivedAt ?? tx.at))
  const until = (receivedAt: Date, limit: Limit) => computeDue({ calendar, rules, receivedAt, limit }).dueAt
  const [clock] = await tx.sql<{ started_at: Date }>(
    `select started_at from clock where dossier_id = $1 and kind = 'dossier' order by round desc limit 1`,
    [dossier.id],
  )
  const askBy = clock ? until(clock.started_at, next.rule.within) : null
  const { wait } = definition.supplement
  return {
    words: roundWords(next),
    total: next.total,
    askBy,
    late: askBy !== null && tx.at > askBy,
    within: limitText(next.rule.within),
    basis: next.rule.basis,
    waitUntil: until(tx.at, wait.limit),
    wait: { limit: limitText(wait.limit), basis: wait.basis },
  }
}

type Asked = Pick<SupplementRequest, 'items' | 'round' | 'stage'> & { waitUntil: Date }
type Guide = { name: string; substituteFor?: string }

/** What form 02 says of a request, drawn up by a clerk of the one-stop; a preview has no clerk yet. */
export async function form02(tx: Tx, dossier: Dossier, asked: Asked, clerk: Guide | null) {
  const frame = await frameOf(tx, dossier, 'counter')
  const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
  const { total } = nextRound(definition, asked.round - 1)
  const words = roundWords({ round: asked.round, total, stage: asked.stage }).vi
  const guide = clerk ?? { name: 'Cán bộ một cửa' }
  return {
    content: await contentOf(tx, dossier),
    items: asked.items.map(({ text, reason, basis }) => ({
      content: text,
      reason,
      ...(basis ? { basis } : {}),
    })),
    round: words.charAt(0).toLocaleUpperCase('vi') + words.slice(1),
    respondBy: onDay(asked.waitUntil),
    contact: { name: clerk ? guide.name : frame.office, phone: frame.phone },
    guide,
  }
}
