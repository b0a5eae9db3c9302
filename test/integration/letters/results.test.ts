import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { PDFDocument } from '@cantoo/pdf-lib'
import { jest } from '@jest/globals'
import { v7 as uuid } from 'uuid'
import { asSystem } from '../../../src/access/filter.ts'
import { personId } from '../../../src/agencies/load.ts'
import { putFile } from '../../../src/documents/files.ts'
import { sweepOrphans } from '../../../src/documents/sweep.ts'
import { phraseRoutes } from '../../../src/dossiers/phrases.ts'
import { dossierRoutes } from '../../../src/dossiers/routes.ts'
import { Letter } from '../../../src/letters/entity.ts'
import { letterForms } from '../../../src/letters/forms/index.ts'
import { textHash } from '../../../src/letters/pdf.ts'
import { letterRoutes } from '../../../src/letters/routes.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { taskRoutes } from '../../../src/tasks/routes.ts'
import { loggedIn, testApp, whole } from '../../support/http.ts'
import { squeeze, textOf } from '../../unit/letters/read-pdf.ts'
import { received, refusal, type Scene, setScene } from '../dossiers/scene.ts'

jest.setTimeout(120_000)

let scene: Scene
type Agent = Awaited<ReturnType<typeof loggedIn>>
const agents: Record<string, Agent> = {}
beforeAll(async () => {
  scene = await setScene()
  await scene.act(loadDemoAccounts)
  const app = testApp(scene.db, [
    ...letterRoutes(scene.services),
    ...taskRoutes(scene.services),
    ...dossierRoutes(scene.services),
    ...phraseRoutes,
  ])
  for (const login of ['congdan', 'congdan2', 'chuyenvien.x01', 'chuyenvien.x02'])
    agents[login] = await loggedIn(app, login)
})
afterAll(() => scene.close())

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const result = (id: string): Promise<Letter> =>
  scene.act((tx) =>
    asSystem(tx.em, 'test').findOneOrFail(Letter, { dossierId: id, kind: 'result', state: { $ne: 'void' } }),
  )
async function uploadedBy(login: string, bytes: Uint8Array, mediaType = 'application/pdf'): Promise<string> {
  return scene.as(login, async (tx) => {
    const { sha256: hash, size } = await putFile(tx, scene.services.files, bytes, mediaType)
    const id = uuid()
    await tx.sql(
      `insert into upload (id, owner_id, sha256, file_name, media_type, size) values ($1, $2, $3, 'ket-qua.pdf', $4, $5)`,
      [id, tx.actor.personId, hash, mediaType, size],
    )
    return id
  })
}
async function twoPages(change: (document: PDFDocument) => void = () => undefined) {
  const document = await PDFDocument.create()
  document.addPage([595, 842]).drawText('Van ban lam o noi khac')
  document.addPage([595, 842])
  change(document)
  return document.save()
}
/** Opened for appraisal, as the engine would. */
async function appraising(): Promise<{ id: string; task: string }> {
  const id = await received(scene)
  await scene.opens(id, 'Appraise')
  return { id, task: (await scene.task(id, 'Appraise')).id }
}
const approve = (task: string, data: Record<string, unknown>) =>
  scene.decides('chuyenvien.x01', task, { outcome: 'approved', data })
async function issued(id: string) {
  await scene.does('truongphong.x01', id, 'ReviewResult', 'approved')
  await scene.does('chutich.x01', id, 'SignResult', 'signed')
  await scene.does('vanthu.x01', id, 'NumberResult', 'numbered')
  return result(id)
}
async function preview(login: string, task: string, data: object, outcome = 'approved') {
  const asked = await agents[login]!.post(`/api/tasks/${task}/preview`).send({ outcome, data })
  if (asked.status !== 201) return asked
  const path = `/api/previews/${asked.body.id}/pdf`
  for (const other of ['chuyenvien.x02', 'congdan'])
    expect((await agents[other]!.get(path)).status).toBeGreaterThanOrEqual(403)
  return whole(agents[login]!.get(path))
}

