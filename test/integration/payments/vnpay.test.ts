import { jest } from '@jest/globals'
import { historyOf } from '../../../src/dossiers/history.ts'
import { signedQuery } from '../../../src/payments/vnpay.ts'
import { at } from '../dossiers/scene.ts'
import { type Bank, filed, setBank, vnpay } from './scene.ts'

jest.setTimeout(60_000)

let bank: Bank
beforeAll(async () => {
  bank = await setBank()
})
afterAll(() => bank.scene.close())
beforeEach(() => bank.scene.goTo('2026-11-02 09:00'))

const state = async (id: string) => (await bank.page(id)).fee.state
const clocks = (id: string) =>
  bank.scene.sql(
    'select kind, ended_at is null as runs from clock where dossier_id = $1 order by started_at, kind',
    [id],
  )

describe('filing what costs a fee', () => {
  it('makes the debt with its day, gives the dossier to the applicant and starts no time of ours', async () => {
    const id = await filed(bank.scene)
    expect(await bank.page(id)).toMatchObject({
      fee: {
        amount: 150_000,
        state: 'open',
        payBy: at('2026-11-09 17:00').toISOString(),
        basis: { verified: false },
      },
      methods: ['vnpay', 'cash'],
      can: { payOnline: true, takeCash: false, refund: false },
      payments: [],
    })
    expect(await clocks(id)).toEqual([{ kind: 'payment', runs: true }])
    const [held] = await bank.scene.sql('select element_id, on_behalf from holding where dossier_id = $1', [
      id,
    ])
    expect(held).toEqual({ element_id: 'AwaitPayment', on_behalf: 'applicant' })
  })
})

