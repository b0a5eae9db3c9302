import { jest } from '@jest/globals'
import type { Route } from '../../../src/http/route.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import type { Browser } from '../../support/rough-browser.ts'
import { type Scene, setScene } from '../dossiers/scene.ts'
import { wholeApi } from '../whole-api.ts'
import { setSecrets, told } from './secrets.ts'

jest.setTimeout(240_000)

let scene: Scene
let api: Awaited<ReturnType<typeof wholeApi>>
let dossiers: { online: string; onPaper: string }
/** The ids of everything there is, by the word that stands before them in an address. */
const ids: Record<string, string[]> = {}
beforeAll(async () => {
  scene = await setScene()
  await scene.act(loadDemoAccounts)
  dossiers = await setSecrets(scene)
  api = await wholeApi(scene.services, scene.folder)
  const tables = [
    'dossier',
    'task',
    'letter',
    'document',
    'payment',
    'handover',
    'urging',
    'upload',
    'holding',
  ]
  for (const table of tables)
    ids[table] = (await scene.sql<{ id: string }>(`select id from ${table}`)).map(({ id }) => id)
})
afterAll(async () => {
  await api?.close()
  await scene?.close()
})

/** Without an end of its own, for no person, or about hashes alone: the live stream, the bank, the walk along the chain. */
const NOT_ASKED = /^\/api\/(events|payments\/vnpay|audit\/verify)/
/** Documents of the record keep what the law prints; who takes one stands in the trail. */
const DOCUMENTS = /\/(pdf|content|cover|control-slip|collection|receipt)$/

const QUERIES: Record<string, string[]> = {
  '/api/audit/late': ['?from=2026-11-01&to=2026-12-31'],
  '/api/registers/letters/file': ['?format=csv'],
  '/api/registers/dossiers/file': ['?format=csv'],
  '/api/desk/find': ['?code=0001', '?code=0002'],
  '/api/tasks': ['?tab=mine', '?tab=unclaimed', '?tab=waiting', '?tab=done'],
}
const queriesOf = ({ path }: Route): string[] => {
  if (path === '/api/audit/entries') return ids.dossier!.map((id) => `?dossierId=${id}`)
  if (path === '/api/desk/sign-previews') return [`?tasks=${ids.task!.join()}`]
  return QUERIES[path] ?? ['']
}
const KINDS: [RegExp, string][] = [
  [/dossiers\/:/, 'dossier'],
  [/tasks\/:/, 'task'],
  [/letters\/:/, 'letter'],
  [/documents\/:/, 'document'],
  [/payments\/:/, 'payment'],
  [/handovers\/:/, 'handover'],
  [/urgings\/:/, 'urging'],
  [/uploads\/:/, 'upload'],
  [/intervals\/:/, 'holding'],
]
/** Every address of a route: with the ids of its kind, or with all there are when the kind is new. */
function addressesOf(route: Route): string[] {
  const kind = KINDS.find(([pattern]) => pattern.test(route.path))?.[1]
  const wanted = kind ? ids[kind]! : Object.values(ids).flat()
  const paths = route.path.includes(':id')
    ? wanted.map((id) => route.path.replace(':id', id))
    : [route.path.replace(':code', '1.001193')]
  return paths.flatMap((path) => queriesOf(route).map((query) => path + query))
}

const gets = () => api.routes.filter(({ method, path }) => method === 'get' && !NOT_ASKED.test(path))

async function askEverything(browser: Browser) {
  const leaks: [address: string, told: string[]][] = []
  const answered = new Set<string>()
  // Drawing documents takes most of the time there is; who takes one is asked below.
  for (const route of gets().filter(({ path }) => !DOCUMENTS.test(path)))
    for (const address of addressesOf(route)) {
      const { status, contentType, body } = await browser.get(address)
      if (status !== 200) continue
      answered.add(route.path)
      expect([address, contentType]).toEqual([
        address,
        expect.stringMatching(/^(application\/json|text\/csv)/),
      ])
      const found = told(body)
      if (found.length > 0) leaks.push([address, found])
    }
  return { leaks, answered }
}

describe.each([
  'motcua.x01',
  'truongmotcua.x01',
  'truongphong.x01',
  'chuyenvien.x01',
  'hotich.x01',
  'chutich.x01',
  'vanthu.x01',
  'thanhtra',
  'kiemsoat',
  'quantri',
  'phantich',
])('what the API answers to %s, who has opened nothing', (login) => {
  it('tells no number, telephone, e-mail, address or birthday of a citizen', async () => {
    const { leaks, answered } = await askEverything(await api.browser(login))
    expect(leaks).toEqual([])
    expect(answered.size).toBeGreaterThan(5)
  })
})

it('the applicant reads their own', async () => {
  const { body } = await (await api.browser('congdan')).get(`/api/dossiers/${dossiers.online}`)
  expect(body.personal).toMatchObject({ sight: 'own', mayOpen: false })
  expect(told(body).length).toBeGreaterThan(8)
})

it('whoever has opened a dossier reads that one, and no other', async () => {
  const clerk = await api.browser('motcua.x01')
  const { status } = await clerk.post(`/api/dossiers/${dossiers.onPaper}/openings`, { reason: 'identity' })
  expect(status).toBe(201)
  const { leaks, answered } = await askEverything(clerk)
  const where = [...new Set(leaks.map(([address]) => address.replace(dossiers.onPaper, ':id')))]
  expect(where).toEqual(['/api/dossiers/:id'])
  expect(leaks[0]?.[1].length).toBeGreaterThan(6)
  // The list is asked at all, and so would tell.
  expect([...answered]).toEqual(
    expect.arrayContaining([
      '/api/dossiers',
      '/api/dossiers/:id',
      '/api/dossiers/:id/exchanges',
      '/api/dossiers/:id/payment',
      '/api/tasks',
      '/api/tasks/:id',
      '/api/counter',
      '/api/registers/dossiers',
      '/api/registers/dossiers/file',
      '/api/my/notifications',
    ]),
  )
})

it('looking a person up answers that there is a telephone, not which', async () => {
  const clerk = await api.browser('motcua.x01')
  const { body } = await clerk.post('/api/counter/people', { identityNo: '079922222922' })
  expect(body.people).toMatchObject([{ phone: '09•••••922', address: '•••, Phường Tân Mẫu' }])
  expect(told(body)).toEqual([])
})

it('who takes a document stands in the trail', async () => {
  const clerk = await api.browser('motcua.x01')
  const entries = async () =>
    Number((await scene.sql<{ n: string }>('select count(*) as n from audit_entry'))[0]!.n)
  const taken: string[] = []
  for (const route of gets().filter(({ path }) => DOCUMENTS.test(path)))
    for (const address of addressesOf(route)) {
      const before = await entries()
      const { status } = await clerk.get(address)
      if (status !== 200) continue
      // Minutes, slips and one's own uploads hold no personal data but names.
      if (/handovers|urgings|uploads/.test(route.path)) continue
      taken.push(route.path)
      expect([address, await entries()]).toEqual([address, before + 1])
    }
  expect([...new Set(taken)].sort()).toEqual([
    '/api/documents/:id/content',
    '/api/dossiers/:id/collection',
    '/api/dossiers/:id/control-slip',
    '/api/dossiers/:id/cover',
    '/api/letters/:id/pdf',
  ])
})
