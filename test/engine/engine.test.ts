import { setTimeout as sleep } from 'node:timers/promises'
import { jest } from '@jest/globals'
import {
  enqueueCancel,
  enqueueMessage,
  enqueueStart,
  enqueueTaskCompletion,
  openIncidents,
  rebuildProjection,
  retryIncident,
  settleWait,
  stuckCommands,
} from '../../src/engine/index.ts'
import { handleOnce } from '../../src/engine/job.ts'
import { unplaced } from '../../src/engine/unplaced.ts'
import { dump } from './dump.ts'
import { crowd, type Stage, setStage, tuning, until, work } from './stage.ts'

jest.setTimeout(45_000)

let stage: Stage
beforeAll(async () => {
  stage = await setStage()
}, 120_000)
afterAll(() => stage.strike(), 60_000)

const taskOf = (subjectId: string, visit: number) =>
  until(`task ${visit} of ${subjectId}`, () =>
    stage.told.created.find((task) => task.subjectId === subjectId && task.visit === visit),
  )
const complete = (subjectId: string, taskKey: string, outcome: string) =>
  stage.act((tx) =>
    enqueueTaskCompletion(tx, { subjectId, taskKey, epoch: stage.epoch, variables: { outcome } }),
  )
const endOf = (subjectId: string) =>
  until(`the end of ${subjectId}`, () => stage.told.instances.find((one) => one.subjectId === subjectId))
const effects = (subjectId: string) =>
  stage.sql<{ element_id: string; visit: number }>(
    'select element_id, visit from test_effect where subject_id = $1',
    [subjectId],
  )
const command = async (id: string) => {
  const [row] = await stage.sql<{ sent_at: Date; settled_at: Date; last_error: string; attempts: number }>(
    'select * from outbox where id = $1',
    [id],
  )
  return row!
}
const settled = (id: string) =>
  until(`command ${id} to be settled`, async () => (await command(id)).settled_at)
const wait = (subjectId: string, outcome: string, by: string | null = null) =>
  stage.act((tx) => settleWait(tx, { subjectId, elementId: 'AwaitSupplement', outcome, by }))
const openWait = (subjectId: string) =>
  until(`the wait of ${subjectId}`, () => stage.told.waits.find((one) => one.subjectId === subjectId))

/** To the open wait for a supplement. */
const toWait = async () => {
  const filed = await stage.file('walk_v1')
  const task = await taskOf(filed.subjectId, 1)
  await complete(filed.subjectId, task.key, 'supplement')
  await openWait(filed.subjectId)
  return filed
}

