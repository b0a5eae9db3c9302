import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import type { Server } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Express } from 'express'
import request from 'supertest'
import { documentRoutes } from '../../../src/documents/routes.ts'
import { type FileStore, openStore } from '../../../src/documents/store.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { docx, exe, html, pdf, png, zipBomb } from '../../unit/documents/samples.ts'
import { type Scene, setScene } from './scene.ts'
import { serverOf } from './server.ts'
import { until } from './until.ts'

/** What nobody holds any more is gone after it: a measure of memory must not hang on when the engine sweeps. */
setFlagsFromString('--expose-gc')
const sweep = runInNewContext('gc') as () => void

const maxBytes = 200_000
let own: TestDatabase
let scene: Scene
let folder: string
let store: FileStore
let app: Express
let server: Server

beforeAll(async () => {
  own = await createTestDatabase()
  scene = await setScene(own.db)
  folder = await mkdtemp(join(tmpdir(), 'uploads-'))
  store = await openStore(folder)
  const { citizen, stranger, clerk, officer, foreignOfficer } = scene
  app = serverOf(own.db, documentRoutes(store, maxBytes), {
    citizen,
    stranger,
    clerk,
    officer,
    foreignOfficer,
    englishClerk: { ...clerk, locale: 'en' },
  })
  server = app.listen(0)
})
afterAll(async () => {
  await new Promise((resolve) => {
    server.close(resolve)
    server.closeAllConnections()
  })
  await own.close()
  await rm(folder, { recursive: true })
})

const upload = (content: Buffer, filename: string, contentType?: string, as = 'citizen') =>
  request(app).post('/api/uploads').set('as', as).attach('file', content, { filename, contentType })
const part = (name: string) =>
  `--b\r\nContent-Disposition: form-data; name="file"; filename="${name}.pdf"\r\n\r\n%PDF-1.4\r\n`
const leftovers = () => readdir(join(folder, 'tmp'))
const rows = async () => (await scene.sql<{ n: number }>('select count(*)::int as n from upload'))[0]!.n