describe('a result from a template', () => {
  const choice = (parts: Record<string, string> = {}) => ({ result: { template: 'permit', parts } })

  it('is offered with its free parts already merged', async () => {
    const { task } = await appraising()
    const { body } = await agents['chuyenvien.x01']!.get(`/api/tasks/${task}`).expect(200)
    const approved = body.result.outcomes.find((one: { key: string }) => one.key === 'approved')
    expect(approved).toMatchObject({ denied: false, templates: [{ key: 'permit' }] })
    const grounds = approved.templates[0].parts.find((part: { key: string }) => part.key === 'grounds')
    expect(grounds.text).toMatch(/^Hồ sơ T00\S+ tiếp nhận ngày 02 tháng 11 năm 2026 tại /)
    expect(grounds.text).not.toContain('{{')
  })

  it('is previewed as a draft without anything being kept, signed as previewed, and numbered in the book of permits', async () => {
    const { id, task } = await appraising()
    const data = choice({ conditions: 'Chỉ xây sau khi tháo dỡ nhà cũ.' })
    const draft = await preview('chuyenvien.x01', task, data)
    expect([draft.status, draft.type]).toEqual([200, 'application/pdf'])
    const page = await textOf(draft.body)
    expect(page).toContain(squeeze('Chỉ xây sau khi tháo dỡ nhà cũ.'))
    expect(page).toContain(squeeze('Giấy phép số …………… có hiệu lực'))
    expect(await scene.sql(`select from letter where dossier_id = $1 and kind = 'result'`, [id])).toEqual([])

    await approve(task, data)
    const letter = await issued(id)
    expect(letter).toMatchObject({ template: 'composed', state: 'issued' })
    expect(letter.numberText).toMatch(/^\d\d\/GPXD-UBND$/)
    expect(letter.series).toMatch(/\/UBND\/permit$/)
    expect(textHash(letterForms.composed.schema, letter.data)).toBe(letter.textHash)
    const final = await buffer(scene.services.files.get(letter.fileSha256!))
    expect(await textOf(final)).toContain(squeeze(`Giấy phép số ${letter.numberText} có hiệu lực`))
  })

  it('that the procedure does not have, with an empty part or a field of its own making, is refused by name', async () => {
    const { task } = await appraising()
    const fields = async (data: object) =>
      (await refusal(approve(task, data as Record<string, unknown>))).fields
    expect(await fields({ result: { template: 'boat', parts: {} } })).toEqual(['data.result.template'])
    expect(await fields({ result: { template: 'refusal', parts: {} } })).toEqual(['data.result.template'])
    expect(await fields(choice({ conditions: ' ' }))).toEqual(['data.result.parts.conditions'])
    expect(await fields(choice({ conditions: 'Cấp cho {{form.ownerNmae}}' }))).toEqual([
      'data.result.parts.conditions',
    ])
  })

  it('without a choice the procedure’s own result is written as before', async () => {
    const { id, task } = await appraising()
    await approve(task, {})
    expect((await result(id)).template).toBe('permit')
  })

  it('comes back with the words that were chosen', async () => {
    const { id, task } = await appraising()
    const data = choice({ conditions: 'Giữ khoảng lùi 2 m.' })
    await approve(task, data)
    await scene.does('truongphong.x01', id, 'ReviewResult', 'sent-back', { reason: 'Thiếu căn cứ' })
    await scene.opens(id, 'Appraise')
    const again = (await scene.task(id, 'Appraise')).id
    const { body } = await agents['chuyenvien.x01']!.get(`/api/tasks/${again}`).expect(200)
    expect(body.result.previous).toEqual(data.result)
  })

  it('denied by template gives the reason, and has no preview for who may not decide', async () => {
    const id = await received(scene)
    await scene.does('chuyenvien.x01', id, 'Appraise', 'denied')
    await scene.opens(id, 'DraftRefusal')
    const { id: task } = await scene.task(id, 'DraftRefusal')
    const data = { reason: 'Vượt chỉ giới xây dựng', result: { template: 'refusal', parts: {} } }
    const draft = await preview('chuyenvien.x01', task, data, 'drafted')
    expect(await textOf(draft.body)).toContain(squeeze('Vượt chỉ giới xây dựng'))
    expect((await preview('congdan', task, data, 'drafted')).status).toBeGreaterThanOrEqual(403)
    expect((await preview('chuyenvien.x02', task, data, 'drafted')).status).toBe(404)
    await scene.decides('chuyenvien.x01', task, { outcome: 'drafted', data })
    expect(await result(id)).toMatchObject({ template: 'composed', data: { book: 'refusalToGrant' } })
  })

  it('an outcome that writes no result has no preview', async () => {
    const { task } = await appraising()
    expect((await preview('chuyenvien.x01', task, {}, 'supplement')).status).toBe(422)
  })
})

