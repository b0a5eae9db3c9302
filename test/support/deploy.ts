import { idsOf } from '../../src/procedures/ids.ts'
import type { Deploy } from '../../src/procedures/publish.ts'

/** A broker that takes everything, under the ids its elements have. */
export const takesAll: Deploy = async (resources) =>
  resources.flatMap(({ content }) => [...idsOf(content, 'process'), ...idsOf(content, 'decision')])
