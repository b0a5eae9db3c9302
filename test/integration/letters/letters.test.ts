import { createHash } from 'node:crypto'
import { jest } from '@jest/globals'
import { v7 as uuid } from 'uuid'
import { asSystem } from '../../../src/access/filter.ts'
import { agencyId, personId } from '../../../src/agencies/load.ts'
import { Dossier } from '../../../src/dossiers/entity.ts'
import { beginApology } from '../../../src/letters/apology.ts'
import { Letter } from '../../../src/letters/entity.ts'
import { letterForms } from '../../../src/letters/forms/index.ts'
import { textHash } from '../../../src/letters/pdf.ts'
import { renderLetter } from '../../../src/letters/render.ts'
import { letterRoutes } from '../../../src/letters/routes.ts'
import { signingPosts } from '../../../src/letters/signer.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { loggedIn, testApp, whole } from '../../support/http.ts'
import { received, refusal, type Scene, setScene } from '../dossiers/scene.ts'

jest.setTimeout(60_000)

let scene: Scene
beforeAll(async () => {
  scene = await setScene()
  await scene.act(loadDemoAccounts)
})
afterAll(() => scene.close())

const letterOf = async (id: string, kind: Letter['kind']): Promise<Letter> =>
  scene.act((tx) =>
    asSystem(tx.em, 'test').findOneOrFail(Letter, { dossierId: id, kind, state: { $ne: 'void' } }),
  )
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

async function reviewed() {
  const id = await received(scene)
  await scene.does('chuyenvien.x01', id, 'Appraise', 'approved')
  await scene.does('truongphong.x01', id, 'ReviewResult', 'approved')
  return id
}
async function pdf(login: string, letter: string) {
  const agent = await loggedIn(testApp(scene.db, letterRoutes(scene.services)), login)
  return whole(agent.get(`/api/letters/${letter}/pdf`))
}

describe('the bytes of a letter', () => {
  it('are stored once, under their hash, and are what everybody is given', async () => {
    const id = await received(scene)
    const letter = await letterOf(id, 'receipt')
    const mine = await pdf('congdan', letter.id)
    expect(sha256(mine.body)).toBe(letter.fileSha256)
    await scene.sql(`update letter set data = '{}' where id = $1`, [letter.id])
    const again = await pdf('motcua.x01', letter.id)
    expect(sha256(again.body)).toBe(letter.fileSha256)
    const files = await scene.sql('select size from stored_file where sha256 = $1', [letter.fileSha256])
    expect(files).toEqual([{ size: String(mine.body.length) }])
  })

  it('of a draft are the same however often it is drawn, and another once its text changes', async () => {
    const id = await reviewed()
    const letter = await letterOf(id, 'result')
    const dossier = await scene.act((tx) => asSystem(tx.em, 'test').findOneOrFail(Dossier, { id }))
    const draw = (of: Letter) => renderLetter(scene.services, of, dossier, 'draft')
    const [one, other] = [await draw(letter), await draw(letter)]
    expect(sha256(one)).toBe(sha256(other))
    const changed = await draw({ ...letter, data: { ...letter.data, validity: 'Khác' } } as Letter)
    expect(sha256(changed)).not.toBe(sha256(one))
  })

  it('of a draft that nobody has written yet are a sentence, not a failure', async () => {
    const id = await reviewed()
    const { id: letter } = await letterOf(id, 'result')
    await scene.sql(`update letter set data = '{}' where id = $1`, [letter])
    const answer = await pdf('truongphong.x01', letter)
    expect(answer.status).toBe(409)
    expect(JSON.parse(answer.body.toString())).toMatchObject({
      type: 'urn:mot-cua:letter-unfinished',
      detail: expect.stringContaining('chưa soạn xong'),
    })
  })

  it('the applicant reads what has left the house, drafts are for those at work on it', async () => {
    const id = await reviewed()
    const { id: letter } = await letterOf(id, 'result')
    expect((await pdf('congdan', letter)).status).toBe(404)
    expect((await pdf('chuyenvien.x02', letter)).status).toBe(404)
    const draft = await pdf('truongphong.x01', letter)
    expect([draft.status, draft.body.subarray(0, 5).toString()]).toEqual([200, '%PDF-'])
  })
})

