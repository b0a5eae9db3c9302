import { jest } from '@jest/globals'
import { personId } from '../../../src/agencies/load.ts'
import { counterRoutes } from '../../../src/counter/routes.ts'
import { putFile } from '../../../src/documents/files.ts'
import { sweepOrphans } from '../../../src/documents/sweep.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { loggedIn, testApp, whole } from '../../support/http.ts'
import { png } from '../../unit/documents/samples.ts'
import { textOf } from '../../unit/letters/read-pdf.ts'
import { refusal, type Scene, setScene } from '../dossiers/scene.ts'
import { applicant, receivedOnPaper } from './scene.ts'

jest.setTimeout(60_000)

let scene: Scene
beforeAll(async () => {
  scene = await setScene()
  await scene.act(loadDemoAccounts)
})
afterAll(() => scene.close())
beforeEach(() => scene.goTo('2026-11-02 09:00'))

/** The permit lies at the counter; the task of returning it. */
async function resultAtCounter() {
  const { id, code } = await receivedOnPaper(scene)
  await scene.decides('truongphong.x01', (await scene.task(id, 'Assign')).id, {
    outcome: 'assigned',
    data: { personId: personId('chuyenvien.x01') },
  })
  await scene.does('chuyenvien.x01', id, 'Appraise', 'approved')
  await scene.does('truongphong.x01', id, 'ReviewResult', 'approved')
  await scene.does('chutich.x01', id, 'SignResult', 'signed')
  await scene.does('vanthu.x01', id, 'NumberResult', 'numbered')
  await scene.opens(id, 'ReturnResult')
  const task = (await scene.task(id, 'ReturnResult')).id
  return {
    id,
    code,
    returns: (data: Record<string, unknown>) =>
      scene.decides('motcua.x01', task, { outcome: 'returned', data: { identityChecked: true, ...data } }),
  }
}
const collected = async (id: string) =>
  (
    await scene.sql<Record<string, string>>(
      'select collector, full_name, identity_no, authorisation, signed, file_sha256, signature_sha256 from collection where dossier_id = $1',
      [id],
    )
  )[0]
const printed = async (path: string, login = 'motcua.x01') => {
  const agent = await loggedIn(testApp(scene.db, counterRoutes(scene.services)), login)
  return whole(agent.get(path))
}
const slip = (id: string, login?: string) => printed(`/api/dossiers/${id}/collection`, login)
const someoneElse = {
  collector: 'authorised',
  receivedBy: 'Võ Văn Nhận Thay',
  identityPaper: 'Căn cước',
  identityNo: '000000000802',
  authorisation: 'Giấy ủy quyền số 15 ngày 01/11/2026',
}

