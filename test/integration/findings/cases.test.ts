import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extractText, getDocumentProxy } from 'unpdf'
import { systemActor } from '../../../src/access/actor.ts'
import { agencyId, personId, unitId } from '../../../src/agencies/load.ts'
import { documentRoutes } from '../../../src/documents/routes.ts'
import { openStore } from '../../../src/documents/store.ts'
import { addFinding } from '../../../src/dossiers/finding.ts'
import { findingRoutes } from '../../../src/findings/routes.ts'
import { remind } from '../../../src/findings/watch.ts'
import { reportRoutes } from '../../../src/reports/routes.ts'
import type { Services } from '../../../src/services.ts'
import { loggedIn, testApp, whole } from '../../support/http.ts'
import { unzip } from '../../support/unzip.ts'
import { at, type Scene, setScene } from '../reports/scene.ts'

type Agent = Awaited<ReturnType<typeof loggedIn>>
let scene: Scene
let folder: string
let auditor: Agent
let officer: Agent
let head: Agent
let stranger: Agent
let other: Agent
let dossier: Awaited<ReturnType<Scene['playLate']>>
let finding: string

beforeAll(async () => {
  scene = await setScene()
  folder = mkdtempSync(join(tmpdir(), 'mot-cua-findings-'))
  const services = {
    db: scene.db,
    files: await openStore(folder),
    settings: { demo: true, publicUrl: 'http://x', takeBackSeconds: 0 },
  } as unknown as Services
  const app = testApp(scene.db, [
    ...findingRoutes(services),
    ...reportRoutes(),
    ...documentRoutes(services.files, 1_000_000),
  ])
  dossier = await scene.playLate('X01-1')
  // As the alarm does, with nobody at the keyboard.
  await scene.doing('2026-11-09 17:00', (tx) =>
    addFinding(tx, { id: dossier.id, agencyId: agencyId('T00.X01') }, 'late', tx.at),
  )
  scene.clock.set(at('2026-11-12 10:00'))
  auditor = await loggedIn(app, 'thanhtra')
  officer = await loggedIn(app, 'chuyenvien.x01')
  head = await loggedIn(app, 'truongphong.x01')
  stranger = await loggedIn(app, 'chuyenvien.x02')
  other = await loggedIn(app, 'kiemsoat')
}, 60_000)
afterAll(async () => {
  await scene.close()
  rmSync(folder, { recursive: true })
})

const page = async (agent = auditor) => (await agent.get(`/api/findings/${finding}`).expect(200)).body
const lastColumn = async (): Promise<string> =>
  (await auditor.get('/api/audit/late?from=2026-11-01&to=2026-11-30').expect(200)).body.dossiers[0]
    .explanation
const told = (template: string) =>
  scene.sql<{ person_id: string }>('select person_id from notification where key like $1', [`${template}/%`])

it('what the clock found flows in by itself, with its reason and the one who held the dossier then', async () => {
  const { body } = await auditor.get(`/api/findings?dossierId=${dossier.id}`).expect(200)
  expect(body.findings).toHaveLength(1)
  const [found] = body.findings
  expect(found).toMatchObject({
    kind: { key: 'late', reason: { vi: 'Hồ sơ chưa xong khi hết hạn trả.' } },
    addedBy: null,
    owner: { unit: { code: 'T00.X01.KT' }, person: { id: personId('chuyenvien.x01') } },
    state: 'none',
  })
  finding = found.id
  expect(await lastColumn()).toBe('finding')
})

it('only whoever has held the dossier can be asked', async () => {
  const ask = {
    unitId: unitId('T00.X02.KT'),
    personId: null,
    question: 'Vì sao chậm ở bước này?',
    limitDays: 3,
  }
  const { body } = await auditor.post(`/api/findings/${finding}/explanation`).send(ask).expect(422)
  expect(body.errors[0].field).toBe('unitId')
  await officer.post(`/api/findings/${finding}/explanation`).send(ask).expect(403)
  await head.post(`/api/findings/${finding}/explanation`).send(ask).expect(403)
})

it('the auditor asks the largest holder, within three working days by the calendar; person and head are told', async () => {
  const { holders } = await page()
  expect(holders[0].person.id).toBe(personId('chuyenvien.x01'))
  const ask = {
    unitId: holders[0].unit.id,
    personId: holders[0].person.id,
    question: 'Vì sao bước thẩm định vượt hơn ba ngày?',
    limitDays: 3,
  }
  await auditor.post(`/api/findings/${finding}/explanation`).send(ask).expect(204)
  const asked = await page()
  // Thu 12 is not counted; Fri 13, Mon 16, Tue 17.
  expect(asked.explanation.dueAt).toBe('2026-11-17T10:00:00.000Z')
  expect(asked.state).toBe('asked')
  expect(await lastColumn()).toBe('asked')
  // The unit has a deputy head too.
  expect((await told('explanation-asked')).map((one) => one.person_id).sort()).toEqual(
    ['chuyenvien.x01', 'truongphong.x01', 'photruongphong.x01'].map(personId).sort(),
  )
  await auditor.post(`/api/findings/${finding}/explanation`).send(ask).expect(409)
})

