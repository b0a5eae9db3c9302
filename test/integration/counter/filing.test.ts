import { jest } from '@jest/globals'
import { asSystem } from '../../../src/access/filter.ts'
import { personId } from '../../../src/agencies/load.ts'
import { addCounterPapers, guideApplicant } from '../../../src/counter/guidance.ts'
import { counterPage } from '../../../src/counter/read-model.ts'
import { Dossier } from '../../../src/dossiers/entity.ts'
import { dossierPage } from '../../../src/dossiers/page.ts'
import { dossierRow } from '../../../src/dossiers/read-model.ts'
import { frameOf } from '../../../src/letters/compose.ts'
import { Letter } from '../../../src/letters/entity.ts'
import { uploaded } from '../dossiers/filing.ts'
import { refusal, type Scene, setScene } from '../dossiers/scene.ts'
import { applicant, checks, consent, fileOnPaper, lineOf, receivedOnPaper } from './scene.ts'

jest.setTimeout(60_000)

let scene: Scene
beforeAll(async () => {
  scene = await setScene()
})
afterAll(() => scene.close())
beforeEach(() => scene.goTo('2026-11-02 09:00'))

const people = async (identityNo: string) =>
  (await scene.sql('select from person where identity_no = $1', [identityNo])).length
const dossiers = async () => (await scene.sql('select from dossier')).length
const receiptOf = (id: string) =>
  scene.act((tx) => asSystem(tx.em, 'test').findOneOrFail(Letter, { dossierId: id, kind: 'receipt' }))
const pageOf = (login: string, id: string) =>
  scene.as(login, async (tx) => dossierPage(tx, (await dossierRow(tx, id))!))

describe('a filing that a clerk types', () => {
  it('without consent is refused, and nothing is saved', async () => {
    const before = await dossiers()
    expect(await refusal(fileOnPaper(scene, { counter: undefined }))).toMatchObject({
      status: 422,
      fields: ['counter.consent'],
    })
    expect(await dossiers()).toBe(before)
  })

  it('keeps whose consent was given how, and by which clerk it was typed', async () => {
    const { id } = await fileOnPaper(scene)
    expect(
      await scene.sql('select clerk_id, consent, consent_by from counter_filing where dossier_id = $1', [id]),
    ).toEqual([{ clerk_id: personId('motcua.x01'), consent: 'spoken', consent_by: 'applicant' }])
  })

  it('names applicant, representative with their paper, and clerk on form 01', async () => {
    const representative = {
      fullName: 'Lê Văn Thay',
      identityNo: '000000000077',
      paper: 'authorisation',
      paperText: 'số 12 ngày 01/11/2026',
    }
    const { id } = await receivedOnPaper(scene, {
      counter: { consent: { how: 'signed', by: 'representative' }, representative, checks: checks() },
    })
    const { data } = await receiptOf(id)
    expect(data).toMatchObject({
      applicant: { name: applicant.fullName },
      agent: {
        name: 'Lê Văn Thay',
        identifier: '000000000077',
        authorisation: 'số 12 ngày 01/11/2026',
      },
      typedBy: { consent: 'Lê Văn Thay đồng ý bằng chữ ký' },
    })
    expect(data.papers).toMatchObject([
      { note: 'Đã quét; 2 trang; giữ bản chính' },
      { note: 'Đã quét; 2 trang; giữ bản chính' },
      { note: 'Đã quét; 2 trang; giữ bản chính' },
    ])
    const page = await pageOf('motcua.x01', id)
    expect(page.counterFiling).toMatchObject({
      representative: { identityNo: '•••••••••077' },
      consentBy: 'representative',
    })
    expect((await pageOf('chuyenvien.x01', id)).paperChecks).toHaveLength(3)
  })

  it('consent of a representative needs the representative', async () => {
    const counter = { consent: { how: 'signed', by: 'representative' }, checks: checks() }
    expect((await refusal(fileOnPaper(scene, { counter }))).fields).toEqual(['counter.representative'])
  })
})

