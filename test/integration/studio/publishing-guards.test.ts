import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { jest } from '@jest/globals'
import pg from 'pg'
import { v7 as uuid } from 'uuid'
import { systemActor } from '../../../src/access/actor.ts'
import type { EngineClient } from '../../../src/engine/client.ts'
import { startDispatcher } from '../../../src/engine/dispatcher.ts'
import { EngineError } from '../../../src/engine/index.ts'
import { enqueueStart } from '../../../src/engine/outbox.ts'
import { defaultTuning } from '../../../src/engine/tuning.ts'
import { FolderError } from '../../../src/procedures/folder.ts'
import { refusedInForce, waitingFolders } from '../../../src/procedures/publish.ts'
import { exportVersion } from '../../../src/studio/publishing/export.ts'
import { bringIntoForce } from '../../../src/studio/publishing/in-force.ts'
import { takesAll } from '../../support/deploy.ts'
import {
  analyst,
  approved,
  broker,
  CODE,
  control,
  current,
  DECISION,
  DRAFTS,
  FOLDER,
  folder,
  inForce,
  look,
  publishing,
  restart,
  scan,
  setTheScene,
  TODAY,
  test,
} from './publishing-scene.ts'

// For a busy machine; nothing here is judged by time.
jest.setTimeout(60_000)
setTheScene()

const LATER = '2026-12-01'
const onTheDay = () => test.clock.set('2026-12-01T02:00:00Z')
type Obstacle = {
  rule: string
  elementId: string | null
  fingerprint: string | null
  message: { vi: string }
}
type Checked = { name: string; ok: boolean; obstacles: Obstacle[] }
const failed = ({ checks }: { checks: Checked[] }) => checks.filter(({ ok }) => !ok).map(({ name }) => name)
const checks = async (id: string) => (await control.get(`${DRAFTS}/${id}/publication`).expect(200)).body
const draft = async (id: string) => (await analyst.get(`${DRAFTS}/${id}`).expect(200)).body
const withdraw = (id: string) =>
  control.post(`/api/studio/publications/${id}/withdraw`).send({ reason: 'Không còn đúng' })
const plans = async () => (await control.get(`/api/studio/procedures/${CODE}`).expect(200)).body.publications
const versions = () =>
  look<{ version: number; refusal: string | null }>(
    'select version, refusal from procedure_version where code = $1 order by version',
    [CODE],
  )
const approve = async (id: string, revision: number) => {
  await analyst.post(`${DRAFTS}/${id}/submit`).send({ revision }).expect(200)
  await control.post(`${DRAFTS}/${id}/verdict`).send({ revision, verdict: 'approved', note: '' }).expect(200)
}

const REFUSAL = '- Element: routing_table\n    - ERROR: failed to parse expression \'"a" "b"\''
/** A broker that takes everything but the second version of the procedure. */
const refusesIt: typeof takesAll = async (resources) => {
  if (resources.some(({ name }) => name.startsWith('p1013225_v2')))
    throw new EngineError('INVALID_ARGUMENT', REFUSAL)
  return takesAll(resources)
}
const away = async () => {
  throw new EngineError('UNAVAILABLE', 'nobody listens')
}

/** What the trail and the messages say of a plan that does not come. */
const told = async (id: string) =>
  [
    await look<{ kind: string }>(
      `select line::jsonb -> 'detail' ->> 'kind' as kind from audit_entry
        where act = 'publication.held' and line::jsonb -> 'detail' ->> 'publication' = $1`,
      [id],
    ),
    await look<{ login: string; body: string }>(
      `select a.login, n.body from notification n join account a on a.person_id = n.person_id where n.key = 'plan-held/' || $1`,
      [id],
    ),
  ] as const

let root: string
const edit = async (from: string, to: string) => {
  const path = join(root, FOLDER, 'procedure.json')
  const text = await readFile(path, 'utf8')
  expect(text).toContain(from)
  await writeFile(path, text.replace(from, to))
}
beforeEach(async () => {
  root = join(folder, 'processes')
  await rm(root, { recursive: true, force: true })
  await cp('processes', root, { recursive: true })
})

