import type { z } from 'zod'
import type { Tx } from '../database/transaction.ts'
import type { DiagramView } from './schemas.ts'

type View = z.input<typeof DiagramView>
type InstanceRow = {
  subject_id: string
  kind: View['kind']
  title: View['title']
  bpmn: string
  epoch: number
  key: string
}

/**
 * The live diagrams of a dossier: its own, and those of its consultations, letters and stop requests; where the tokens
 * are. Who only sees the dossier from outside (its applicant) has its own diagram and no incidents.
 */
export async function diagramsOf(tx: Tx, dossierId: string, inside: boolean): Promise<View[]> {
  const instances = await tx.sql<InstanceRow>(
    `select s.id as subject_id, s.kind, coalesce(v.definition->'name', sp.definition->'title') as title,
            coalesce(v.bpmn, sp.bpmn) as bpmn, i.epoch, i.key
       from subject s
       join engine_instance i on i.subject_id = s.id and i.parent_key = ''
        and i.epoch = (select max(epoch) from engine_instance where subject_id = s.id)
       left join procedure_version v on v.process_id = s.process_id
       left join shared_process sp on sp.process_id = s.process_id
      where s.dossier_id = $1 and s.kind <> 'watch' and (s.kind = 'dossier' or $2) order by s.created_at`,
    [dossierId, inside],
  )
  const views: View[] = []
  for (const instance of instances) views.push(await diagramOf(tx, instance))
  return inside ? views : views.map((view) => ({ ...view, incidents: [] }))
}

async function diagramOf(tx: Tx, instance: InstanceRow): Promise<View> {
  const at = [instance.epoch, instance.key]
  const elements = await tx.sql<{ element_id: string; state: string }>(
    `select element_id, state from engine_element where epoch = $1 and instance_key = $2 and element_type <> 'PROCESS'`,
    at,
  )
  const flows = await tx.sql<{ flow_id: string }>(
    'select flow_id from engine_flow where epoch = $1 and instance_key = $2',
    at,
  )
  const incidents = await tx.sql<{ element_id: string; message: string }>(
    `select element_id, message from engine_incident where epoch = $1 and instance_key = $2 and state = 'open'`,
    at,
  )
  const ids = (state: string) => [
    ...new Set(elements.filter((one) => one.state === state).map((one) => one.element_id)),
  ]
  return {
    subjectId: instance.subject_id,
    kind: instance.kind,
    title: instance.title,
    bpmn: instance.bpmn,
    active: ids('active'),
    completed: ids('completed'),
    flows: flows.map((one) => one.flow_id),
    incidents: incidents.map((one) => ({ elementId: one.element_id, message: one.message })),
  }
}
