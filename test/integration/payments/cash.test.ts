import { jest } from '@jest/globals'
import { personId } from '../../../src/agencies/load.ts'
import type { Tx } from '../../../src/database/transaction.ts'
import { closeShift } from '../../../src/payments/shift.ts'
import { voidReceipt } from '../../../src/payments/void.ts'
import { loadActor } from '../../../src/people/actor.ts'
import { loggedIn, whole } from '../../support/http.ts'
import { pagesOf } from '../../unit/letters/read-pdf.ts'
import { at, overlapping, refusal } from '../dossiers/scene.ts'
import { routes } from '../groups/groups.ts'
import { type Bank, filed, filedOnPaper, setBank } from './scene.ts'

jest.setTimeout(60_000)

let bank: Bank
beforeAll(async () => {
  bank = await setBank()
})
afterAll(() => bank.scene.close())
beforeEach(() => bank.scene.goTo('2026-11-02 09:00'))

const FEE = { amount: 150_000, payer: 'Trần Văn Nộp' }
const open = async (openingAmount = 500_000) =>
  (await bank.clerk.post('/api/cash-shifts').send({ openingAmount }).expect(201)).body
const take = (id: string, body: object = FEE) =>
  bank.clerk.post(`/api/dossiers/${id}/payment/cash`).send(body)
const close = (shift: string, body: object) => bank.clerk.post(`/api/cash-shifts/${shift}/close`).send(body)
const shiftOf = async (id: string) => (await bank.clerk.get(`/api/cash-shifts/${id}`).expect(200)).body

/** The bytes of a receipt, as the citizen gets them. */
const fileOf = async (paymentId: string): Promise<Buffer> =>
  (await whole(bank.citizen.get(`/api/payments/${paymentId}/receipt`)).expect(200)).body
const wordsOf = async (pdf: Buffer): Promise<string> =>
  (await pagesOf(pdf)).flatMap(({ items }) => items.map((item) => item.text)).join(' ')

it('cash at the counter pays the fee, with a receipt that names the cashier, in the shift that runs', async () => {
  const id = await filed(bank.scene)
  const shift = await open()
  bank.scene.goTo('2026-11-02 10:00')
  const { body } = await take(id).expect(201)
  expect(body.receipt).toMatch(/^\d{6}\/2026\/BL$/)
  expect(await bank.wait(id)).toEqual([{ outcome: 'paid' }])
  const page = (await bank.clerk.get(`/api/dossiers/${id}/payment`).expect(200)).body
  expect(page).toMatchObject({
    fee: { state: 'paid', settledAt: at('2026-11-02 10:00').toISOString() },
    payments: [{ method: 'cash', receipt: body.receipt, payer: 'Trần Văn Nộp', cashier: expect.any(String) }],
    can: { takeCash: true, payOnline: false },
  })
  // The applicant sees the receipt, not who sat at the counter.
  expect((await bank.page(id)).payments).toMatchObject([{ receipt: body.receipt, cashier: null }])
  expect(await shiftOf(shift.id)).toMatchObject({
    taken: 150_000,
    receipts: 1,
    payments: [{ receipt: body.receipt, payer: 'Trần Văn Nộp', dossier: { id } }],
  })
  await close(shift.id, { counted: 650_000 }).expect(200)
})

it('on paper the counter’s own fee is owed, and the clerk who filed takes it', async () => {
  const id = await filedOnPaper(bank.scene)
  const { owed } = (await bank.clerk.get('/api/payments/owed?q=pham thi giay').expect(200)).body
  expect(owed).toMatchObject([{ id, applicant: 'Phạm Thị Giấy', amount: 50_000 }])
  const shift = await open(0)
  await take(id, { amount: 50_000 }).expect(201)
  expect((await bank.clerk.get('/api/payments/owed?q=pham thi giay').expect(200)).body.owed).toEqual([])
  await close(shift.id, { counted: 50_000 }).expect(200)
})

it('what is owed at a counter is for its clerks', async () => {
  const id = await filed(bank.scene)
  const other = await loggedIn(bank.app, 'motcua.x02')
  expect((await other.get('/api/payments/owed').expect(200)).body.owed).toEqual([])
  const mine = (await bank.clerk.get('/api/payments/owed').expect(200)).body.owed
  expect(mine.map((one: { id: string }) => one.id)).toContain(id)
  await bank.citizen.get('/api/payments/owed').expect(403)
})

it('without a shift of one’s own nothing is taken', async () => {
  const id = await filed(bank.scene)
  const { body } = await take(id).expect(409)
  expect(body.type).toBe('urn:mot-cua:no-cash-shift')
  expect((await bank.page(id)).payments).toEqual([])
})

