import { join } from 'node:path'
import { verify } from '../../audit/verify.ts'
import type { Database } from '../../database/orm.ts'
import { rebuildProjection } from '../../engine/index.ts'
import { verifyApologies } from '../../verify/apologies.ts'
import { verifyLedger } from '../../verify/ledger.ts'
import type { Client } from '../client.ts'
import { lookInto } from './look.ts'

/** What must be so of every month: how many were looked at, and how many are not so. */
export type Finding = { what: string; seen: number; wrong: number; note?: string }

const ENDED = `d.state in ('returned', 'refused', 'closed', 'withdrawn')`
/**
 * The first round of a dossier that passed its own date, told by the raw events of the clock, past the product's own
 * judgement: asked for papers after the date is late, and no later round takes it back.
 */
const FIRST_MISSED = `
  join lateral (
    select c.*, coalesce(c.missed_due_at, c.due_at) as promised_at,
           (select min(n.started_at) from clock n where n.dossier_id = d.id and n.kind = 'dossier' and n.round > c.round) as next_at
      from clock c
     where c.dossier_id = d.id and c.kind = 'dossier'
       and (c.missed_due_at is not null or c.due_at < coalesce(
         (select min(e.at) from clock_event e where e.clock_id = c.id and e.kind in ('asked', 'excluded', 'finished')
             and not exists (select from clock_event r where r.clock_id = c.id and r.kind in ('complete', 'resumed') and r.at > e.at)),
         d.finished_at, $1))
     order by c.round limit 1) c on true`

