import type { z } from 'zod'
import type { Sql, Tx } from '../../database/transaction.ts'
import { SourceError } from '../../procedures/assemble.ts'
import type { Eform, ProcedureDefinition } from '../../procedures/definition.ts'
import { groupFaults } from '../../procedures/group-faults.ts'
import { type DraftRow, versionSource } from '../drafts/draft.ts'
import type { StudioFault } from '../lint/fault.ts'
import { proposals } from '../savings/power.ts'
import type { ProcedureSource } from '../source.ts'
import type { Check, CheckName } from './schemas.ts'
import { ruleFaults, unexcused } from './warnings.ts'
import { wholeProcedure } from './whole.ts'

type Obstacle = z.output<typeof Check>['obstacles'][number]

const obstacle = (vi: string, en: string, more: Partial<Obstacle> = {}): Obstacle => ({
  rule: null,
  elementId: null,
  field: null,
  fingerprint: null,
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

const told = (faults: StudioFault[]): Obstacle[] =>
  faults.map(({ rule, elementId, field, message, mend }) =>
    obstacle(message.vi, message.en, { rule, elementId, field, mend }),
  )

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

/** What reviewers have said and nobody has settled, also after the approval. */
async function openComments(sql: Sql, draftId: string): Promise<Obstacle[]> {
  const open = await sql<{ element_id: string | null; text: string; by: string }>(
    `select c.element_id, c.text, p.full_name as by from draft_comment c join person p on p.id = c.by
      where c.draft_id = $1 and c.resolved_at is null order by c.n`,
    [draftId],
  )
  return open.map(({ element_id: elementId, text, by }) =>
    obstacle(`Góp ý của ${by} chưa giải quyết: ${text}`, `A comment of ${by} is open: ${text}`, {
      elementId,
    }),
  )
}

/** A draft of another version than the one in force would undo what has been decided since, unseen by its reviewer. */
async function baseFaults(sql: Sql, { code, base_version_id: base }: DraftRow): Promise<Obstacle[]> {
  const [current] = await sql<{ id: string; version: number }>(
    'select id, version from procedure_version where code = $1 and current',
    [code],
  )
  if ((current?.id ?? null) === base) return []
  return [
    current
      ? obstacle(
          `Bản thảo không xuất phát từ phiên bản ${current.version} đang có hiệu lực: những gì phiên bản đó đã đổi sẽ mất. Hãy đưa thay đổi của phiên bản ${current.version} vào bản thảo rồi gửi thẩm định lại.`,
          `The draft does not come from version ${current.version}, which is in force: what that version changed would be lost. Take the changes of version ${current.version} into the draft and hand it in again.`,
        )
      : obstacle(
          'Phiên bản mà bản thảo xuất phát từ đó không còn hiệu lực. Hãy tạo bản thảo mới.',
          'The version it was made from is in force no more. Make a new draft.',
        ),
  ]
}

/** The broker takes a message of four million bytes at most, and writes both files into one record. */
const MOST_BYTES = 1_800_000

function sizeFaults({ bpmn, dmn }: ProcedureSource): Obstacle[] {
  const bytes = Buffer.byteLength(bpmn) + Buffer.byteLength(dmn)
  if (bytes <= MOST_BYTES) return []
  const [is, most] = [bytes, MOST_BYTES].map((one) => (one / 1_000_000).toFixed(1))
  return [
    obstacle(
      `Sơ đồ và bảng định tuyến nặng ${is!.replace('.', ',')} MB; bộ máy nhận nhiều nhất ${most!.replace('.', ',')} MB. Hãy bỏ hình ảnh hoặc phần thừa trong tệp.`,
      `The diagram and the routing table take ${is} MB; the engine takes ${most} MB at most. Take pictures or what is not needed out of the files.`,
      { field: 'bpmn' },
    ),
  ]
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
  const ofExamples = errors.filter(({ part }) => part === 'examples')
  const others = errors.filter(({ part }) => part !== 'examples')
  const reasons = (await unexcused(tx.sql, row.id, warnings)).map((warning) => ({
    ...told([warning])[0]!,
    fingerprint: warning.fingerprint,
  }))
  const checks = [
    check('approved', approvedFaults(row)),
    check('comments', await openComments(tx.sql, row.id)),
    check('whole', [...whole, ...sizeFaults(source)]),
    check('rules', told(others)),
    check('examples', told(ofExamples)),
    check('acknowledged', reasons),
  ]
  // What cannot be read cannot be compared.
  if (whole.length === 0 && others.length === 0)
    checks.push(
      check('within-power', await beyondPower(tx, row.code, source)),
      check('groups', await brokenGroups(tx.sql, row.code, source)),
      check('changed', await unchangedFaults(tx, row.code, source)),
    )
  checks.push(
    check('base', await baseFaults(tx.sql, row)),
    check('free', await plannedFaults(tx.sql, row.code)),
  )
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