describe('the person a paper dossier is filed for', () => {
  it('is found by number, however number and name are written', async () => {
    const one = await fileOnPaper(scene)
    const again = await fileOnPaper(scene, {
      applicant: { fullName: 'PHẠM  Thị Giấy', identityNo: '0000 0000 0009', phone: '0900 000 009' },
    })
    expect(again.applicantId).toBe(one.applicantId)
    expect(await people('000000000009')).toBe(1)
    const [person] = await scene.sql('select full_name, phone from person where id = $1', [one.applicantId])
    expect(person).toEqual({ full_name: 'Phạm Thị Giấy', phone: '0900 000 009' })
  })

  it('of the same number and another name is asked about, and made only when the clerk says so', async () => {
    await fileOnPaper(scene)
    const other = { ...applicant, fullName: 'Phạm Thị Gấy' }
    expect((await refusal(fileOnPaper(scene, { applicant: other }))).fields).toEqual(['applicant.fullName'])
    expect(await people('000000000009')).toBe(1)
    const made = await fileOnPaper(scene, { applicant: { ...other, anotherPerson: true } })
    expect(await people('000000000009')).toBe(2)
    expect((await fileOnPaper(scene, { applicant: other })).applicantId).toBe(made.applicantId)
  })

  it('is made once by two clerks at the same minute', async () => {
    const fresh = { fullName: 'Ngô Thị Mới', identityNo: '000000000555' }
    const [one, two] = await Promise.all([
      fileOnPaper(scene, { applicant: fresh }),
      fileOnPaper(scene, { applicant: fresh }),
    ])
    expect(one!.applicantId).toBe(two!.applicantId)
    expect(await people('000000000555')).toBe(1)
  })

  it('with an account keeps the contact entered there; what the paper says is kept for this dossier, beside it', async () => {
    const [citizen] = await scene.sql<{ full_name: string; identity_no: string; email: string }>(
      'select full_name, identity_no, email from person where id = $1',
      [personId('congdan')],
    )
    await scene.act(async (tx) => {
      const { loadDemoAccounts } = await import('../../../src/people/demo-accounts.ts')
      await loadDemoAccounts(tx)
    })
    const { id, applicantId } = await fileOnPaper(scene, {
      applicant: {
        fullName: citizen!.full_name,
        identityNo: citizen!.identity_no,
        email: 'somebody@else.test',
      },
    })
    expect(applicantId).toBe(personId('congdan'))
    expect(await scene.sql('select email from person where id = $1', [applicantId])).toEqual([
      { email: citizen!.email },
    ])
    const dossier = await scene.act((tx) => asSystem(tx.em, 'test').findOneOrFail(Dossier, { id }))
    const { applicant: printed } = await scene.act((tx) => frameOf(tx, dossier))
    expect(printed).toMatchObject({ email: 'somebody@else.test', name: citizen!.full_name })
    const written = await scene.sql(
      'select address, also_address from notification where dossier_id = $1 and person_id = $2',
      [id, applicantId],
    )
    expect(written).toEqual([{ address: citizen!.email, also_address: 'somebody@else.test' }])
    // Another dossier of theirs knows nothing of it.
    const other = await fileOnPaper(scene, {
      applicant: { fullName: citizen!.full_name, identityNo: citizen!.identity_no },
    })
    expect(await scene.sql('select from dossier_contact where dossier_id = $1', [other.id])).toEqual([])
  })
})