it('only the whole fee is taken, once, and by VNPay not after it', async () => {
  const id = await filed(bank.scene)
  const order = await bank.begin(id)
  const shift = await open()
  const { body } = await take(id, { amount: 100_000 }).expect(422)
  expect(body.errors).toMatchObject([{ field: 'amount' }])
  await take(id).expect(201)
  await take(id).expect(409)
  expect(await bank.ipn(bank.message(order))).toBe('00')
  expect((await bank.page(id)).payments.map((one: { state: string }) => one.state)).toEqual([
    'to-refund',
    'paid',
  ])
  await close(shift.id, { counted: 650_000 }).expect(200)
})

it('a clerk of another counter takes nothing', async () => {
  const id = await filed(bank.scene)
  const other = await loggedIn(bank.app, 'motcua.x02')
  await other.post(`/api/dossiers/${id}/payment/cash`).send(FEE).expect(404)
  await bank.citizen.post(`/api/dossiers/${id}/payment/cash`).send(FEE).expect(403)
})

it('of two clicks at once one takes the money', async () => {
  const id = await filed(bank.scene)
  const shift = await open()
  const both = await Promise.all([take(id), take(id)])
  expect(both.map(({ status }) => status).sort()).toEqual([201, 409])
  expect(await shiftOf(shift.id)).toMatchObject({ taken: 150_000, receipts: 1 })
  await close(shift.id, { counted: 650_000 }).expect(200)
})

it('the book of receipts has no gap, whatever was refused between', async () => {
  const shift = await open()
  for (const amount of [1, 150_000, 2, 150_000]) {
    const id = await filed(bank.scene)
    await take(id, { ...FEE, amount })
  }
  const online = await filed(bank.scene)
  await bank.ipn(bank.message(await bank.begin(online)))
  const rows = await bank.scene.sql<{ receipt_no: number }>(
    'select receipt_no from payment where receipt_no is not null order by receipt_no',
  )
  expect(rows.map((row) => row.receipt_no)).toEqual(rows.map((_, n) => n + 1))
  const [book] = await bank.scene.sql<{ last: number }>('select last from receipt_book')
  expect(book?.last).toBe(rows.length)
  await close(shift.id, { counted: 800_000 }).expect(200)
})

describe('a cash shift', () => {
  it('is one at a time', async () => {
    const shift = await open(0)
    await bank.clerk.post('/api/cash-shifts').send({ openingAmount: 0 }).expect(409)
    await close(shift.id, { counted: 0 }).expect(200)
  })

  it('closed with a difference needs its reason; closed, nothing changes any more', async () => {
    const id = await filed(bank.scene)
    const shift = await open(100_000)
    await take(id).expect(201)
    const { body } = await close(shift.id, { counted: 240_000 }).expect(422)
    expect(body.errors).toMatchObject([{ field: 'reason' }])
    bank.scene.goTo('2026-11-02 17:00')
    const closed = await close(shift.id, { counted: 240_000, reason: 'Trả nhầm tiền thừa' }).expect(200)
    expect(closed.body).toMatchObject({
      openingAmount: 100_000,
      taken: 150_000,
      counted: 240_000,
      difference: -10_000,
      reason: 'Trả nhầm tiền thừa',
      closedAt: at('2026-11-02 17:00').toISOString(),
    })
    await close(shift.id, { counted: 250_000 }).expect(409)
    await take(await filed(bank.scene)).expect(409)
  })

  it('is seen by its cashier and by the head of the one-stop, closed by its cashier alone', async () => {
    const shift = await open(0)
    const seen = (await bank.head.get('/api/cash-shifts').expect(200)).body.shifts
    expect(seen.map((one: { id: string }) => one.id)).toContain(shift.id)
    await bank.head.post(`/api/cash-shifts/${shift.id}/close`).send({ counted: 0 }).expect(404)
    await bank.citizen.get('/api/cash-shifts').expect(403)
    await close(shift.id, { counted: 0 }).expect(200)
  })
})

it('the receipt is a PDF for whoever may see the dossier: amount, number, payer, and what it is not', async () => {
  const id = await filed(bank.scene)
  const shift = await open(0)
  const { body } = await take(id).expect(201)
  await close(shift.id, { counted: 150_000 }).expect(200)
  const pdf = await fileOf(body.id)
  const pages = await pagesOf(pdf)
  expect(pages).toHaveLength(1)
  const text = pages.flatMap(({ items }) => items.map((item) => item.text)).join(' ')
  expect(text).toContain(body.receipt)
  expect(text).toContain('150.000 đồng')
  expect(text).toContain('Trần Văn Nộp')
  expect(text).toContain('Mẫu minh họa của hệ thống')
  const stranger = await loggedIn(bank.app, 'motcua.x02')
  await stranger.get(`/api/payments/${body.id}/receipt`).expect(404)
})

