import { EngineError, type ThrowAwayEngine } from '../../engine/index.ts'
import { assemble, SourceError } from '../../procedures/assemble.ts'
import { rewriteId } from '../../procedures/rewrite.ts'
import type { Text } from '../../text.ts'
import { type DeployProblem, deployProblems } from '../engine-words.ts'
import { filesOf, type ProcedureSource } from '../source.ts'
import { dangersOf } from './dangers.ts'
import { type Played, playExample } from './play.ts'
import { readWays } from './ways.ts'

export type TrialResult = {
  problems: DeployProblem[]
  examples: (Played & { file: string; name: Text; ends: string; walked: number; steps: number })[]
}

export type TrialProgress = { phase: 'starting' | 'deploying' | 'playing'; done: number; total: number }

/** How many examples run at once: the broker's stream carries them, and the machine has other work. */
const AT_ONCE = 6

/**
 * Runs a draft's examples on an engine of their own. A draft that makes no procedure, that could keep the engine busy for ever, or
 * that the engine does not take, has problems and no examples played.
 */
export async function runTrial(
  engine: ThrowAwayEngine,
  source: ProcedureSource,
  options: { trialId: string; signal: AbortSignal; tell(progress: TrialProgress): Promise<void> },
): Promise<TrialResult> {
  const procedure = assembled(source)
  if ('problems' in procedure) return { problems: procedure.problems, examples: [] }
  const dangers = await dangersOf(source)
  if (dangers.length > 0) return { problems: dangers, examples: [] }
  const { baseId, bpmn, dmn } = procedure
  // Ids of its own, as publishing gives them: nothing of the trial bears the name of what is in force.
  const processId = `trial_${options.trialId.slice(0, 8)}_${baseId}`
  await options.tell({ phase: 'deploying', done: 0, total: procedure.examples.length })
  try {
    await engine.deploy([
      { name: `${processId}.bpmn`, content: rewriteId(bpmn, baseId, processId) },
      {
        name: `${processId}.dmn`,
        content: rewriteId(dmn, `routing_${baseId}`, `routing_${processId}`),
      },
    ])
  } catch (error) {
    if (!(error instanceof EngineError) || error.retryable) throw error
    return { problems: deployProblems(error.message), examples: [] }
  }
  const ways = await readWays(bpmn)
  const files = [...source.examples].sort((a, b) => (a.name < b.name ? -1 : 1))
  const results: TrialResult['examples'] = []
  const total = procedure.examples.length
  const queue = procedure.examples.map((example, n) => ({ example, n }))
  const hand = async () => {
    for (let job = queue.shift(); job; job = queue.shift()) {
      const { example, n } = job
      const played = await playExample(engine, { processId, ways, example, signal: options.signal })
      results[n] = {
        ...played,
        file: files[n]?.name ?? '',
        name: example.name,
        ends: example.ends,
        walked: example.walk.filter(({ element }) => played.path.includes(element)).length,
        steps: example.walk.length,
      }
      await options.tell({ phase: 'playing', done: results.filter(Boolean).length, total })
    }
  }
  await options.tell({ phase: 'playing', done: 0, total })
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, total) }, hand))
  return { problems: [], examples: results }
}

function assembled(source: ProcedureSource) {
  try {
    return assemble(filesOf(source))
  } catch (error) {
    if (!(error instanceof SourceError)) throw error
    return {
      problems: error.faults.map(({ file, field, message }): DeployProblem => {
        const at = field ? `${file}, ${field}` : file
        return {
          elementId: null,
          message: {
            vi: `Dữ liệu chưa đủ ở ${at}: ${message}`,
            en: `The data are not whole in ${at}: ${message}`,
          },
        }
      }),
    }
  }
}
