import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { jest } from '@jest/globals'
import type { ProcedureSource } from '../../../../src/studio/source.ts'
import { sources } from '../sources.ts'
import { check } from './checking.ts'

jest.setTimeout(60_000)

/** What the rules warn of in each procedure of the repository, as `rule elementId field`; whoever adds one adds its line. */
const WARNED: Record<string, string[]> = JSON.parse(
  readFileSync(join(import.meta.dirname, 'warnings.json'), 'utf8'),
)

it.each(sources)('%s has no error, and the warnings that are known', async (folder, source) => {
  const faults = await check(source as ProcedureSource)
  const told = faults.map(({ rule, elementId, field }) => [rule, elementId, field].filter(Boolean).join(' '))
  expect(faults.filter(({ severity }) => severity === 'error').map(({ message }) => message.vi)).toEqual([])
  expect(told.sort()).toEqual(WARNED[folder])
})