it('whoever is asked sees it, with the head of the unit, and nobody else does', async () => {
  for (const agent of [officer, head])
    expect((await agent.get('/api/findings?mine=true').expect(200)).body.findings).toHaveLength(1)
  expect((await page(officer)).may).toEqual({ ask: false, answer: true, conclude: false, openDossier: false })
  expect((await stranger.get('/api/findings').expect(200)).body.findings).toEqual([])
  await stranger.get(`/api/findings/${finding}`).expect(404)
  const { explanation } = await page()
  const answer = {
    version: explanation.version,
    cause: 'objective',
    answer: 'Không phải việc của tôi',
    uploads: [],
  }
  await stranger.post(`/api/explanations/${explanation.id}/answer`).send(answer).expect(404)
})

it('a reminder comes a working day before, and after the limit both sides hear of it', async () => {
  const watch = () => scene.db.transact(systemActor('explanations'), remind)
  scene.clock.set(at('2026-11-16 17:01'))
  expect(await watch()).toBe(1)
  expect(await watch()).toBe(0)
  expect(await told('explanation-due')).toHaveLength(3)
  scene.clock.set(at('2026-11-17 17:01'))
  expect(await watch()).toBe(1)
  expect((await told('explanation-overdue')).map((one) => one.person_id)).toContain(personId('thanhtra'))
  expect(await lastColumn()).toBe('overdue')
})

it('the officer explains with a paper, also after the limit; the auditor is told and reads it', async () => {
  const { explanation } = await page(officer)
  const upload = await officer
    .post('/api/uploads')
    .attach('file', Buffer.from('%PDF-1.4\n%%EOF'), 'Biên bản mất điện.pdf')
    .expect(201)
  const answer = {
    version: explanation.version,
    cause: 'objective',
    answer: 'Mất điện hai ngày tại trụ sở, có biên bản kèm theo.',
    uploads: [upload.body.id],
  }
  await officer
    .post(`/api/explanations/${explanation.id}/answer`)
    .send({ ...answer, version: 99 })
    .expect(409)
  await officer.post(`/api/explanations/${explanation.id}/answer`).send(answer).expect(204)
  const after = await page()
  expect(after.state).toBe('answered')
  expect(after.explanation.answers).toMatchObject([
    { cause: 'objective', by: { id: personId('chuyenvien.x01') } },
  ])
  const [paper] = after.explanation.answers[0].documents
  expect(paper.fileName).toBe('Biên bản mất điện.pdf')
  await auditor.get(`/api/explanation-documents/${paper.id}/content`).expect(200)
  await stranger.get(`/api/explanation-documents/${paper.id}/content`).expect(404)
  expect((await told('explanation-answered')).map((one) => one.person_id)).toEqual([personId('thanhtra')])
})

it('the auditor may ask again, with a limit of its own, and concludes only what was answered or overdue', async () => {
  const before = (await page()).explanation
  await auditor
    .post(`/api/explanations/${before.id}/again`)
    .send({ version: before.version, question: 'Mất điện những giờ nào?', limitDays: 1 })
    .expect(204)
  const asked = (await page()).explanation
  expect(asked.dueAt).toBe('2026-11-18T10:00:00.000Z')
  const conclusion = {
    version: asked.version,
    upheld: true,
    conclusion: 'Vi phạm, do chủ quan của người thụ lý.',
  }
  await auditor.post(`/api/explanations/${asked.id}/conclusion`).send(conclusion).expect(409)
  await head
    .post(`/api/explanations/${asked.id}/answer`)
    .send({ version: asked.version, cause: 'subjective', answer: 'Chỉ mất điện nửa ngày.', uploads: [] })
    .expect(204)
  await head
    .post(`/api/explanations/${asked.id}/conclusion`)
    .send({ ...conclusion, version: asked.version + 1 })
    .expect(403)
  await auditor
    .post(`/api/explanations/${asked.id}/conclusion`)
    .send({ ...conclusion, version: asked.version + 1 })
    .expect(204)
  const concluded = await page()
  expect(concluded.state).toBe('concluded')
  // The first answer stands as it was given, with its paper.
  expect(concluded.explanation.answers).toMatchObject([
    { cause: 'objective', answer: 'Mất điện hai ngày tại trụ sở, có biên bản kèm theo.', documents: [{}] },
    { cause: 'subjective', by: { id: personId('truongphong.x01') }, documents: [] },
  ])
  const hashes = await scene.sql<{ sha256: string }>(
    `select line::jsonb->'detail'->>'sha256' as sha256 from audit_entry where act = 'explanation.answered' order by index`,
  )
  expect(hashes.map(({ sha256 }) => sha256)).toEqual(
    concluded.explanation.answers.map(({ answer }: { answer: string }) =>
      createHash('sha256').update(answer).digest('hex'),
    ),
  )
  // Nothing in the product can change what was said.
  await expect(scene.sql(`update explanation_answer set answer = 'khác'`)).rejects.toThrow(
    /permission denied/,
  )
  expect(await lastColumn()).toBe('concluded')
  expect(await told('explanation-concluded')).toHaveLength(3)
})