describe('uploading a file', () => {
  afterEach(async () => {
    expect(await leftovers()).toEqual([])
  })

  test('a scan of 300 MB is refused by its first line: no byte of it is written, the sender hears why at once', async () => {
    const before = await rows()
    const { port } = server.address() as AddressInfo
    const head = [
      'POST /api/uploads HTTP/1.1',
      'Host: x',
      'as: clerk',
      'Content-Type: multipart/form-data; boundary=b',
      `Content-Length: ${300 * 1024 * 1024}`,
      '',
      '',
    ].join('\r\n')
    const socket = connect(port, '127.0.0.1')
    // Of the 300 MB only the beginning is ever sent: the answer does not wait for the rest.
    socket.write(head + part('ban-ve'))
    const answer = await new Promise<string>((resolve, reject) => {
      let text = ''
      socket.on('data', (bytes) => {
        text += bytes.toString()
        if (text.includes('file-too-large')) resolve(text)
      })
      socket.on('error', reject)
      socket.on('close', () => resolve(text))
    })
    socket.destroy()
    expect(answer).toMatch(/^HTTP\/1.1 413/)
    expect(answer).toContain('Hãy giảm dung lượng hoặc chia thành nhiều tệp')
    expect(await rows()).toBe(before)
  })

  test('a scan of 300 MB that does not say how large it is passes through: never held in memory, nothing left of it', async () => {
    const before = await rows()
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1')
    let answer = ''
    socket.on('data', (bytes: Buffer) => {
      answer += bytes.toString()
    })
    const chunk = (bytes: Buffer) =>
      Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')])
    const head = [
      'POST /api/uploads HTTP/1.1',
      'Host: x',
      'as: clerk',
      'Content-Type: multipart/form-data; boundary=b',
      'Transfer-Encoding: chunked',
      '',
      '',
    ].join('\r\n')
    socket.write(head)
    socket.write(chunk(Buffer.from(part('ban-ve'))))
    const megabyte = chunk(Buffer.alloc(1024 * 1024, ' '))
    const start = process.memoryUsage().arrayBuffers
    let most = 0
    for (let sent = 0; sent < 300; sent++) {
      if (!socket.write(megabyte)) await once(socket, 'drain')
      if (sent % 20 > 0) continue
      sweep()
      most = Math.max(most, process.memoryUsage().arrayBuffers - start)
    }
    socket.write('0\r\n\r\n')
    await until(() => answer.includes('file-too-large'))
    socket.destroy()
    expect(answer).toMatch(/^HTTP\/1.1 413/)
    expect(answer).toContain('Hãy giảm dung lượng hoặc chia thành nhiều tệp')
    // All of it went over the wire; what is on its way is far less.
    expect(most).toBeLessThan(150 * 1024 * 1024)
    expect(await rows()).toBe(before)
  })

  test('an uploaded file is known by its hash, its true type and its name', async () => {
    const answer = await upload(pdf(), 'Đơn đề nghị.pdf', 'application/pdf').expect(201)
    expect(answer.body).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      fileName: 'Đơn đề nghị.pdf',
      mediaType: 'application/pdf',
      size: pdf().length,
      sha256: createHash('sha256').update(pdf()).digest('hex'),
    })
    const content = await request(app)
      .get(`/api/uploads/${answer.body.id}/content`)
      .set('as', 'citizen')
      .expect(200)
    expect(content.body).toEqual(pdf())
    expect(content.headers).toMatchObject({
      'content-type': 'application/pdf',
      'x-content-type-options': 'nosniff',
      'content-disposition': expect.stringMatching(/^inline; .*filename\*=UTF-8''%C4%90/),
    })
  })

  test.each([
    ['with folders', '../../../../etc/cron.d/evil.pdf', 'evil.pdf'],
    ['with Windows folders', '..\\..\\boot.pdf', 'boot.pdf'],
    ['that reads backwards', 'ảnh\u202efdp.pdf', 'ảnhfdp.pdf'],
    ['of letters typed apart', 'Đơn đề nghị.pdf'.normalize('NFD'), 'Đơn đề nghị.pdf'],
    ['of 400 letters', `${'ơ'.repeat(400)}.pdf`, `${'ơ'.repeat(196)}.pdf`],
  ])('a name %s is cleaned to be shown, and never becomes a path', async (_what, filename, shown) => {
    const answer = await upload(pdf(), filename, 'application/pdf').expect(201)
    expect(answer.body.fileName).toBe(shown)
    for (const name of await readdir(folder)) expect(name).toMatch(/^([0-9a-f]{2}|tmp)$/)
  })

  test.each<[string, Buffer, string, string, string]>([
    ['a web page called .pdf', html(), 'don.pdf', 'application/pdf', 'trang web (HTML)'],
    ['a program called .png', exe(), 'anh.png', 'image/png', 'chương trình Windows (EXE)'],
    [
      'a program that admits it',
      exe(),
      'setup.exe',
      'application/x-msdownload',
      'chương trình Windows (EXE)',
    ],
    ['a picture called .pdf', png(), 'don.pdf', 'application/pdf', 'ảnh PNG'],
    ['a PDF called .html', pdf(), 'don.html', 'text/html', 'PDF'],
  ])('%s is refused with what it is and what is accepted', async (_what, content, filename, type, named) => {
    const before = await rows()
    const answer = await upload(content, filename, type).expect(422)
    expect(answer.headers['content-type']).toMatch('application/problem+json')
    expect(answer.body.detail).toContain(`là ${named}. Chỉ nhận: PDF (.pdf), ảnh JPEG (.jpg)`)
    expect(await rows()).toBe(before)
  })

  test('an empty file is refused', async () => {
    const answer = await upload(Buffer.alloc(0), 'don.pdf', 'application/pdf').expect(422)
    expect(answer.body.type).toBe('urn:mot-cua:file-empty')
  })

  test('a file of exactly the limit is taken and one byte more is refused', async () => {
    const full = Buffer.concat([pdf(), Buffer.alloc(maxBytes - pdf().length, ' ')])
    await upload(full, 'vua-du.pdf').expect(201)
    const answer = await upload(Buffer.concat([full, Buffer.from(' ')]), 'qua-lon.pdf').expect(413)
    expect(answer.body).toMatchObject({ type: 'urn:mot-cua:file-too-large', status: 413 })
    expect(answer.body.detail).toMatch(/^Tệp lớn hơn 0,2 MB/)
    const english = await upload(Buffer.concat([full, Buffer.from(' ')]), 'x.pdf', undefined, 'englishClerk')
    expect(english.body.detail).toMatch(/^The file is larger than 0.2 MB. Make it smaller or split it/)
  })

  test('a file far over the limit is refused in words, though the sender is still sending', async () => {
    const answer = await upload(Buffer.concat([pdf(), Buffer.alloc(20_000_000)]), 'lon.pdf').expect(413)
    expect(answer.body.type).toBe('urn:mot-cua:file-too-large')
  })

  test('an archive bomb is stored as the few bytes it is', async () => {
    const answer = await upload(zipBomb(), 'ban-ve.zip', 'application/zip').expect(201)
    expect(answer.body).toMatchObject({ mediaType: 'application/zip', size: zipBomb().length })
    const download = await request(app)
      .get(`/api/uploads/${answer.body.id}/content`)
      .set('as', 'citizen')
      .expect(200)
    expect(download.headers['content-disposition']).toMatch(/^attachment;/)
  })

  test('a Word document is only ever downloaded, in a sandbox', async () => {
    const { body } = await upload(docx(), 'thuyet-minh.docx').expect(201)
    const { headers } = await request(app)
      .get(`/api/uploads/${body.id}/content`)
      .set('as', 'citizen')
      .expect(200)
    expect(headers['content-disposition']).toMatch(/^attachment;/)
    expect(headers['content-security-policy']).toBe("default-src 'none'; sandbox")
  })

  test('a file lost from the store is an error of ours, not "nothing there"', async () => {
    const { body } = await upload(pdf('mất'), 'mat.pdf').expect(201)
    await store.remove(body.sha256)
    await request(app).get(`/api/uploads/${body.id}/content`).set('as', 'citizen').expect(500)
  })

  test('a PDF that is a web page too is downloaded, never shown', async () => {
    const { body } = await upload(Buffer.concat([html(), pdf()]), 'don.pdf', 'application/pdf').expect(201)
    const { headers } = await request(app)
      .get(`/api/uploads/${body.id}/content`)
      .set('as', 'citizen')
      .expect(200)
    expect(headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': expect.stringMatching(/^attachment;/),
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
    })
  })

  test.each([
    ['no multipart at all', 'application/json', '{}'],
    ['no boundary', 'multipart/form-data', 'x'],
    [
      'a form without a file',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="x"\r\n\r\n1\r\n--b--\r\n',
    ],
    [
      'a form cut off',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-',
    ],
    ['two files', 'multipart/form-data; boundary=b', `${['a', 'b'].map(part).join('')}--b--\r\n`],
  ])('%s is refused as a malformed upload', async (_what, type, body) => {
    const answer = await request(app)
      .post('/api/uploads')
      .set('as', 'citizen')
      .set('Content-Type', type)
      .send(body)
      .expect(400)
    expect(answer.body.type).toBe('urn:mot-cua:malformed-upload')
  })

  test('a sender that goes away in the middle leaves nothing behind', async () => {
    const before = await rows()
    const socket: Socket = connect((server.address() as AddressInfo).port)
    socket.write(
      'POST /api/uploads HTTP/1.1\r\nHost: x\r\nas: citizen\r\nContent-Type: multipart/form-data; boundary=b\r\n' +
        'Content-Length: 100000\r\n\r\n--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.4 half',
    )
    await until(async () => (await leftovers()).length > 0)
    socket.destroy()
    await until(async () => (await leftovers()).length === 0)
    expect(await rows()).toBe(before)
  })
})

