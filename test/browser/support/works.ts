import { CLERICAL, CLERK, HEAD_OF_UNIT, OFFICER } from '../story/cast.ts'
import { fileByApi } from './file.ts'
import type { Stage } from './stage.ts'

const LEADER = 'chutich.x01'

/** A works permit received and assigned: it lies on the specialist's desk. */
export async function atAppraisal(stage: Stage): Promise<{ id: string; code: string }> {
  const { desk } = stage
  const filed = await fileByApi(stage, 'congdan')
  await desk.decide(CLERK, filed.id, 'reception', 'received')
  const { person } = await (await desk.as(OFFICER)).get('/api/session')
  await desk.decide(HEAD_OF_UNIT, filed.id, 'assign', 'assigned', { personId: person.id })
  await desk.task(OFFICER, filed.id, 'appraise')
  return filed
}

/** From the specialist's desk to the hand of the applicant, the permit granted and signed. */
export async function finish({ desk }: Stage, id: string): Promise<void> {
  await desk.decide(OFFICER, id, 'appraise', 'approved')
  await desk.decide(HEAD_OF_UNIT, id, 'result-review', 'approved')
  const task = await desk.task(LEADER, id, 'result-sign')
  const { signAs } = await (await desk.as(LEADER)).get(`/api/tasks/${task.id}`)
  await desk.decide(LEADER, id, 'result-sign', 'signed', { postId: signAs[0].postId })
  await desk.decide(CLERICAL, id, 'result-number', 'numbered')
  await desk.decide(CLERK, id, 'result-return', 'returned', {
    identityChecked: true,
    receivedBy: 'Người nộp',
  })
}
