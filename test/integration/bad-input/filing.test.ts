import { jest } from '@jest/globals'
import type { Browser } from '../../support/rough-browser.ts'
import { expectRefusal, goodDossier, PDF, type Scene, setScene } from './scene.ts'

// For a busy machine; nothing here is judged by time.
jest.setTimeout(120_000)

let scene: Scene
let citizen: Browser
let clerk: Browser
beforeAll(async () => {
  scene = await setScene()
  citizen = await scene.browser('congdan')
  clerk = await scene.browser('motcua.x01')
})
afterAll(() => scene.close())
afterEach(() => expect(scene.errors.splice(0)).toEqual([]))

type Dossier = Awaited<ReturnType<typeof goodDossier>> & Record<string, unknown>
const count = async (table: string) =>
  Number((await scene.sql<{ n: string }>(`select count(*) as n from ${table}`))[0]!.n)

/** Nothing of a refused act stays: not a row, not a number drawn, not a line of the trail. */
async function leavesNothing<T>(act: () => Promise<T>): Promise<T> {
  const before = await scene.everything()
  const answer = await act()
  expect(await scene.everything()).toEqual(before)
  return answer
}

it('a dossier in order is accepted, or the refusals below would say nothing', async () => {
  const { status, body } = await citizen.post('/api/dossiers', await goodDossier(citizen))
  expect([status, body.code]).toEqual([201, expect.stringMatching(/^T00\.X01/)])
})

describe('a dossier is refused, and nothing of it is saved,', () => {
  const form = (change: object) => (dossier: Dossier) => ({
    ...dossier,
    formData: { ...dossier.formData, ...change },
  })
  const first = (change: object) => (dossier: Dossier) => ({
    ...dossier,
    papers: dossier.papers.map((paper, n) => (n === 0 ? { ...paper, ...change } : paper)),
  })

  it.each<[string, (dossier: Dossier) => unknown, number, string, RegExp, RegExp]>([
    [
      'for an unknown procedure',
      (dossier) => ({ ...dossier, procedureCode: '9.999999' }),
      422,
      'procedureCode',
      /Không có thủ tục mã “9.999999”; chọn lại/,
      /no procedure with the code “9.999999”; choose/,
    ],
    [
      'for a place that receives nothing',
      (dossier) => ({ ...dossier, place: 'T00.X99' }),
      422,
      'place',
      /chọn lại xã, phường/,
      /choose a commune/,
    ],
    [
      'for a place that was dissolved',
      (dossier) => ({ ...dossier, place: 'T00.H01' }),
      422,
      'place',
      /chọn lại xã, phường/,
      /choose a commune/,
    ],
    [
      'for a way of filing that does not exist',
      (dossier) => ({ ...dossier, channel: 'FAX' }),
      400,
      'channel',
      /Phải là một trong: ONLINE, DIRECT, POSTAL/,
      /Must be one of/,
    ],
    [
      'without a required paper',
      (dossier) => ({ ...dossier, papers: dossier.papers.slice(1) }),
      422,
      'papers.application',
      /Thiếu “.+”: hãy tải lên/,
      /is missing: upload it/,
    ],
    [
      'with a paper the procedure does not ask for',
      (dossier) => ({
        ...dossier,
        papers: [...dossier.papers, { ...dossier.papers[0]!, paperKey: 'bribe' }],
      }),
      422,
      'papers.bribe',
      /không có giấy tờ như vậy/,
      /no such paper/,
    ],
    [
      'with an upload that nobody made',
      first({ uploadId: '0199a000-0000-7000-8000-000000000001' }),
      422,
      'papers.application',
      /tải lên lại/,
      /upload/,
    ],
    [
      'with an upload that is no id',
      first({ uploadId: '1; drop table upload' }),
      400,
      'papers.0.uploadId',
      /UUID/,
      /UUID/,
    ],
    ['with a number as text', form({ floors: 'hai' }), 422, 'formData.floors', /Phải là số/, /number/],
    [
      'with a text as number',
      form({ ownerName: 7 }),
      422,
      'formData.ownerName',
      /Phải là chữ/,
      /Must be text/,
    ],
    ['with a negative height', form({ height: -3 }), 422, 'formData.height', /Phải/, /Must/],
    [
      'with an answer that the form does not offer',
      form({ buildingKind: 'castle' }),
      422,
      'formData.buildingKind',
      /chọn một trong/,
      /Choose one/,
    ],
    [
      'with a field that the form does not have',
      form({ discount: true }),
      422,
      'formData.discount',
      /không có mục này/,
      /no such field/,
    ],
    [
      'with a text of half a megabyte',
      form({ ownerName: 'á'.repeat(250_000) }),
      422,
      'formData.ownerName',
      /Không được quá \d+ ký tự/,
      /at most \d+ characters/,
    ],
    [
      'with an untouched declaration',
      form({ commitment: false }),
      422,
      'formData.commitment',
      /đánh dấu/,
      /ticked/,
    ],
    [
      'with NUL in a name',
      form({ ownerName: 'Nguyễn\0Văn' }),
      422,
      'formData.ownerName',
      /không lưu được/,
      /cannot be stored/,
    ],
    [
      'with half an emoji',
      form({ ownerName: 'Nguyễn \ud83d' }),
      422,
      'formData.ownerName',
      /không lưu được/,
      /cannot be stored/,
    ],
    [
      'by a citizen for somebody else',
      (dossier) => ({
        ...dossier,
        channel: 'DIRECT',
        applicant: { fullName: 'Người khác', identityNo: '1' },
      }),
      403,
      '',
      /Chỉ cán bộ một cửa/,
      /Only a clerk/,
    ],
  ])('%s', async (_what, change, status, field, vi, en) => {
    const sent = change((await goodDossier(citizen)) as Dossier)
    for (const [language, mend] of [
      ['vi', vi],
      ['en', en],
    ] as const) {
      const speaker = await scene.browser('congdan')
      await speaker.send('put', '/api/session/locale', { body: { locale: language } })
      const answer = await leavesNothing(() => speaker.post('/api/dossiers', sent))
      expectRefusal(answer, status)
      const named = (answer.body.errors ?? []).filter((one: { field: string }) => one.field === field)
      const said = field === '' ? answer.body.detail : named[0]?.message
      expect([field, answer.body.errors, said]).toEqual([
        field,
        answer.body.errors,
        expect.stringMatching(mend),
      ])
    }
  })

  it('when somebody else’s upload is given as one’s own', async () => {
    const other = await scene.browser('congdan2')
    const stolen = (await goodDossier(other)).papers
    const dossier = { ...(await goodDossier(citizen)), papers: stolen }
    const answer = await leavesNothing(() => citizen.post('/api/dossiers', dossier))
    expectRefusal(answer, 422)
    expect(answer.body.errors[0].field).toBe('papers.application')
  })
})

