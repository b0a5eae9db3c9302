import { legalDay } from '../clock.ts'
import type { Sql } from '../database/sql.ts'
import type { Tx } from '../database/transaction.ts'
import type { Dossier } from '../dossiers/entity.ts'
import { invalidField } from '../http/invalid.ts'
import type { Eform, ProcedureDefinition } from '../procedures/definition.ts'
import { type ProcedureVersion, publishedVersion } from '../procedures/version.ts'
import type { Keeper } from '../tasks/act.ts'
import { frameOf } from './compose.ts'
import { dayReadOut } from './number-words.ts'
import { answerOf } from './result-data.ts'
import { drawNumber } from './series.ts'

type BirthRule = Extract<ProcedureDefinition['result'], { template: 'birth' }>
export type Entry = { book: string; number: number; on: string; place: string }
type Known = { personalNumber: string; entry: Entry | null }

const DAY = /^\d{4}-\d{2}-\d{2}$/

/** What the certificate says: the form's answers where the procedure's data put them, and what others have given. */
export function birthCertificate(
  rule: BirthRule,
  eform: Eform,
  formData: Record<string, unknown>,
  { personalNumber, entry }: Known,
): { template: 'birth'; data: Record<string, unknown> } {
  const part = (fields: Partial<Record<string, string[]>>) =>
    Object.fromEntries(
      Object.entries(fields).flatMap(([key, names = []]) => {
        const words = names
          .map((name) => answerOf(eform, formData, name))
          .filter(Boolean)
          .join(', ')
        return words ? [[key, words]] : []
      }),
    )
  const child = part(rule.child)
  const { bornOn } = child
  return {
    template: 'birth',
    data: {
      child: bornOn && DAY.test(bornOn) ? { ...child, ...bothWays(bornOn) } : child,
      personalNumber,
      mother: part(rule.mother),
      father: part(rule.father),
      declarant: part(rule.declarant),
      entry,
    },
  }
}

const bothWays = (day: string) => ({
  bornOn: day.split('-').reverse().join('/'),
  bornOnInWords: dayReadOut(day),
})

/** The certificate of a dossier as the record has it now. */
export async function birthResult(tx: Tx, dossier: Dossier, { definition, eform }: ProcedureVersion) {
  const rule = definition.result
  if (rule.template !== 'birth') throw new Error(`${definition.code} issues no birth certificate`)
  const personalNumber = await personalNumberOf(tx.sql, dossier.id, rule)
  const entry = dossier.facts.register ?? null
  return birthCertificate(rule, eform, dossier.formData, { personalNumber: personalNumber ?? '', entry })
}

/** The latest answer of the population database, if it has given a number. */
async function personalNumberOf(
  sql: Sql,
  dossierId: string,
  { personalNumber: { exchange, answer } }: BirthRule,
): Promise<string | null> {
  const [row] = await sql<{ number: string | null }>(
    `select answer->'data'->>$3 as number from exchange
      where dossier_id = $1 and element_id = $2 and state = 'answered' order by visit desc limit 1`,
    [dossierId, exchange, answer],
  )
  return row?.number ?? null
}

/**
 * "Ghi sổ": the child stands in the register of births of the agency's year from now on, with the next number of the
 * book. Once per dossier: one that comes back keeps its entry, so the book has no gap and no child two numbers.
 */
export const enter: Keeper = {
  async check({ tx, dossier }) {
    const { definition } = await publishedVersion(tx.sql, dossier.procedureVersionId)
    const rule = definition.result
    if (rule.template === 'birth' && !(await personalNumberOf(tx.sql, dossier.id, rule)))
      throw invalidField(
        'outcome',
        'Chưa có số định danh cá nhân: chờ cơ sở dữ liệu dân cư trả lời rồi ghi sổ.',
        'There is no personal number yet: wait for the population database and enter it then.',
      )
  },
  async keep({ tx, dossier, at }) {
    if (dossier.facts.register) return undefined
    const on = legalDay(at)
    const { year, number } = await drawNumber({ ...tx, at }, `${dossier.decidingAgencyId}/register/birth`)
    const { agency } = await frameOf(tx, dossier, 'deciding')
    dossier.facts = {
      ...dossier.facts,
      register: { book: `01/${year}`, number, on, place: agency },
    }
    tx.audit({
      act: 'register.entered',
      dossierId: dossier.id,
      detail: { register: 'birth', year, number },
    })
    await tx.em.flush()
    return undefined
  },
}
