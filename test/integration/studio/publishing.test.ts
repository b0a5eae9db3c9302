import { cp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { jest } from '@jest/globals'
import { systemActor } from '../../../src/access/actor.ts'
import { sweepOrphans } from '../../../src/documents/sweep.ts'
import { goneProcedures, waitingFolders } from '../../../src/procedures/publish.ts'
import { exportVersion } from '../../../src/studio/publishing/export.ts'
import { bringIntoForce } from '../../../src/studio/publishing/in-force.ts'
import {
  analyst,
  approved,
  broker,
  type Change,
  CODE,
  control,
  current,
  DECISION,
  DRAFTS,
  deployed,
  FOLDER,
  folder,
  inForce,
  leader,
  look,
  publishing,
  restart,
  scan,
  services,
  setTheScene,
  TODAY,
  test,
} from './publishing-scene.ts'

// For a busy machine; nothing here is judged by time.
jest.setTimeout(60_000)
setTheScene()

describe('publishing a draft', () => {
  it('makes the next immutable version under its decision, deployed and in force today', async () => {
    const id = await approved()
    const { body, status } = await publishing(id)
    expect([status, body.state, body.version.version]).toEqual([201, 'in-force', 2])
    expect(deployed).toEqual(['p1013225_v2.bpmn', 'routing_p1013225_v2.dmn'])
    const [version] = await look<Record<string, unknown>>(
      `select origin, in_force_from, draft_id, definition->'decision' as decision, position('"p1013225"' in bpmn) as bare,
              json_array_length(examples) > 3 as examples
         from procedure_version where code = $1 and current`,
      [CODE],
    )
    expect(version).toEqual({
      origin: 'studio',
      in_force_from: TODAY,
      draft_id: id,
      decision: { ...DECISION, sample: true, verified: false },
      bare: 0,
      examples: true,
    })
    const { body: page } = await leader.get(`/api/studio/procedures/${CODE}`).expect(200)
    expect(
      page.versions.map((one: { version: number; current: boolean }) => [one.version, one.current]),
    ).toEqual([
      [2, true],
      [1, false],
    ])
    expect(page.publications).toMatchObject([{ state: 'in-force', decision: DECISION }])
    const acts = await look<{ act: string }>(
      `select act from audit_entry where act like 'p%' and line like '%' || $1 || '%' order by index`,
      [body.id],
    )
    expect(acts.map(({ act }) => act)).toEqual(['publication.planned', 'procedure.in-force'])
  })

  it('keeps the scan of the decision, though nobody has attached it to a dossier', async () => {
    const { body } = await publishing(await approved())
    await look(`update upload set created_at = now() - interval '3 days'`)
    await look(`update stored_file set created_at = now() - interval '3 days'`)
    await sweepOrphans(test.db, services.files, 24)
    const answer = await leader.get(`/api/studio/publications/${body.id}/scan`).expect(200)
    expect(answer.headers['content-type']).toContain('application/pdf')
  })

  it('makes one version, however often and by however many at once it is asked', async () => {
    const id = await approved()
    const answers = await Promise.all([publishing(id), publishing(id)])
    expect(answers.map(({ status }) => status)).toEqual([201, 201])
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
    expect((await publishing(id, { replaces: null })).body.id).toBe(answers[0]!.body.id)
    expect(await look('select from procedure_version where code = $1', [CODE])).toHaveLength(2)
  })

  it('of two drafts at once publishes one; the other hears that the version in force has changed', async () => {
    const [one, two] = [await approved(), await approved()]
    const replaces = await current()
    const answers = await Promise.all([publishing(one, { replaces }), publishing(two, { replaces })])
    expect(answers.map(({ status }) => status).sort()).not.toEqual([201, 201])
    expect(await look(`select from procedure_version where code = $1 and current`, [CODE])).toHaveLength(1)
    expect(await inForce()).toBe(2)
  })

  it('refuses a decision not signed yet, a day that is over or mistyped and a scan that is not there, and writes nothing', async () => {
    const id = await approved()
    for (const [given, field] of [
      [{ decision: { ...DECISION, date: '2026-11-03' } }, 'decision.date'],
      [{ inForceFrom: '2026-11-01' }, 'inForceFrom'],
      [{ inForceFrom: '2062-11-01' }, 'inForceFrom'],
      [{ uploadId: '0199a000-0000-7000-8000-000000000001' }, 'uploadId'],
    ] as const) {
      const { body, status } = await publishing(id, given)
      expect([status, body.errors?.map((one: { field: string }) => one.field)]).toEqual([422, [field]])
    }
    expect(await look('select from publication')).toEqual([])
    expect(await inForce()).toBe(1)
  })

  it('refuses what nobody has approved, and what its rules forbid, and says why', async () => {
    const id = await approved()
    await analyst
      .put(`${DRAFTS}/${id}`)
      .send({
        revision: 2,
        changes: {
          bpmn: (await analyst.get(`${DRAFTS}/${id}`)).body.source.bpmn.replace('dossier.route', 'x.y'),
        },
      })
      .expect(200)
    const { body } = await publishing(id, { revision: 3 })
    expect(body.type).toBe('urn:mot-cua:not-publishable')
    const failed = body.checks.filter(({ ok }: { ok: boolean }) => !ok)
    expect(failed.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['approved', 'rules']),
    )
    expect(JSON.stringify(failed)).toContain('"elementId":"Route"')
  })

  it('refuses what is a ministry’s to change: it leaves as a proposal', async () => {
    const id = await approved((definition) => ({
      ...definition,
      papers: (definition.papers as never[]).slice(0, -1),
      phrases: [],
    }))
    const { body } = await publishing(id)
    expect(body.checks.find(({ name }: { name: string }) => name === 'within-power')).toMatchObject({
      ok: false,
      obstacles: [
        { message: { vi: expect.any(String) }, mend: { vi: expect.stringContaining('kiến nghị') } },
      ],
    })
  })

  it('refuses a draft that says what the version in force says, in whatever order', async () => {
    const backwards: Change = (definition) => Object.fromEntries(Object.entries(definition).reverse())
    const { body } = await publishing(await approved(backwards))
    expect(body.checks.filter(({ ok }: { ok: boolean }) => !ok)).toMatchObject([{ name: 'changed' }])
  })

  it('is nobody’s but the control office’s', async () => {
    const id = await approved()
    const body = { revision: 2, decision: DECISION, uploadId: scan, inForceFrom: TODAY, replaces: null }
    for (const agent of [analyst, leader]) await agent.post(`${DRAFTS}/${id}/publish`).send(body).expect(403)
  })

  it('waits for a broker that is away, and then comes into force by itself', async () => {
    const deploy = broker.deploy
    broker.deploy = async () => {
      throw new Error('UNAVAILABLE')
    }
    const { body } = await publishing(await approved())
    expect(body.state).toBe('planned')
    expect(await inForce(TODAY)).toBe(1)
    broker.deploy = deploy
    await bringIntoForce(test.db, broker)
    expect(await inForce()).toBe(2)
  })
})