describe('a permit', () => {
  it('is granted to the owner whom the form names, with their identity; who filed stands on the receipt', async () => {
    const id = await received(scene)
    await scene.sql(
      `update dossier set form_data = form_data || '{"ownerName": "Công ty TNHH Mẫu", "ownerIdentityNo": "0312345678"}'
        where id = $1`,
      [id],
    )
    await scene.does('chuyenvien.x01', id, 'Appraise', 'approved')
    const { data } = await letterOf(id, 'result')
    const [filed] = await scene.sql<{ contactAddress: string }>(
      `select form_data->>'contactAddress' as "contactAddress" from dossier where id = $1`,
      [id],
    )
    expect(data.holder).toEqual({
      name: 'Công ty TNHH Mẫu',
      identifier: '0312345678',
      address: filed!.contactAddress,
    })
    expect((await letterOf(id, 'receipt')).data.applicant).toEqual(data.applicant)
    expect(data.applicant).not.toMatchObject({ name: 'Công ty TNHH Mẫu' })
  })
})

describe('the signature', () => {
  it('is recorded over the text that leaves, initials before it', async () => {
    const id = await reviewed()
    await scene.does('chutich.x01', id, 'SignResult', 'signed')
    await scene.does('vanthu.x01', id, 'NumberResult', 'numbered')
    const letter = await letterOf(id, 'result')
    expect(letter).toMatchObject({
      state: 'issued',
      initialledBy: personId('truongphong.x01'),
      signedBy: personId('chutich.x01'),
      issuedBy: personId('vanthu.x01'),
    })
    expect(textHash(letterForms.permit.schema, letter.data)).toBe(letter.textHash)
  })

  it('a text that is not the one signed has another hash', async () => {
    const id = await reviewed()
    await scene.does('chutich.x01', id, 'SignResult', 'signed')
    const letter = await letterOf(id, 'result')
    const forged = { ...letter.data, validity: 'Vĩnh viễn' }
    expect(textHash(letterForms.permit.schema, forged)).not.toBe(letter.textHash)
  })

  it('sent back, initials count no more, and the redrafted letter replaces the draft', async () => {
    const id = await reviewed()
    await scene.does('chutich.x01', id, 'SignResult', 'sent-back', { reason: 'Sai diện tích' })
    expect(await letterOf(id, 'result')).toMatchObject({ state: 'draft', initialledBy: null })
    await scene.does('truongphong.x01', id, 'ReviewResult', 'sent-back', { reason: 'Sai diện tích' })
    await scene.does('chuyenvien.x01', id, 'Appraise', 'approved')
    const states = await scene.sql<{ state: string }>(
      `select state from letter where dossier_id = $1 and kind = 'result' order by drafted_at, state desc`,
      [id],
    )
    expect(states.map((row) => row.state).sort()).toEqual(['draft', 'void'])
  })

  it('of a deputy is KT. the chairman, with the decision it rests on', async () => {
    const id = await reviewed()
    await scene.does('phochutich.x01', id, 'SignResult', 'signed')
    expect((await letterOf(id, 'result')).signedAs).toMatchObject({
      capacity: 'KT',
      onBehalfOf: 'Chủ tịch',
      decision: { number: expect.any(String), validFrom: expect.any(String) },
    })
  })

  const rules = (login: string, changes: Record<string, unknown>) =>
    scene.sql(
      `update post set capacity = jsonb_set(capacity, '{decision}', capacity->'decision' || $2::jsonb) where person_id = $1`,
      [personId(login), changes],
    )

  it.each([
    ['has ended', { validTo: '2026-11-01' }],
    ['has not begun', { validFrom: '2026-11-03', validTo: null }],
  ])('a deputy whose decision %s may not sign', async (_name, validity) => {
    await rules('phochutich.x01', { validFrom: '2026-01-01', validTo: null, ...(validity as object) })
    const id = await reviewed()
    const signing = scene.does('phochutich.x01', id, 'SignResult', 'signed')
    expect(await refusal(signing)).toMatchObject({ status: 422, fields: ['data.postId'] })
    await rules('phochutich.x01', { validFrom: '2026-01-01', validTo: null })
  })

  it('prints a decision whose number is as long as an administrator may write it', async () => {
    const number = `15/QĐ-UBND${'-x'.repeat(45)}`
    expect(number).toHaveLength(100)
    await rules('phochutich.x01', { number })
    const id = await reviewed()
    await scene.does('phochutich.x01', id, 'SignResult', 'signed')
    expect((await letterOf(id, 'result')).signedAs).toMatchObject({ decision: { number } })
    await rules('phochutich.x01', { number: '15/QĐ-UBND' })
  })

  it('the decision holds through its last day', async () => {
    await rules('phochutich.x01', { validFrom: '2026-11-02', validTo: '2026-11-02' })
    const id = await reviewed()
    await scene.does('phochutich.x01', id, 'SignResult', 'signed')
    await rules('phochutich.x01', { validFrom: '2026-01-01', validTo: null })
  })

  it('in a capacity of somebody else is refused', async () => {
    const id = await reviewed()
    const [chairman] = await scene.act((tx) => signingPosts(tx, personId('chutich.x01'), agencyId('T00.X01')))
    const signing = scene.does('phochutich.x01', id, 'SignResult', 'signed', { postId: chairman!.postId })
    expect((await refusal(signing)).fields).toEqual(['data.postId'])
  })
})