describe('the same dossier sent twice', () => {
  const key = () => ({ 'Idempotency-Key': crypto.randomUUID() })

  it('at once is one dossier with one acknowledgement', async () => {
    const dossier = await goodDossier(citizen)
    const [before, headers] = [await count('dossier'), key()]
    const answers = await Promise.all([1, 2, 3].map(() => citizen.post('/api/dossiers', dossier, headers)))
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
    for (const { body } of answers) expect(body).toEqual(answers[0]!.body)
    expect(await count('dossier')).toBe(before + 1)
    expect(await count(`outbox where kind = 'start' and subject_id = '${answers[0]!.body.id}'`)).toBe(1)
    expect(await count(`notification where dossier_id = '${answers[0]!.body.id}'`)).toBe(1)
  })

  it('without a key is refused the second time: its uploads belong to the first', async () => {
    const dossier = await goodDossier(citizen)
    const before = await count('dossier')
    const answers = await Promise.all([1, 2].map(() => citizen.post('/api/dossiers', dossier)))
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 422])
    expect(await count('dossier')).toBe(before + 1)
  })

  it('under a key of another dossier is refused', async () => {
    const headers = key()
    const dossier = await goodDossier(citizen)
    await citizen.post('/api/dossiers', dossier, headers)
    const other = { ...dossier, formData: { ...dossier.formData, floors: 3 } }
    const answer = await leavesNothing(() => citizen.post('/api/dossiers', other, headers))
    expectRefusal(answer, 422, 'idempotency-key-reused')
  })

  it('under somebody else’s key is a dossier of its own', async () => {
    const headers = key()
    await citizen.post('/api/dossiers', await goodDossier(citizen), headers)
    const other = await scene.browser('congdan2')
    const before = await count('dossier')
    expect((await other.post('/api/dossiers', await goodDossier(other), headers)).status).toBe(201)
    expect(await count('dossier')).toBe(before + 1)
  })

  it('after a refusal may be sent again under the same key, mended', async () => {
    const headers = key()
    const dossier = await goodDossier(citizen)
    expect((await citizen.post('/api/dossiers', { ...dossier, place: 'T00.X99' }, headers)).status).toBe(422)
    expect((await citizen.post('/api/dossiers', dossier, headers)).status).toBe(201)
  })

  it.each(['short', 'x'.repeat(101)])('under the impossible key %s is refused', async (bad) => {
    const dossier = await goodDossier(citizen)
    const answer = await leavesNothing(() =>
      citizen.post('/api/dossiers', dossier, { 'Idempotency-Key': bad }),
    )
    expectRefusal(answer, 400, 'idempotency-key')
  })
})