describe('a payment by VNPay', () => {
  it('is paid by the bank’s message: the wait ends, reception begins, a receipt has its number', async () => {
    const id = await filed(bank.scene)
    const order = await bank.begin(id)
    expect(order.vnp_Amount).toBe('15000000')
    bank.scene.goTo('2026-11-02 09:15')
    expect(await bank.ipn(bank.message(order))).toBe('00')
    expect(await bank.wait(id)).toEqual([{ outcome: 'paid' }])
    expect(await bank.page(id)).toMatchObject({
      fee: { state: 'paid', settledAt: at('2026-11-02 09:15').toISOString() },
      payments: [
        {
          state: 'paid',
          method: 'vnpay',
          transactionNo: '14422574',
          receipt: expect.stringMatching(/^\d{6}\/2026\/BL$/),
        },
      ],
    })
    expect(await clocks(id)).toEqual([
      { kind: 'payment', runs: false },
      { kind: 'reception', runs: true },
    ])
    const line = await bank.scene.sql(
      `select element_id, on_behalf, from_at, to_at from holding where dossier_id = $1 order by seq`,
      [id],
    )
    expect(line).toMatchObject([
      { element_id: 'AwaitPayment', to_at: at('2026-11-02 09:15') },
      { on_behalf: 'holder', from_at: at('2026-11-02 09:15') },
    ])
    expect(await bank.notices(order.vnp_TxnRef!)).toEqual([{ answered: '00', genuine: true }])
  })

  it('is not paid by what the browser brings back, however genuine', async () => {
    const id = await filed(bank.scene)
    const order = await bank.begin(id)
    const { body } = await bank.citizen
      .get(`/api/payments/vnpay/return?${signedQuery(bank.message(order), vnpay.secret)}`)
      .expect(200)
    expect(body).toMatchObject({ dossierId: id, genuine: true, responseCode: '00', state: 'pending' })
    expect(await state(id)).toBe('open')
    expect(await bank.wait(id)).toEqual([{ outcome: null }])
  })

  it('cancelled at the bank fails; another attempt has a reference of its own and pays', async () => {
    const id = await filed(bank.scene)
    const first = await bank.begin(id)
    expect(await bank.ipn(bank.message(first, { vnp_ResponseCode: '24', vnp_TransactionStatus: '02' }))).toBe(
      '00',
    )
    expect(await state(id)).toBe('open')
    const second = await bank.begin(id)
    expect(second.vnp_TxnRef).not.toBe(first.vnp_TxnRef)
    expect(await bank.ipn(bank.message(second))).toBe('00')
    expect((await bank.page(id)).payments.map((one: { state: string }) => one.state)).toEqual([
      'failed',
      'paid',
    ])
  })

  it('a wrong amount is answered 04, pays nothing and is a finding', async () => {
    const id = await filed(bank.scene)
    const order = await bank.begin(id)
    expect(await bank.ipn(bank.message(order, { vnp_Amount: '1000' }))).toBe('04')
    expect(await state(id)).toBe('open')
    expect(await bank.scene.findings(id)).toEqual(['payment-wrong-amount'])
    expect(await bank.notices(order.vnp_TxnRef!)).toEqual([{ answered: '04', genuine: true }])
  })

  it('a repeated message is answered 02 and pays once', async () => {
    const id = await filed(bank.scene)
    const order = await bank.begin(id)
    const both = await Promise.all([bank.ipn(bank.message(order)), bank.ipn(bank.message(order))])
    expect(both.sort()).toEqual(['00', '02'])
    expect(await bank.ipn(bank.message(order))).toBe('02')
    expect(await bank.notices(order.vnp_TxnRef!)).toHaveLength(3)
    expect(
      await bank.scene.sql(`select from payment where dossier_id = $1 and receipt_no is not null`, [id]),
    ).toHaveLength(1)
  })

  it('a forged message is answered 97, changes nothing and is kept', async () => {
    const id = await filed(bank.scene)
    const order = await bank.begin(id)
    expect(await bank.ipn(bank.message(order), 'a secret that the forger made up')).toBe('97')
    expect(await bank.ipn(bank.message(order, { vnp_TmnCode: 'ANOTHER1' }))).toBe('97')
    expect(await state(id)).toBe('open')
    expect(await bank.notices(order.vnp_TxnRef!)).toEqual([
      { answered: '97', genuine: false },
      { answered: '97', genuine: false },
    ])
  })

  it('forgeries by the thousand are answered 97, and not all kept', async () => {
    await bank.scene.sql(
      `insert into payment_notice (id, at, txn_ref, genuine, answered, params)
       select gen_random_uuid(), $1, 'flood', false, '97', '{}' from generate_series(1, 1000)`,
      [at('2026-11-02 09:00')],
    )
    const order = await bank.begin(await filed(bank.scene))
    const forged = { ...bank.message(order), vnp_TxnRef: 'flood' }
    expect(await bank.ipn(forged, 'a secret that the forger made up')).toBe('97')
    expect(await bank.notices('flood')).toHaveLength(1000)
    // The bank's own message is kept whatever else arrives.
    expect(await bank.ipn(bank.message(order))).toBe('00')
    expect(await bank.notices(order.vnp_TxnRef!)).toHaveLength(1)
    await bank.scene.sql(`delete from payment_notice where txn_ref = 'flood'`)
  })

  it('a message about an order nobody made is answered 01 and kept', async () => {
    expect(
      await bank.ipn(bank.message({ vnp_TxnRef: 'nobody-made-it', vnp_Amount: '100', vnp_OrderInfo: 'x' })),
    ).toBe('01')
    expect(await bank.notices('nobody-made-it')).toEqual([{ answered: '01', genuine: true }])
  })

  it('a fault of ours is answered 99, so that the bank sends again, and nothing is half done', async () => {
    const id = await filed(bank.scene)
    const order = await bank.begin(id)
    const spoil = jest
      .spyOn(bank.scene.db, 'transact')
      .mockRejectedValueOnce(new Error('the database is away'))
    expect(await bank.ipn(bank.message(order))).toBe('99')
    spoil.mockRestore()
    expect(await state(id)).toBe('open')
    expect(await bank.ipn(bank.message(order))).toBe('00')
  })
})

