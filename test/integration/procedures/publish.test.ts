import { cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jest } from '@jest/globals'
import { systemActor } from '../../../src/access/actor.ts'
import { goneProcedures, publishFolders } from '../../../src/procedures/publish.ts'
import { currentShared, findVersion, publishedVersion } from '../../../src/procedures/version.ts'
import { createTestDatabase, type TestDatabase } from '../../support/database.ts'
import { takesAll } from '../../support/deploy.ts'

// For a busy machine; nothing here is judged by time.
jest.setTimeout(60_000)

const PERMIT = '1.013225-cap-giay-phep-xay-dung-moi'
type Resource = { name: string; content: string }

let test: TestDatabase
let root: string
let deployed: Resource[]
const publish = (epoch = 1) =>
  publishFolders(
    test.db,
    (resources) => {
      deployed.push(...resources)
      return takesAll(resources)
    },
    { root, epoch },
  )
const look = <T>(text: string, params: unknown[] = []) =>
  test.db.transact(systemActor('look'), (tx) => tx.sql<T>(text, params))
const current = () => test.db.transact(systemActor('look'), (tx) => findVersion(tx.sql, '1.013225'))

async function edit(file: string, from: string, to: string) {
  const path = join(root, file)
  const text = await readFile(path, 'utf8')
  expect(text).toContain(from)
  await writeFile(path, text.replace(from, to))
}

beforeEach(async () => {
  test = await createTestDatabase()
  root = await mkdtemp(join(tmpdir(), 'mot-cua-publish-'))
  await cp('processes', root, { recursive: true })
  deployed = []
})
afterEach(async () => {
  await test.close()
  await rm(root, { recursive: true })
})

describe('publishing the folders', () => {
  it('makes version 1 of each, with the version in every id, and deploys it', async () => {
    const published = await publish()
    expect(published.map((each) => each.processId)).toEqual(
      expect.arrayContaining([
        'p1013225_v1',
        'deadline-watch_v1',
        'consultation_v1',
        'apology_v1',
        'stop_v1',
      ]),
    )
    const bpmn = deployed.find((resource) => resource.name === 'p1013225_v1.bpmn')!.content
    expect(bpmn).toContain('processRef="p1013225_v1"')
    expect(bpmn).not.toContain('"p1013225"')
    const dmn = deployed.find((resource) => resource.name === 'routing_p1013225_v1.dmn')!.content
    expect(dmn).toContain('<decision id="routing_p1013225_v1"')
    expect(dmn).not.toContain('"routing_p1013225"')
  })

  it('a second start changes and deploys nothing', async () => {
    await publish()
    deployed = []
    expect((await publish()).every((each) => !each.fresh)).toBe(true)
    expect(deployed).toEqual([])
  })

  it('two servers starting together make one version', async () => {
    await Promise.all([publish(), publish()])
    const rows = await look<{ version: number }>('select version from procedure_version where code = $1', [
      '1.013225',
    ])
    expect(rows).toEqual([{ version: 1 }])
  })

  it('an edited folder becomes the next version; the old one stays as it was', async () => {
    await publish()
    const before = (await current())!
    await edit(`${PERMIT}/procedure.json`, '"value": 28', '"value": 26')
    await publish()
    const after = (await current())!
    expect(after).toMatchObject({ version: 2, processId: 'p1013225_v2', decisionId: 'routing_p1013225_v2' })
    const old = await test.db.transact(systemActor('look'), (tx) => publishedVersion(tx.sql, before.id))
    expect(old.definition.allotments.house!.Appraise!.value).toBe(28)
    expect(after.definition.allotments.house!.Appraise!.value).toBe(26)
  })

  it('a folder put back as it was becomes current again without a new version', async () => {
    await publish()
    await edit(`${PERMIT}/procedure.json`, '"value": 28', '"value": 26')
    await publish()
    await edit(`${PERMIT}/procedure.json`, '"value": 26', '"value": 28')
    await publish()
    expect(await current()).toMatchObject({ version: 1 })
    expect(await look('select version from procedure_version where code = $1', ['1.013225'])).toHaveLength(2)
  })

  it('a folder that is gone leaves its procedure in force, marked until it is back', async () => {
    await publish()
    const gone = () => test.db.transact(systemActor('look'), (tx) => goneProcedures(tx.sql))
    expect(await gone()).toEqual([])
    const warned = jest.spyOn(test.db.log, 'warn')
    await rename(join(root, PERMIT), `${root}-aside`)
    await publish()
    expect(await gone()).toMatchObject([{ code: '1.013225', version: 1, folder: PERMIT }])
    expect(await current()).toMatchObject({ version: 1 })
    expect(warned).toHaveBeenCalledWith({ procedures: ['1.013225'] }, expect.stringContaining('no folder'))
    await rename(`${root}-aside`, join(root, PERMIT))
    await publish()
    expect(await gone()).toEqual([])
    warned.mockRestore()
  })

  it('an edited shared process starts new instances, a new epoch gets every version again', async () => {
    await publish()
    await edit('shared/stop.bpmn', 'Kiểm tra yêu cầu', 'Xem yêu cầu')
    await publish()
    const stop = await test.db.transact(systemActor('look'), (tx) => currentShared(tx.sql, 'stop'))
    expect(stop.processId).toBe('stop_v2')
    deployed = []
    await publish(2)
    expect(deployed.map((resource) => resource.name)).toEqual(
      expect.arrayContaining(['stop_v1.bpmn', 'stop_v2.bpmn', 'p1013225_v1.bpmn', 'routing_p1013225_v1.dmn']),
    )
  })

  it('a diagram with a fault stops the whole publishing and names file, element and rule', async () => {
    await edit(`${PERMIT}/process.bpmn`, 'type="dossier.route"', 'type="dossier.rout"')
    await expect(publish()).rejects.toThrow(/process\.bpmn: Route: mot-cua\/job-type-known/)
    expect(await look('select from procedure_version union all select from shared_process')).toEqual([])
  })

  it('an unknown field of a result template stops the publishing and is named with its file', async () => {
    await edit(`${PERMIT}/results/1-permit.json`, '{{form.landArea}}', '{{form.landArae}}')
    await expect(publish()).rejects.toThrow(
      /results\/1-permit\.json: blocks\.3\.rows\.7\.value: unknown field "form\.landArae"; there are: .*form\.landArea/,
    )
    expect(await look('select from procedure_version')).toEqual([])
  })

  it('a template edited is the next version; dossiers under the old one keep its words', async () => {
    await publish()
    const before = (await current())!
    await edit(`${PERMIT}/results/1-permit.json`, '3. Căn cứ cấp phép:', '3. Căn cứ:')
    await publish()
    const texts = ({ definition }: typeof before) => JSON.stringify(definition.resultTemplates)
    expect(texts((await current())!)).toContain('"3. Căn cứ:"')
    const old = await test.db.transact(systemActor('look'), (tx) => publishedVersion(tx.sql, before.id))
    expect(texts(old)).toContain('"3. Căn cứ cấp phép:"')
  })

  it('a broker that is away leaves everything unpublished; the next start publishes and deploys it', async () => {
    const away = async () => {
      throw new Error('UNAVAILABLE')
    }
    await expect(publishFolders(test.db, away, { root, epoch: 1 })).rejects.toThrow('UNAVAILABLE')
    expect(await current()).toBeUndefined()
    await publish()
    expect(await current()).toBeDefined()
    expect(deployed.map((resource) => resource.name)).toContain('p1013225_v1.bpmn')
  })
})