describe('a result made elsewhere', () => {
  const title = 'Giấy phép xây dựng kèm bản vẽ'

  it('is signed by its hash, numbered on a page before it, and keeps every byte', async () => {
    const { id, task } = await appraising()
    const bytes = await twoPages()
    const uploadId = await uploadedBy('chuyenvien.x01', bytes)
    await approve(task, { result: { uploadId, title } })
    const letter = await issued(id)
    expect(letter).toMatchObject({ template: 'uploaded', sourceSha256: sha256(bytes) })
    expect((letter.data.file as { sha256: string }).sha256).toBe(sha256(bytes))
    const final = await buffer(scene.services.files.get(letter.fileSha256!))
    expect(sha256(final.subarray(0, bytes.length))).toBe(sha256(bytes))
    expect((await PDFDocument.load(final)).getPageCount()).toBe(3)
    const cover = await textOf(final)
    for (const words of [title, letter.numberText!, sha256(bytes).slice(0, 32)])
      expect(cover).toContain(squeeze(words))
  })

  it('is not swept while its letter lives', async () => {
    const { id, task } = await appraising()
    const bytes = await twoPages((document) => void document.addPage([200, 200]))
    await approve(task, { result: { uploadId: await uploadedBy('chuyenvien.x01', bytes), title } })
    await scene.sql(`update upload set created_at = now() - interval '9 days' where sha256 = $1`, [
      sha256(bytes),
    ])
    await scene.sql(`update stored_file set created_at = now() - interval '9 days' where sha256 = $1`, [
      sha256(bytes),
    ])
    await sweepOrphans(scene.db, scene.services.files, 24)
    expect(await scene.services.files.has(sha256(bytes))).toBe(true)
    expect((await issued(id)).state).toBe('issued')
  })

  it.each([
    ['somebody else’s upload', 'chuyenvien2.x01', () => twoPages(), 'application/pdf', 'Không tìm thấy'],
    ['a picture', 'chuyenvien.x01', async () => Buffer.from('\x89PNG'), 'image/png', 'không phải PDF'],
    [
      'a web page called PDF',
      'chuyenvien.x01',
      async () => Buffer.from('<html>%PDF-'),
      'application/pdf',
      'không phải PDF',
    ],
    [
      'a PDF with a script',
      'chuyenvien.x01',
      () => twoPages((d) => d.addJavaScript('a', 'app.alert(1)')),
      'application/pdf',
      'JavaScript',
    ],
    [
      '11 MB',
      'chuyenvien.x01',
      async () => Buffer.concat([await twoPages(), Buffer.alloc(11 * 1024 * 1024)]),
      'application/pdf',
      '10 MB',
    ],
  ])('%s is refused in a sentence, and nothing is kept', async (_, owner, bytes, mediaType, words) => {
    const { id, task } = await appraising()
    const uploadId = await uploadedBy(owner, await bytes(), mediaType)
    const refused = await refusal(approve(task, { result: { uploadId, title } }))
    expect(refused).toMatchObject({ status: 422, fields: ['data.result.uploadId'] })
    const shown = await preview('chuyenvien.x01', task, { result: { uploadId, title } })
    expect(shown.body.errors[0].message).toContain(words)
    expect(await scene.sql(`select from letter where dossier_id = $1 and kind = 'result'`, [id])).toEqual([])
  })
})

