import { z } from 'zod'
import { ROLES } from '../access/post.ts'
import { Text } from '../dossiers/schemas.ts'
import { idParams, type Route, route } from '../http/route.ts'
import { words } from '../http/words.ts'
import { createPerson, deactivate, releaseSso } from './admin.ts'
import { listStaff } from './admin-read-model.ts'
import { LOGIN, LOGIN_HELP } from './login-name.ts'
import { addPost, END_REASONS, endPost } from './posts.ts'
import { RESET_REASONS, resetSecondFactor } from './second-factor-reset.ts'

const Ref = z.object({ id: z.uuid(), code: z.string(), name: Text })
const Validity = { validFrom: z.iso.date(), validTo: z.iso.date().nullable() }

export const StaffPage = z.object({
  people: z.array(
    z.object({
      id: z.uuid(),
      name: z.string(),
      active: z.boolean(),
      sample: z.boolean(),
      login: z.string().nullable(),
      /** Whether an account of the single sign-on is known to be theirs. */
      sso: z.boolean(),
      /** An account that nobody can come in by yet: no password set, no single sign-on known. */
      shut: z.boolean(),
      secondFactor: z.boolean(),
      posts: z.array(
        z.object({
          id: z.uuid(),
          agency: Ref,
          unit: Ref,
          role: z.string(),
          title: Text,
          capacity: z
            .object({
              capacity: z.string(),
              onBehalfOf: z.string(),
              title: z.string(),
              decision: z.object({ number: z.string() }),
            })
            .nullable(),
          ...Validity,
        }),
      ),
    }),
  ),
  /** How many are found in all, whatever the page. */
  total: z.int(),
  next: z.uuid().nullable(),
})

const filled = (max: number) => words(max).min(1)
const Words = z.strictObject({ vi: filled(200), en: filled(200).optional() })
const NewPost = z.strictObject({
  unitId: z.uuid(),
  role: z.enum(ROLES),
  title: Words,
  /** How a deputy or delegate signs (rules 7); without it they sign as themselves. */
  capacity: z
    .strictObject({
      capacity: z.enum(['KT', 'TL', 'TUQ']),
      onBehalfOf: filled(200),
      title: filled(200),
      decision: z.strictObject({
        number: filled(100),
        issuedOn: z.iso.date(),
        validFrom: z.iso.date(),
        validTo: z.iso.date().nullable(),
      }),
    })
    .nullish(),
  validFrom: z.iso.date(),
  validTo: z.iso.date().nullable().default(null),
})
const NewPerson = z.strictObject({
  name: filled(200),
  login: z
    .string()
    .trim()
    .toLowerCase()
    .refine((login) => LOGIN.test(login), { params: LOGIN_HELP }),
  email: z.union([z.email(), z.literal('')]).default(''),
  /** Without one they set it themselves, through a link, or come in by single sign-on. */
  password: z.string().min(12).max(200).optional(),
  posts: z.array(NewPost).max(20).default([]),
})
const EndPost = z.strictObject({ on: z.iso.date(), reason: z.enum(END_REASONS) })
const PAGE = 1000

// Whoever keeps the organisation keeps its people; everybody may update a Person: themselves.
const keep = { action: 'update', subject: 'Agency' } as const

export const adminPeopleRoutes = (): Route[] => [
  route({
    method: 'get',
    path: '/api/admin/people',
    summary: 'Staff with their posts',
    permission: keep,
    query: z.strictObject({
      q: z.string().max(200).optional(),
      agencyId: z.uuid().optional(),
      role: z.enum(ROLES).optional(),
      shut: z.stringbool().optional(),
      after: z.uuid().optional(),
      limit: z.coerce.number().int().min(1).max(PAGE).default(PAGE),
    }),
    answer: StaffPage,
    handler: ({ tx, query }) => listStaff(tx, query),
  }),
  route({
    method: 'post',
    path: '/api/admin/people',
    summary: 'Take on a civil servant',
    permission: keep,
    body: NewPerson,
    answer: z.object({ id: z.uuid() }),
    status: 201,
    handler: async ({ tx, body }) => ({ id: await createPerson(tx, body) }),
  }),
  route({
    method: 'post',
    path: '/api/admin/people/:id/posts',
    summary: 'Give somebody a post',
    permission: keep,
    params: idParams,
    body: NewPost,
    answer: z.object({ id: z.uuid() }),
    status: 201,
    handler: async ({ tx, params, body }) => ({ id: await addPost(tx, params.id, body) }),
  }),
  route({
    method: 'post',
    path: '/api/admin/posts/:id/end',
    summary: 'End a post on its last day',
    permission: keep,
    params: idParams,
    body: EndPost,
    answer: z.void(),
    handler: ({ tx, params, body }) => endPost(tx, params.id, body.on, body.reason),
  }),
  route({
    method: 'post',
    path: '/api/admin/people/:id/deactivate',
    summary: 'Let somebody log in no more',
    permission: keep,
    params: idParams,
    answer: z.void(),
    handler: ({ tx, params }) => deactivate(tx, params.id),
  }),
  route({
    method: 'post',
    path: '/api/admin/people/:id/sso-release',
    summary: 'Let somebody come in by another account of the single sign-on',
    permission: keep,
    params: idParams,
    answer: z.void(),
    handler: ({ tx, params }) => releaseSso(tx, params.id),
  }),
  route({
    method: 'post',
    path: '/api/admin/people/:id/second-factor/reset',
    summary: 'Take away the second factor of somebody who has lost it; their sessions end',
    permission: keep,
    params: idParams,
    body: z.strictObject({ reason: z.enum(RESET_REASONS) }),
    answer: z.void(),
    handler: ({ tx, params, body }) => resetSecondFactor(tx, params.id, body.reason),
  }),
]
