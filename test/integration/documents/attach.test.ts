import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { v7 as uuid } from 'uuid'
import type { Actor } from '../../../src/access/actor.ts'
import { type Attachment, attachUploads } from '../../../src/documents/attach.ts'
import { putFile, recordUpload } from '../../../src/documents/files.ts'
import { type FileStore, openStore } from '../../../src/documents/store.ts'
import { sweepOrphans } from '../../../src/documents/sweep.ts'
import { startSweeper } from '../../../src/documents/sweeper.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { docx, pdf } from '../../unit/documents/samples.ts'
import { type Scene, setScene } from './scene.ts'
import { until } from './until.ts'

let own: TestDatabase
let scene: Scene
let folder: string
let store: FileStore
let other: string

beforeEach(async () => {
  own = await createTestDatabase()
  scene = await setScene(own.db)
  folder = await mkdtemp(join(tmpdir(), 'attach-'))
  store = await openStore(folder)
  other = uuid()
  await scene.addDossier(other, 'T00.X01-261102-0002')
})
afterEach(async () => {
  await own.close()
  await rm(folder, { recursive: true })
})

const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'
const definition = {
  papers: [
    {
      key: 'application',
      name: { vi: 'Đơn đề nghị', en: 'Application' },
      accept: ['application/pdf'],
      maxBytes: 10_000,
    },
    { key: 'drawings', name: { vi: 'Bản vẽ' }, accept: ['application/pdf', wordType], maxBytes: 100 },
  ],
}
const upload = async (content: Buffer, mediaType = 'application/pdf', actor: Actor = scene.citizen) => {
  const staged = await store.stage(Readable.from([content]), 1_000_000)
  const received = { staged, fileName: 'tep.pdf', mediaType }
  return own.db.transact(actor, (tx) => recordUpload(tx, store, received))
}
const attachment = (papers: Attachment['papers'], dossierId = scene.id.dossier): Attachment => ({
  dossierId,
  agencyId: scene.id.agency,
  papers,
  definition,
  round: 1,
  addedBy: scene.id.citizen,
})
const attach = (papers: Attachment['papers'], dossierId?: string) =>
  own.db.transact(scene.citizen, (tx) => attachUploads(tx, attachment(papers, dossierId)))
const documents = () =>
  scene.sql<{ dossier_id: string; paper_key: string; sha256: string }>('select * from document order by id')
const faults = (attempt: Promise<unknown>) =>
  attempt.then(
    () => [],
    (error) =>
      error.extra.errors.map(({ field, message }: { field: string; message: { vi: string } }) => [
        field,
        message.vi,
      ]),
  )