describe('what the broker refuses', () => {
  it('is not published: the answer says where, nothing is written, and the draft waits as it was', async () => {
    const id = await approved()
    broker.deploy = refusesIt
    const { status, body } = await publishing(id)
    expect([status, body.type]).toEqual([422, 'urn:mot-cua:engine-refuses'])
    expect(body.detail).toContain('routing_table')
    expect(body.problems).toMatchObject([{ elementId: 'routing_table' }])
    expect(await versions()).toHaveLength(1)
    expect(await look('select from publication')).toEqual([])
    expect((await draft(id)).state).toBe('approved')
  })

  it('is neither published under an id that the broker does not know', async () => {
    const id = await approved()
    broker.deploy = async () => ['p1013225', 'routing_p1013225']
    expect((await publishing(id)).body.type).toBe('urn:mot-cua:engine-refuses')
    expect(await versions()).toHaveLength(1)
  })

  it('after the broker was away holds up nothing else, is kept on its row, and is withdrawn even after its day', async () => {
    const id = await approved()
    broker.deploy = away
    const { body } = await publishing(id)
    expect(body).toMatchObject({ state: 'planned', held: null })
    broker.deploy = refusesIt
    await look('update procedure_version set deployed_epoch = null where version = 1')
    const told = jest.spyOn(test.db.log, 'error')
    expect(await bringIntoForce(test.db, broker)).toBe(0)
    expect(told).toHaveBeenCalledWith(
      { processId: 'p1013225_v2', refusal: REFUSAL },
      expect.stringContaining('refuses'),
    )
    told.mockClear()
    await bringIntoForce(test.db, broker)
    expect(told).not.toHaveBeenCalled()
    expect(await look('select from procedure_version where deployed_epoch is null')).toHaveLength(1)
    expect([await inForce(), await inForce(LATER)]).toEqual([1, 1])
    expect(await plans()).toMatchObject([
      { held: { kind: 'refused', message: { vi: expect.stringContaining('ERROR') } } },
    ])
    // The server starts with it; a broker that takes it now would put it in force.
    await restart(root)
    expect(told).toHaveBeenCalledTimes(1)
    told.mockRestore()
    onTheDay()
    await withdraw(body.id).expect(204)
    expect((await draft(id)).state).toBe('approved')
  })

  it('from a folder stops the start before anything is written', async () => {
    await edit('"value": 28', '"value": 26')
    broker.deploy = refusesIt
    await expect(restart(root)).rejects.toThrow(FolderError)
    await expect(restart(root)).rejects.toThrow(/1.013225-.*the broker refuses it.*routing_table/s)
    expect([await versions(), await inForce()]).toMatchObject([[{ version: 1 }], 1])
  })
})