it('nobody asks or concludes on their own side, whatever else they are', async () => {
  // The head of the unit asked is given an auditor's post beside it.
  await scene.sql(
    `insert into post (id, person_id, agency_id, unit_id, role, title, valid_from)
     select gen_random_uuid(), $1, agency_id, unit_id, 'control', '{"vi": "Kiểm soát"}', '2026-01-01' from post where person_id = $2 limit 1`,
    [personId('truongphong.x01'), personId('kiemsoat')],
  )
  const [open] = await scene.sql<{ id: string }>(
    `insert into finding (id, dossier_id, agency_id, kind, at, detail)
     select gen_random_uuid(), id, agency_id, 'reception-late', $2, '{}' from dossier where id = $1 returning id`,
    [dossier.id, at('2026-11-03 08:00')],
  )
  const ask = {
    unitId: unitId('T00.X01.KT'),
    personId: null,
    question: 'Vì sao tiếp nhận chậm như vậy?',
    limitDays: 2,
  }
  await head.post(`/api/findings/${open!.id}/explanation`).send(ask).expect(403)
  await auditor.post(`/api/findings/${open!.id}/explanation`).send(ask).expect(204)
  const { body } = await auditor.get(`/api/findings/${open!.id}`).expect(200)
  const { id, version } = body.explanation
  await head
    .post(`/api/explanations/${id}/answer`)
    .send({ version, cause: 'subjective', answer: 'Đơn vị sắp xếp chưa kịp.', uploads: [] })
    .expect(204)
  const conclusion = { version: version + 1, upheld: false, conclusion: 'Không phải vi phạm của đơn vị.' }
  await head.post(`/api/explanations/${id}/conclusion`).send(conclusion).expect(403)
  expect((await head.get(`/api/findings/${open!.id}`).expect(200)).body.may.conclude).toBe(false)
  await auditor.post(`/api/explanations/${id}/conclusion`).send(conclusion).expect(204)
})

it('every act of the case stands in the trail, without a word that people wrote', async () => {
  const rows = await scene.sql<{ act: string; line: string }>(
    `select act, line from audit_entry where dossier_id = $1 and act like 'explanation%' order by index`,
    [dossier.id],
  )
  expect([...new Set(rows.map(({ act }) => act))]).toEqual([
    'explanation.asked',
    'explanation.overdue',
    'explanation.answered',
    'explanation-document.read',
    'explanation.asked-again',
    'explanation.concluded',
  ])
  for (const { line } of rows) expect(line).not.toMatch(/Mất điện|chủ quan|Biên bản/)
})

it('a dossier that is not late has no finding of being late', async () => {
  const fresh = await scene.file('X01-9', '2026-11-12 08:00')
  await fresh.receive('2026-11-12 09:10')
  const add = (kind: string) => auditor.post('/api/findings').send({ dossierId: fresh.id, kind })
  expect((await add('late').expect(422)).body.errors[0].field).toBe('kind')
  await add('sample').expect(201)
})

it('nobody reads what was explained about their own application, by the paper’s id either', async () => {
  const [paper] = await scene.sql<{ id: string }>('select id from explanation_document')
  await officer.get(`/api/explanation-documents/${paper!.id}/content`).expect(200)
  const applicant = (id: string) =>
    scene.sql('update dossier set applicant_id = $2 where id = $1', [dossier.id, id])
  const [before] = await scene.sql<{ applicant_id: string }>(
    'select applicant_id from dossier where id = $1',
    [dossier.id],
  )
  await applicant(personId('chuyenvien.x01'))
  await officer.get(`/api/explanation-documents/${paper!.id}/content`).expect(404)
  await applicant(before!.applicant_id)
})

