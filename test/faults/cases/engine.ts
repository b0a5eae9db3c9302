import type { Filed } from '../support/play.ts'
import type { Scene } from '../support/scene.ts'
import { until } from '../support/stage.ts'

const unsent = (scene: Scene, id: string) =>
  scene.count(`outbox where sent_at is null and kind = 'start' and subject_id = $1`, id)

const long = process.env.MOTCUA_LONG_FAULTS ? it : it.skip

/** Files a dossier whose start Zeebe takes, and kills the server before it hears of it. */
async function startUnheard(scene: Scene): Promise<string> {
  const { gateway, records, file, kill, instances } = scene
  gateway.lose('back')
  records.lose('there')
  const before = records.lost.there
  const { id } = await file()
  // Zeebe rests otherwise: what it tells, unheard, is that it has taken the start.
  await until('Zeebe to take the start', async () => records.lost.there > before)
  await kill()
  expect(await unsent(scene, id)).toBe(1)
  expect(await instances(id)).toEqual([])
  return id
}

export function engineAway(scene: () => Scene): void {
  it('a dossier filed while Zeebe is away is acknowledged; it starts when Zeebe is back, and stands on the counter’s desk once', async () => {
    const { machine, file, login, count, standsOnce } = scene()
    let filed: Filed | undefined
    await machine.crashBroker(async () => {
      filed = await file()
      expect(filed.acknowledgement.vi).toContain(filed.code)
      const citizen = await login('congdan')
      expect((await citizen.get(`/api/dossiers/${filed.id}`)).state).toBe('filed')
      expect(await citizen.get(`/api/track/${filed.code}`)).toMatchObject({ code: filed.code })
      expect(await count('task where dossier_id = $1', filed.id)).toBe(0)
    })
    await standsOnce(filed!.id, 'reception')
  })

  it('a server killed with the start not sent sends it once: started again while Zeebe is still away, it waits', async () => {
    let filed: Filed | undefined
    await scene().machine.crashBroker(async () => {
      filed = await scene().file()
      await scene().kill()
      expect(await unsent(scene(), filed.id)).toBe(1)
      await scene().start()
      expect(await unsent(scene(), filed.id)).toBe(1)
    })
    await scene().standsOnce(filed!.id, 'reception')
    expect(
      await scene().count(`audit_entry where act = 'dossier.filed' and dossier_id = $1`, filed!.id),
    ).toBe(1)
  })

  it('a server killed when Zeebe has started the dossier, unheard, learns of it by the records and starts no second', async () => {
    const { start, gateway, records, instances, standsOnce } = scene()
    const id = await startUnheard(scene())
    gateway.renew()
    records.renew()
    await start()
    await standsOnce(id, 'reception')
    expect(await instances(id)).toHaveLength(1)
  })

  // Half a minute, until what the killed server had in hand may be sent again.
  long('and when the records come late, it starts a second, and one of the two ends', async () => {
    const { start, gateway, records, instances, standsOnce } = scene()
    const id = await startUnheard(scene())
    gateway.renew()
    await start()
    await until('the start to be sent again', async () => (await unsent(scene(), id)) === 0)
    records.renew()
    const states = async () => (await instances(id)).map(({ state }) => state).sort()
    await until('the second instance to end', async () => (await states()).includes('cancelled'))
    await standsOnce(id, 'reception')
    expect(await states()).toEqual(['active', 'cancelled'])
  })
}

/** Moves the clock, which a crashed broker forgets: after those that crash it. */
export function workerKilled(scene: () => Scene): void {
  it('a server killed between a worker’s commit and its completion does the work once, and the dossier goes on', async () => {
    const { desk, gateway, count, kill, start, sql, settled } = scene()
    const { id } = await scene().file('02-other-consulted-all-answer')
    const officer = await desk().as('chuyenvien.x01')
    const { person } = await officer.get('/api/session')
    await desk().decide('motcua.x01', id, 'reception', 'received')
    await desk().decide('truongphong.x01', id, 'assign', 'assigned', { personId: person.id })
    const task = await desk().task('chuyenvien.x01', id, 'appraise')
    const { consultBodies, version } = await officer.get(`/api/tasks/${task.id}`)
    const consult = consultBodies.map((body: { agency: { code: string }; question: string }) => ({
      agencyCode: body.agency.code,
      question: body.question,
    }))
    expect(consult.length).toBeGreaterThan(1)

    // A person's decision goes to Zeebe by another port: the job comes back over the stream, its completion is lost.
    gateway.lose('there')
    const before = gateway.lost.there
    await officer.post(`/api/tasks/${task.id}/decide`, { outcome: 'consult', version, data: { consult } })
    const sent = 'consultation where sent_at is not null and dossier_id = $1'
    await until('the worker to commit', async () => (await count(sent, id)) === consult.length)
    await until('its completion to be lost', async () => gateway.lost.there > before)
    const job = await until('the record of the job', async () => {
      const [row] = await sql<{ state: string; key: string }>(
        `select j.state, j.key from engine_job j join engine_instance i on i.epoch = j.epoch and i.key = j.instance_key
          where i.subject_id = $1 and j.type = 'consultation.request'`,
        [id],
      )
      return row
    })
    await kill()
    expect(job.state).not.toBe('completed')
    expect(await count('handled_job where job_key = $1', job.key)).toBe(1)
    gateway.renew()
    const effects = await consequences(scene(), id)

    await start()
    // The job is given out again when its time is over; everybody's clock moves there.
    const admin = await scene().login('quantri')
    const { now } = await admin.get('/api/admin/clock')
    const later = new Date(Date.parse(now) + 120_000).toISOString()
    await admin.post('/api/admin/clock/advance', { to: later })
    const waits = `wait where type = 'await.consultations' and job_key is not null and subject_id = $1`
    await until('the dossier to wait for its answers', async () => (await count(waits, id)) === 1)
    const answers = `task where form = 'consultation-answer' and state = 'open' and dossier_id = $1`
    await until('each body to have its task', async () => (await count(answers, id)) >= consult.length)
    await settled(id)
    expect(await consequences(scene(), id)).toEqual(effects)
    expect(await count(answers, id)).toBe(consult.length)
  })
}

/** What the worker did: consultations sent, their clocks, intervals and starts, messages, letters, lines of the trail. */
async function consequences(scene: Scene, id: string): Promise<Record<string, number>> {
  const from = {
    consultations: 'consultation where sent_at is not null and dossier_id = $1',
    clocks: `clock where kind = 'consultation' and dossier_id = $1`,
    intervals: `holding where track = 'side' and dossier_id = $1`,
    starts: `outbox o join subject s on s.id = o.subject_id where o.kind = 'start' and s.dossier_id = $1`,
    messages: 'notification where dossier_id = $1',
    letters: 'letter where dossier_id = $1',
    trail: `audit_entry where act = 'consultation.sent' and dossier_id = $1`,
  }
  const counted: Record<string, number> = {}
  for (const [what, rows] of Object.entries(from)) counted[what] = await scene.count(rows, id)
  return counted
}