describe('a version that a broker refused', () => {
  it('is asked anew when it is planned again, and comes into force when the broker takes it', async () => {
    const id = await approved()
    broker.deploy = away
    const { body } = await publishing(id)
    broker.deploy = refusesIt
    await bringIntoForce(test.db, broker)
    await withdraw(body.id).expect(204)
    broker.deploy = away
    expect((await publishing(id)).body).toMatchObject({ state: 'planned', held: null })
    broker.deploy = takesAll
    expect(await bringIntoForce(test.db, broker)).toBe(1)
    expect(await inForce()).toBe(2)
  })

  it('while it is in force lets what is filed wait without counting, and says so, until it is taken', async () => {
    const refuses: typeof takesAll = async (resources) => {
      if (resources.some(({ name }) => name.startsWith('p1013225_v1')))
        throw new EngineError('INVALID_ARGUMENT', REFUSAL)
      return takesAll(resources)
    }
    broker.deploy = refuses
    await restart(root, 2)
    let asked = 0
    let takes = false
    const client = {
      async createProcessInstance() {
        asked += 1
        if (!takes) throw new EngineError('NOT_FOUND', 'no process of that id')
        return '1'
      },
    } as unknown as EngineClient
    const subjectId = uuid()
    const startOf = (processId: string) => ({
      subjectId,
      processId,
      kind: 'dossier' as const,
      dossierId: subjectId,
    })
    const [filed, unheard] = await test.db.transact(systemActor('filing'), async (tx) => [
      await enqueueStart(tx, startOf('p1013225_v1')),
      await enqueueStart(tx, { ...startOf('unheard_v1'), subjectId: uuid() }),
    ])
    const tuning = { ...defaultTuning, dispatchPollMs: 20, refusalBackOffMs: 1 }
    const dispatcher = startDispatcher({ db: test.db, client, epoch: 2, log: test.db.log, tuning })
    const rowOf = async (id: string) =>
      (
        await look<{ attempts: number; last_error: string; sent: boolean }>(
          'select attempts, last_error, sent_at is not null as sent from outbox where id = $1',
          [id],
        )
      )[0]!
    try {
      // What no version bears is refused as before.
      for (let n = 0; n < 500 && (await rowOf(unheard!)).attempts < tuning.maxRefusals; n++) await sleep(20)
      expect((await rowOf(unheard!)).attempts).toBe(tuning.maxRefusals)
      expect(asked).toBe(1 + tuning.maxRefusals)
      expect(await rowOf(filed!)).toMatchObject({
        attempts: 0,
        sent: false,
        last_error: expect.stringContaining('NOT_FOUND'),
      })
      expect(await test.db.transact(systemActor('look'), (tx) => refusedInForce(tx.sql))).toMatchObject([
        { code: CODE, version: 1, refusal: REFUSAL, waiting: 1 },
      ])
      broker.deploy = takesAll
      await restart(root, 2)
      takes = true
      await look('update outbox set leased_until = null where id = $1', [filed])
      for (let n = 0; n < 500 && !(await rowOf(filed!)).sent; n++) await sleep(20)
      expect(await rowOf(filed!)).toMatchObject({ attempts: 0, sent: true })
      expect(await test.db.transact(systemActor('look'), (tx) => refusedInForce(tx.sql))).toEqual([])
    } finally {
      await dispatcher.stop()
      await test.force('delete from outbox')
      await test.force('delete from subject')
    }
  })
})

describe('a plan that a newer folder has overtaken', () => {
  it('does not undo the folder on its day: it says so, is withdrawn, and is published anew on what is in force now', async () => {
    const id = await approved()
    const { body } = await publishing(id, { inForceFrom: LATER })
    await edit('"value": 28', '"value": 26')
    const warned = jest.spyOn(test.db.log, 'warn')
    await restart(root)
    expect(warned).toHaveBeenCalledWith({ procedures: [CODE] }, expect.stringContaining('publish it anew'))
    warned.mockRestore()
    expect(await plans()).toMatchObject([
      { held: { kind: 'overtaken', message: { vi: expect.stringContaining('Phiên bản 3') } } },
    ])
    onTheDay()
    expect(await inForce(LATER)).toBe(3)
    expect(await told(body.id)).toEqual([[], []])
    expect(await bringIntoForce(test.db, broker)).toBe(0)
    expect(await bringIntoForce(test.db, broker)).toBe(0)
    const [lines, letters] = await told(body.id)
    expect([lines, letters]).toMatchObject([[{ kind: 'overtaken' }], [{ login: 'kiemsoat' }]])
    expect(letters[0]!.body).toContain('Phiên bản 3')
    await withdraw(body.id).expect(204)
    // Judged against the version before: it has to take in what the folder changed first.
    const again = await publishing(id, { inForceFrom: LATER })
    expect([again.status, failed(again.body)]).toEqual([422, expect.arrayContaining(['base'])])
  })
})

