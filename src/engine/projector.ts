import type { Sql } from '../database/sql.ts'
import { foldIncident, incidentFold, writeIncidents } from './projection/incident.ts'
import { foldJob, foldReopened, jobFold, writeJobs } from './projection/job.ts'
import {
  foldInstance,
  instanceFold,
  type SecondInstance,
  writeInstances,
} from './projection/process-instance.ts'
import { closeTasks, type EndedTask, foldTask, taskFold, writeTasks } from './projection/user-task.ts'
import { dropVariables, foldVariable, variableFold, writeVariables } from './projection/variable.ts'
import type { EngineRecord } from './records.ts'

/** What a bulk changed, for those who follow the projection: visits, waits, commands, the features' hooks. */
export type Applied = {
  /** Instances with something new that waits for a visit number: a job, a task, or their subject. */
  opened: string[]
  /** Instances named in the bulk that have begun by now. */
  begun: string[]
  /** Instances that run on another definition from now on. */
  migrated: string[]
  endedInstances: string[]
  endedElements: string[]
  endedTasks: EndedTask[]
  secondInstances: SecondInstance[]
}

/**
 * Brings the engine_* tables up to the given records, which must be new and in order within their partition. The same
 * records give the same rows however they are cut into bulks and however partitions interleave: rows are upserts
 * whose ends stick, and a child may come before its parent. Nothing else is touched, so a replay can use it alone.
 */
export async function applyRecords(sql: Sql, epoch: number, records: EngineRecord[]): Promise<Applied> {
  const folds = fold(records)
  const secondInstances = await writeInstances(sql, epoch, folds.process)
  await writeJobs(sql, epoch, folds.jobs)
  await writeTasks(sql, epoch, folds.tasks)
  await writeIncidents(sql, epoch, folds.incidents)
  await writeVariables(sql, epoch, folds.variables)

  const instances = [...folds.process.instances.values()]
  const endedInstances = instances.filter((row) => row.state !== 'active').map((row) => row.key)
  const ended = [...folds.process.elements.values()].filter((row) => row.state !== 'active')
  const endedElements = ended.map((row) => row.key)
  await dropVariables(sql, epoch, { elements: endedElements, instances: endedInstances })

  const tasks = [...folds.tasks.values()]
  const closedBy = {
    elements: [...closing(ended), ...tasks.map((row) => row.element_key)],
    instances: [...endedInstances, ...tasks.map((row) => row.instance_key)],
  }
  const closed = await closeTasks(sql, epoch, closedBy)
  const byRecord = tasks.flatMap(({ key, state, ended_at }) =>
    state === 'created' ? [] : [{ key, state, at: new Date(ended_at!) }],
  )
  return {
    opened: unique([
      ...tasks.map((row) => row.instance_key),
      ...[...folds.jobs.rows.values()].filter((row) => row.created_at).map((row) => row.instance_key),
      ...instances.filter((row) => row.subject_id).map((row) => row.key),
    ]),
    begun: instances.filter((row) => row.started_at || row.start_id).map((row) => row.key),
    migrated: [...folds.process.migrated],
    endedInstances,
    endedElements,
    endedTasks: [...byRecord, ...closed],
    secondInstances,
  }
}

const closing = (ended: { key: string; element_type: string }[]): string[] =>
  ended.filter((row) => row.element_type === 'USER_TASK').map((row) => row.key)

const unique = (keys: string[]): string[] => [...new Set(keys)].filter((key) => key !== '')

function fold(records: EngineRecord[]) {
  const folds = {
    process: instanceFold(),
    jobs: jobFold(),
    tasks: taskFold(),
    variables: variableFold(),
    incidents: incidentFold(),
  }
  for (const record of records) {
    if (record.recordType !== 'EVENT') continue
    switch (record.valueType) {
      case 'PROCESS_INSTANCE':
      case 'PROCESS_INSTANCE_CREATION':
        foldInstance(folds.process, record)
        break
      case 'JOB':
        foldJob(folds.jobs, record)
        break
      case 'USER_TASK':
        foldTask(folds.tasks, record)
        break
      case 'VARIABLE':
        foldVariable(folds.variables, record)
        break
      case 'INCIDENT':
        foldIncident(folds.incidents, record)
        foldReopened(folds.jobs, record)
        break
    }
  }
  return folds
}
