import { z } from 'zod'

const instant = z.iso.datetime({ offset: true })
const Text = z.object({ vi: z.string(), en: z.string().optional() })
const Words = z.record(z.string(), z.string())
export const TemplateList = z.object({
  kinds: z.array(
    z.object({
      kind: z.string(),
      title: z.string(),
      formNumber: z.string().nullable(),
      /** In force today; null: the words that ship. */
      version: z.int().nullable(),
      versions: z.int(),
    }),
  ),
})
export const TemplateView = z.object({
  kind: z.string(),
  title: z.string(),
  formNumber: z.string().nullable(),
  today: z.iso.date(),
  version: z.int().nullable(),
  fields: z.array(z.string()),
  parts: z.array(
    z.object({
      key: z.string(),
      label: Text,
      /** Fields that have to stay in it. */
      fixed: z.array(z.string()),
      /** The whole sentence, where the law wants it said so: not to be changed. */
      law: z.string().nullable(),
    }),
  ),
  shipped: Words,
  versions: z.array(
    z.object({
      version: z.int(),
      validFrom: z.iso.date(),
      parts: Words,
      note: z.string(),
      createdBy: z.string(),
      createdAt: instant,
    }),
  ),
})

const Certificate = z.object({
  /** Common name; of the certificate's whole subject. */
  name: z.string(),
  issuer: z.string(),
  validFrom: instant,
  validTo: instant,
})
export const SigningView = z.object({
  mode: z.enum(['none', 'demo', 'configured']),
  /** Whether signatures bear the time of an authority (PAdES B-T). */
  timestamps: z.boolean(),
  keys: z.array(
    Certificate.extend({
      signer: z.string(),
      source: z.enum(['pkcs12', 'remote', 'demo']),
      where: z.string(),
      /** Signatures made with it, and the last of them. */
      signed: z.int(),
      lastAt: instant.nullable(),
    }),
  ),
  /** Signatures that were asked for and have not come, or were refused. */
  open: z.array(
    z.object({
      id: z.uuid(),
      signer: z.string(),
      state: z.enum(['waiting', 'refused']),
      askedAt: instant,
      attempts: z.int(),
      problem: z.string().nullable(),
      number: z.string().nullable(),
      title: z.string(),
    }),
  ),
})