describe('a process instance', () => {
  test('goes from its start through worker, person and wait to its end', async () => {
    const { subjectId, dossierId, startId } = await stage.file('walk_v1')

    const first = await taskOf(subjectId, 1)
    expect(first).toMatchObject({ form: 'appraise', elementId: 'Appraise', dossierId, epoch: stage.epoch })
    const supplement = await complete(subjectId, first.key, 'supplement')
    const open = await openWait(subjectId)
    expect(open).toMatchObject({ type: 'await.supplement', visit: 1 })
    expect(await wait(subjectId, 'submitted')).toBe('won')

    const second = await taskOf(subjectId, 2)
    expect(second.key).not.toBe(first.key)
    const approved = await complete(subjectId, second.key, 'approved')
    expect((await endOf(subjectId)).state).toBe('completed')

    expect(await effects(subjectId)).toEqual([{ element_id: 'Register', visit: 1 }])
    for (const id of [startId, supplement, approved]) await settled(id)
    expect(stage.told.ended.filter((task) => [first.key, second.key].includes(task.key))).toMatchObject([
      { key: first.key, state: 'completed' },
      { key: second.key, state: 'completed' },
    ])
    const visits = await stage.sql(
      'select element_id, visit, ended from visit where subject_id = $1 order by 1, 2',
      [subjectId],
    )
    expect(visits).toEqual([
      { element_id: 'Appraise', visit: 1, ended: true },
      { element_id: 'Appraise', visit: 2, ended: true },
      { element_id: 'AwaitSupplement', visit: 1, ended: true },
      { element_id: 'Register', visit: 1, ended: true },
    ])
  })

  test('whose task nobody can get waits for an administrator, and holds up no other', async () => {
    const odd = await stage.file('walk_v1', {}, async (_tx, id) => stage.nobodys.add(id))
    const waiting = await until('the task to be kept', () =>
      stage.act(async (tx) => (await unplaced(tx.sql)).find((one) => one.subjectId === odd.subjectId)),
    )
    expect(waiting).toMatchObject({
      epoch: stage.epoch,
      dossierId: odd.dossierId,
      elementId: 'Appraise',
      message: 'nobody can get it',
    })
    const other = await stage.file('walk_v1')
    await complete(other.subjectId, (await taskOf(other.subjectId, 1)).key, 'approved')
    expect((await endOf(other.subjectId)).state).toBe('completed')

    const again = () => stage.act((tx) => stage.engine.placeAgain(tx, waiting))
    await expect(again()).rejects.toThrow('nobody can get it')
    stage.nobodys.delete(odd.subjectId)
    expect(await again()).toBe(true)
    expect(await again()).toBe(false)
    const task = await taskOf(odd.subjectId, 1)
    expect(task).toMatchObject({ form: 'appraise', visit: 1, dossierId: odd.dossierId })
    await complete(odd.subjectId, task.key, 'approved')
    expect((await endOf(odd.subjectId)).state).toBe('completed')
  })

  test('keeps its variables while it is open, and not longer', async () => {
    const { subjectId } = await stage.file('walk_v1', { caseKey: 'house' })
    const task = await taskOf(subjectId, 1)
    const variables = () =>
      stage.sql<{ name: string; value: string }>(
        `select name, value from engine_variable v join engine_instance i on i.epoch = v.epoch and i.key = v.instance_key
          where i.subject_id = $1`,
        [subjectId],
      )
    const open = Object.fromEntries((await variables()).map(({ name, value }) => [name, JSON.parse(value)]))
    expect(open).toMatchObject({ caseKey: 'house', subjectId, letter: 'receipt', registered: true })
    await complete(subjectId, task.key, 'approved')
    await until('no variables', async () => (await variables()).length === 0)
  })

  test('lives once when its start is sent twice', async () => {
    const { subjectId, startId } = await stage.file('walk_v1')
    await taskOf(subjectId, 1)
    await settled(startId)
    // The engine's answer was lost, as far as the outbox knows.
    await stage.sql('update outbox set sent_at = null, settled_at = null where id = $1', [startId])
    await stage.sql(`select pg_notify('outbox', '')`)
    const [twin] = await until('the second instance to be cancelled', async () => {
      const rows = await stage.sql<{ key: string }>(
        `select i.key from engine_instance i join outbox o on o.payload ->> 'instanceKey' = i.key
          where o.subject_id = $1 and i.state = 'cancelled' and o.settled_at is not null`,
        [subjectId],
      )
      return rows.length > 0 && rows
    })
    const known = await stage.sql<{ key: string; state: string }>(
      'select key, state from engine_instance where subject_id = $1',
      [subjectId],
    )
    expect(known).toEqual([{ key: expect.not.stringMatching(`^${twin!.key}$`), state: 'active' }])
    expect(await effects(subjectId)).toEqual([{ element_id: 'Register', visit: 1 }])
    expect(stage.told.created.filter((task) => task.subjectId === subjectId)).toHaveLength(1)
    expect(stage.told.instances.filter((one) => one.subjectId === subjectId)).toEqual([])
  })

  test('that is withdrawn in the act that files it is cancelled as soon as it has a key', async () => {
    const { subjectId } = await stage.file('walk_v1', {}, (tx, id) => enqueueCancel(tx, { subjectId: id }))
    expect((await endOf(subjectId)).state).toBe('cancelled')
    const open = await until('no open task', async () => {
      const rows = await stage.sql(
        `select from engine_user_task t join engine_instance i on i.epoch = t.epoch and i.key = t.instance_key
          where i.subject_id = $1 and t.state = 'created'`,
        [subjectId],
      )
      return rows.length === 0
    })
    expect(open).toBe(true)
  })

  test('that is cancelled takes its open tasks with it', async () => {
    const { subjectId } = await stage.file('walk_v1')
    const task = await taskOf(subjectId, 1)
    const cancel = await stage.act((tx) => enqueueCancel(tx, { subjectId }))
    expect((await endOf(subjectId)).state).toBe('cancelled')
    await until('the task to end', () =>
      stage.told.ended.some((one) => one.key === task.key && one.state === 'cancelled'),
    )
    await settled(cancel)
  })
})

