import { jest } from '@jest/globals'
import { personId } from '../../../src/agencies/load.ts'
import { dossierRoutes } from '../../../src/dossiers/routes.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { loggedIn, testApp } from '../../support/http.ts'
import { exampleInput, examples, fileExample } from './filing.ts'
import { withPrefills } from './prefills.ts'
import { at, refusal, type Scene, setScene } from './scene.ts'

jest.setTimeout(60_000)

let scene: Scene
beforeAll(async () => {
  scene = await setScene()
})
afterAll(() => scene.close())
beforeEach(() => scene.goTo('2026-11-02 09:00'))

const files = (login: string, changes: Record<string, unknown> = {}, caseKey: 'house' | 'other' = 'house') =>
  scene.as(login, (tx) => fileExample(tx, scene.services, caseKey, changes))
const dossiers = async () => (await scene.sql('select from dossier')).length
const applicant = { fullName: 'Phạm Thị Giấy', identityNo: '000000000009' }
const counter = { consent: { how: 'spoken', by: 'applicant' } }

describe('filing a dossier', () => {
  it('gives a code and an acknowledgement, no due date; the one-stop holds it and its reception runs', async () => {
    const dossier = await files('congdan')
    expect(dossier.code).toMatch(/^T00\.X01-261102-\d{4}$/)
    expect(dossier).toMatchObject({ state: 'filed', caseKey: 'house' })
    expect(await scene.sql('select due_at, received_at from dossier where id = $1', [dossier.id])).toEqual([
      { due_at: null, received_at: null },
    ])
    expect(await scene.sql('select kind, due_at from clock where dossier_id = $1', [dossier.id])).toEqual([
      { kind: 'reception', due_at: at('2026-11-03 09:00') },
    ])
    const [holding] = await scene.sql<{ code: string }>(
      'select u.code from holding h join unit u on u.id = h.unit_id where h.dossier_id = $1',
      [dossier.id],
    )
    expect(holding!.code).toBe('T00.X01.MC')
    expect(await scene.sql('select from notification where dossier_id = $1', [dossier.id])).toHaveLength(1)
  })

  it('asks the engine for the exact version and for one watch', async () => {
    const { id } = await files('congdan')
    const subjects = await scene.sql(
      'select kind, process_id from subject where dossier_id = $1 order by kind',
      [id],
    )
    expect(subjects).toEqual([
      { kind: 'dossier', process_id: 'p1013225_v1' },
      { kind: 'watch', process_id: 'deadline-watch_v1' },
    ])
  })

  it('sent again with the same key it is the same dossier; the key with another content is refused', async () => {
    await scene.act(loadDemoAccounts)
    const app = testApp(scene.db, dossierRoutes(scene.services))
    const agent = await loggedIn(app, 'congdan')
    const body = await scene.as('congdan', (tx) => exampleInput(tx, scene.services, 'house'))
    const send = (content: object) =>
      agent.post('/api/dossiers').set('Idempotency-Key', 'one-click').send(content)
    const before = await dossiers()
    const first = await send(body).expect(201)
    const again = await send(body).expect(201)
    expect(again.body).toEqual(first.body)
    expect(await dossiers()).toBe(before + 1)
    await send({ ...body, place: 'T00.X02' }).expect(422)
  })

  it('a form of the version before is not filed under the next one unseen: it says so, and nothing is saved', async () => {
    const before = await dossiers()
    expect(await refusal(files('congdan', { procedureVersion: 2 }))).toMatchObject({
      status: 409,
      type: 'procedure-changed',
      words: { vi: expect.stringContaining('Những gì đã điền vẫn còn') },
    })
    expect(await dossiers()).toBe(before)
    await files('congdan', { procedureVersion: 1 })
    expect(await dossiers()).toBe(before + 1)
  })

  it('a dozen people at once: each dossier gets its number, none is left out', async () => {
    scene.goTo('2026-11-04 09:00')
    const filed = await Promise.all(Array.from({ length: 12 }, () => files('congdan', { place: 'T00.X03' })))
    const numbers = filed.map(({ code }) => Number(code.slice(-4))).sort((a, b) => a - b)
    expect(numbers).toEqual(Array.from({ length: 12 }, (_, n) => n + 1))
  })

  it('each missing paper is named, and nothing is saved', async () => {
    const before = await dossiers()
    expect(await refusal(files('congdan', { papers: [] }))).toMatchObject({
      status: 422,
      fields: ['papers.application', 'papers.land', 'papers.drawings'],
    })
    expect(await dossiers()).toBe(before)
  })

  it('works of another case need the papers of that case', async () => {
    const { papers } = await scene.as('congdan', (tx) => exampleInput(tx, scene.services, 'house'))
    expect((await refusal(files('congdan', { papers }, 'other'))).fields).toEqual(['papers.approval'])
  })

  it('each wrong answer of the form is named', async () => {
    const no = await refusal(files('congdan', { formData: { buildingKind: 'house' } }))
    expect(no.status).toBe(422)
    expect(no.fields).toEqual(expect.arrayContaining(['formData.ownerName', 'formData.siteAddress']))
  })

  it('a procedure that nobody offers is refused', async () => {
    expect(await refusal(files('congdan', { procedureCode: '9.999999' }))).toMatchObject({
      status: 422,
      fields: ['procedureCode'],
    })
  })

  it.each(['T00.H01', 'T00.S02', 'T00.P01', 'nowhere'])('%s is no place to file: refused', async (place) => {
    expect(await refusal(files('congdan', { place }))).toMatchObject({ status: 422, fields: ['place'] })
  })

  it('a place takes dossiers through its last day, and not on the next', async () => {
    await scene.sql(`update agency set valid_to = '2026-11-02' where code = 'T00.X09'`)
    scene.goTo('2026-11-02 16:30')
    await files('congdan', { place: 'T00.X09' })
    scene.goTo('2026-11-03 07:30')
    expect((await refusal(files('congdan', { place: 'T00.X09' }))).fields).toEqual(['place'])
  })
})