describe('of two drafts from one version', () => {
  it('the second takes in what the first changed, and is reviewed again, before it is published', async () => {
    const [first, second] = [
      await approved(),
      await approved((definition) => ({ ...definition, phrases: [] })),
    ]
    await publishing(first)
    const late = await publishing(second)
    expect([late.status, failed(late.body)]).toEqual([422, ['base']])

    const three = await analyst.get(`${DRAFTS}/${second}/base`).query({ revision: 2 }).expect(200)
    const { base, mine, theirs } = three.body
    expect([theirs.version, theirs.id]).toEqual([2, await current()])
    expect(base.definition.allotments).not.toEqual(theirs.source.definition.allotments)
    const take = (given: object) => analyst.post(`${DRAFTS}/${second}/base`).send(given)
    const merged = { ...mine.definition, allotments: theirs.source.definition.allotments }
    const stale = await take({
      revision: 2,
      versionId: await firstVersion(),
      changes: {},
    })
    expect([stale.status, stale.body.type]).toEqual([409, 'urn:mot-cua:version-changed'])
    await control
      .post(`${DRAFTS}/${second}/base`)
      .send({ revision: 2, versionId: theirs.id, changes: {} })
      .expect(403)
    const { body } = await take({
      revision: 2,
      versionId: theirs.id,
      changes: { definition: merged },
    }).expect(200)
    expect(body.revision).toBe(3)
    expect(await draft(second)).toMatchObject({ state: 'draft', baseVersion: { version: 2 } })
    expect(failed(await checks(second))).toEqual(['approved'])
    await approve(second, 3)
    const { status } = await publishing(second, { revision: 3 })
    expect([status, await inForce()]).toEqual([201, 3])
  })

  it('goes back to review also when all of it stays as it was', async () => {
    const [first, second] = [
      await approved(),
      await approved((definition) => ({ ...definition, phrases: [] })),
    ]
    await publishing(first)
    const { body } = await analyst
      .post(`${DRAFTS}/${second}/base`)
      .send({ revision: 2, versionId: await current(), changes: {} })
      .expect(200)
    expect(body.revision).toBe(2)
    expect((await draft(second)).state).toBe('draft')
    expect(failed(await checks(second))).toEqual(['approved'])
  })
})

const firstVersion = async () =>
  (await look<{ id: string }>('select id from procedure_version where code = $1 and version = 1', [CODE]))[0]!
    .id

describe('a reason for a warning', () => {
  it('excuses what it was given for; with other facts behind it the warning asks again', async () => {
    const id = await approved()
    expect(failed(await checks(id))).toEqual([])
    const { source } = await draft(id)
    const definition = structuredClone(source.definition)
    definition.consultation.limit.value += 20
    await analyst.put(`${DRAFTS}/${id}`).send({ revision: 2, changes: { definition } }).expect(200)
    const { checks: after } = (await checks(id)) as { checks: Checked[] }
    const open = after.find(({ name }) => name === 'acknowledged')!.obstacles
    expect(open).toMatchObject([
      { rule: 'silence-after-due', fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/) },
    ])
    const given = () => control.get(`${DRAFTS}/${id}/acknowledgements`).expect(200)
    expect((await given()).body.acknowledgements).toMatchObject([
      { rule: 'silence-after-due', stands: false },
    ])

    const excuse = (given: object) => control.post(`${DRAFTS}/${id}/acknowledgements`).send(given)
    const stale = await excuse({
      rule: 'silence-after-due',
      elementId: open[0]!.elementId,
      fingerprint: '0'.repeat(64),
      reason: 'Đã đọc bản cũ',
    })
    expect([stale.status, stale.body.type]).toEqual([409, 'urn:mot-cua:warning-changed'])
    const { rule, elementId, fingerprint } = open[0]!
    await excuse({ rule, elementId, fingerprint, reason: 'Đã thống nhất lại' }).expect(204)
    expect((await given()).body.acknowledgements).toMatchObject([
      { stands: false },
      { stands: true, message: { vi: expect.stringContaining('Im lặng') } },
    ])
    expect(failed(await checks(id))).not.toContain('acknowledged')
  })
})

describe('a comment after the approval', () => {
  it('is settled before the draft is published', async () => {
    const id = await approved()
    const { body } = await control
      .post(`${DRAFTS}/${id}/comments`)
      .send({ elementId: 'Appraise', text: 'Thời gian này có đủ không?' })
      .expect(201)
    const { status, body: refused } = await publishing(id)
    expect([status, failed(refused)]).toEqual([422, ['comments']])
    expect(JSON.stringify(refused.checks)).toContain('Thời gian này có đủ không?')
    await control.post(`${DRAFTS}/${id}/comments/${body.n}/resolve`).expect(204)
    expect((await publishing(id)).status).toBe(201)
  })
})

