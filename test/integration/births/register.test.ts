import { jest } from '@jest/globals'
import { asSystem } from '../../../src/access/filter.ts'
import { Letter } from '../../../src/letters/entity.ts'
import { at, refusal, type Scene, setScene } from '../dossiers/scene.ts'
import { counter, numbered, receivedAt } from './births.ts'

jest.setTimeout(60_000)

let scene: Scene
beforeAll(async () => {
  scene = await setScene()
})
afterAll(() => scene.close())

const certificate = async (id: string) =>
  scene.act((tx) =>
    asSystem(tx.em, 'test').findOneOrFail(
      Letter,
      { dossierId: id, kind: 'result', state: { $ne: 'void' } },
      { refresh: true },
    ),
  )
/** Received and examined on Monday at 09:30, with its personal number. */
async function withNumber(personalNumber: string) {
  const id = await receivedAt(scene, counter, '2026-11-02 09:00')
  scene.goTo('2026-11-02 09:30')
  await scene.does('hotich.x01', id, 'Appraise', 'approved')
  await numbered(scene, id, personalNumber)
  return id
}

it('the certificate carries the form, the personal number and the entry of the register', async () => {
  const id = await withNumber('000326000001')
  scene.goTo('2026-11-02 09:45')
  await scene.does('hotich.x01', id, 'Register', 'registered')
  const { template, data } = await certificate(id)
  expect(template).toBe('birth')
  expect(data).toMatchObject({
    child: {
      name: 'Nguyễn Mẫu Minh Anh',
      bornOn: '05/10/2026',
      bornOnInWords: 'ngày năm tháng mười năm hai nghìn không trăm hai mươi sáu',
      sex: 'Nữ',
    },
    mother: { name: 'Trần Thị Mẫu Hoa', born: '1996' },
    personalNumber: '000326000001',
    entry: { book: '01/2026', number: 1, on: '2026-11-02', place: 'Ủy ban nhân dân phường Tân Mẫu' },
  })
})

it('sent back by the leader it keeps its entry, and the next child gets the next one', async () => {
  const first = await withNumber('000326000002')
  await scene.does('hotich.x01', first, 'Register', 'registered')
  const { entry } = (await certificate(first)).data
  await scene.does('chutich.x01', first, 'SignResult', 'sent-back', { reason: 'Sai chính tả' })
  await scene.does('hotich.x01', first, 'Register', 'registered')
  expect((await certificate(first)).data.entry).toEqual(entry)
  const second = await withNumber('000326000003')
  await scene.does('hotich.x01', second, 'Register', 'registered')
  expect((await certificate(second)).data.entry).toMatchObject({
    number: (entry as { number: number }).number + 1,
  })
})

it('nothing is entered without a personal number', async () => {
  const id = await receivedAt(scene, counter, '2026-11-02 09:00')
  expect(await refusal(scene.does('hotich.x01', id, 'Register', 'registered'))).toMatchObject({
    status: 422,
    fields: ['outcome'],
  })
})

it('signed by the leader, numbered and returned the same day, it was in time', async () => {
  const id = await withNumber('000326000004')
  await scene.does('hotich.x01', id, 'Register', 'registered')
  await scene.does('chutich.x01', id, 'SignResult', 'signed')
  scene.goTo('2026-11-02 11:00')
  await scene.does('vanthu.x01', id, 'NumberResult', 'numbered')
  await scene.does('motcua.x01', id, 'ReturnResult', 'returned', {
    identityChecked: true,
    receivedBy: 'Nguyễn Văn Mẫu Nam',
  })
  const [dossier] = await scene.sql('select state, result, finished_at, due_at from dossier where id = $1', [
    id,
  ])
  expect(dossier).toEqual({
    state: 'returned',
    result: 'granted',
    finished_at: at('2026-11-02 11:00'),
    due_at: at('2026-11-02 17:00'),
  })
  expect((await certificate(id)).numberText).toMatch(/^\d+\/GKS-UBND$/)
})