const files = async () =>
  (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length

describe('attaching uploads to a dossier', () => {
  test('an upload becomes the paper it is given for, and the trail names it', async () => {
    const { id, sha256 } = await upload(pdf())
    const [attached] = await attach([{ paperKey: 'application', uploadId: id }])
    expect(await documents()).toMatchObject([
      {
        id: attached!.documentId,
        dossier_id: scene.id.dossier,
        paper_key: 'application',
        sha256,
        media_type: 'application/pdf',
        round: 1,
        added_by: scene.id.citizen,
      },
    ])
    const trail = await scene.sql<{ line: string }>(
      "select line from audit_entry where act = 'document.attached'",
    )
    expect(trail).toHaveLength(1)
    expect(trail[0]!.line).toContain(attached!.documentId)
    expect(trail[0]!.line).not.toContain('tep.pdf')
  })

  test('the same upload for the same paper again adds nothing', async () => {
    const { id } = await upload(pdf())
    const first = await attach([{ paperKey: 'application', uploadId: id }])
    expect(await attach([{ paperKey: 'application', uploadId: id }])).toEqual(first)
    expect(await documents()).toHaveLength(1)
  })

  test('one scan may be two papers of one dossier', async () => {
    const { id } = await upload(pdf().subarray(0, 90))
    await attach([
      { paperKey: 'application', uploadId: id },
      { paperKey: 'drawings', uploadId: id },
    ])
    expect((await documents()).map((row) => row.paper_key)).toEqual(['application', 'drawings'])
  })

  test('an upload of one dossier is refused for another', async () => {
    const { id } = await upload(pdf())
    await attach([{ paperKey: 'application', uploadId: id }])
    expect(await faults(attach([{ paperKey: 'application', uploadId: id }], other))).toEqual([
      [
        'papers.application',
        'Đơn đề nghị: tệp “tep.pdf” đã nộp trong hồ sơ khác. Hãy tải lên lại cho hồ sơ này.',
      ],
    ])
  })

  test('two dossiers filed at once with one upload: the first gets it, the other is told', async () => {
    const { id } = await upload(pdf())
    const papers = [{ paperKey: 'application', uploadId: id }]
    const commit = Promise.withResolvers<void>()
    const attached = Promise.withResolvers<void>()
    const first = own.db.transact(scene.citizen, async (tx) => {
      await attachUploads(tx, attachment(papers))
      attached.resolve()
      await commit.promise
    })
    await attached.promise
    let answered = false
    const second = faults(attach(papers, other)).finally(() => {
      answered = true
    })
    const waiting = () =>
      scene.sql(
        `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
      )
    await until(async () => answered || (await waiting()).length > 0)
    commit.resolve()
    await first
    expect(await second).toEqual([['papers.application', expect.stringContaining('đã nộp trong hồ sơ khác')]])
    expect(await documents()).toHaveLength(1)
  })

  test("somebody else's upload answers as one that never was", async () => {
    const { id } = await upload(pdf(), 'application/pdf', scene.stranger)
    const missing = await faults(attach([{ paperKey: 'application', uploadId: uuid() }]))
    expect(missing).toEqual([
      ['papers.application', 'Đơn đề nghị: không tìm thấy tệp đã tải lên. Hãy tải lên lại.'],
    ])
    expect(await faults(attach([{ paperKey: 'application', uploadId: id }]))).toEqual(missing)
  })

  test('every fault is told at once, each with its paper, and nothing is attached', async () => {
    const good = await upload(pdf())
    const word = await upload(docx(), wordType)
    const large = await upload(pdf('x'.repeat(200)))
    const errors = await faults(
      attach([
        { paperKey: 'application', uploadId: word.id },
        { paperKey: 'drawings', uploadId: large.id },
        { paperKey: 'invented', uploadId: good.id },
        { paperKey: 'application', uploadId: good.id },
      ]),
    )
    expect(errors).toEqual([
      [
        'papers.application',
        expect.stringMatching(
          /^Đơn đề nghị: Nội dung của “tep.pdf” là văn bản Word \(DOCX\)\. Chỉ nhận: PDF \(\.pdf\);/,
        ),
      ],
      ['papers.drawings', expect.stringMatching(/^Bản vẽ: “tep.pdf” lớn hơn /)],
      ['papers.invented', 'Thủ tục này không có giấy tờ như vậy.'],
    ])
    expect(await documents()).toEqual([])
  })
})

describe('sweeping orphaned files', () => {
  const age = (days: number) =>
    Promise.all([
      scene.sql('update upload set created_at = created_at - make_interval(days => $1)', [days]),
      scene.sql('update stored_file set created_at = created_at - make_interval(days => $1)', [days]),
    ])
  const sweep = () => sweepOrphans(own.db, store, 24)

  test('an upload never submitted goes after a day, its file too; attached papers and letters stay', async () => {
    const forgotten = await upload(pdf('quên'))
    const kept = await upload(pdf('nộp'))
    await attach([{ paperKey: 'application', uploadId: kept.id }])
    const letter = await own.db.transact(scene.citizen, async (tx) => {
      const file = await putFile(tx, store, pdf('thư'), 'application/pdf')
      await tx.sql(
        `insert into letter (id, dossier_id, kind, template, state, agency_id, form, data, file_sha256, drafted_at)
         values ($1, $2, 'apology', 'apology', 'issued', $3, '{}', '{}', $4, $5)`,
        [uuid(), scene.id.dossier, scene.id.agency, file.sha256, tx.at],
      )
      return file
    })
    expect(await sweep()).toEqual({ uploads: 0, files: 0, temporary: 0 })
    await age(2)
    expect(await sweep()).toEqual({ uploads: 1, files: 1, temporary: 0 })
    expect(await store.has(forgotten.sha256)).toBe(false)
    expect(await buffer(store.get(kept.sha256))).toEqual(pdf('nộp'))
    expect(await store.has(letter.sha256)).toBe(true)
    expect(await sweep()).toEqual({ uploads: 0, files: 0, temporary: 0 })
  })

  test('a file that two people uploaded stays while one of them still needs it', async () => {
    await upload(pdf())
    await age(2)
    const again = await upload(pdf(), 'application/pdf', scene.stranger)
    expect(await sweep()).toEqual({ uploads: 1, files: 0, temporary: 0 })
    expect(await store.has(again.sha256)).toBe(true)
  })

  test('a file whose transaction rolled back goes when it is old', async () => {
    const failed = own.db.transact(scene.citizen, async (tx) => {
      await putFile(tx, store, pdf(), 'application/pdf')
      throw new Error('refused after all')
    })
    await expect(failed).rejects.toThrow('refused after all')
    expect(await sweep()).toMatchObject({ files: 0 })
    const [entry] = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((each) =>
      each.isFile(),
    )
    const old = new Date(Date.now() - 48 * 3_600_000)
    await utimes(join(entry!.parentPath, entry!.name), old, old)
    expect(await sweep()).toMatchObject({ files: 1 })
    expect(await files()).toBe(0)
  })

  test('the sweeper sweeps when it starts and ends when it is told to', async () => {
    const { sha256 } = await upload(pdf())
    await age(2)
    const sweeper = startSweeper(own.db, store, own.db.log)
    await until(async () => !(await store.has(sha256)))
    await sweeper.stop()
  })

  test('the same bytes uploaded while a sweep removes them are there afterwards', async () => {
    for (let round = 0; round < 10; round++) {
      await upload(pdf())
      await age(2)
      const [, again] = await Promise.all([sweep(), upload(pdf())])
      expect(await store.has(again.sha256)).toBe(true)
      expect(await scene.sql('select from stored_file where sha256 = $1', [again.sha256])).toHaveLength(1)
      await scene.sql('delete from upload')
    }
  })
})
