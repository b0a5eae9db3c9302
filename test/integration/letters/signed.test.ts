import { createHash, type KeyObject, privateEncrypt, X509Certificate } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { jest } from '@jest/globals'
import jsqr from 'jsqr'
import { asSystem } from '../../../src/access/filter.ts'
import { personId } from '../../../src/agencies/load.ts'
import { dossierRoutes } from '../../../src/dossiers/routes.ts'
import { Letter } from '../../../src/letters/entity.ts'
import { reopenLetter, voidLetter } from '../../../src/letters/issue.ts'
import { letterRoutes } from '../../../src/letters/routes.ts'
import { signNext } from '../../../src/letters/signature-sender.ts'
import { signingRoutes } from '../../../src/letters/signing-routes.ts'
import { loadDemoAccounts } from '../../../src/people/demo-accounts.ts'
import { demoAuthority } from '../../../src/signing/demo-ca.ts'
import { demoSigning, type Signing, signingFrom } from '../../../src/signing/keys.ts'
import { remoteSigner } from '../../../src/signing/remote.ts'
import { browser, loggedIn, testApp, whole } from '../../support/http.ts'
import { type Verified, verifyPdfs } from '../../support/verify-pdf.ts'
import { pagesOf, qrImageOf } from '../../unit/letters/read-pdf.ts'
import { received, refusal, type Scene, setScene } from '../dossiers/scene.ts'

jest.setTimeout(300_000)

let scene: Scene
let demo: Signing
beforeAll(async () => {
  scene = await setScene()
  await scene.act(loadDemoAccounts)
  demo = demoSigning(join(scene.folder, 'signing'))
})
beforeEach(() => {
  scene.services.signing = demo
})
afterAll(() => scene.close())

const letterOf = (id: string, kind: Letter['kind']): Promise<Letter> =>
  scene.act((tx) =>
    asSystem(tx.em, 'test').findOneOrFail(Letter, { dossierId: id, kind, state: { $ne: 'void' } }),
  )
const bytesOf = (sha256: string | null | undefined) => buffer(scene.services.files.get(sha256 ?? ''))
const signaturesOf = (letter: Pick<Letter, 'id'>) =>
  scene.sql<{ role: string; state: string; signer: string }>(
    'select role, state, signer from letter_signature where letter_id = $1 order by asked_at, id',
    [letter.id],
  )
const trailOf = (letter: Pick<Letter, 'id'>) =>
  scene.sql<{ role: string; sha256: string; fingerprint256: string }>(
    `select d->>'role' as role, d->>'sha256' as sha256, d->>'fingerprint256' as fingerprint256
       from audit_entry, lateral (select line::jsonb->'detail' as d) e
      where act = 'letter.signed-digitally' and d->>'letter' = $1 order by index`,
    [letter.id],
  )
async function reviewed() {
  const id = await received(scene)
  await scene.does('chuyenvien.x01', id, 'Appraise', 'approved')
  await scene.does('truongphong.x01', id, 'ReviewResult', 'approved')
  return id
}
async function issued() {
  const id = await reviewed()
  await scene.does('chutich.x01', id, 'SignResult', 'signed')
  await scene.does('vanthu.x01', id, 'NumberResult', 'numbered')
  return id
}

type Answer = { status: number; body?: object }