describe('a version planned for a later day', () => {
  const LATER = '2026-12-01'
  const planned = async () => (await publishing(await approved(), { inForceFrom: LATER })).body

  it('is deployed now and in force on its day, not before', async () => {
    expect((await planned()).state).toBe('planned')
    expect(deployed).toContain('p1013225_v2.bpmn')
    await bringIntoForce(test.db, broker)
    await restart()
    expect(await inForce('2026-11-30')).toBe(1)
    test.clock.set('2026-11-30T16:59:59Z')
    expect(await bringIntoForce(test.db, broker)).toBe(0)
    // Midnight in Việt Nam.
    test.clock.set('2026-11-30T17:00:00Z')
    expect(await Promise.all([bringIntoForce(test.db, broker), bringIntoForce(test.db, broker)])).toContain(1)
    expect(await inForce()).toBe(2)
    expect(await bringIntoForce(test.db, broker)).toBe(0)
  })

  it('takes filings from midnight on, though nobody has come by to put it in force', async () => {
    await planned()
    expect([await inForce('2026-11-30'), await inForce(LATER), await inForce('2027-01-01')]).toEqual([
      1, 2, 2,
    ])
  })

  it('can be withdrawn until then; its draft is published anew, and no second version is made', async () => {
    const id = await approved()
    const { body } = await publishing(id, { inForceFrom: LATER })
    const withdraw = () =>
      control.post(`/api/studio/publications/${body.id}/withdraw`).send({ reason: 'Chờ nghị quyết' })
    await analyst.post(`/api/studio/publications/${body.id}/withdraw`).send({ reason: 'xxx' }).expect(403)
    await withdraw().expect(204)
    await withdraw().expect(204)
    test.clock.set('2026-12-02T02:00:00Z')
    await bringIntoForce(test.db, broker)
    expect([await inForce(), await inForce('2026-12-02')]).toEqual([1, 1])
    const again = await publishing(id, { inForceFrom: '2026-12-02' })
    expect([again.status, again.body.state, again.body.version.version]).toEqual([201, 'in-force', 2])
    const late = await control
      .post(`/api/studio/publications/${again.body.id}/withdraw`)
      .send({ reason: 'Muộn rồi' })
    expect([late.status, late.body.type]).toEqual([409, 'urn:mot-cua:in-force-already'])
  })

  it('is the only plan of its procedure', async () => {
    await planned()
    const { status, body } = await publishing(await approved())
    expect([status, body.checks.find(({ name }: { name: string }) => name === 'free').ok]).toEqual([
      422,
      false,
    ])
  })
})