it('an auditor records what no rule names, once per dossier and kind', async () => {
  const add = () => auditor.post('/api/findings').send({ dossierId: dossier.id, kind: 'other' })
  const { body } = await add().expect(201)
  expect((await add().expect(201)).body.id).toBe(body.id)
  await auditor.post('/api/findings').send({ dossierId: dossier.id, kind: 'apology-none' }).expect(422)
  await officer.post('/api/findings').send({ dossierId: dossier.id, kind: 'other' }).expect(403)
})

describe('the report', () => {
  let report: string
  const file = async (format: 'pdf' | 'docx'): Promise<Buffer> =>
    (await whole(auditor.get(`/api/audit/reports/${report}/file?format=${format}`)).expect(200)).body
  const textOfPdf = async (): Promise<string> => {
    const { text } = await extractText(await getDocumentProxy(new Uint8Array(await file('pdf'))), {
      mergePages: true,
    })
    return text.replace(/\s+/g, ' ')
  }
  const textOfDocx = async (): Promise<string> =>
    unzip(await file('docx'))
      .get('word/document.xml')!
      .replace(/<w:p[ >]/g, ' $&')
      .replace(/<[^>]+>/g, '')
      .replace(/\s+/g, ' ')

  it('freezes the figures of its period, the same in PDF and DOCX', async () => {
    const made = await auditor
      .post('/api/audit/reports')
      .send({ from: '2026-11-01', to: '2026-11-30', agencyId: null })
      .expect(201)
    report = made.body.id
    const [pdf, docx] = [await textOfPdf(), await textOfDocx()]
    for (const words of [
      'Quá hạn 1 = đang trễ 0 + đã trả trễ 1; thư kịp 0, muộn 0, không 1',
      'Vi phạm, do chủ quan của người thụ lý.',
      'Dấu hiệu đối phó',
      'khách quan; hỏi lại: chủ quan',
      'NGƯỜI LẬP BÁO CÁO',
    ])
      expect([pdf.includes(words), docx.includes(words)]).toEqual([true, true])
  })

  it('is signed by its maker alone, and the signed bytes are kept', async () => {
    await other.get('/api/audit/reports').expect(200)
    await other.post(`/api/audit/reports/${report}/signature`).send({}).expect(403)
    await auditor.post(`/api/audit/reports/${report}/signature`).send({}).expect(204)
    const first = await file('pdf')
    expect(first.equals(await file('pdf'))).toBe(true)
    expect(await textOfPdf()).toMatch(/SHA-256: ?[0-9a-f ]{64}/)
    await auditor.post(`/api/audit/reports/${report}/signature`).send({}).expect(409)
    const { body } = await auditor.get('/api/audit/reports').expect(200)
    expect(body.reports[0]).toMatchObject({ id: report, mine: true, signedBy: { id: personId('thanhtra') } })
  })

  it('a report whose text was altered in the database is not signed', async () => {
    const { body } = await auditor
      .post('/api/audit/reports')
      .send({ from: '2026-11-01', to: '2026-11-30', agencyId: null })
      .expect(201)
    await scene.sql(
      `update audit_report set content = jsonb_set(content, '{about}', '"Mọi việc đều tốt"') where id = $1`,
      [body.id],
    )
    const refused = await auditor.post(`/api/audit/reports/${body.id}/signature`).send({}).expect(409)
    expect(refused.body.type).toBe('urn:mot-cua:report-altered')
  })
})

it('whoever a finding names is the one it is put to, though they held its letter and not the dossier', async () => {
  const late = await scene.playLate('X01-55')
  const owner = {
    agencyId: agencyId('T00.X01'),
    unitId: unitId('T00.X01.VT'),
    personId: personId('vanthu.x01'),
  }
  await scene.doing('2026-11-09 17:00', (tx) =>
    addFinding(tx, { id: late.id, agencyId: owner.agencyId }, 'apology-not-in-time', tx.at, {
      reason: 'in-number',
      owner,
    }),
  )
  const [{ id }] = (await auditor.get(`/api/findings?dossierId=${late.id}`).expect(200)).body.findings
  const { body } = await auditor.get(`/api/findings/${id}`).expect(200)
  expect(body.owner.person.id).toBe(owner.personId)
  expect(body.holders[0]).toMatchObject({ unit: { id: owner.unitId }, person: { id: owner.personId } })
  const { agencyId: _, ...whom } = owner
  await auditor
    .post(`/api/findings/${id}/explanation`)
    .send({ ...whom, question: 'Vì sao phiếu chưa có số khi đến hạn?', limitDays: 3 })
    .expect(204)
})
