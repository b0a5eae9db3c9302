import { z } from 'zod'
import { allows } from '../access/ability.ts'
import { exportMark } from '../access/export-mark.ts'
import { legalDay } from '../clock.ts'
import type { Tx } from '../database/transaction.ts'
import { servePdf } from '../documents/serve.ts'
import { invalidField } from '../http/invalid.ts'
import { forbidden, notFound } from '../http/problem.ts'
import { type Route, route } from '../http/route.ts'
import { decisionsOf, listed } from '../inspections/viewed.ts'
import { bookYear, lockYear } from '../letters/series.ts'
import type { Services } from '../services.ts'
import {
  DOSSIER_HEAD,
  dossierBook,
  dossierCells,
  LETTER_HEAD,
  letterBook,
  letterCells,
  maskedRow,
  whoseBook,
} from './books.ts'
import { csvOf } from './csv.ts'
import { countersOf, type DossierFilter, registerRows } from './dossiers.ts'
import { booksOf, type LetterFilter, letterRows, lockOf, seriesOf } from './letters.ts'
import { printBook } from './print.ts'
import { DossierRegister, LetterRegister } from './schemas.ts'

const PAGE = 100
/** Most rows on paper: drawing a page of them keeps the server from everything else. */
const MOST_PRINTED = 1_000
const MOST_EXPORTED = 20_000

const letterQuery = {
  agencyId: z.uuid().optional(),
  year: z.coerce.number().int().min(2000).max(2200).optional(),
  series: z.string().max(120).optional(),
  q: z.string().max(200).optional(),
  void: z.stringbool().optional(),
}
const dossierQuery = {
  unitId: z.uuid().optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  field: z.string().max(200).optional(),
}
const format = z.enum(['csv', 'pdf'])

type Asked<T> = { [K in keyof T]?: T[K] | undefined }

/** The book asked for, or the actor's first; undefined when there is none that they may read. */
async function letterFilter(tx: Tx, query: Asked<LetterFilter>) {
  const agencies = await booksOf(tx)
  const agency = query.agencyId ? agencies.find(({ id }) => id === query.agencyId) : agencies[0]
  if (query.agencyId && !agency) throw notFound()
  const year = query.year ?? agency?.years[0] ?? Number(legalDay(tx.at).slice(0, 4))
  return { agencies, agency, filter: agency && { ...query, agencyId: agency.id, year } }
}

async function dossierFilter(tx: Tx, query: Asked<DossierFilter>) {
  const counters = await countersOf(tx)
  const counter = query.unitId ? counters.find(({ id }) => id === query.unitId) : counters[0]
  if (query.unitId && !counter) throw notFound()
  const today = legalDay(tx.at)
  const from = query.from ?? `${today.slice(0, 7)}-01`
  const to = query.to ?? today
  if (from > to)
    throw invalidField(
      'to',
      'Ngày cuối kỳ phải từ ngày đầu kỳ trở đi.',
      'The last day must not be before the first.',
    )
  return { counters, counter, from, to, filter: counter && { ...query, unitId: counter.id, from, to } }
}

function notTooMany(count: number, most: number): void {
  if (count > most)
    throw invalidField(
      'from',
      `Sổ có hơn ${most.toLocaleString('vi-VN')} dòng; hãy chọn loại sổ hoặc kỳ ngắn hơn.`,
      `The book has more than ${most.toLocaleString('en')} rows; choose one series or a shorter period.`,
    )
}

/** Registers carry names and addresses: who took one away stands in the trail. */
const taken = (tx: Tx, book: string, rows: number, detail: Record<string, unknown>) =>
  tx.audit({ act: 'register.taken', detail: { book, rows, ...detail, inspections: decisionsOf(tx) } })