/** Each counts what it looks at and what is wrong. $1: the legal now. */
const COUNTS: Record<string, string> = {
  'each dossier is held without a gap, from filing to its end': `
    with line as (
      select h.*, lag(h.to_at) over w as before, row_number() over w as n, count(*) over (partition by h.dossier_id) as of
        from holding h where h.track = 'accountable' window w as (partition by h.dossier_id order by h.seq))
    select (select count(*) from line) as seen, count(*) filter (where
        (l.n = 1 and l.from_at <> d.filed_at) or (l.n > 1 and l.from_at is distinct from l.before)
        or (l.n = l.of and l.to_at is distinct from case when ${ENDED} then coalesce(d.returned_at, d.finished_at) end)) as wrong
      from line l join dossier d on d.id = l.dossier_id`,
  'an open dossier has one holder, an ended one none': `
    select count(*) as seen, count(*) filter (where (${ENDED}) <> (held = 0) or held > 1) as wrong
      from (select d.*, (select count(*) from holding h where h.dossier_id = d.id and h.track = 'accountable' and h.to_at is null) as held
              from dossier d) d`,
  'what its holders used adds up to the time that passed': `
    select count(*) as seen, count(*) filter (where used <> passed) as wrong
      from (select sum(h.to_at - h.from_at) as used, max(coalesce(d.returned_at, d.finished_at)) - min(d.filed_at) as passed
              from dossier d join holding h on h.dossier_id = d.id and h.track = 'accountable'
             where ${ENDED} group by d.id) sums`,
  'a late dossier has its letter or stands on the list of missing ones': `
    select count(*) as seen, count(*) filter (where
        not exists (select from letter l where l.dossier_id = d.id and l.kind = 'apology' and l.state = 'delivered')
        and not exists (select from finding f where f.dossier_id = d.id and f.kind = 'apology-not-in-time')) as wrong
      from dossier d ${FIRST_MISSED}`,
  'dossier codes are unique and a day has no gap': `
    select count(*) as seen, count(*) filter (where n <> last or codes <> n) as wrong
      from (select k.last, count(d.id) as n, count(distinct d.code) as codes
              from dossier_number k
              left join unit u on u.agency_id = k.agency_id
              left join dossier d on d.one_stop_unit_id = u.id and (d.filed_at at time zone 'Asia/Ho_Chi_Minh')::date = k.day
             group by k.agency_id, k.day, k.last) days`,
  'the registers of letters have no gap': `
    select count(*) as seen, count(*) filter (where numbers <> last or highest <> last) as wrong
      from (select s.last, count(l.number) as numbers, max(l.number) as highest from letter_series s
              left join letter l on l.series = s.series and l.number_year = s.year
             where exists (select from letter where series = s.series)
             group by s.series, s.year, s.last) books`,
  'receipts have no gap, and a fee is paid once': `
    select count(*) as seen, count(*) filter (where bad) as wrong
      from (select (select count(*) from payment p where p.fee_id = f.id and p.paid_at is not null) <> 1 as bad
              from fee_due f where f.state = 'paid'
            union all
            select b.last <> (select count(distinct p.receipt_no) from payment p
                               where p.agency_id = b.agency_id and p.receipt_year = b.year) from receipt_book b) fees`,
  'a closed drawer holds what its receipts say': `
    select count(*) as seen, count(*) filter (where s.difference <> 0 or s.taken_amount <>
        (select coalesce(sum(p.amount), 0) from payment p where p.shift_id = s.id and p.paid_at is not null)) as wrong
      from cash_shift s where s.closed_at is not null`,
  'an ended dossier has its result or its closing letter': `
    select count(*) as seen, count(*) filter (where not case d.state
        when 'returned' then exists (select from letter l where l.dossier_id = d.id and l.kind = 'result' and l.state in ('issued', 'delivered'))
        when 'refused' then exists (select from letter l where l.dossier_id = d.id and l.kind = 'refusal' and l.state = 'delivered')
        when 'withdrawn' then exists (select from letter l where l.dossier_id in (d.id, d.parent_id) and l.kind = 'stop')
        else exists (select from letter l where l.dossier_id = d.id and l.kind = 'closing')
          or exists (select from fee_due f where f.dossier_id = d.id and f.state = 'expired') end) as wrong
      from dossier d where ${ENDED}`,
  'an open task is somebody’s': `
    select count(*) as seen, count(*) filter (where not exists (
        select from post p where p.unit_id = t.unit_id and p.role = t.role and (t.assignee_id is null or p.person_id = t.assignee_id))) as wrong
      from task t where t.state = 'open'`,
  'an open dossier has a task, or waits for something': `
    select count(*) as seen, count(*) filter (where
        not exists (select from task t where t.dossier_id = d.id and t.state in ('open', 'deciding'))
        and not exists (select from wait w where w.subject_id = d.id and w.outcome is null)) as wrong
      from dossier d where not ${ENDED}`,
  'the engine carries as many instances as the record has open subjects': `
    select count(*) as seen, count(*) filter (where (i.state = 'active') = (${ENDED}) and d.state <> 'withdrawn') as wrong
      from dossier d join engine_instance i on i.subject_id = d.id`,
  'no incident, no refused command': `
    select (select count(*) from outbox) as seen,
           (select count(*) from engine_incident where state = 'open') +
           (select count(*) from outbox where sent_at is null and withdrawn_at is null and settled_at is null) as wrong`,
  'every alarm that was due has rung': `
    select (select count(*) from alarm) as seen, count(*) as wrong from alarm where handled_at is null and at < $1::timestamptz - interval '10 minutes'`,
}

/** SQL's own count of the auditor's first page, past the code that makes it. */
const RECOUNT = `
  select count(*)::int as late, count(*) filter (where d.finished_at is null)::int as "openLate",
         count(*) filter (where d.finished_at is not null)::int as "finishedLate",
         count(*) filter (where l.at <= c.apology_by)::int as "letterInTime",
         count(*) filter (where l.at > c.apology_by)::int as "letterLate",
         count(*) filter (where l.at is null)::int as "letterNone"
    from dossier d ${FIRST_MISSED}
    left join lateral (select min(delivered_at) as at from letter where dossier_id = d.id and kind = 'apology' and state = 'delivered'
                          and delivered_at >= c.started_at and (c.next_at is null or delivered_at < c.next_at)) l on true
   where c.promised_at >= $2 and c.promised_at < $3`