describe('the applicant', () => {
  it('downloads the result once it lies ready, nobody else does, and the trail says so', async () => {
    const { id, task } = await appraising()
    await approve(task, {})
    const letter = await issued(id)
    const path = `/api/letters/${letter.id}/pdf`
    const { body } = await agents.congdan!.get(`/api/dossiers/${id}`).expect(200)
    expect(body.letters.find((one: { kind: string }) => one.kind === 'result')).toMatchObject({
      state: 'issued',
    })
    const mine = await whole(agents.congdan!.get(path))
    expect(sha256(mine.body)).toBe(letter.fileSha256)
    expect((await agents.congdan2!.get(path)).status).toBe(404)
    const trail = await scene.sql<{ n: number }>(
      `select count(*)::int as n from audit_entry where dossier_id = $1 and act = 'letter.read' and actor_id = $2`,
      [id, personId('congdan')],
    )
    expect(trail).toEqual([{ n: 1 }])
  })

  it('does not see a result that is still being signed', async () => {
    const { id, task } = await appraising()
    await approve(task, {})
    const { id: letter } = await result(id)
    expect((await agents.congdan!.get(`/api/letters/${letter}/pdf`)).status).toBe(404)
  })
})

describe('form 02 before it is sent', () => {
  const items = [
    { paperKey: 'drawings', text: 'Bản vẽ mặt bằng', reason: 'Thiếu khoảng lùi', basis: 'NĐ 175/2024' },
  ]

  it('says its round, until when it may be asked and how long the applicant would have; the preview is the form', async () => {
    const id = await received(scene)
    await scene.does('chuyenvien.x01', id, 'Appraise', 'supplement', { reason: 'Thiếu' })
    await scene.opens(id, 'DraftSupplement')
    const { id: task } = await scene.task(id, 'DraftSupplement')
    const { body } = await agents['chuyenvien.x01']!.get(`/api/tasks/${task}`).expect(200)
    expect(body.supplement.ahead).toMatchObject({
      words: { vi: 'lần 1/2, thông báo' },
      // Seven working days after receipt on Monday 2/11.
      askBy: '2026-11-11T10:00:00.000Z',
      late: false,
      within: { vi: '7 ngày làm việc' },
      waitUntil: '2026-12-02T10:00:00.000Z',
      wait: { basis: { verified: false } },
    })
    const draft = await preview('chuyenvien.x01', task, { items }, 'drafted')
    const page = await textOf(draft.body)
    for (const words of [
      'Bản vẽ mặt bằng',
      'Thiếu khoảng lùi',
      'NĐ 175/2024',
      'Lần 1/2, thông báo',
      'ngày 02 tháng 12 năm 2026',
    ])
      expect(page).toContain(squeeze(words))
    expect((await preview('chuyenvien.x01', task, { items: [] }, 'drafted')).status).toBe(422)
    expect(await scene.sql('select from supplement_request where dossier_id = $1', [id])).toEqual([])
  })

  it('words kept by one officer are offered to the agency, once, until they are retired', async () => {
    const id = await received(scene)
    await scene.does('chuyenvien.x01', id, 'Appraise', 'supplement', { reason: 'Thiếu' })
    await scene.opens(id, 'DraftSupplement')
    const { id: task } = await scene.task(id, 'DraftSupplement')
    const [{ agency }] = (await scene.sql<{ agency: string }>(
      'select agency_id as agency from dossier where id = $1',
      [id],
    )) as [{ agency: string }]
    const mine = agents['chuyenvien.x01']!
    const phrases = async () => (await mine.get(`/api/tasks/${task}`).expect(200)).body.supplement.phrases
    const shipped = (await phrases()).length
    expect(shipped).toBeGreaterThan(0)
    const words = {
      agencyId: agency,
      procedureCode: '1.013225',
      paperKey: 'land',
      text: 'Bản sao sổ đỏ',
      reason: 'Bản chụp mờ',
    }
    const first = await mine.post('/api/phrases').send(words).expect(201)
    const second = await mine.post('/api/phrases').send(words).expect(201)
    expect(second.body).toEqual(first.body)
    expect((await phrases()).at(-1)).toMatchObject({ ...first.body, paperKey: 'land', text: 'Bản sao sổ đỏ' })
    await agents['chuyenvien.x02']!.post('/api/phrases').send(words).expect(404)
    await agents['chuyenvien.x02']!.delete(`/api/phrases/${first.body.id}`).expect(404)
    await agents.congdan!.post('/api/phrases').send(words).expect(403)
    await mine.delete(`/api/phrases/${first.body.id}`).expect(204)
    expect(await phrases()).toHaveLength(shipped)
    const [kept] = await scene.sql('select retired_by from phrase where id = $1', [first.body.id])
    expect(kept).toEqual({ retired_by: personId('chuyenvien.x01') })
  })
})
