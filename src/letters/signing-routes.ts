import { z } from 'zod'
import { notFound } from '../http/problem.ts'
import { idParams, type Route, route } from '../http/route.ts'
import type { Services } from '../services.ts'
import { certificateOf, type Signer } from '../signing/signer.ts'
import { SigningView } from './schemas.ts'

/** The common name within "C=VN\nO=…\nCN=…". */
const commonName = (name: string): string => /^CN=(.*)$/m.exec(name)?.[1] ?? name

const described = (signer: Pick<Signer, 'chain'>) => {
  const { subject, issuer, validFromDate, validToDate } = certificateOf(signer)
  return {
    name: commonName(subject),
    issuer: commonName(issuer),
    validFrom: validFromDate,
    validTo: validToDate,
  }
}

const modeOf = (signing: Services['signing']): 'none' | 'demo' | 'configured' =>
  signing ? (signing.demo ? 'demo' : 'configured') : 'none'

type Used = {
  signer: string
  signed: number
  last_at: Date | null
  certificate: { subject: string; issuer: string; validFrom: string; validTo: string }
}

export const signingRoutes = ({ signing }: Pick<Services, 'signing'>): Route[] => [
  route({
    method: 'get',
    path: '/api/admin/signing',
    summary: 'The keys that sign letters, and signatures that have not come',
    permission: { action: 'read', subject: 'Signing' },
    answer: SigningView,
    async handler({ tx }) {
      const used = await tx.sql<Used>(
        `select signer, count(*) filter (where state = 'signed')::int as signed, max(signed_at) as last_at,
                (array_agg(certificate order by asked_at desc))[1] as certificate
           from letter_signature group by signer order by signer`,
      )
      const open = await tx.sql<{
        id: string
        signer: string
        state: 'waiting' | 'refused'
        asked_at: Date
        attempts: number
        last_error: string | null
        number_text: string | null
        title: string
      }>(
        `select s.id, s.signer, s.state, s.asked_at, s.attempts, s.last_error, l.number_text, l.form->>'title' as title
           from letter_signature s join letter l on l.id = s.letter_id
          where s.state in ('waiting', 'refused') order by s.asked_at limit 200`,
      )
      const usedBy = new Map(used.map((row) => [row.signer, row]))
      const configured = (signing?.configured ?? []).map(({ name, source, where, signer }) => {
        const row = usedBy.get(name)
        usedBy.delete(name)
        return {
          ...described(signer),
          signer: name,
          source,
          where,
          signed: row?.signed ?? 0,
          lastAt: row?.last_at ?? null,
        }
      })
      return {
        mode: modeOf(signing),
        timestamps: signing?.timestamper !== undefined,
        keys: [
          ...configured,
          // Keys of the demonstration, and those that the settings have no more but letters bear.
          ...[...usedBy.values()].map(({ signer, signed, last_at, certificate }) => ({
            name: commonName(certificate.subject),
            issuer: commonName(certificate.issuer),
            validFrom: new Date(certificate.validFrom),
            validTo: new Date(certificate.validTo),
            signer,
            source: 'demo' as const,
            where: '',
            signed,
            lastAt: last_at,
          })),
        ],
        open: open.map((row) => ({
          id: row.id,
          signer: row.signer,
          state: row.state,
          askedAt: row.asked_at,
          attempts: row.attempts,
          problem: row.last_error,
          number: row.number_text,
          title: row.title,
        })),
      }
    },
  }),
  route({
    method: 'post',
    path: '/api/admin/signing/:id/retry',
    summary: 'Ask again for a signature that was refused, or is waited for, now',
    permission: { action: 'retry', subject: 'Signing' },
    params: idParams,
    body: z.strictObject({}),
    answer: z.object({ id: z.uuid() }),
    async handler({ tx, params }) {
      const [row] = await tx.sql(
        `update letter_signature set state = 'waiting', next_at = now(), attempts = 0, last_error = null
          where id = $1 and state in ('waiting', 'refused') returning id`,
        [params.id],
      )
      if (!row) throw notFound()
      tx.audit({ act: 'letter.signature-retried', detail: { signature: params.id } })
      tx.notify('signing', {})
      return { id: params.id }
    },
  }),
]