describe('examples', () => {
  const changed = async (id: string, change: (walk: { element: string }[]) => void) => {
    const { source } = await draft(id)
    const examples = structuredClone(source.examples)
    change(examples[0].content.walk)
    await analyst.put(`${DRAFTS}/${id}`).send({ revision: 2, changes: { examples } }).expect(200)
    return examples
  }

  it('that do not fit the diagram keep the draft from being published', async () => {
    const id = await approved()
    await changed(id, (walk) => {
      walk[0]!.element = 'NotDrawn'
    })
    const { body } = await publishing(id, { revision: 3 })
    expect(failed(body)).toEqual(['approved', 'examples'])
    expect(JSON.stringify(body.checks)).toContain('NotDrawn')
  })

  it('mended between a withdrawn plan and the next stand beside the version, until it is in force', async () => {
    const id = await approved()
    const first = await publishing(id, { inForceFrom: LATER })
    await withdraw(first.body.id).expect(204)
    const { source } = await draft(id)
    const examples = structuredClone(source.examples)
    examples[0].content.name = { vi: 'Ví dụ đã sửa' }
    await analyst.put(`${DRAFTS}/${id}`).send({ revision: 2, changes: { examples } }).expect(200)
    await approve(id, 3)
    const again = await publishing(id, { revision: 3, inForceFrom: LATER })
    expect([again.status, again.body.version.version]).toEqual([201, 2])
    await test.db.transact(systemActor('export'), (tx) =>
      exportVersion(tx, { code: CODE, version: 2, to: root }),
    )
    const written = await readFile(join(root, FOLDER, 'cases', examples[0].name), 'utf8')
    expect(written).toContain('Ví dụ đã sửa')
  })
})

describe('a published version', () => {
  const tries = async (run: (text: string) => Promise<unknown>) => {
    const said: string[] = []
    for (const change of [
      `bpmn = bpmn || ' '`,
      `dmn = dmn || ' '`,
      `definition = '{}'`,
      `eform = '{}'`,
      `sha256 = 'x'`,
      `version = 99`,
      `process_id = 'p1013225_v9'`,
      `texts = '{}'`,
      `examples = '[]'`,
    ])
      said.push(
        await run(`update procedure_version set ${change} where code = '${CODE}' and version = 1`).then(
          () => `${change}: done`,
          (error: Error & { cause?: Error }) => error.cause?.message ?? error.message,
        ),
      )
    return said
  }

  it('cannot be changed by the product’s role, nor by the owner of the tables, once it has been in force', async () => {
    const before = await look('select * from procedure_version where version = 1 and code = $1', [CODE])
    for (const url of [test.appUrl, test.ownerUrl]) {
      const client = new pg.Client(url)
      await client.connect()
      const said = await tries((text) => client.query(text))
      for (const one of said)
        expect(one).toMatch(/is published: nothing|has been in force: its examples stay/)
      await expect(client.query(`delete from procedure_version where code = '${CODE}'`)).rejects.toThrow(
        'has been in force: it stays',
      )
      // Nor can it be made to forget that it was in force.
      await client.query(`update procedure_version set ever_current = false where code = '${CODE}'`)
      await client.end()
    }
    expect(await look('select * from procedure_version where version = 1 and code = $1', [CODE])).toEqual(
      before,
    )
  })

  it('that only waits for its day may have its examples mended, and nothing else', async () => {
    await publishing(await approved(), { inForceFrom: LATER })
    const change = (what: string) =>
      look(`update procedure_version set ${what} where code = $1 and version = 2`, [CODE])
    await change(`examples = '[]'`)
    await expect(change(`bpmn = bpmn || ' '`)).rejects.toThrow('nothing in it changes')
    await expect(
      change(`texts = json_build_object('facts', '', 'form', '', 'results', '[]', 'examples', '[]')`),
    ).rejects.toThrow('nothing in it changes')
  })
})

describe('after a roll-back', () => {
  it('the folder of a version that had its time does not count as newer', async () => {
    await edit('"value": 28', '"value": 26')
    await restart(root)
    expect(await inForce()).toBe(2)
    await publishing(await approved())
    expect(await inForce()).toBe(3)
    await control
      .post(`/api/studio/procedures/${CODE}/roll-back`)
      .send({
        versionId: await firstVersion(),
        reason: 'Biểu mẫu chưa sẵn sàng',
        decision: { ...DECISION, number: '130/QĐ-UBND' },
        uploadId: scan,
        inForceFrom: TODAY,
        replaces: await current(),
      })
      .expect(201)
    await restart(root)
    expect(await inForce()).toBe(1)
    expect(await test.db.transact(systemActor('look'), (tx) => waitingFolders(tx.sql))).toEqual([])
  })
})