describe('a letter that the procedure lets the head of the unit sign', () => {
  const post = `(select id from post where person_id = '${personId('truongphong.x01')}' limit 1)`
  const capacity = (value: object | null) =>
    scene.sql(`update post set capacity = $1::jsonb where id = ${post}`, [value])
  const BY_HEAD_OF_UNIT = {
    capacity: 'TL',
    onBehalfOf: 'Chủ tịch',
    title: 'Trưởng phòng',
    decision: { number: '07/QĐ-UBND', issuedOn: '2026-01-05', validFrom: '2026-01-05', validTo: null },
  }

  /** A late dossier of a version that says so; its apology, drafted and initialled. */
  async function apologised() {
    scene.goTo('2026-11-02 09:00')
    const id = await received(scene)
    const versionId = uuid()
    await scene.sql(
      `insert into procedure_version (id, code, version, process_id, decision_id, folder, sha256, definition, eform, bpmn, dmn, search_text, sample, current)
       select $2::uuid, code, 1 + (select max(version) from procedure_version), $2::text, decision_id, folder, $2::text,
              jsonb_set(definition::jsonb, '{apology,signer}', '"unit-head"')::json, eform, bpmn, dmn, search_text, sample, false
         from procedure_version where id = (select procedure_version_id from dossier where id = $1)`,
      [id, versionId],
    )
    await scene.sql('update dossier set procedure_version_id = $2 where id = $1', [id, versionId])
    await scene.act(async (tx) => {
      const system = { ...tx, em: asSystem(tx.em, 'test') }
      await beginApology(system, await system.em.findOneOrFail(Dossier, { id }), 'by-hand')
    })
    const letter = await letterOf(id, 'apology')
    return { id, letter }
  }
  const initialled = async (letter: Letter) => {
    await scene.does('chuyenvien.x01', letter.id, 'Draft', 'drafted')
    await scene.does('truongphong.x01', letter.id, 'Initial', 'initialled')
    await scene.opens(letter.id, 'Sign')
    return (await scene.task(letter.id, 'Sign')).id
  }

  it('goes to the unit in charge, shows its head from the draft on, and bears TL. with the decision', async () => {
    await capacity(BY_HEAD_OF_UNIT)
    const { id, letter } = await apologised()
    expect(letter.data.signer).toMatchObject(BY_HEAD_OF_UNIT)
    const task = await initialled(letter)
    const [row] = await scene.sql(
      'select t.role, u.code from task t join unit u on u.id = t.unit_id where t.id = $1',
      [task],
    )
    expect(row).toEqual({ role: 'unit-head', code: 'T00.X01.KT' })
    // The leader, who signs everywhere else, does not sign here.
    expect((await refusal(scene.decides('chutich.x01', task, { outcome: 'signed' }))).status).toBe(403)
    await scene.decides('truongphong.x01', task, { outcome: 'signed' })
    expect(await letterOf(id, 'apology')).toMatchObject({
      signedBy: personId('truongphong.x01'),
      signedAs: BY_HEAD_OF_UNIT,
    })
    await capacity(null)
  })

  it('is not signed by a head of unit who signs for nobody, and the draft shows the agency’s head', async () => {
    const { id, letter } = await apologised()
    expect(letter.data.signer).toMatchObject({ capacity: 'head' })
    const task = await initialled(letter)
    const no = await refusal(scene.decides('truongphong.x01', task, { outcome: 'signed' }))
    expect(no).toMatchObject({ status: 422, fields: ['data.postId'] })
    expect(no.messages.join()).toContain('không có quyền ký cho cơ quan này')
    expect((await letterOf(id, 'apology')).state).toBe('initialled')
  })
})