describe('the outcome of a wait', () => {
  test('may be there before the wait opens', async () => {
    const { subjectId } = await stage.file('walk_v1')
    const task = await taskOf(subjectId, 1)
    expect(await wait(subjectId, 'submitted')).toBe('won')
    await complete(subjectId, task.key, 'supplement')
    expect((await taskOf(subjectId, 2)).elementId).toBe('Appraise')
  })

  test('completes a wait that is open', async () => {
    const { subjectId } = await toWait()
    expect(await wait(subjectId, 'expired')).toBe('won')
    expect((await endOf(subjectId)).state).toBe('completed')
    expect(stage.told.created.filter((task) => task.subjectId === subjectId)).toHaveLength(1)
  })

  test('is the first of two; the other learns what was decided, when and by whom', async () => {
    const { subjectId } = await toWait()
    const people = ['0193b0f0-0000-7000-8000-000000000001', '0193b0f0-0000-7000-8000-000000000002']
    const answers = await Promise.all([
      wait(subjectId, 'submitted', people[0]),
      wait(subjectId, 'expired', people[1]),
    ])
    const winner = answers.indexOf('won')
    expect(answers.filter((answer) => answer === 'won')).toHaveLength(1)
    expect(answers[1 - winner]).toEqual({
      lostTo: { outcome: ['submitted', 'expired'][winner], at: stage.db.clock.now(), by: people[winner] },
    })
    const commands = await stage.sql(`select from outbox where subject_id = $1 and kind = 'complete-job'`, [
      subjectId,
    ])
    expect(commands).toHaveLength(1)
  })

  test('needs a subject that was started', async () => {
    await expect(wait('0193b0f0-0000-7000-8000-00000000dead', 'submitted')).rejects.toThrow(RangeError)
  })
})

describe('a job', () => {
  test('whose worker dies between commit and completion has its effect once', async () => {
    await stage.engine.quiesce()
    const { subjectId } = await stage.file('machine_v1')
    const request = {
      type: 'test.work',
      worker: 'dying',
      timeoutMs: 1_000,
      fetchVariables: work.fetchVariables,
      max: 1,
    }
    const [job] = await until('the job', async () => {
      const jobs = await stage.client.activateJobs(request)
      return jobs.length > 0 && jobs
    })
    await until('its record', async () => {
      const rows = await stage.sql('select from engine_instance where subject_id = $1', [subjectId])
      return rows.length > 0
    })
    expect(await handleOnce(stage.db, stage.epoch, work, job!, 5_000)).toEqual({ worked: true })
    stage.engine.resume()
    expect((await endOf(subjectId)).state).toBe('completed')
    expect(await effects(subjectId)).toEqual([{ element_id: 'Work', visit: 1 }])
  })

  test('with wrong input is an incident that says so, and goes on after the mend', async () => {
    const { subjectId } = await stage.file('machine_v1', { place: 7 })
    const incident = await until('the incident', async () =>
      (await stage.act((tx) => openIncidents(tx.sql))).find((one) => one.subjectId === subjectId),
    )
    expect(incident.message).toMatch(/^test\.work cannot work with its input: place: .*string/)
    expect(incident.message).not.toContain('7')
    await stage.client.setVariables(incident.instanceKey, { place: 'X01' }, true)
    await stage.act((tx) => retryIncident(tx, { epoch: incident.epoch, key: incident.key }))
    expect((await endOf(subjectId)).state).toBe('completed')
    expect(await effects(subjectId)).toHaveLength(1)
    await expect(
      stage.act((tx) => retryIncident(tx, { epoch: incident.epoch, key: incident.key })),
    ).rejects.toThrow(RangeError)
  })

  test('that fails is tried again, and becomes an incident when its retries are used up', async () => {
    const { subjectId } = await stage.file('machine_v1', { mode: 'fail' })
    const incident = await until('the incident', async () =>
      (await stage.act((tx) => openIncidents(tx.sql))).find((one) => one.subjectId === subjectId),
    )
    expect(incident).toMatchObject({ message: 'the archive is locked', errorType: 'JOB_NO_RETRIES' })
    expect(await effects(subjectId)).toEqual([])
  })

  test('that only a person can mend is an incident at once', async () => {
    const { subjectId } = await stage.file('machine_v1', { mode: 'refuse' })
    const incident = await until('the incident', async () =>
      (await stage.act((tx) => openIncidents(tx.sql))).find((one) => one.subjectId === subjectId),
    )
    expect(incident.message).toBe('no rule matches: place')
  })

  test('of many waits its turn: a worker never has more in hand than it may', async () => {
    const filed = await Promise.all(Array.from({ length: 20 }, () => stage.file('crowd_v1')))
    for (const { subjectId } of filed) {
      await endOf(subjectId)
      expect(await effects(subjectId)).toHaveLength(1)
    }
    expect(crowd.most).toBeGreaterThan(1)
    expect(crowd.most).toBeLessThanOrEqual(tuning.jobsInHand)
  })

  test('is not taken while the workers are quiet', async () => {
    await stage.engine.quiesce()
    const { subjectId } = await stage.file('machine_v1')
    await until('the job', async () => {
      const rows = await stage.sql(
        `select from engine_job j join engine_instance i on i.epoch = j.epoch and i.key = j.instance_key
          where i.subject_id = $1 and j.state = 'created'`,
        [subjectId],
      )
      return rows.length > 0
    })
    await sleep(1_000)
    expect(await effects(subjectId)).toEqual([])
    expect((await stage.engine.health()).workers.every((worker) => worker.inHand === 0)).toBe(true)
    stage.engine.resume()
    expect((await endOf(subjectId)).state).toBe('completed')
  })
})