describe('rolling back', () => {
  const back = async (given: object = {}) => {
    const [first] = await look<{ id: string }>(
      'select id from procedure_version where code = $1 and version = 1',
      [CODE],
    )
    return control.post(`/api/studio/procedures/${CODE}/roll-back`).send({
      versionId: first!.id,
      reason: 'Biểu mẫu chưa sẵn sàng',
      decision: { ...DECISION, number: '130/QĐ-UBND' },
      uploadId: scan,
      inForceFrom: TODAY,
      replaces: await current(),
      ...given,
    })
  }

  it('makes an earlier version current again, for a reason and by a decision; nothing is published anew', async () => {
    await publishing(await approved())
    const { status, body } = await back()
    expect([status, body.kind, body.state, body.version.version]).toEqual([201, 'roll-back', 'in-force', 1])
    expect(await inForce()).toBe(1)
    const rows = await look<{ state: string }>('select state from publication order by made_at')
    expect(rows.map(({ state }) => state)).toEqual(['superseded', 'in-force'])
    expect((await back()).status).toBe(422)
    expect((await back({ reason: '' })).status).toBe(400)
  })

  it('is not undone by a restart, though the files are those of the version that was left', async () => {
    await publishing(await approved())
    const root = join(folder, 'left')
    await cp('processes', root, { recursive: true })
    await test.db.transact(systemActor('export'), (tx) => exportVersion(tx, { code: CODE, to: root }))
    await back()
    await restart(root)
    expect(await inForce()).toBe(1)
  })
})