describe('a dossier of somebody else', () => {
  it('is not there: not its page, its diagrams, its papers, nor for any act', async () => {
    const { body } = await citizen.post('/api/dossiers', await goodDossier(citizen))
    const [paper] = await scene.sql<{ id: string }>('select id from document where dossier_id = $1', [
      body.id,
    ])
    for (const login of ['congdan2', 'motcua.x02', 'chutich.x02', 'quantri']) {
      const other = await scene.browser(login)
      const hidden = login === 'quantri' ? [403, 404] : [404]
      for (const path of [`/api/dossiers/${body.id}`, `/api/dossiers/${body.id}/diagrams`]) {
        const answer = await other.get(path)
        expect([login, path, hidden.includes(answer.status)]).toEqual([login, path, true])
        expect(JSON.stringify(answer.body)).not.toContain(body.code)
      }
      const content = await other.get(`/api/documents/${paper!.id}/content`)
      expect([login, [403, 404].includes(content.status)]).toEqual([login, true])
      await leavesNothing(async () => {
        for (const [act, sent] of [
          ['withdrawal', { reason: 'x' }],
          ['supplement', { papers: [] }],
          ['notes', { text: 'x' }],
        ] as const) {
          const refused = await other.post(`/api/dossiers/${body.id}/${act}`, sent)
          expect([login, act, [403, 404].includes(refused.status)]).toEqual([login, act, true])
        }
      })
    }
  })
})

describe('what people write stays text', () => {
  const HOSTILE = `Robert'); drop table dossier; -- <script>alert(1)</script> \${7*7} {{7*7}} %s \\x00 " ' ;`

  it('SQL and HTML in a form, a note and a reason come back letter by letter', async () => {
    const dossier = await goodDossier(citizen)
    dossier.formData.ownerName = HOSTILE
    const { status, body } = await citizen.post('/api/dossiers', dossier)
    expect(status).toBe(201)
    expect((await clerk.post(`/api/dossiers/${body.id}/notes`, { text: HOSTILE })).status).toBe(201)
    const page = await clerk.get(`/api/dossiers/${body.id}`)
    expect(page.contentType).toMatch(/^application\/json/)
    expect(page.headers.get('x-content-type-options')).toBe('nosniff')
    expect(page.body.form.data.ownerName).toBe(HOSTILE)
    expect(page.body.notes[0].text).toBe(HOSTILE)
  })

  it.each(["' or 1=1 --", '%', '_', '%%%', '\\', '<script>', '*', '.*'])(
    'the search for %s finds no dossier',
    async (q) => {
      const { status, body } = await clerk.get(`/api/dossiers?q=${encodeURIComponent(q)}`)
      expect([status, body.dossiers.map((one: { code: string }) => one.code)]).toEqual([200, []])
    },
  )
})

describe('a file is refused, and no file stays,', () => {
  it.each<[string, string, Uint8Array, string, number, string]>([
    [
      'that is a web page named as PDF',
      'don.pdf',
      Buffer.from('<html><script>1</script>'),
      'application/pdf',
      422,
      'file-kind-not-accepted',
    ],
    ['that is a PDF named as a program', 'don.exe', PDF, 'application/pdf', 422, 'file-not-what-it-says'],
    ['that is a PDF and claims to be a picture', 'don.png', PDF, 'image/png', 422, 'file-not-what-it-says'],
    ['that is empty', 'don.pdf', Buffer.alloc(0), 'application/pdf', 422, 'file-empty'],
    [
      'of more than 25 MB',
      'don.pdf',
      Buffer.concat([PDF, Buffer.alloc(25 * 1024 * 1024)]),
      'application/pdf',
      413,
      'file-too-large',
    ],
  ])('%s', async (_what, name, bytes, type, status, problem) => {
    const answer = await leavesNothing(() => citizen.upload(name, bytes, type))
    expectRefusal(answer, status, problem)
  })

  it('that comes as JSON, or cut off in the middle', async () => {
    for (const [raw, type] of [
      ['{}', 'application/json'],
      [
        '--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF',
        'multipart/form-data; boundary=b',
      ],
      ['nothing of the kind', 'multipart/form-data'],
    ] as const) {
      const answer = await leavesNothing(() =>
        citizen.send('post', '/api/uploads', { raw, headers: { 'Content-Type': type } }),
      )
      expectRefusal(answer, 400, 'malformed-upload')
    }
  })

  it('a hostile name becomes a name without folders, and the content is served as what it is', async () => {
    const { body } = await citizen.upload('../../etc/cron.d/\u202egpj.\r\nSet-Cookie: a=b.pdf', PDF)
    expect(body.fileName).not.toMatch(/[\r\n/\\\u202e]/)
    const { headers, status } = await citizen.get(`/api/uploads/${body.id}/content`)
    expect([status, headers.get('content-type'), headers.get('x-content-type-options')]).toEqual([
      200,
      'application/pdf',
      'nosniff',
    ])
    expect(headers.getSetCookie().join()).not.toContain('a=b')
  })
})