describe('a command', () => {
  test('is refused outside a transaction', async () => {
    const { subjectId } = await stage.file('machine_v1')
    const leaked = await stage.act(async (tx) => tx)
    await expect(enqueueCancel(leaked, { subjectId })).rejects.toThrow(TypeError)
  })

  test('for a task that is over is settled by the record, not tried for ever', async () => {
    const { subjectId } = await stage.file('walk_v1')
    const task = await taskOf(subjectId, 1)
    await settled(await complete(subjectId, task.key, 'approved'))
    await settled(await complete(subjectId, task.key, 'supplement'))
  })

  test('that the engine keeps refusing gets stuck where an administrator sees it, and lets others pass', async () => {
    const { subjectId } = await stage.file('walk_v1')
    const task = await taskOf(subjectId, 1)
    const lost = await complete(subjectId, '2251799813999999', 'approved')
    const stuck = await until('the stuck command', async () =>
      (await stage.act((tx) => stuckCommands(tx.sql, 3))).find((one) => one.id === lost),
    )
    expect(stuck).toMatchObject({
      kind: 'complete-task',
      subjectId,
      lastError: expect.stringContaining('NOT_FOUND'),
    })
    const health = await stage.engine.health()
    expect(health).toMatchObject({ ok: false, outbox: { stuck: 1 } })
    await complete(subjectId, task.key, 'approved')
    await endOf(subjectId)
    await stage.sql('update outbox set withdrawn_at = now() where id = $1', [lost])
  })

  test('publishes a message once', async () => {
    const { subjectId } = await stage.file('machine_v1')
    const id = await stage.act((tx) =>
      enqueueMessage(tx, { subjectId, name: 'deadline.changed', correlationKey: subjectId }),
    )
    await settled(id)
    await stage.sql('update outbox set sent_at = null, settled_at = null where id = $1', [id])
    await stage.sql(`select pg_notify('outbox', '')`)
    await settled(id)
    expect((await command(id)).attempts).toBe(0)
  })
})

test('a decision is evaluated, and null says that nothing matched', async () => {
  expect(await stage.engine.evaluateDecision('route_v1', { place: 'X01' })).toBe('T00.X01')
  expect(await stage.engine.evaluateDecision('route_v1', { place: 'nowhere' })).toBeNull()
  await expect(stage.engine.evaluateDecision('route_v9', {})).rejects.toMatchObject({
    name: 'EngineError',
    retryable: false,
  })
})

test('the outbox outlives a killed broker, and everything goes on when it is back', async () => {
  const before = await stage.file('walk_v1')
  const task = await taskOf(before.subjectId, 1)
  const filed: string[] = []
  let start = ''
  await stage.crashBroker(async () => {
    const during = await stage.file('machine_v1')
    start = during.startId
    filed.push(during.subjectId, before.subjectId)
    await complete(before.subjectId, task.key, 'approved')
    await until('an attempt', async () => (await command(start)).last_error)
    expect((await command(start)).attempts).toBe(0)
  })
  for (const subjectId of filed) expect((await endOf(subjectId)).state).toBe('completed')
  await settled(start)
}, 90_000)

test('a start for a process nobody has deployed waits, visible, and runs when it is retried', async () => {
  const { startId } = await stage.act((tx) =>
    enqueueStart(tx, {
      subjectId: '0193b0f0-0000-7000-8000-0000000000aa',
      processId: 'unheard_v1',
      kind: 'dossier',
      dossierId: '0193b0f0-0000-7000-8000-0000000000bb',
    }).then((startId) => ({ startId })),
  )
  await until('the stuck start', async () =>
    (await stage.act((tx) => stuckCommands(tx.sql, 3))).find((one) => one.id === startId),
  )
  expect((await command(startId)).last_error).toContain('NOT_FOUND')
})

test('the projection is made anew from the record archive, equal in every row', async () => {
  await stage.engine.quiesce()
  const position = async () => JSON.stringify(await stage.sql('select * from engine_mark'))
  await until('the stream to rest', async () => {
    const before = await position()
    await sleep(1_500)
    return before === (await position())
  })
  const before = await dump(stage.sql, stage.epoch)
  expect(before.engine_element!.length).toBeGreaterThan(50)
  await stage.sql('delete from engine_element')
  await stage.sql(`update engine_job set state = 'failed'`)
  const { records } = await rebuildProjection(stage.db, stage.archiveDir, stage.epoch)
  expect(records).toBeGreaterThan(500)
  expect(await dump(stage.sql, stage.epoch)).toEqual(before)
})