describe('a start of the server', () => {
  let root: string
  beforeEach(async () => {
    root = join(folder, 'processes')
    await rm(root, { recursive: true, force: true })
    await cp('processes', root, { recursive: true })
  })
  const edit = async (from: string, to: string) => {
    const path = join(root, FOLDER, 'procedure.json')
    const text = await readFile(path, 'utf8')
    expect(text).toContain(from)
    await writeFile(path, text.replace(from, to))
  }
  const waiting = () => test.db.transact(systemActor('look'), (tx) => waitingFolders(tx.sql))
  const gone = () => test.db.transact(systemActor('look'), (tx) => goneProcedures(tx.sql))

  it('with the folder of the version before leaves the published version in force', async () => {
    await publishing(await approved())
    await restart(root)
    await restart(root)
    expect([await inForce(), await waiting()]).toEqual([2, []])
  })

  it('with a newer folder makes a version of it that waits for a decision, and says so', async () => {
    await publishing(await approved())
    await edit('"value": 28', '"value": 26')
    const warned = jest.spyOn(test.db.log, 'warn')
    await restart(root)
    expect(await inForce()).toBe(2)
    expect(await waiting()).toMatchObject([{ code: CODE, version: 3, inForce: 2, folder: FOLDER }])
    expect(warned).toHaveBeenCalledWith(
      { procedures: [CODE] },
      expect.stringContaining('wait until a decision'),
    )
    warned.mockRestore()
    expect(deployed).toContain('p1013225_v3.bpmn')
    await restart(root)
    expect(await look('select from procedure_version where code = $1', [CODE])).toHaveLength(3)
    expect(await waiting()).toHaveLength(1)
  })

  it('still lets a newer folder take the place of a folder while a plan waits for its day', async () => {
    await publishing(await approved(), { inForceFrom: '2026-12-01' })
    await edit('"value": 28', '"value": 26')
    await restart(root)
    expect(await inForce(TODAY)).toBe(3)
  })

  it('does not put a planned version in force because its files are there already', async () => {
    await publishing(await approved(), { inForceFrom: '2026-12-01' })
    await test.db.transact(systemActor('export'), (tx) =>
      exportVersion(tx, { code: CODE, version: 2, to: root }),
    )
    await restart(root)
    expect(await inForce(TODAY)).toBe(1)
  })

  it('in a new epoch deploys every version again, and brings a plan into force', async () => {
    await publishing(await approved(), { inForceFrom: '2026-12-01' })
    deployed.length = 0
    test.clock.set('2026-12-01T02:00:00Z')
    expect(await bringIntoForce(test.db, { ...broker, epoch: 2 })).toBe(1)
    await restart(root, 2)
    expect(deployed).toEqual(expect.arrayContaining(['p1013225_v1.bpmn', 'p1013225_v2.bpmn']))
    expect(await inForce()).toBe(2)
  })

  it('without the folder marks a version from files as gone, and none that a decision put in force', async () => {
    await rm(join(root, FOLDER), { recursive: true })
    await restart(root)
    expect(await gone()).toMatchObject([{ code: CODE }])
    await publishing(await approved())
    await restart(root)
    expect([await gone(), await inForce()]).toEqual([[], 2])
  })

  it('fills in the examples of versions that were published before they were kept', async () => {
    await test.force('update procedure_version set examples = null, texts = null')
    await restart(root)
    expect(await look('select from procedure_version where examples is null or texts is null')).toEqual([])
  })

  it('with the exported folder of the published version changes nothing: it has the same content', async () => {
    await publishing(await approved())
    const written = await test.db.transact(systemActor('export'), (tx) =>
      exportVersion(tx, { code: CODE, to: root }),
    )
    expect(written).toContain(join(FOLDER, 'process.bpmn'))
    const before = await look('select sha256, version, current from procedure_version order by sha256')
    deployed.length = 0
    await restart(root)
    expect(await look('select sha256, version, current from procedure_version order by sha256')).toEqual(
      before,
    )
    expect(deployed).toEqual([])
    const texts = await readFile(join(root, FOLDER, 'procedure.json'), 'utf8')
    expect(JSON.parse(texts).decision).toMatchObject(DECISION)
  })

  it('with the exported folder of a version from files finds those files to the letter', async () => {
    const original = join('processes', FOLDER)
    await rm(join(root, FOLDER), { recursive: true })
    const written = await test.db.transact(systemActor('export'), (tx) =>
      exportVersion(tx, { code: CODE, to: root }),
    )
    const all = await readdir(original, { recursive: true, withFileTypes: true })
    expect(written).toHaveLength(all.filter((entry) => entry.isFile()).length)
    for (const path of written)
      expect([path, await readFile(join(root, path), 'utf8')]).toEqual([
        path,
        await readFile(join('processes', path), 'utf8'),
      ])
  })
})
