import { calendarOf } from '../calendar/agency-calendar.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import type { Limit } from '../deadlines/limit.ts'
import { milestones } from '../deadlines/milestones.ts'
import { rulesOn } from '../deadlines/rules.ts'
import { windowOf } from '../reports/books.ts'
import type { Text } from '../text.ts'
import type { ApologyFacts } from './apology-rules.ts'
import type { Period } from './period.ts'

type Row = {
  id: string
  code: string
  agency_id: string
  received_at: Date
  reappointed_due_at: Date | null
  finished_at: Date | null
  /** The round by which the dossier is judged late or in time (`judged_dossier`), and where it ended. */
  round: number
  until: Date
  late: boolean
  late_again: boolean
  given_before: boolean
  next_at: Date | null
  started_at: Date
  due_at: Date
  committed: Limit
  /** As it was while the round ran; null where the round's date is no longer that of the clock. */
  apology_by: Date | null
  times_reappointed: number
  has_finding_again: boolean
  /** Not as the trail has it; of those of earlier releases it has no owner. */
  finding_changed: boolean
  finding_id: string | null
  finding_at: Date | null
  reason: string | null
  owner: object | null
  owner_unit: Text | null
  owner_person: string | null
}

/** The next dossiers whose due date, as auditors know it, lies in the period, by id: late ones and others. */
export async function apologyFacts(
  tx: Tx,
  { from, to, agency }: Period,
  after: string,
  limit: number,
): Promise<ApologyFacts[]> {
  const rows = await tx.sql<Row>(
    `select d.id, d.code, d.agency_id, d.received_at, d.reappointed_due_at, d.finished_at,
            c.until, c.late, c.round, c.started_at, c.due_at, c.committed, after.at as next_at,
            exists (select from clock k where k.dossier_id = d.id and k.kind = 'dossier'
                       and coalesce(k.stopped_at, k.ended_at, $6) > k.reappointed_due_at)
              or exists (select from judged_round($6) j where j.dossier_id = d.id and j.late and j.round > given.round) as late_again,
            coalesce(c.round > given.round, false) as given_before,
            (select k.apology_by from clock k where k.dossier_id = d.id and k.kind = 'dossier' and k.round = c.round
                and k.due_at = c.due_at) as apology_by,
            (select count(*)::int from clock_event e where e.dossier_id = d.id and e.kind = 'reappointed') as times_reappointed,
            exists (select from finding g where g.dossier_id = d.id and g.kind = 'late-after-reappointment') as has_finding_again,
            f.id is not null and not exists (
              select from audit_entry e
               where e.dossier_id = d.id and e.act = 'finding.added' and e.line::jsonb->'detail'->>'kind' = f.kind
                 and e.line::jsonb->'detail'->>'dueAt' is not distinct from f.detail->>'dueAt'
                 and (not e.line::jsonb->'detail' ? 'owner'
                      or (e.line::jsonb->'detail') - 'by' = f.detail || jsonb_build_object('kind', f.kind))) as finding_changed,
            f.id as finding_id, f.at as finding_at, f.detail->>'reason' as reason, f.detail->'owner' as owner,
            u.name as owner_unit, p.full_name as owner_person
       from dossier d join agency a on a.id = d.agency_id
       join judged_dossier($6) c on c.dossier_id = d.id
       left join lateral (select min(k.round) as round from clock k where k.dossier_id = d.id and k.kind = 'dossier'
                             and k.reappointed_due_at is not null) given on true
       left join lateral (select min(started_at) as at from clock
                           where dossier_id = d.id and kind = 'dossier' and round > c.round) after on true
       left join lateral (select * from finding where dossier_id = d.id and kind = 'apology-not-in-time'
                             and at >= c.started_at and (after.at is null or at < after.at)
                           order by at limit 1) f on true
       left join unit u on u.id = (f.detail->'owner'->>'unitId')::uuid
       left join person p on p.id = (f.detail->'owner'->>'personId')::uuid
      where d.id > $1 and ($2::timestamptz is null or c.due_at >= $2) and ($3::timestamptz is null or c.due_at < $3) and ($4::text is null or a.code = $4)
      order by d.id limit $5`,
    [after, from ?? null, to ?? null, agency ?? null, limit, tx.at],
  )
  const ids = rows.map(({ id }) => id)
  const letters = Map.groupBy(await lettersOf(tx, ids), (row) => row.dossier_id)
  const gone = Map.groupBy(await goneOf(tx, ids), (row) => row.dossier_id)
  const facts: ApologyFacts[] = []
  for (const row of rows) {
    facts.push({
      id: row.id,
      code: row.code,
      isLate: row.late,
      isOpen: row.finished_at === null,
      isLateAgain: row.late_again,
      isGivenBefore: row.given_before,
      apologyBy: await apologyByOf(tx, row),
      reappointedDueAt: row.reappointed_due_at,
      letters: (letters.get(row.id) ?? []).map((letter) => ({
        id: letter.id,
        deliveredAt: letter.delivered_at,
        isOfRound:
          letter.delivered_at >= row.started_at && (!row.next_at || letter.delivered_at < row.next_at),
        isWhole: letter.whole,
        newDueAt: letter.new_due_at,
        isProved: letter.proved,
      })),
      gone: (gone.get(row.id) ?? []).map(({ letter }) => letter),
      timesReappointed: row.times_reappointed,
      finding:
        (row.finding_id &&
          row.finding_at && {
            id: row.finding_id,
            at: row.finding_at,
            reason: row.reason,
            isChanged: row.finding_changed,
            owner: row.owner && { unit: row.owner_unit, person: row.owner_person },
          }) ||
        null,
      hasFindingAgain: row.has_finding_again,
    })
  }
  return facts
}