describe('money that nothing is owed for', () => {
  it('after the wait has expired is kept with a finding, until a person has returned it', async () => {
    const id = await filed(bank.scene)
    bank.scene.goTo('2026-11-09 16:55')
    const order = await bank.begin(id)
    bank.scene.goTo('2026-11-09 17:01')
    // The limit is judged by the clock: nobody has rung the alarm yet.
    expect(await bank.ipn(bank.message(order))).toBe('00')
    expect(await bank.page(id)).toMatchObject({
      fee: { state: 'expired' },
      payments: [{ state: 'to-refund', receipt: null }],
    })
    expect(await bank.wait(id)).toEqual([{ outcome: 'expired' }])
    expect(await bank.scene.findings(id)).toEqual(['payment-late'])
    expect(await bank.scene.sql('select state from dossier where id = $1', [id])).toEqual([
      { state: 'closed' },
    ])
    const told = await bank.scene.sql(
      `select from notification where dossier_id = $1 and key like 'refund/%'`,
      [id],
    )
    expect(told).toHaveLength(1)

    const [payment] = (await bank.page(id)).payments
    const reason = { reason: 'Đã chuyển trả, UNC số 12 ngày 10/11/2026' }
    await bank.citizen.post(`/api/payments/${payment.id}/refund`).send(reason).expect(403)
    await bank.clerk.post(`/api/payments/${payment.id}/refund`).send(reason).expect(403)
    await bank.head.post(`/api/payments/${payment.id}/refund`).send({ reason: ' ' }).expect(400)
    await bank.head.post(`/api/payments/${payment.id}/refund`).send(reason).expect(204)
    expect((await bank.page(id)).payments).toMatchObject([{ state: 'refunded', refundReason: null }])
    await bank.head.post(`/api/payments/${payment.id}/refund`).send(reason).expect(409)
  })

  it('from a second attempt is kept too: the fee is paid once', async () => {
    const id = await filed(bank.scene)
    const [one, two] = [await bank.begin(id), await bank.begin(id)]
    const both = await Promise.all([bank.ipn(bank.message(one)), bank.ipn(bank.message(two))])
    expect(both).toEqual(['00', '00'])
    const states = (await bank.page(id)).payments.map((payment: { state: string }) => payment.state)
    expect(states.sort()).toEqual(['paid', 'to-refund'])
    expect(await bank.scene.findings(id)).toEqual(['payment-twice'])
  })

  it('for a dossier that was withdrawn meanwhile is kept too', async () => {
    const id = await filed(bank.scene)
    const order = await bank.begin(id)
    await bank.scene.sql(`update dossier set state = 'withdrawn', finished_at = $2 where id = $1`, [
      id,
      at('2026-11-02 09:05'),
    ])
    expect(await bank.ipn(bank.message(order))).toBe('00')
    expect((await bank.page(id)).payments).toMatchObject([{ state: 'to-refund' }])
    expect(await bank.scene.findings(id)).toEqual(['payment-late'])
  })

  it('a fee that was owed is not refunded', async () => {
    const id = await filed(bank.scene)
    await bank.ipn(bank.message(await bank.begin(id)))
    const [payment] = (await bank.page(id)).payments
    await bank.head.post(`/api/payments/${payment.id}/refund`).send({ reason: 'xin lại' }).expect(409)
  })
})

describe('the time to pay', () => {
  it('is reminded of, and over at its end: the dossier is closed and the applicant told', async () => {
    const id = await filed(bank.scene)
    bank.scene.goTo('2026-11-09 17:00')
    await bank.scene.rings(id)
    expect(await bank.page(id)).toMatchObject({ fee: { state: 'expired' } })
    expect(await bank.wait(id)).toEqual([{ outcome: 'expired' }])
    const keys = await bank.scene.sql<{ key: string }>(
      'select split_part(key, $2, 1) as key from notification where dossier_id = $1 order by created_at, key',
      [id, '/'],
    )
    expect(keys.map(({ key }) => key)).toEqual(expect.arrayContaining(['fee-due', 'fee-expired', 'filed']))
    await bank.citizen.post(`/api/dossiers/${id}/payment/vnpay`).send({}).expect(409)
    expect(
      await bank.scene.sql('select from alarm where dossier_id = $1 and handled_at is null', [id]),
    ).toEqual([])
  })

  it('is reminded of before its end, in the history as what it was', async () => {
    const id = await filed(bank.scene)
    const [reminder] = await bank.scene.sql<{ at: Date }>(
      `select at from alarm where dossier_id = $1 and kind = 'reminder' order by at desc limit 1`,
      [id],
    )
    bank.scene.goTo(`2026-11-06 17:00`)
    expect(reminder?.at.getTime()).toBeLessThan(at('2026-11-06 17:00').getTime())
    await bank.scene.rings(id)
    await bank.ipn(bank.message(await bank.begin(id)))
    const history = await bank.scene.as('congdan', (tx) => historyOf(tx, id, false))
    expect(history.map(({ act }) => act)).toEqual(
      expect.arrayContaining(['dossier.filed', 'payment.reminded', 'payment.vnpay']),
    )
    expect(history.map(({ act }) => act)).not.toContain('supplement.reminded')
  })

  it('somebody else’s dossier cannot be paid, nor its payment seen', async () => {
    const id = await filed(bank.scene)
    await bank.clerk.post(`/api/dossiers/${id}/payment/vnpay`).send({}).expect(404)
  })
})
