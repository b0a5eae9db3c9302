import { readFileSync } from 'node:fs'
import { type CostParameters, costParameters } from './cost-parameters.ts'

/** Ours, made up and marked so, until the province has entered its own. */
export const SAMPLE: CostParameters = costParameters.parse(
  JSON.parse(readFileSync(new URL('./parameters.json', import.meta.url), 'utf8')),
)