describe('the scan checklist', () => {
  it('takes a paper that was shown or kept as the original without a file', async () => {
    const { id } = await fileOnPaper(scene, {
      papers: [],
      counter: {
        consent,
        checks: checks({
          application: { state: 'original' },
          land: { state: 'presented' },
          drawings: { state: 'original', pages: 14 },
        }),
      },
    })
    const lines = await scene.sql(
      'select paper_key, state, pages, kept from paper_check where dossier_id = $1 order by paper_key',
      [id],
    )
    expect(lines).toEqual([
      { paper_key: 'application', state: 'original', pages: 2, kept: true },
      { paper_key: 'drawings', state: 'original', pages: 14, kept: true },
      { paper_key: 'land', state: 'presented', pages: 2, kept: true },
    ])
    await scene.does('motcua.x01', id, 'Receive', 'received')
  })

  it.each([
    ['marked as scanned without a file', { state: 'scanned' }, /chưa có tệp/],
    ['taken without a count of pages', { state: 'original', pages: 0 }, /ghi số trang/],
    [
      'that the procedure does not have',
      { state: 'original', paperKey: 'unknown' },
      /không có giấy tờ như vậy/,
    ],
  ])('a paper %s is refused with its mend', async (_, line, words) => {
    const others = { application: { state: 'presented' }, drawings: { state: 'presented' } }
    const before = await dossiers()
    const no = await refusal(
      fileOnPaper(scene, { papers: [], counter: { consent, checks: checks({ ...others, land: line }) } }),
    )
    expect(no.status).toBe(422)
    expect(no.messages.join()).toMatch(words)
    expect(await dossiers()).toBe(before)
  })

  it('with a missing paper: no receipt; form 02 once, the applicant’s turn, then the papers and the receipt', async () => {
    const { id } = await fileOnPaper(scene, {
      papers: [],
      counter: {
        consent,
        checks: checks({
          application: { state: 'original' },
          land: { state: 'missing', pages: 0 },
          drawings: { state: 'original' },
        }),
      },
    })
    await scene.opens(id, 'Receive')
    const task = await scene.task(id, 'Receive')
    const no = await refusal(scene.decides('motcua.x01', task.id, { outcome: 'received' }))
    expect(no).toMatchObject({ status: 422, fields: ['outcome'] })

    const dossier = (tx: Parameters<Parameters<Scene['act']>[0]>[0]) => {
      const system = { ...tx, em: asSystem(tx.em, 'test') }
      return system.em.findOneOrFail(Dossier, { id }).then((found) => ({ system, found }))
    }
    const guide = () =>
      scene.as('motcua.x01', async (tx) => {
        const { system, found } = await dossier(tx)
        const letter = await guideApplicant(system, scene.services, found, personId('motcua.x01'), '')
        await system.em.flush()
        return letter
      })
    scene.goTo('2026-11-02 09:20')
    const letter = await guide()
    expect(letter.data).toMatchObject({ items: [{ reason: 'Thiếu khi kiểm tra hồ sơ tại quầy' }] })
    expect(letter.numberText).toMatch(/PBS-BPTNTKQ/)
    expect(
      await scene.sql(`select from clock where dossier_id = $1 and kind = 'reception' and ended_at is null`, [
        id,
      ]),
    ).toEqual([])
    // No round of the appraisal is used up by it.
    expect(await scene.sql('select from supplement_request where dossier_id = $1', [id])).toEqual([])
    expect((await lineOf(scene, id)).at(-1)).toMatchObject({
      on_behalf: 'applicant',
      step: 'Chờ người nộp bổ sung tại quầy',
    })
    expect((await refusal(guide())).type).toBe('guided-once')
    expect((await scene.as('motcua.x01', counterPage)).guided.map((line) => line.id)).toEqual([id])

    scene.goTo('2026-11-03 08:00')
    await scene.as('motcua.x01', async (tx) => {
      const { system, found } = await dossier(tx)
      await addCounterPapers(system, found, personId('motcua.x01'), {
        papers: [{ paperKey: 'land', uploadId: await uploaded(tx, scene.services) }],
        checks: [{ paperKey: 'land', state: 'scanned', pages: 3, kept: false, note: '' }],
      })
    })
    expect((await lineOf(scene, id)).at(-1)).toMatchObject({
      on_behalf: 'holder',
      from_at: new Date('2026-11-03T01:00:00Z'),
    })
    const page = await scene.as('motcua.x01', counterPage)
    expect(page.guided).toEqual([])
    expect(page.toReceive.map((line) => line.id)).toContain(id)
    await scene.decides('motcua.x01', (await scene.task(id, 'Receive')).id, { outcome: 'received' })
    expect((await receiptOf(id)).data.papers).toMatchObject([
      {},
      { note: 'Đã quét; 3 trang; trả lại bản chính' },
      {},
    ])
  })
})