/** The stored moment is that of the first date, by the days decided while it ran: what is decided afterwards makes no letter late. */
async function apologyByOf(tx: Tx, row: Row): Promise<Date> {
  if (row.apology_by) return row.apology_by
  const calendar = await calendarOf(tx.sql, row.agency_id)
  const rules = rulesOn(legalDay(row.received_at))
  const clock = { round: row.round, startedAt: row.started_at, dueAt: row.due_at, committed: row.committed }
  return milestones({
    calendar,
    rules,
    unit: row.committed.unit,
    startedAt: row.started_at,
    countFrom: windowOf(calendar, rules, clock, row.until).countFrom,
    dueAt: row.due_at,
  }).apologyBy
}

type LetterRow = {
  id: string
  dossier_id: string
  delivered_at: Date
  whole: boolean
  new_due_at: Date | null
  proved: boolean
}

/** The act of a task stands in the trail at the instant of the letter's delivery: a row can be changed, the chain cannot. */
const lettersOf = (tx: Tx, ids: string[]) =>
  tx.sql<LetterRow>(
    `select l.id, l.dossier_id, l.delivered_at, l.new_due_at,
            l.signed_at is not null and l.number is not null and l.file_sha256 is not null
              and l.signed_at <= l.issued_at and l.issued_at <= l.delivered_at as whole,
            exists (select from audit_entry e where e.dossier_id = l.dossier_id and e.act = 'task.decided' and e.at = l.delivered_at
                       and exists (select from task t where t.subject_id = l.id
                                    and t.id::text = e.line::jsonb->'detail'->>'task')) as proved
       from letter l
      where l.dossier_id = any($1::uuid[]) and l.kind = 'apology' and l.state = 'delivered'
      order by l.delivered_at`,
    [ids],
  )

const goneOf = (tx: Tx, ids: string[]) =>
  tx.sql<{ dossier_id: string; letter: string }>(
    `select distinct e.dossier_id, e.line::jsonb->'detail'->>'letter' as letter from audit_entry e
      where e.dossier_id = any($1::uuid[]) and e.act = 'letter.delivered' and e.line::jsonb->'detail'->>'kind' = 'apology'
        and not exists (select from letter l where l.id::text = e.line::jsonb->'detail'->>'letter'
                           and l.kind = 'apology' and l.state = 'delivered')`,
    [ids],
  )