/** A signing service that holds one key of the demonstration's authority; `answers` says what it does with each request. */
async function service(answers: (request: { id: string; hash: string }) => Answer | Promise<Answer>) {
  const { key, chain } = demoAuthority(join(scene.folder, 'signing')).certificateFor('remote', {
    name: 'Chủ tịch ký từ xa',
    organisation: 'Ủy ban nhân dân',
  })
  const asked: { id: string; hash: string; key: string; title: string }[] = []
  const server: Server = createServer(async (request, response) => {
    const body = JSON.parse((await buffer(request)).toString())
    asked.push(body)
    const answer = await answers(body)
    response.writeHead(answer.status, { 'Content-Type': 'application/json' })
    response.end(JSON.stringify(answer.body ?? {}))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const signer = remoteSigner({ url, key: 'chutich', token: 'secret' }, chain)
  const signing: Signing = {
    ...demo,
    signerOf: async (who) =>
      who.kind === 'person' && who.id === 'chutich.x01' ? signer : demo.signerOf(who),
  }
  scene.services.signing = signing
  return {
    asked,
    key,
    signature: (hash: string) => ({ signature: ofHash(key, hash) }),
    next: () => signNext({ ...scene.services, signing }),
    hurry: () => scene.sql(`update letter_signature set next_at = now() where state = 'waiting'`),
    close: () => new Promise((resolve) => server.close(resolve)),
  }
}
/** RSA PKCS#1 v1.5 over a SHA-256 that is known already: its DigestInfo, encrypted with the private key. */
function ofHash(key: KeyObject, hash: string): string {
  const prefix = Buffer.from('3031300d060960864801650304020105000420', 'hex')
  return privateEncrypt(key, Buffer.concat([prefix, Buffer.from(hash, 'base64')])).toString('base64')
}

describe('a letter with two signatures', () => {
  let found: Verified[]
  let letter: Letter
  beforeAll(async () => {
    scene.services.signing = demo
    const id = await issued()
    letter = await letterOf(id, 'result')
    const files = await Promise.all(
      [
        ['receipt', (await letterOf(id, 'receipt')).fileSha256],
        ['signed', letter.signedFileSha256],
        ['sealed', letter.fileSha256],
      ].map(async ([name, sha256]) => {
        const file = join(scene.folder, `${name}.pdf`)
        writeFileSync(file, await bytesOf(sha256))
        return file
      }),
    )
    const root = join(scene.folder, 'root.der')
    const { chain } = (await demo.signerOf({ kind: 'agency', id: 'T00.X01', name: '', organisation: '' }))!
    writeFileSync(root, chain[1]!)
    found = verifyPdfs(root, files)
  })

  it('is signed over its final text, then numbered, dated and sealed behind it, and both signatures hold', () => {
    const sealed = found[2]!
    expect(sealed.signatures).toEqual([
      expect.objectContaining({ digest: true, chain: true, docMdp: 2, forbidden: [], coversFile: false }),
      expect.objectContaining({ digest: true, chain: true, forbidden: [], coversFile: true }),
    ])
    expect(sealed.fields).toMatchObject({ So_van_ban: letter.numberText })
    expect(sealed.signatures.map(({ subject }) => /CN=([^,]+)/.exec(subject)?.[1])).toEqual([
      expect.any(String),
      expect.stringMatching(/^Ủy ban nhân dân/),
    ])
  })

  it('opens with exactly the bytes that were signed', async () => {
    const [first, last] = await Promise.all([bytesOf(letter.signedFileSha256), bytesOf(letter.fileSha256)])
    expect(last.subarray(0, first.length).equals(first)).toBe(true)
    expect(createHash('sha256').update(last).digest('hex')).toBe(letter.fileSha256)
  })

  it('and the clerk’s form 01 bears the clerk’s own signature', async () => {
    expect(found[0]!.signatures).toEqual([
      expect.objectContaining({
        digest: true,
        chain: true,
        coversFile: true,
        reason: expect.stringContaining('Ký'),
      }),
    ])
  })

  it('leads from its QR code to a page that says how far the dossier is, and nothing else', async () => {
    const bytes = await bytesOf(letter.fileSha256)
    const image = await qrImageOf(bytes, (await pagesOf(bytes)).length)
    const address = jsqr.default(image!.pixels, image!.side, image!.side)?.data ?? ''
    const [, code] = /^http:\/\/127\.0\.0\.1:8080\/tra-cuu\/(.+)$/.exec(address)!
    const { body } = await browser(testApp(scene.db, dossierRoutes(scene.services)))
      .get(`/api/track/${code}`)
      .expect(200)
    expect(body).toEqual({ code: decodeURIComponent(code!), completion: expect.any(Number) })
  })

  it('names its signatures and their keys in the record', async () => {
    expect(await signaturesOf(letter)).toEqual([
      { role: 'signer', state: 'signed', signer: 'person/chutich.x01' },
      { role: 'seal', state: 'signed', signer: 'agency/T00.X01' },
    ])
  })

  it('leaves in the trail which key signed which bytes', async () => {
    const fingerprint = async (kind: 'person' | 'agency', id: string) => {
      const { chain } = (await demo.signerOf({ kind, id, name: '', organisation: '' }))!
      return new X509Certificate(chain[0]!).fingerprint256
    }
    expect(await trailOf(letter)).toEqual([
      {
        role: 'signer',
        sha256: letter.signedFileSha256,
        fingerprint256: await fingerprint('person', 'chutich.x01'),
      },
      { role: 'seal', sha256: letter.fileSha256, fingerprint256: await fingerprint('agency', 'T00.X01') },
    ])
  })
})

it('without a key the signature is the recorded act, and the letter says that it is not signed digitally', async () => {
  scene.services.signing = undefined
  const letter = await letterOf(await issued(), 'result')
  expect(letter).toMatchObject({ signedFileSha256: null, state: 'issued', textHash: expect.any(String) })
  expect((await bytesOf(letter.fileSha256)).includes('/ByteRange')).toBe(false)
  expect(await signaturesOf(letter)).toEqual([])
})

it('sent back, the signature counts no more, and the letter is signed anew', async () => {
  const id = await reviewed()
  await scene.does('chutich.x01', id, 'SignResult', 'signed')
  const before = await letterOf(id, 'result')
  await scene.act(async (tx) => {
    const em = asSystem(tx.em, 'test')
    await reopenLetter({ ...tx, em }, await em.findOneOrFail(Letter, { id: before.id }), 'Sai tên')
    await em.flush()
  })
  const back = await letterOf(id, 'result')
  expect([before.signedFileSha256 === null, back.signedFileSha256]).toEqual([false, null])
  expect((await signaturesOf(back)).map(({ state }) => state)).toEqual(['void'])
})

it('with a certificate that has ended nobody signs, and the field says why', async () => {
  const id = await reviewed()
  const ended: Signing = {
    ...demo,
    signerOf: async (who) => {
      const signer = (await demo.signerOf(who))!
      return who.kind === 'person' ? { ...signer, chain: [expired, ...signer.chain.slice(1)] } : signer
    },
  }
  const expired = demoAuthority(join(scene.folder, 'signing')).certificateFor(
    'expired',
    { name: 'Hết hạn', organisation: 'x' },
    new Date('2020-01-01T00:00:00Z'),
  ).chain[0]!
  scene.services.signing = ended
  expect(await refusal(scene.does('chutich.x01', id, 'SignResult', 'signed'))).toMatchObject({
    status: 422,
    fields: ['outcome'],
  })
})

describe('a key that lies elsewhere', () => {
  it('is asked after the commit for the hash alone, and the letter is numbered only when it has signed', async () => {
    let confirmed = false
    const remote = await service(({ hash }) =>
      confirmed ? { status: 200, body: remote.signature(hash) } : { status: 202 },
    )
    const id = await reviewed()
    await scene.does('chutich.x01', id, 'SignResult', 'signed')
    expect(await remote.next()).toBe(true)
    await scene.opens(id, 'NumberResult')
    const { id: task } = await scene.task(id, 'NumberResult')
    const numbering = () => scene.decides('vanthu.x01', task, { outcome: 'numbered' })
    expect(await refusal(numbering())).toMatchObject({ status: 409 })

    confirmed = true
    await remote.hurry()
    await remote.next()
    await numbering()
    const letter = await letterOf(id, 'result')
    expect(letter).toMatchObject({ state: 'issued', fileSha256: expect.any(String) })
    expect(new Set(remote.asked.map(({ id: request, hash }) => `${request} ${hash}`)).size).toBe(1)
    expect(Object.keys(remote.asked[0]!).sort()).toEqual(['algorithm', 'hash', 'id', 'key', 'title'])
    await remote.close()
  })

  it('that refuses leaves its reason, and is asked again only when an administrator says so', async () => {
    const remote = await service(() => ({ status: 403, body: { message: 'PIN sai' } }))
    const id = await reviewed()
    await scene.does('chutich.x01', id, 'SignResult', 'signed')
    await remote.next()
    const letter = await letterOf(id, 'result')
    expect((await signaturesOf(letter)).map(({ state }) => state)).toEqual(['refused'])
    await scene.opens(id, 'NumberResult')
    const { id: task } = await scene.task(id, 'NumberResult')
    expect(await refusal(scene.decides('vanthu.x01', task, { outcome: 'numbered' }))).toMatchObject({
      status: 409,
    })
    expect(await remote.next()).toBe(false)
    const admin = await loggedIn(testApp(scene.db, signingRoutes(scene.services)), 'quantri')
    const [row] = await scene.sql<{ id: string }>('select id from letter_signature where letter_id = $1', [
      letter.id,
    ])
    const { body } = await admin.get('/api/admin/signing').expect(200)
    expect(body.open).toEqual([
      expect.objectContaining({ id: row!.id, problem: expect.stringContaining('PIN sai') }),
    ])
    await admin.post(`/api/admin/signing/${row!.id}/retry`).send({}).expect(200)
    expect(await remote.next()).toBe(true)
    await remote.close()
  })

  it('that answers when the letter is void already changes nothing, and is asked no more', async () => {
    const id = await reviewed()
    let making: Letter | undefined
    const remote = await service(async ({ hash }) => {
      await scene.act(async (tx) => {
        const em = asSystem(tx.em, 'test')
        await voidLetter({ ...tx, em }, await em.findOneOrFail(Letter, { id: making!.id }), 'Soạn lại')
        await em.flush()
      })
      return { status: 200, body: remote.signature(hash) }
    })
    await scene.does('chutich.x01', id, 'SignResult', 'signed')
    making = await letterOf(id, 'result')
    expect(await remote.next()).toBe(true)
    expect(remote.asked).toHaveLength(1)
    const [after] = await scene.sql(
      'select state, signed_file_sha256, file_sha256 from letter where id = $1',
      [making.id],
    )
    expect(after).toEqual({ state: 'void', signed_file_sha256: null, file_sha256: null })
    expect((await signaturesOf(making)).map(({ state }) => state)).toEqual(['void'])
    expect(await trailOf(making)).toEqual([])
    await remote.hurry()
    expect(await remote.next()).toBe(false)
    await remote.close()
  })

  it('whose answer is of another text is not believed', async () => {
    const remote = await service(() => ({
      status: 200,
      body: remote.signature(Buffer.alloc(32, 7).toString('base64')),
    }))
    const id = await reviewed()
    await scene.does('chutich.x01', id, 'SignResult', 'signed')
    await remote.next()
    const letter = await letterOf(id, 'result')
    expect(letter.signedFileSha256).toBeNull()
    const [row] = await scene.sql('select state, last_error from letter_signature where letter_id = $1', [
      letter.id,
    ])
    expect(row).toMatchObject({ state: 'waiting', last_error: expect.stringContaining('not of this text') })
    await remote.close()
  })
})

it('while the seal is waited for, the letter is shown to nobody and not handed over', async () => {
  const slow: Signing = {
    ...demo,
    signerOf: async (who) => {
      const signer = (await demo.signerOf(who))!
      return who.kind === 'agency' ? { ...signer, where: 'elsewhere' } : signer
    },
  }
  scene.services.signing = slow
  const id = await issued()
  const letter = await letterOf(id, 'result')
  expect(letter).toMatchObject({ state: 'issued', fileSha256: null, number: expect.any(Number) })
  const agent = await loggedIn(testApp(scene.db, letterRoutes(scene.services)), 'vanthu.x01')
  expect((await whole(agent.get(`/api/letters/${letter.id}/pdf`))).status).toBe(409)
  await signNext({ ...scene.services, signing: slow })
  expect((await whole(agent.get(`/api/letters/${letter.id}/pdf`))).status).toBe(200)
})

describe('the settings file', () => {
  const write = (settings: object) => {
    const file = join(scene.folder, 'signing.json')
    writeFileSync(file, JSON.stringify(settings))
    return file
  }
  it('names the entry whose passphrase is wrong', () => {
    demoAuthority(join(scene.folder, 'signing')).certificateFor('mine', { name: 'x', organisation: 'x' })
    const file = write({ people: { 'chutich.x01': { pkcs12: 'signing/mine.p12', passphrase: 'wrong' } } })
    expect(() => signingFrom(file)).toThrow(/^person\/chutich\.x01: .*passphrase is wrong/)
  })
  it('signs with what it names, and with nothing for anybody else', async () => {
    const passphrase = readFileSync(join(scene.folder, 'signing', 'passphrase'), 'utf8')
    const signing = signingFrom(
      write({ people: { 'chutich.x01': { pkcs12: 'signing/mine.p12', passphrase } } }),
    )
    const who = { kind: 'person', name: '', organisation: '' } as const
    expect((await signing.signerOf({ ...who, id: 'chutich.x01' }))?.chain).toHaveLength(2)
    expect(await signing.signerOf({ ...who, id: personId('vanthu.x01') })).toBeUndefined()
  })
  it('takes a service at a plain address of another machine for a mistake', () => {
    const remote = { url: 'http://ky-so.example', key: 'x' }
    const file = write({ agencies: { 'T00.X01': { remote, certificates: 'x.pem' } } })
    expect(() => signingFrom(file)).toThrow(/https/)
  })
})
