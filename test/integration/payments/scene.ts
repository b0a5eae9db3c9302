/** A household business filed and not yet paid for, and a bank whose secret the test knows. */
import { readFileSync } from 'node:fs'
import { fileDossier } from '../../../src/dossiers/file.ts'
import { FileDossier } from '../../../src/dossiers/schemas.ts'
import { paymentRoutes } from '../../../src/payments/routes.ts'
import { signedQuery, type Vnpay, type VnpayParams } from '../../../src/payments/vnpay.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { loggedIn, testApp } from '../../support/http.ts'
import { uploaded } from '../dossiers/filing.ts'
import { type Scene, setScene } from '../dossiers/scene.ts'

const example = JSON.parse(
  readFileSync('processes/1.001612-dang-ky-thanh-lap-ho-kinh-doanh/cases/01-online-paid.json', 'utf8'),
) as { formData: Record<string, unknown>; place: string }

export const vnpay: Vnpay = {
  tmnCode: 'MAUDV001',
  secret: 'the secret of the bank of the tests',
  url: 'https://bank.example/pay',
  demo: false,
}

/** Files the example by the citizen; the engine has reached the wait for its fee. */
export async function filed(scene: Scene, changes: Record<string, unknown> = {}): Promise<string> {
  const { id } = await scene.as('congdan', async (tx) => {
    const paper = { paperKey: 'application', uploadId: await uploaded(tx, scene.services) }
    const { formData, place } = example
    return fileDossier(
      tx,
      FileDossier.parse({
        procedureCode: '1.001612',
        place,
        formData: { ...formData, ...changes },
        papers: [paper],
      }),
    )
  })
  await scene.opens(id, 'AwaitPayment')
  return id
}

/** The same on paper: a clerk files it at the counter for a named person. */
export async function filedOnPaper(scene: Scene): Promise<string> {
  const { id } = await scene.as('motcua.x01', async (tx) =>
    fileDossier(
      tx,
      FileDossier.parse({
        procedureCode: '1.001612',
        place: example.place,
        channel: 'DIRECT',
        formData: example.formData,
        papers: [{ paperKey: 'application', uploadId: await uploaded(tx, scene.services) }],
        applicant: { fullName: 'Phạm Thị Giấy', identityNo: '000000000009' },
        counter: { consent: { how: 'signed', by: 'applicant' } },
      }),
    ),
  )
  await scene.opens(id, 'AwaitPayment')
  return id
}

export type Bank = Awaited<ReturnType<typeof setBank>>

/** People at their browsers, and the bank that sends its messages. */
export async function setBank() {
  const scene = await setScene()
  await scene.act(loadDemoAccounts)
  const app = testApp(scene.db, paymentRoutes(scene.services, vnpay))
  const citizen = await loggedIn(app, 'congdan')
  const clerk = await loggedIn(app, 'motcua.x01')
  const head = await loggedIn(app, 'truongmotcua.x01')
  /** What the bank would say of an order, paid unless changed; changes are signed too. */
  const message = (order: VnpayParams, changes: VnpayParams = {}): VnpayParams => ({
    vnp_TmnCode: vnpay.tmnCode,
    vnp_TxnRef: order.vnp_TxnRef!,
    vnp_Amount: order.vnp_Amount!,
    vnp_OrderInfo: order.vnp_OrderInfo!,
    vnp_BankCode: 'NCB',
    vnp_PayDate: '20261102091500',
    vnp_TransactionNo: '14422574',
    vnp_ResponseCode: '00',
    vnp_TransactionStatus: '00',
    ...changes,
  })
  const page = async (id: string) => (await citizen.get(`/api/dossiers/${id}/payment`).expect(200)).body
  return {
    scene,
    app,
    citizen,
    clerk,
    head,
    message,
    page,
    /** The citizen begins an attempt; what the browser carries to the bank. */
    begin: async (id: string): Promise<VnpayParams> => {
      const { body } = await citizen.post(`/api/dossiers/${id}/payment/vnpay`).send({}).expect(201)
      return Object.fromEntries(new URL(body.url).searchParams)
    },
    /** The bank sends its message; what we answer. */
    ipn: async (params: VnpayParams, secret = vnpay.secret): Promise<string> => {
      const { body } = await citizen.get(`/api/payments/vnpay/ipn?${signedQuery(params, secret)}`).expect(200)
      return body.RspCode
    },
    notices: (ref: string) =>
      scene.sql<{ answered: string; genuine: boolean }>(
        'select answered, genuine from payment_notice where txn_ref = $1 order by at, id',
        [ref],
      ),
    wait: (id: string) =>
      scene.sql<{ outcome: string | null }>(
        `select outcome from wait where subject_id = $1 and element_id = 'AwaitPayment'`,
        [id],
      ),
  }
}
