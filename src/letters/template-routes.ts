import { z } from 'zod'
import { legalDay } from '../clock.ts'
import { servePdf } from '../documents/serve.ts'
import { type Route, route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { formFor } from './form-rules.ts'
import { drawLetter } from './forms/index.ts'
import { sampleData } from './sample-data.ts'
import { TemplateList, TemplateView } from './schemas.ts'
import { addVersion, checkWording, versionsOf, wordsInForce } from './templates.ts'
import { fieldsOf, partsOf, shippedWords, type WordedKind, wordedKinds } from './wordings.ts'

const kind = z.enum(wordedKinds as [WordedKind, ...WordedKind[]])
const params = z.strictObject({ kind })
const parts = z.record(z.string().max(40), z.string().max(4000))

const ruleToday = (kind: WordedKind, today: string) => formFor(kind, { receivedOn: today, issuedOn: today })
const fixedIn = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1] ?? '')

export const templateRoutes = ({ settings }: Pick<Services, 'settings'>): Route[] => [
  route({
    method: 'get',
    path: '/api/admin/letter-templates',
    summary: 'Letters whose words an administrator may change',
    permission: { action: 'read', subject: 'LetterTemplate' },
    answer: TemplateList,
    async handler({ tx }) {
      const today = legalDay(tx.at)
      const rows = await tx.sql<{ kind: string; versions: number; version: number | null }>(
        `select kind, count(*)::int as versions, max(version) filter (where valid_from <= $1::date) as version
           from letter_template group by kind`,
        [today],
      )
      return {
        kinds: wordedKinds.map((kind) => {
          const row = rows.find((one) => one.kind === kind)
          const { title, number } = ruleToday(kind, today)
          return {
            kind,
            title,
            formNumber: number,
            version: row?.version ?? null,
            versions: row?.versions ?? 0,
          }
        }),
      }
    },
  }),
  route({
    method: 'get',
    path: '/api/admin/letter-templates/:kind',
    summary: 'The words of a letter, part by part, with every version',
    permission: { action: 'read', subject: 'LetterTemplate' },
    params,
    answer: TemplateView,
    async handler({ tx, params: { kind } }) {
      const today = legalDay(tx.at)
      const { title, number } = ruleToday(kind, today)
      const versions = await versionsOf(tx.sql, kind)
      return {
        kind,
        title,
        formNumber: number,
        today,
        version: (await wordsInForce(tx.sql, kind, today)).version,
        fields: fieldsOf(kind),
        parts: Object.entries(partsOf(kind)).map(([key, { label, text, law }]) => ({
          key,
          label,
          fixed: [...new Set(fixedIn(text))],
          law: law ? text : null,
        })),
        shipped: shippedWords(kind),
        versions: versions.map((row) => ({
          version: row.version,
          validFrom: row.valid_from,
          parts: row.parts,
          note: row.note,
          createdBy: row.created_by,
          createdAt: row.created_at,
        })),
      }
    },
  }),
  route({
    method: 'post',
    path: '/api/admin/letter-templates',
    summary: 'Write the next version of a letter’s words',
    permission: { action: 'create', subject: 'LetterTemplate' },
    body: z.strictObject({
      kind,
      parts,
      validFrom: z.iso.date(),
      note: z.string().trim().min(1).max(500),
      /** The version that was read; 0: the words that ship. */
      after: z.int().min(0).max(100_000),
    }),
    answer: z.object({ version: z.int() }),
    status: 201,
    async handler({ tx, body }) {
      return { version: await addVersion(tx, body) }
    },
  }),
  route({
    method: 'post',
    path: '/api/admin/letter-templates/preview',
    summary: 'A letter with these words and made-up data, crossed by "MẪU", as PDF',
    permission: { action: 'read', subject: 'LetterTemplate' },
    body: z.strictObject({ kind, parts }),
    answer: z.void(),
    async serve({ db, actor, body, res }) {
      checkWording(body.kind, body.parts)
      const today = await db.transact(actor, async (tx) => legalDay(tx.at))
      const bytes = await drawLetter(
        body.kind,
        { ...sampleData[body.kind], wording: body.parts },
        {
          rule: ruleToday(body.kind, today),
          status: 'sample',
          lookupUrl: `${settings.publicUrl}/tra-cuu/mau`,
          demo: settings.demo,
        },
      )
      return servePdf(res, bytes, `mau-${body.kind}.pdf`)
    },
  }),
]
