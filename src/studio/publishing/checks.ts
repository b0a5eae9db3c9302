import type { z } from 'zod'
import { legalDay } from '../../clock.ts'
import type { Sql, Tx } from '../../database/transaction.ts'
import { SourceError } from '../../procedures/assemble.ts'
import type { Eform, ProcedureDefinition } from '../../procedures/definition.ts'
import { groupFaults } from '../../procedures/group-faults.ts'
import { type DraftRow, versionSource } from '../drafts/draft.ts'
import type { StudioFault } from '../lint/fault.ts'
import { checkOnServer } from '../lint/server.ts'
import { proposals } from '../savings/power.ts'
import type { ProcedureSource } from '../source.ts'
import type { Check, CheckName } from './schemas.ts'
import { wholeProcedure } from './whole.ts'

type Obstacle = z.output<typeof Check>['obstacles'][number]

const obstacle = (vi: string, en: string, more: Partial<Obstacle> = {}): Obstacle => ({
  rule: null,
  elementId: null,
  field: null,
  message: { vi, en },
  mend: null,
  ...more,
})

const check = (name: z.output<typeof CheckName>, obstacles: Obstacle[]): z.output<typeof Check> => ({
  name,
  ok: obstacles.length === 0,
  obstacles,
})

/** Why the source makes no procedure of its code. */
function wholeFaults(code: string, source: ProcedureSource): Obstacle[] {
  try {
    const { definition } = wholeProcedure(source)
    return definition.code === code
      ? []
      : [
          obstacle(
            `procedure.json ghi mã ${definition.code}, bản thảo là của thủ tục ${code}.`,
            `procedure.json says ${definition.code}, the draft is of ${code}.`,
            { field: 'definition.code' },
          ),
        ]
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    return error.faults.map(({ file, field, message }) =>
      obstacle(
        `${file}: ${field ? `${field}: ` : ''}${message}`,
        `${file}: ${field ? `${field}: ` : ''}${message}`,
        {
          field: field || null,
        },
      ),
    )
  }
}

type Group = { folder: string; definition: ProcedureDefinition; eform: Eform }

/** Groups in force whose parts would not fit the procedure as it is now. */
async function brokenGroups(sql: Sql, code: string, source: ProcedureSource): Promise<Obstacle[]> {
  const { definition, eform } = wholeProcedure(source)
  const others = await sql<Group>(
    'select folder, definition, eform from procedure_version where current and code <> $1',
    [code],
  )
  const all = [...others, { folder: code, definition, eform }]
  return all
    .filter(
      (group) =>
        group.definition.code === code ||
        (group.definition.children ?? []).some(({ procedure }) => procedure === code),
    )
    .flatMap((group) => (group.definition.children ? groupFaults(group, all) : []))
    .map((fault) => obstacle(`Thủ tục liên thông không còn khớp: ${fault}`, `A group fits no more: ${fault}`))
}

/** What the rules find in a source today: errors, and the warnings that need a reason. */
async function ruleFaults(
  tx: Tx,
  source: ProcedureSource,
): Promise<{ errors: Obstacle[]; warnings: Obstacle[] }> {
  const today = legalDay(tx.at)
  const held = await tx.sql<{ role: string }>(
    'select distinct role from post where valid_on(valid_from, valid_to, $1)',
    [today],
  )
  const faults = await checkOnServer(source, { today, roles: held.map(({ role }) => role) })
  const told = (some: StudioFault[]) =>
    some.map(({ rule, elementId, field, message, mend }) =>
      obstacle(message.vi, message.en, { rule, elementId, field, mend }),
    )
  return {
    errors: told(faults.filter(({ severity }) => severity === 'error')),
    warnings: told(faults.filter(({ needsAcknowledgement }) => needsAcknowledgement)),
  }
}

/** Changes against the version in force that are a ministry's to make: they leave as a proposal, and do not publish. */
async function beyondPower(tx: Tx, code: string, source: ProcedureSource): Promise<Obstacle[]> {
  const [current] = await tx.sql<{ id: string }>(
    'select id from procedure_version where code = $1 and current',
    [code],
  )
  if (!current) return []
  const changes = await proposals(await versionSource(tx, current.id), source)
  return changes.map(({ field, elementId, words, reason }) =>
    obstacle(words.vi, words.en ?? words.vi, {
      elementId,
      field,
      mend: { vi: reason.vi, en: reason.en ?? reason.vi },
    }),
  )
}