it('a receipt is issued once: later it says what it said, whatever has changed since', async () => {
  const id = await filed(bank.scene)
  const shift = await open(0)
  const { body } = await take(id).expect(201)
  const first = await fileOf(body.id)
  await bank.scene.sql(
    `update person set full_name = 'Tên Mới' where id = (select applicant_id from dossier where id = $1)`,
    [id],
  )
  await bank.scene.sql(`update agency set address = 'Chỗ khác'`)
  expect((await fileOf(body.id)).equals(first)).toBe(true)
  const online = await filed(bank.scene)
  await bank.ipn(bank.message(await bank.begin(online)))
  expect(
    await bank.scene.sql('select from payment where dossier_id = $1 and receipt_sha256 is not null', [
      online,
    ]),
  ).toHaveLength(1)
  await close(shift.id, { counted: 150_000 }).expect(200)
})

describe('a wrong cash receipt', () => {
  const voids = (who: Bank['clerk'], paymentId: string, reason = 'Ghi sai người nộp') =>
    who.post(`/api/payments/${paymentId}/void`).send({ reason })

  it('is voided by its cashier: the number stays, the money leaves the shift, a new one is written', async () => {
    const id = await filed(bank.scene)
    const shift = await open(100_000)
    const { body: wrong } = await take(id, { ...FEE, payer: 'Nguyễn Sai' }).expect(201)
    await voids(bank.clerk, wrong.id, '  ').expect(400)
    await voids(bank.clerk, wrong.id).expect(204)
    expect(await shiftOf(shift.id)).toMatchObject({
      taken: 0,
      receipts: 0,
      voided: 1,
      payments: [{ receipt: wrong.receipt, voided: { reason: 'Ghi sai người nộp' } }],
    })
    const said = await wordsOf(await fileOf(wrong.id))
    expect(said).toContain('ĐÃ HỦY')
    expect(said).not.toContain('Ghi sai người nộp')
    expect((await bank.page(id)).fee).toMatchObject({ state: 'open', settledAt: null })
    await voids(bank.clerk, wrong.id).expect(409)
    const { body: right } = await take(id).expect(201)
    expect(Number(right.receipt.slice(0, 6))).toBe(Number(wrong.receipt.slice(0, 6)) + 1)
    // The applicant sees that it is void, not what the counter wrote about it.
    expect((await bank.page(id)).payments).toMatchObject([
      { receipt: wrong.receipt, state: 'voided', voided: { reason: '' }, canVoid: false },
      { receipt: right.receipt, state: 'paid', voided: null },
    ])
    expect(await bank.wait(id)).toEqual([{ outcome: 'paid' }])
    const trail = await bank.scene.sql(
      `select from audit_entry where act = 'payment.voided' and line like '%' || $1 || '%'`,
      [wrong.id],
    )
    expect(trail).toHaveLength(1)
    await close(shift.id, { counted: 250_000 }).expect(200)
  })

  it('is the head’s to void as well; nobody else’s, and no online payment is voided', async () => {
    const id = await filed(bank.scene)
    const shift = await open(0)
    const { body } = await take(id).expect(201)
    await voids(await loggedIn(bank.app, 'motcua.x02'), body.id).expect(404)
    await voids(bank.citizen, body.id).expect(403)
    await voids(bank.head, body.id).expect(204)
    const drawer = (await bank.head.post('/api/cash-shifts').send({ openingAmount: 0 }).expect(201)).body
    const heads = await bank.head.post(`/api/dossiers/${id}/payment/cash`).send(FEE).expect(201)
    const notMine = await voids(bank.clerk, heads.body.id).expect(409)
    expect(notMine.body.type).toBe('urn:mot-cua:receipt-not-yours')
    expect((await bank.page(id)).fee.state).toBe('paid')
    await bank.head.post(`/api/cash-shifts/${drawer.id}/close`).send({ counted: 150_000 }).expect(200)
    const online = await filed(bank.scene)
    await bank.ipn(bank.message(await bank.begin(online)))
    const [payment] = (await bank.page(online)).payments
    expect((await voids(bank.head, payment.id).expect(409)).body.type).toBe('urn:mot-cua:receipt-not-cash')
    await close(shift.id, { counted: 0 }).expect(200)
  })

  it('after the closing is corrected by the head alone: what was counted stays, and the money has to go back', async () => {
    const id = await filed(bank.scene)
    const shift = await open(0)
    const { body } = await take(id).expect(201)
    bank.scene.goTo('2026-11-02 17:00')
    await close(shift.id, { counted: 150_000 }).expect(200)
    bank.scene.goTo('2026-11-02 17:10')
    const refused = await voids(bank.clerk, body.id).expect(409)
    expect(refused.body.detail).toContain('Ca thu đã đóng')
    expect((await bank.page(id)).fee.state).toBe('paid')
    await voids(bank.head, body.id, 'Thu nhầm hồ sơ').expect(204)
    expect(await shiftOf(shift.id)).toMatchObject({ taken: 150_000, difference: 0, voided: 1 })
    expect((await bank.page(id)).payments).toMatchObject([{ state: 'to-refund' }])
    await bank.head.post(`/api/payments/${body.id}/refund`).send({ reason: 'Phiếu chi 12' }).expect(204)
    expect((await bank.page(id)).fee.state).toBe('open')
  })

  it('voided at the second of the closing leaves the shift with what was counted, whoever comes first', async () => {
    const actorOf = async (login: string) => (await loadActor(bank.scene.db, personId(login), 'vi'))!
    const [cashier, head] = [await actorOf('motcua.x01'), await actorOf('truongmotcua.x01')]
    const taken = async () => {
      bank.scene.goTo('2026-11-02 16:00')
      const id = await filed(bank.scene)
      const shift = await open(0)
      const { body } = await take(id).expect(201)
      bank.scene.goTo('2026-11-02 17:00')
      return { shift: shift.id, payment: body.id, id }
    }
    const closes = (shift: string, counted: number) => (tx: Tx) =>
      closeShift({ ...tx, actor: cashier }, shift, { counted, reason: '' })
    const voidsIt = (payment: string) => (tx: Tx) =>
      voidReceipt({ ...tx, actor: head }, bank.scene.services, payment, 'Thu nhầm hồ sơ')

    const late = await taken()
    await overlapping(bank.scene, closes(late.shift, 150_000), voidsIt(late.payment))
    expect(await shiftOf(late.shift)).toMatchObject({
      taken: 150_000,
      receipts: 1,
      voided: 1,
      difference: 0,
    })
    expect((await bank.page(late.id)).payments).toMatchObject([{ state: 'to-refund' }])

    const inTime = await taken()
    await overlapping(bank.scene, voidsIt(inTime.payment), closes(inTime.shift, 0))
    expect(await shiftOf(inTime.shift)).toMatchObject({ taken: 0, receipts: 0, voided: 1, difference: 0 })
    expect((await bank.page(inTime.id)).payments).toMatchObject([{ state: 'voided' }])
  })

  it('is owed again while the result waits at the counter, and not handed out before it is paid', async () => {
    const { scene } = bank
    const id = await filed(scene)
    const shift = await open(0)
    const { body } = await take(id).expect(201)
    await scene.does('motcua.x01', id, 'Receive', 'received')
    await routes(scene, id, 'T00.X01.KT')
    await voids(bank.clerk, body.id).expect(204)
    await scene.does('chuyenvien.x01', id, 'Check', 'approved')
    await scene.does('chutich.x01', id, 'SignResult', 'signed')
    const state = async () => (await scene.sql('select state from dossier where id = $1', [id]))[0]?.state
    expect(await state()).toBe('done')
    const owed = await bank.clerk.get('/api/payments/owed').expect(200)
    expect(owed.body.owed.map((row: { id: string }) => row.id)).toContain(id)
    const handsOut = () =>
      scene.does('motcua.x01', id, 'ReturnResult', 'returned', {
        identityChecked: true,
        receivedBy: 'Người nộp',
      })
    const no = await refusal(handsOut())
    expect(no).toMatchObject({ status: 409, type: 'fee-owed-again' })
    expect(no.words.vi).toContain('phí chưa thu lại')
    expect(await state()).toBe('done')
    await take(id).expect(201)
    await handsOut()
    expect(await state()).toBe('returned')
    await close(shift.id, { counted: 150_000 }).expect(200)
  })

  it('lets nobody receive the dossier until the fee is taken again', async () => {
    const id = await filed(bank.scene)
    const shift = await open(0)
    const { body } = await take(id).expect(201)
    await bank.scene.opens(id, 'Receive')
    await voids(bank.clerk, body.id).expect(204)
    const receives = () => bank.scene.does('motcua.x01', id, 'Receive', 'received')
    expect(await refusal(receives())).toMatchObject({ status: 409, type: 'fee-owed-again' })
    await take(id).expect(201)
    await receives()
    await close(shift.id, { counted: 150_000 }).expect(200)
  })
})
