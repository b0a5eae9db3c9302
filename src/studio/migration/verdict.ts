import type { ProcedureDefinition } from '../../procedures/definition.ts'
import type { Text } from '../../text.ts'
import type { Drawn } from './drawn.ts'
import {
  type Obstacle as EngineObstacle,
  engineObstacles,
  fullMapping,
  type Mapping,
  type ObstacleRule,
} from './precheck.ts'
import type { DossierStanding } from './standing.ts'

/** A version as migration sees it. */
export type Side = {
  versionId: string
  version: number
  processId: string
  definition: ProcedureDefinition
  drawn: Drawn
  bpmn: string
}

/** Rules of ours beside the engine's: what its token may do, and a dossier may not. */
export type OwnRule =
  | 'step-unknown'
  | 'wait-changed'
  | 'wait-renamed'
  | 'job-changed'
  | 'case-gone'
  | 'outcome-gone'
  | 'target-never-in-force'
/** What only passes: the dossier is on its way, and can be tried again. */
export type PassingRule = 'not-started' | 'under-way' | 'machine-at-work' | 'in-another-act'
/** Moved, and something about it wants a person's eye. */
export type Note = 'unit-missing' | 'step-held' | 'step-given-back' | 'clock-kept'

export type Obstacle = EngineObstacle<ObstacleRule | OwnRule | PassingRule | Note>
export type Verdict = 'stays' | 'can' | 'cannot' | 'changed'
export type Judged = { verdict: Verdict; obstacles: Obstacle[] }

export const say = (rule: Obstacle['rule'], elementId: string, vi: string, en: string): Obstacle => ({
  rule,
  elementId,
  message: { vi, en },
})

const isWait = (type: string | null): boolean => type?.startsWith('await.') ?? false

const nameOf = ({ definition, drawn }: Side, id: string): Text =>
  definition.steps[id]?.name ?? definition.waits[id]?.name ?? { vi: drawn.elements.get(id)?.name ?? id }

/** What has become of a dossier's place in the other version, by the engine's rules and ours. */
export function judge(from: Side, to: Side, standing: DossierStanding, mapping: Mapping): Judged {
  // The parts of a group run under procedures of their own, and the group under its text (NĐ 63/2024): neither is redrawn under way.
  if (standing.isGroup) return { verdict: 'stays', obstacles: [] }
  const engine = engineObstacles(from.drawn, to.drawn, standing, mapping)
  const passes = ({ rule }: Obstacle) => rule === 'waits-at-join'
  const passing = [...passingObstacles(from, standing), ...engine.filter(passes)]
  const lasting = [...engine.filter((one) => !passes(one)), ...ownObstacles(from, to, standing, mapping)]
  if (lasting.length > 0) return { verdict: 'cannot', obstacles: lasting }
  if (passing.length > 0) return { verdict: 'changed', obstacles: passing }
  return { verdict: 'can', obstacles: [] }
}

/** The same for many dossiers of one act: those that stand alike are judged once. */
export function judging(from: Side, to: Side, mapping: Mapping): (standing: DossierStanding) => Judged {
  const known = new Map<string, Judged>()
  return (standing) => {
    const { dossierId: _id, code: _code, agency: _agency, instanceKey, ...alike } = standing
    const key = JSON.stringify([instanceKey === null, alike])
    const judged = known.get(key) ?? judge(from, to, standing, mapping)
    known.set(key, judged)
    return judged
  }
}

/** What is on its way passes by itself: a decision and a migration never cross. */
function passingObstacles(from: Side, standing: DossierStanding): Obstacle[] {
  if (standing.instanceKey === null || standing.active.length === 0)
    return [
      say(
        'not-started',
        '',
        'Hồ sơ chưa bắt đầu trong bộ máy, hoặc đang chuyển bước; hãy thử lại sau ít phút.',
        'The dossier has not begun in the engine, or is between two steps; try again in some minutes.',
      ),
    ]
  if (standing.queued)
    return [
      say(
        'in-another-act',
        '',
        'Hồ sơ đang được chuyển trong một đợt khác; hãy đợi đợt đó xong.',
        'The dossier is being moved by another act; wait until that is done.',
      ),
    ]
  const found: Obstacle[] = []
  if (standing.deciding || standing.commands > 0)
    found.push(
      say(
        'under-way',
        '',
        'Việc vừa đổi: có quyết định đang trên đường sang bước sau; hãy thử lại khi bước sau đã mở.',
        'It has just changed: a decision is on its way to the next step; try again when that has opened.',
      ),
    )
  for (const { elementId, jobType, jobState } of standing.active)
    if (jobType && !isWait(jobType) && jobState !== 'failed' && !isPersons(from, elementId))
      found.push(
        say(
          'machine-at-work',
          elementId,
          `Máy đang làm “${nameOf(from, elementId).vi}”; hãy thử lại khi xong.`,
          `A machine is at “${nameOf(from, elementId).en ?? nameOf(from, elementId).vi}”; try again when it is done.`,
        ),
      )
  return found
}