/** Warnings that nobody has given a reason for. */
async function unacknowledged(sql: Sql, draftId: string, warnings: Obstacle[]): Promise<Obstacle[]> {
  const known = await sql<{ rule: string; element_id: string }>(
    'select rule, element_id from draft_acknowledgement where draft_id = $1',
    [draftId],
  )
  return warnings.filter(
    ({ rule, elementId }) => !known.some((one) => one.rule === rule && one.element_id === (elementId ?? '')),
  )
}

const approvedFaults = ({ state }: DraftRow): Obstacle[] =>
  state === 'approved'
    ? []
    : [
        obstacle(
          'Bản thảo chưa được thẩm định đồng ý ở bản hiện tại.',
          'This revision of the draft has not been approved.',
        ),
      ]

async function plannedFaults(sql: Sql, code: string): Promise<Obstacle[]> {
  const [planned] = await sql<{ version: number; day: string }>(
    `select v.version, to_char(p.in_force_from, 'DD/MM/YYYY') as day
       from publication p join procedure_version v on v.id = p.version_id where p.code = $1 and p.state = 'planned'`,
    [code],
  )
  return planned
    ? [
        obstacle(
          `Phiên bản ${planned.version} đã định có hiệu lực từ ${planned.day}; hãy rút lại trước.`,
          `Version ${planned.version} is planned from ${planned.day}; withdraw it first.`,
        ),
      ]
    : []
}

/** Content alike but for the decision makes no new version. */
async function unchangedFaults(tx: Tx, code: string, source: ProcedureSource): Promise<Obstacle[]> {
  const [current] = await tx.sql<{ id: string; definition: ProcedureDefinition }>(
    'select id, definition from procedure_version where code = $1 and current',
    [code],
  )
  if (!current) return []
  const sumOf = (one: ProcedureSource) => wholeProcedure(one, current.definition.decision).sha256
  return sumOf(source) === sumOf(await versionSource(tx, current.id))
    ? [
        obstacle(
          'Bản thảo không khác phiên bản đang có hiệu lực.',
          'The draft does not differ from the version in force.',
        ),
      ]
    : []
}

/** Everything that must hold before a draft is published, each with what stands in its way. Nothing is written. */
export async function checksOf(tx: Tx, row: DraftRow, source: ProcedureSource) {
  const { errors, warnings } = await ruleFaults(tx, source)
  const unread = wholeFaults(row.code, source)
  // The rules name the same in the reader's words; what they do not know is told as it stands.
  const whole =
    unread.length > 0 && errors.length > 0
      ? [
          obstacle(
            'Các lỗi nêu ở điều kiện “Không còn lỗi theo bộ quy tắc” làm các tệp chưa thành một thủ tục.',
            'The errors under “No rule finds an error” keep the files from making a procedure.',
          ),
        ]
      : unread
  const checks = [
    check('approved', approvedFaults(row)),
    check('whole', whole),
    check('rules', errors),
    check('acknowledged', await unacknowledged(tx.sql, row.id, warnings)),
  ]
  // What cannot be read cannot be compared.
  if (whole.length === 0 && errors.length === 0)
    checks.push(
      check('within-power', await beyondPower(tx, row.code, source)),
      check('groups', await brokenGroups(tx.sql, row.code, source)),
      check('changed', await unchangedFaults(tx, row.code, source)),
    )
  checks.push(check('free', await plannedFaults(tx.sql, row.code)))
  return checks
}

/**
 * What stands in the way of putting a version that is there already in force (again). Its rules were asked when it was
 * published: newer rules do not keep anybody from going back to it.
 */
export async function versionChecks(tx: Tx, code: string, source: ProcedureSource) {
  const whole = wholeFaults(code, source)
  return [
    check('whole', whole),
    check('groups', whole.length === 0 ? await brokenGroups(tx.sql, code, source) : []),
    check('free', await plannedFaults(tx.sql, code)),
  ]
}
