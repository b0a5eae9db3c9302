import { commands } from '../../../src/cli/commands.ts'
import { dispatch } from '../../../src/cli/dispatch.ts'
import { periodOf } from '../../../src/cli/record.ts'
import { faults } from '../../../src/verify/apology-rules.ts'
import { invariants } from '../../../src/verify/invariants.ts'
import { at } from '../deadlines/world.ts'

const played = async (...args: string[]) => {
  let [out, err] = ['', '']
  const code = await dispatch(
    commands,
    args,
    (text) => {
      out += text
    },
    (text) => {
      err += text
    },
  )
  return { code, out, err }
}

describe('the verifiers of the command line', () => {
  it.each(['ledger', 'apologies', 'audit'])('%s verify explains itself in both languages', async (name) => {
    const { code, out } = await played(name, 'verify', '--help')
    expect(code).toBe(0)
    expect(out).toContain(`npx mot-cua ${name} verify`)
  })

  it('names every invariant and every fault there is', async () => {
    const ledger = await played('ledger', 'verify', '--help')
    for (const name of Object.keys(invariants)) expect(ledger.out).toContain(name)
    const apologies = await played('apologies', 'verify', '--help')
    for (const name of Object.keys(faults)) expect(apologies.out).toContain(name)
  })

  it('take a period of legal days, both counted', () =>
    expect(periodOf({ from: '2026-11-02', to: '2026-11-30', agency: 'T00.X01' })).toEqual({
      from: at('2026-11-02 00:00'),
      to: at('2026-12-01 00:00'),
      agency: 'T00.X01',
    }))

  it.each([
    ['what is no day', ['--from', '2/11/2026']],
    ['a day that there is not', ['--to', '2026-02-30']],
    ['a period that ends before it begins', ['--from', '2026-11-30', '--to', '2026-11-02']],
    ['an option that is none', ['--until', '2026-11-30']],
  ])('refuse %s in words, and cannot run', async (_, args) => {
    const { code, err } = await played('ledger', 'verify', ...args)
    expect(code).toBe(2)
    expect(err).toContain('npx mot-cua ledger verify --help')
  })
})