export const registerRoutes = (services: Pick<Services, 'settings'>): Route[] => [
  route({
    method: 'get',
    path: '/api/registers/letters',
    summary: 'The books of an agency’s letters: every number, void ones with their reason',
    permission: { action: 'read', subject: 'Letter' },
    query: z.strictObject({ ...letterQuery, after: z.uuid().optional() }),
    answer: LetterRegister,
    async handler({ tx, query }) {
      const { after, ...asked } = query
      const { agencies, agency, filter } = await letterFilter(tx, asked)
      const found = filter ? await letterRows(tx, filter, { after, limit: PAGE + 1, order: 'newest' }) : []
      const rows = found.slice(0, PAGE)
      return {
        agencies,
        agencyId: agency?.id ?? null,
        year: filter?.year ?? null,
        series: filter ? await seriesOf(tx, filter) : [],
        ...(filter ? await lockOf(tx, filter) : { lock: null, lockable: false }),
        rows: rows.map((row) => ({
          id: row.id,
          series: row.series,
          number: row.number,
          numberText: row.number_text,
          title: row.title,
          state: row.state,
          issuedAt: row.issued_at,
          deliveredAt: row.delivered_at,
          voidAt: row.void_at,
          voidReason: row.void_reason,
          dossierId: row.dossier_id,
          dossierCode: row.dossier_code,
          applicant: row.applicant,
          signedBy: row.signed_by,
          issuedBy: row.issued_by,
        })),
        next: found.length > PAGE ? (rows.at(-1)?.id ?? null) : null,
      }
    },
  }),
  route({
    method: 'post',
    path: '/api/registers/letters/lock',
    summary: 'Lock an agency’s books of a year that is over: no number of it is given any more',
    permission: { action: 'create', subject: 'Book' },
    body: z.strictObject({ agencyId: z.uuid(), year: z.int().min(2000).max(2200) }),
    answer: z.object({ books: z.int() }),
    async handler({ tx, body: { agencyId, year } }) {
      if (!allows(tx.actor.ability, 'create', 'Book', { agencyId })) throw forbidden()
      if (year >= bookYear(tx.at))
        throw invalidField(
          'year',
          `Năm ${year} chưa hết: chỉ khóa sổ của năm đã qua.`,
          `The year ${year} is not over: only the books of a year that has passed are locked.`,
        )
      return { books: (await lockYear(tx, agencyId, year, tx.actor.personId ?? '')).length }
    },
  }),
  route({
    method: 'get',
    path: '/api/registers/letters/file',
    summary: 'The book of letters to take away: CSV, or A4 landscape to print',
    permission: { action: 'read', subject: 'Letter' },
    query: z.strictObject({ ...letterQuery, format }),
    answer: z.void(),
    async serve({ db, actor, query, res }) {
      const { format: kind, ...asked } = query
      const most = kind === 'csv' ? MOST_EXPORTED : MOST_PRINTED
      const got = await db.transact(actor, async (tx) => {
        const { filter } = await letterFilter(tx, asked)
        if (!filter) throw notFound()
        const rows = await letterRows(tx, filter, { limit: most + 1, order: 'by number' })
        notTooMany(rows.length, most)
        taken(tx, 'letters', rows.length, { agency: filter.agencyId, year: filter.year, format: kind })
        const print = await printOf(tx, services, filter.agencyId)
        return { rows, filter, series: await seriesOf(tx, filter), print }
      })
      const name = `so-van-ban-${got.filter.year}`
      if (kind === 'csv') return sendCsv(res, csvOf(LETTER_HEAD, got.rows.map(letterCells)), name)
      return servePdf(
        res,
        await printBook(letterBook(got.print, got.filter, got.series, got.rows)),
        `${name}.pdf`,
      )
    },
  }),
  route({
    method: 'get',
    path: '/api/registers/dossiers',
    summary: '"Sổ theo dõi hồ sơ": dossiers received at a one-stop in a period',
    permission: { action: 'read', subject: 'Dossier' },
    query: z.strictObject({ ...dossierQuery, after: z.uuid().optional() }),
    answer: DossierRegister,
    async handler({ tx, query }) {
      const { after, ...asked } = query
      const { counters, counter, from, to, filter } = await dossierFilter(tx, asked)
      const found = filter ? await registerRows(tx, filter, { after, limit: PAGE + 1, order: 'newest' }) : []
      const rows = found.slice(0, PAGE)
      listed(
        tx,
        'register',
        rows.map(({ id }) => id),
      )
      return {
        counters: counters.map(({ id, name, agency, fields }) => ({ id, name, agency, fields })),
        unitId: counter?.id ?? null,
        from,
        to,
        rows: rows.map((row) => ({
          id: row.id,
          entry: row.entry,
          code: row.code,
          procedure: row.procedure,
          applicant: row.applicant,
          agency: row.agency,
          receivedAt: row.received_at,
          dueAt: row.due_at,
          finishedAt: row.finished_at,
          returnedAt: row.returned_at,
          state: row.state,
        })),
        next: found.length > PAGE ? (rows.at(-1)?.id ?? null) : null,
      }
    },
  }),
  route({
    method: 'get',
    path: '/api/registers/dossiers/file',
    summary: '"Sổ theo dõi hồ sơ" to take away: CSV, or the form of the day on A4 landscape',
    permission: { action: 'read', subject: 'Dossier' },
    query: z.strictObject({ ...dossierQuery, format }),
    answer: z.void(),
    async serve({ db, actor, query, res }) {
      const { format: kind, ...asked } = query
      const most = kind === 'csv' ? MOST_EXPORTED : MOST_PRINTED
      const got = await db.transact(actor, async (tx) => {
        const { counter, filter } = await dossierFilter(tx, asked)
        if (!counter || !filter) throw notFound()
        const rows = await registerRows(tx, filter, { limit: most + 1, order: 'by receipt' })
        notTooMany(rows.length, most)
        // The form of the law prints addresses, for the one-stop that keeps the book; nobody else has any need of them.
        const clear = kind === 'pdf' && allows(actor.ability, 'create', 'Counter', { unitId: filter.unitId })
        taken(tx, 'dossiers', rows.length, {
          unit: filter.unitId,
          from: filter.from,
          to: filter.to,
          format: kind,
          clear,
        })
        return {
          rows: clear ? rows : rows.map(maskedRow),
          filter,
          office: counter.name.vi,
          print: await printOf(tx, services, counter.agency_id),
          // What an inspector takes away names the decision.
          mark: tx.actor.inspections?.length ? exportMark(tx.actor, tx.at) : '',
        }
      })
      const name = `so-theo-doi-${got.filter.from}-${got.filter.to}`
      if (kind === 'csv')
        return sendCsv(
          res,
          csvOf(DOSSIER_HEAD, [...got.rows.map(dossierCells), ...(got.mark ? [[got.mark]] : [])]),
          name,
        )
      const book = dossierBook(got.print, got.filter, got.office, got.rows)
      return servePdf(
        res,
        await printBook({ ...book, note: [book.note, got.mark].filter(Boolean).join(' ') }),
        `${name}.pdf`,
      )
    },
  }),
]

const printOf = async (tx: Tx, services: Pick<Services, 'settings'>, agencyId: string) => ({
  whose: await whoseBook(tx, agencyId),
  printedOn: legalDay(tx.at),
  demo: services.settings.demo,
})

type Sink = { set(headers: Record<string, string>): unknown; send(body: Buffer): unknown }

function sendCsv(res: Sink, bytes: Buffer, name: string): undefined {
  res.set({
    'Content-Type': 'text/csv; charset=utf-8',
    'Content-Disposition': `attachment; filename="${name}.csv"`,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'private, no-store',
  })
  res.send(bytes)
  return undefined
}