/** Everything that must hold of the month while the server runs. */
export async function checkMonth(
  db: Database,
  auditor: Client,
  dataDir: string,
  period: { from: string; to: string; begin: Date; end: Date },
): Promise<Finding[]> {
  const { rows } = lookInto(db)
  const found: Finding[] = []
  for (const [what, text] of Object.entries(COUNTS)) {
    const [row] = await rows<{ seen: string; wrong: string }>(
      text,
      text.includes('$1') ? [db.clock.now()] : [],
    )
    found.push({ what, seen: Number(row?.seen), wrong: Number(row?.wrong) })
  }
  const { totals, sentence } = await auditor.get(`/api/audit/late?from=${period.from}&to=${period.to}`)
  const [counted] = await rows<Record<string, number>>(RECOUNT, [db.clock.now(), period.begin, period.end])
  const differ = Object.entries(totals).filter(([name, value]) => counted?.[name] !== value)
  found.push({
    what: 'the auditor’s first page counts what SQL counts',
    seen: totals.late,
    wrong: differ.length,
    note: differ.length > 0 ? `${sentence.vi}; SQL: ${JSON.stringify(counted)}` : sentence.vi,
  })
  found.push(await theLedger(db), await theApologies(db, period, totals))
  const { ok, entries, broken } = await verify(db, dataDir)
  found.push({
    what: 'the audit trail is whole',
    seen: entries,
    wrong: ok ? 0 : 1,
    ...(broken && { note: broken.text.en }),
  })
  return found
}

/** As `npx mot-cua ledger verify` says; the note names the first that is broken. */
async function theLedger(db: Database): Promise<Finding> {
  const broken: string[] = []
  const { dossiers, breaches } = await verifyLedger(
    db,
    {},
    ({ code, invariant, detail }) => void broken.push(`${code} ${invariant}: ${detail.en}`),
  )
  return {
    what: 'every ledger holds its invariants',
    seen: dossiers,
    wrong: breaches,
    ...(broken[0] && { note: broken[0] }),
  }
}

/** As `npx mot-cua apologies verify` says, in the auditor's numbers. */
async function theApologies(
  db: Database,
  { begin, end }: { begin: Date; end: Date },
  totals: Record<string, number>,
): Promise<Finding> {
  const faulty: string[] = []
  const proved = await verifyApologies(db, { from: begin, to: end }, ({ code, faults }) => {
    if (faults.length > 0) faulty.push(`${code}: ${faults.join(', ')}`)
  })
  const differ = Object.entries(totals).filter(
    ([name, value]) => proved[name as keyof typeof proved] !== value,
  )
  return {
    what: 'every late dossier has its apology in time, or a finding with reason and owner',
    seen: proved.late,
    wrong: proved.faulty + differ.length,
    ...(faulty[0] && { note: faulty[0] }),
  }
}

const PROJECTION = ['instance', 'element', 'flow', 'job', 'variable', 'user_task', 'incident']

/** The projection made anew from the archive of records is the one that the stream made. The server must be down. */
export async function checkRebuild(db: Database, dataDir: string, epoch: number): Promise<Finding> {
  const { rows } = lookInto(db)
  const sums = async () => {
    const made: string[] = []
    for (const table of PROJECTION) {
      const [row] = await rows<{ sum: string }>(
        `select concat(count(*), '/', md5(string_agg(md5(t::text), '' order by t::text))) as sum from engine_${table} t`,
      )
      made.push(row?.sum ?? '')
    }
    return made
  }
  const before = await sums()
  const { records } = await rebuildProjection(db, join(dataDir, 'records'), epoch)
  const after = await sums()
  return {
    what: 'the projection made anew is the one that the stream made',
    seen: records,
    wrong: before.filter((sum, n) => sum !== after[n]).length,
  }
}

/** The findings as a table for people. */
export const table = (findings: readonly Finding[]): string =>
  findings
    .map(({ what, seen, wrong, note }) => {
      const line = `${wrong === 0 ? '✓' : '✗'} ${what.padEnd(72)} ${String(seen).padStart(8)}${wrong === 0 ? '' : `  ${wrong} wrong`}`
      return note ? `${line}\n    ${note}` : line
    })
    .join('\n')