describe('a result is collected', () => {
  it('by the applicant: their own name and number, the result’s number on the slip', async () => {
    const { id, returns } = await resultAtCounter()
    await returns({})
    expect(await collected(id)).toMatchObject({
      collector: 'applicant',
      full_name: applicant.fullName,
      identity_no: applicant.identityNo,
      signed: 'paper',
    })
    const text = await textOf((await slip(id)).body)
    expect(text).toContain(applicant.fullName.replaceAll(' ', ''))
    expect(text).toMatch(/GPXD/)
    // The slip is left on the counter: the number does not stand on it in full.
    expect(text).not.toContain(applicant.identityNo)
    expect((await slip(id, 'motcua.x02')).status).toBe(404)
  })

  it('by whoever signs first: the slip is printed before it, and records nothing', async () => {
    const { id } = await resultAtCounter()
    const toSign = `/api/dossiers/${id}/collection-slip`
    const text = await textOf((await printed(toSign)).body)
    expect(text).toContain(applicant.fullName.replaceAll(' ', ''))
    expect(text).toMatch(/GPXD/)
    expect(text).not.toContain(applicant.identityNo)
    // Somebody else fills their name and papers in by hand.
    expect(await textOf((await printed(`${toSign}?collector=authorised`)).body)).toContain('Nhậnthaytheo')
    expect((await printed(toSign, 'motcua.x02')).status).toBe(404)
    expect(await collected(id)).toBeUndefined()
    const { id: early } = await receivedOnPaper(scene)
    expect((await printed(`/api/dossiers/${early}/collection-slip`)).status).toBe(409)
  })

  it('by somebody authorised, with their papers named', async () => {
    const { id, returns } = await resultAtCounter()
    await returns(someoneElse)
    expect(await collected(id)).toMatchObject({
      collector: 'authorised',
      full_name: 'Võ Văn Nhận Thay',
      identity_no: '000000000802',
    })
    expect(await textOf((await slip(id)).body)).toContain('số15ngày01/11/2026')
  })

  it.each([
    ['receivedBy', /họ tên người nhận thay/],
    ['identityNo', /giấy tờ tùy thân/],
    ['authorisation', /giấy ủy quyền/],
  ])('not without the %s of somebody else', async (field, words) => {
    const { id, returns } = await resultAtCounter()
    const no = await refusal(returns({ ...someoneElse, [field]: '' }))
    expect(no).toMatchObject({ status: 422, fields: [`data.${field}`] })
    expect(no.messages.join()).toMatch(words)
    expect(await collected(id)).toBeUndefined()
  })

  it('never when another dossier was scanned: both are named', async () => {
    const other = await receivedOnPaper(scene)
    const { id, code, returns } = await resultAtCounter()
    const no = await refusal(returns({ scanned: other.code }))
    expect(no).toMatchObject({ status: 422, fields: ['data.scanned'] })
    expect(no.messages.join()).toContain(other.code)
    expect(no.messages.join()).toContain(code)
    expect(await refusal(returns({ scanned: 'https://hoso.tinhkhac.gov.vn/tra-cuu/X' }))).toMatchObject({
      type: 'foreign-code',
    })
    expect(await collected(id)).toBeUndefined()
    await returns({ scanned: code.toLowerCase() })
    expect(await collected(id)).toBeDefined()
  })

  it('signed on the screen: the picture is kept with the slip, and no sweep takes either', async () => {
    const { id, returns } = await resultAtCounter()
    expect((await refusal(returns({ signed: 'screen' }))).fields).toEqual(['data.signatureUploadId'])
    const uploadId = await scene.as('motcua.x01', async (tx) => {
      const { sha256, size } = await putFile(tx, scene.services.files, png(), 'image/png')
      const [row] = await tx.sql<{ id: string }>(
        `insert into upload (id, owner_id, sha256, file_name, media_type, size)
         values (gen_random_uuid(), $1, $2, 'chu-ky.png', 'image/png', $3) returning id`,
        [tx.actor.personId, sha256, size],
      )
      return row!.id
    })
    await returns({ signed: 'screen', signatureUploadId: uploadId })
    const row = await collected(id)
    expect(row!.signature_sha256).toMatch(/^[0-9a-f]{64}$/)
    await scene.sql(`update upload set created_at = now() - interval '9 days'`)
    await scene.sql(`update stored_file set created_at = now() - interval '9 days'`)
    await sweepOrphans(scene.db, scene.services.files, 24)
    expect(await scene.services.files.has(row!.signature_sha256!)).toBe(true)
    expect(await scene.services.files.has(row!.file_sha256!)).toBe(true)
  })

  it('somebody else’s picture is no signature', async () => {
    const { returns } = await resultAtCounter()
    const [foreign] = await scene.sql<{ id: string }>(
      `insert into upload (id, owner_id, sha256, file_name, media_type, size)
       select gen_random_uuid(), $1, sha256, 'x.png', 'image/png', size from stored_file limit 1 returning id`,
      [personId('motcua.x02')],
    )
    expect((await refusal(returns({ signed: 'screen', signatureUploadId: foreign!.id }))).fields).toEqual([
      'data.signatureUploadId',
    ])
  })
})

describe('the number on a card', () => {
  const compares = async (login: string, id: string, identityNo: string) =>
    (await loggedIn(testApp(scene.db, counterRoutes(scene.services)), login))
      .post(`/api/dossiers/${id}/identity-check`)
      .send({ identityNo })
  const acts = (id: string) =>
    scene.sql<{ line: string }>(
      `select line from audit_entry where dossier_id = $1 and act like 'identity.%' order by index`,
      [id],
    )

  it('is answered with yes or no, however it is written, and the trail has the answer without the number', async () => {
    const { id } = await receivedOnPaper(scene)
    expect((await compares('motcua.x01', id, '0000 0000 0009')).body).toEqual({ match: true })
    expect((await compares('motcua.x01', id, '000000000010')).body).toEqual({ match: false })
    const lines = (await acts(id)).map(({ line }) => line)
    expect(lines.map((line) => JSON.parse(line).act)).toEqual(['identity.matched', 'identity.not-matched'])
    expect(lines.join()).not.toMatch(/00000000(0009|0010)/)
    expect((await compares('motcua.x02', id, applicant.identityNo)).status).toBe(404)
    expect((await compares('chuyenvien.x01', id, applicant.identityNo)).status).toBe(403)
  })

  it('is not found by trying: after five wrong ones nothing is answered for an hour', async () => {
    const { id } = await receivedOnPaper(scene)
    for (let n = 1; n <= 5; n++)
      expect((await compares('motcua.x01', id, `99000000000${n}`)).body).toEqual({ match: false })
    const refused = await compares('motcua.x01', id, applicant.identityNo)
    expect([refused.status, refused.body.type]).toEqual([429, 'urn:mot-cua:too-many-numbers'])
    scene.goTo('2026-11-02 10:01')
    expect((await compares('motcua.x01', id, applicant.identityNo)).body).toEqual({ match: true })
  })
})