describe('filing on paper', () => {
  it('a clerk of the counter files for a named person, whose dossier it is', async () => {
    const dossier = await files('motcua.x01', { channel: 'DIRECT', applicant, counter })
    const [person] = await scene.sql<{ full_name: string }>('select full_name from person where id = $1', [
      dossier.applicantId,
    ])
    expect(person!.full_name).toBe(applicant.fullName)
    expect(dossier.filedBy).toBe(personId('motcua.x01'))
    const again = await files('motcua.x01', { channel: 'POSTAL', applicant, counter })
    expect(again.applicantId).toBe(dossier.applicantId)
  })

  it('the clerk must name the person', async () => {
    expect(await refusal(files('motcua.x01', { channel: 'DIRECT' }))).toMatchObject({
      status: 422,
      fields: ['applicant'],
    })
  })

  it.each(['congdan', 'chuyenvien.x01', 'motcua.x02', 'chutich.x01'])('%s may not', async (login) => {
    expect((await refusal(files(login, { channel: 'DIRECT', applicant }))).status).toBe(403)
    expect((await refusal(files(login, { applicant }))).status).toBe(403)
  })

  it('a civil servant files online for himself like anybody', async () => {
    const dossier = await files('chuyenvien.x01')
    expect(dossier.applicantId).toBe(personId('chuyenvien.x01'))
  })
})

describe('a question that the applicant’s record answers', () => {
  beforeAll(async () => {
    await withPrefills(scene, '1.013225', {
      ownerName: 'fullName',
      ownerIdentityNo: 'identityNo',
      contactAddress: 'address',
    })
    await scene.sql(
      `update person set full_name = 'Lê Văn Sổ', identity_no = 'C1234567', address = 'Thôn 1' where id = $1`,
      [personId('congdan')],
    )
  })
  const { formData } = examples.house
  const typed = (ownerName: string) => ({ formData: { ...formData, ownerName } })
  const trail = async (id: string) =>
    (
      await scene.sql<{ detail: { fromRecord: string[] } }>(
        `select line::jsonb->'detail' as detail from audit_entry where act = 'dossier.filed' and dossier_id = $1`,
        [id],
      )
    ).map(({ detail }) => detail.fromRecord)

  it('is put in where it was left open, an address stays as typed, and the trail names the questions', async () => {
    const { id, formData: kept } = await files('congdan', typed(''))
    expect(kept).toMatchObject({ ownerName: 'Lê Văn Sổ', contactAddress: formData.contactAddress })
    expect(await trail(id)).toEqual([['ownerName']])
  })

  it('is never replaced in silence: another name is refused, and nothing is filed', async () => {
    const before = await dossiers()
    expect(await refusal(files('congdan', typed('Người khác')))).toMatchObject({
      status: 422,
      fields: ['formData.ownerName'],
    })
    expect(await dossiers()).toBe(before)
  })

  it('keeps nobody from filing whose number does not fit the question', async () => {
    const { id, formData: kept } = await files('congdan', typed('Lê Văn Sổ'))
    expect(kept.ownerIdentityNo).toBe(formData.ownerIdentityNo)
    expect(await trail(id)).toEqual([['ownerName']])
  })

  it('is on paper what the clerk has read there, and nothing is added behind the clerk', async () => {
    const { contactAddress: _, ...blank } = formData
    const paper = { channel: 'DIRECT', applicant: { ...applicant, address: 'Thôn 2' }, counter }
    const { id, formData: kept } = await files('motcua.x01', {
      ...paper,
      formData: { ...blank, ownerName: 'Tên trên giấy' },
    })
    expect(kept.ownerName).toBe('Tên trên giấy')
    expect(kept).not.toHaveProperty('contactAddress')
    expect(await trail(id)).toEqual([[]])
  })
})