const isPersons = ({ drawn }: Side, id: string) => drawn.elements.get(id)?.type === 'USER_TASK'

function ownObstacles(
  from: Side,
  to: Side,
  { active, caseKey }: DossierStanding,
  mapping: Mapping,
): Obstacle[] {
  const found: Obstacle[] = []
  if (!to.definition.limits.some((limit) => limit.case === caseKey))
    found.push(
      say(
        'case-gone',
        '',
        `Phiên bản mới không còn trường hợp “${caseNameOf(from, caseKey)}” của hồ sơ này.`,
        `The new version has no case “${caseKey}”, which this dossier is.`,
      ),
    )
  const targets = new Map(fullMapping(from.drawn, to.drawn, mapping).map((pair) => [pair.from, pair.to]))
  for (const { elementId } of active) {
    const targetId = targets.get(elementId)
    const source = from.drawn.elements.get(elementId)
    const target = targetId === undefined ? undefined : to.drawn.elements.get(targetId)
    // What the engine would refuse has been said.
    if (!source || !target || targetId === undefined || source.type !== target.type) continue
    if (source.type === 'USER_TASK' && !to.definition.steps[targetId])
      found.push(
        say(
          'step-unknown',
          elementId,
          `“${target.name}” chưa có dữ liệu bước (ai làm, biểu mẫu nào) trong phiên bản mới.`,
          `“${target.name}” has no data in the new version (who does it, on which form).`,
        ),
      )
    if (source.type === 'SERVICE_TASK') found.push(...jobObstacles(from, to, elementId, targetId))
  }
  return found
}

const caseNameOf = ({ definition }: Side, key: string) =>
  definition.cases.find((each) => each.key === key)?.name.vi ?? key

/** A job keeps its type when it is moved (8.5.8), and a wait is ended by rows that know it by its id and type. */
function jobObstacles(from: Side, to: Side, id: string, targetId: string): Obstacle[] {
  const [source, target] = [from.drawn.elements.get(id)!, to.drawn.elements.get(targetId)!]
  if (source.jobType !== target.jobType)
    return [
      say(
        isWait(source.jobType) ? 'wait-changed' : 'job-changed',
        id,
        `“${source.name}” và “${target.name}” là hai loại việc khác nhau; việc đang chờ giữ loại cũ nên không chuyển được.`,
        `“${source.name}” and “${target.name}” are different kinds of work; what waits keeps its kind, so it cannot move.`,
      ),
    ]
  if (!isWait(source.jobType)) return []
  if (id !== targetId)
    return [
      say(
        'wait-renamed',
        id,
        `Bước chờ “${source.name}” phải giữ nguyên mã trong phiên bản mới; chỉ bước do người làm mới chuyển được sang bước khác.`,
        `The wait “${source.name}” has to keep its id in the new version; only people’s steps can go on as another.`,
      ),
    ]
  const kept = new Set(to.definition.waits[id]?.outcomes ?? [])
  const gone = (from.definition.waits[id]?.outcomes ?? []).filter((outcome) => !kept.has(outcome))
  return gone.length === 0
    ? []
    : [
        say(
          'outcome-gone',
          id,
          `“${source.name}” trong phiên bản mới thiếu kết quả: ${gone.join(', ')}; hồ sơ đang chờ có thể kết thúc bằng kết quả đó.`,
          `“${source.name}” of the new version lacks: ${gone.join(', ')}; what waits there may end so.`,
        ),
      ]
}