describe("other people's files", () => {
  test('an upload answers 404 to everybody but its owner', async () => {
    const { body } = await upload(pdf('riêng'), 'rieng.pdf').expect(201)
    for (const as of ['stranger', 'clerk', 'officer'])
      await request(app).get(`/api/uploads/${body.id}/content`).set('as', as).expect(404)
  })

  test("a dossier's paper is read by its applicant and whoever works on it, and answers 404 to others", async () => {
    const { body } = await upload(pdf('của cán bộ'), 'nop-tai-quay.pdf', undefined, 'clerk').expect(201)
    const documentId = body.id
    await scene.insert('document', {
      id: documentId,
      dossier_id: scene.id.dossier,
      agency_id: scene.id.agency,
      paper_key: 'application',
      sha256: body.sha256,
      file_name: body.fileName,
      media_type: body.mediaType,
      size: body.size,
      round: 1,
      added_by: scene.id.clerk,
      added_at: new Date(),
    })
    const workOf = (personId: string) =>
      scene.sql(
        `with s as (insert into subject (id, kind, dossier_id, process_id, created_at)
                    values (gen_random_uuid(), 'dossier', $1, 'p', now()) returning id)
         insert into task (id, subject_id, subject_kind, dossier_id, element_id, visit, epoch, engine_key, form, name, role,
                           agency_id, unit_id, assignee_id, applicant_id, state, opened_at)
         select gen_random_uuid(), s.id, 'dossier', d.id, 'Appraise', 1, 1, $2::text, 'appraise', '{}', 'officer',
                d.agency_id, d.unit_id, $2::uuid, d.applicant_id, 'open', now() from dossier d, s where d.id = $1`,
        [scene.id.dossier, personId],
      )
    await request(app).get(`/api/documents/${documentId}/content`).set('as', 'officer').expect(403)
    await workOf(scene.id.officer)
    for (const [as, status] of [
      ['clerk', 200],
      ['officer', 200],
      // Filed for her by the clerk: not her upload, but her dossier.
      ['citizen', 200],
      ['stranger', 404],
      ['foreignOfficer', 404],
    ] as const)
      await request(app).get(`/api/documents/${documentId}/content`).set('as', as).expect(status)
    await scene.sql('update dossier set participant_agency_ids = $1 where id = $2', [
      [scene.id.otherAgency],
      scene.id.dossier,
    ])
    // A consulted body reads the papers it is asked about, once it has the work.
    await request(app).get(`/api/documents/${documentId}/content`).set('as', 'foreignOfficer').expect(403)
    await workOf(scene.id.head)
    await request(app).get(`/api/documents/${documentId}/content`).set('as', 'foreignOfficer').expect(200)
  })

  test('an address that is no id is an address where nothing is', async () => {
    await request(app).get('/api/documents/..%2F..%2Fetc%2Fpasswd/content').set('as', 'citizen').expect(404)
  })
})