describe('the books of numbers', () => {
  const numbers = async (id: string[]) =>
    (
      await scene.sql<{ number: number }>(
        `select number from letter where dossier_id = any($1) and kind = 'receipt' order by number`,
        [id],
      )
    ).map((row) => row.number)

  it('have no gap when a dozen clerks draw at once and some fail', async () => {
    scene.goTo('2026-11-05 09:00')
    const filed = await Promise.all(Array.from({ length: 12 }, () => scene.file()))
    for (const { id } of filed) await scene.opens(id, 'Receive')
    const tasks = await Promise.all(filed.map(({ id }) => scene.task(id, 'Receive')))
    await scene.sql(`update dossier set case_key = 'boat' where id = any($1)`, [
      filed.slice(0, 3).map(({ id }) => id),
    ])
    const drawn = await Promise.allSettled(
      tasks.map(({ id }) => scene.decides('motcua.x01', id, { outcome: 'received' })),
    )
    expect(drawn.filter((one) => one.status === 'rejected')).toHaveLength(3)
    const got = await numbers(filed.map(({ id }) => id))
    expect(got).toEqual(Array.from({ length: 9 }, (_, n) => got[0]! + n))
  })

  it('begin anew with the year', async () => {
    scene.goTo('2026-12-31 16:00')
    const { id: last } = await scene.file()
    await scene.does('motcua.x01', last, 'Receive', 'received')
    scene.goTo('2027-01-04 08:00')
    const { id: first } = await scene.file()
    await scene.does('motcua.x01', first, 'Receive', 'received')
    expect(await numbers([first])).toEqual([1])
    expect((await letterOf(first, 'receipt')).numberText).toMatch(/^01\//)
    expect((await letterOf(last, 'receipt')).numberYear).toBe(2026)
  })

  it('another agency has books of its own', async () => {
    scene.goTo('2026-11-06 09:00')
    const { fileExample } = await import('../dossiers/filing.ts')
    const { id } = await scene.as('congdan', (tx) =>
      fileExample(tx, scene.services, 'house', { place: 'T00.X05' }),
    )
    await scene.does('motcua.x05', id, 'Receive', 'received')
    expect(await numbers([id])).toEqual([1])
  })
})

describe('what a form cannot print is refused while the person can still mend it', () => {
  const UNSEEN = '\u200b\u2060'
  beforeEach(() => scene.goTo('2026-11-02 09:00'))

  it('a reason of characters that nobody sees is no reason', async () => {
    const { id } = await scene.file()
    const refusing = scene.does('motcua.x01', id, 'Receive', 'refused', { reason: UNSEEN })
    expect(await refusal(refusing)).toMatchObject({ status: 422, fields: ['data.reason'] })
  })

  it('a missing item of such characters is none', async () => {
    const id = await received(scene)
    await scene.does('chuyenvien.x01', id, 'Appraise', 'supplement')
    const items = [{ paperKey: 'drawings', text: UNSEEN, reason: 'Thiếu' }]
    const drafting = scene.does('chuyenvien.x01', id, 'DraftSupplement', 'drafted', { items })
    expect((await refusal(drafting)).fields).toEqual(['data.items.0.text'])
  })

  it.each(['received', 'refused'])(
    'an applicant without a name that can be read: not %s',
    async (outcome) => {
      const { id } = await scene.file()
      const rename = (name: string) =>
        scene.sql('update person set full_name = $2 where id = $1', [personId('congdan'), name])
      const [{ full_name: name }] = (await scene.sql('select full_name from person where id = $1', [
        personId('congdan'),
      ])) as [{ full_name: string }]
      await rename(UNSEEN)
      const deciding = scene.does('motcua.x01', id, 'Receive', outcome, { reason: 'Sai nơi nộp' })
      expect(await refusal(deciding)).toMatchObject({ status: 422, fields: ['data.applicant.name'] })
      await rename(name)
      expect((await scene.task(id, 'Receive')).state).toBe('open')
    },
  )

  it('a supplement request of such a person is not sent, a result not signed', async () => {
    const unprintable = (id: string) =>
      scene.sql(
        `update letter set data = jsonb_set(data, '{applicant,name}', to_jsonb($2::text)) where dossier_id = $1 and kind = 'result'`,
        [id, UNSEEN],
      )
    const signed = await reviewed()
    await unprintable(signed)
    const signing = scene.does('chutich.x01', signed, 'SignResult', 'signed')
    expect((await refusal(signing)).fields).toEqual(['data.applicant.name'])

    const id = await received(scene)
    await scene.does('chuyenvien.x01', id, 'Appraise', 'supplement')
    const items = [{ paperKey: 'drawings', text: 'Bản vẽ', reason: 'Thiếu' }]
    await scene.does('chuyenvien.x01', id, 'DraftSupplement', 'drafted', { items })
    await scene.does('truongphong.x01', id, 'ApproveSupplement', 'approved')
    await scene.sql(
      `update supplement_request set items = jsonb_set(items, '{0,reason}', '""') where dossier_id = $1`,
      [id],
    )
    const sending = scene.does('motcua.x01', id, 'SendSupplement', 'sent')
    expect((await refusal(sending)).fields).toEqual(['data.items.0.reason'])
  })
})

describe('refused at reception', () => {
  it('a reason may be as long as the panel lets a clerk write', async () => {
    scene.goTo('2026-11-02 09:00')
    const { id } = await scene.file()
    const reason = 'Không thuộc thẩm quyền. '.repeat(166).trim()
    await scene.does('motcua.x01', id, 'Receive', 'refused', { reason })
    expect(await letterOf(id, 'refusal')).toMatchObject({ state: 'delivered', reason })
  })

  it('form 03 gives the reason, leaves at once with its number, and the dossier has ended', async () => {
    scene.goTo('2026-11-02 09:00')
    const { id } = await scene.file()
    await scene.does('motcua.x01', id, 'Receive', 'refused', { reason: 'Không thuộc thẩm quyền' })
    expect(await letterOf(id, 'refusal')).toMatchObject({
      state: 'delivered',
      reason: 'Không thuộc thẩm quyền',
      numberText: expect.stringMatching(/^\d+\//),
    })
    const [dossier] = await scene.sql('select state, due_at from dossier where id = $1', [id])
    expect(dossier).toEqual({ state: 'refused', due_at: null })
    expect(await scene.sql('select from holding where dossier_id = $1 and to_at is null', [id])).toEqual([])
  })
})
