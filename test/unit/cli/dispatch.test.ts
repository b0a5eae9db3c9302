import { type Command, UsageError } from '../../../src/cli/command.ts'
import { commands } from '../../../src/cli/commands.ts'
import { dispatch, optionsOf } from '../../../src/cli/dispatch.ts'

const sample: Command = {
  name: 'sổ check',
  summary: { vi: 'kiểm tra sổ', en: 'checks the book' },
  load: async () => ({
    help: { vi: 'Kiểm tra sổ.', en: 'Checks the book.' },
    run: async (args) => {
      const { values } = optionsOf({ args, options: { year: { type: 'string' } } })
      if (values.year === 'none') throw new UsageError({ vi: 'Ghi một năm.', en: 'Give a year.' })
      return values.year === '2025' ? 1 : 0
    },
  }),
}

async function typed(...args: string[]) {
  const said = { out: '', err: '' }
  const code = await dispatch(
    [sample],
    args,
    (text) => {
      said.out += text
    },
    (text) => {
      said.err += text
    },
  )
  return { code, ...said }
}

test('a command is found by its words, and its exit code is the answer', async () => {
  expect(await typed('sổ', 'check')).toEqual({ code: 0, out: '', err: '' })
  expect((await typed('sổ', 'check', '--year', '2025')).code).toBe(1)
})

test.each([[[]], [['--help']], [['help']], [['-h']]])(
  'typed with %j the table of commands stands in both languages',
  async (args) => {
    const { code, out } = await typed(...args)
    expect(code).toBe(0)
    expect(out).toContain('sổ check  kiểm tra sổ')
    expect(out).toContain('sổ check  checks the book')
  },
)

test('a command explains itself in both languages', async () => {
  expect((await typed('sổ', 'check', '--help')).out).toBe('Kiểm tra sổ.\n\nChecks the book.\n')
})

test('a word that is no command is told with those there are', async () => {
  const { code, err } = await typed('sổ', 'chek')
  expect(code).toBe(2)
  expect(err).toContain('Không có lệnh “sổ chek”')
  expect(err).toContain('Commands: sổ check')
})

test('the first word of several commands lists them', async () => {
  const { code, out } = await typed('sổ')
  expect(code).toBe(0)
  expect(out).toContain('sổ check  checks the book')
  expect((await typed('sổ', '--help')).out).toBe(out)
})

test('bad usage is a sentence, never a trace', async () => {
  const unknown = await typed('sổ', 'check', '--yaer', '2025')
  expect(unknown.code).toBe(2)
  expect(unknown.err).toContain('--yaer')
  expect(await typed('sổ', 'check', '--year', 'none')).toEqual({
    code: 2,
    out: '',
    err: 'Ghi một năm.\nGive a year.\nnpx mot-cua sổ check --help\n',
  })
})

test('every command of the product has its help in both languages', async () => {
  for (const command of commands) {
    const { help, run } = await command.load()
    expect(help.vi).toContain(`mot-cua ${command.name}`)
    expect(help.en).toContain(`mot-cua ${command.name}`)
    expect(typeof run).toBe('function')
  }
})
