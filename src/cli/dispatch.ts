import { parseArgs } from 'node:util'
import { CANNOT_RUN, type Command, UsageError, WHOLE } from './command.ts'

type Write = (text: string) => void

/**
 * Finds the command that the arguments name and runs it; a word that begins several lists them. Help goes to `out` and ends whole; an unknown command or bad
 * usage is told on `err` in both languages and cannot run.
 */
export async function dispatch(commands: Command[], args: string[], out: Write, err: Write): Promise<number> {
  const asked = args.length === 0 || ['--help', '-h', 'help'].includes(args[0]!)
  if (asked) {
    out(overview(commands))
    return WHOLE
  }
  const command = commands.find(({ name }) => name.split(' ').every((word, index) => word === args[index]))
  if (!command) {
    const group = commands.filter(({ name }) => name.split(' ')[0] === args[0])
    if (group.length > 0 && (args.length === 1 || args.includes('--help') || args.includes('-h'))) {
      out(overview(group))
      return WHOLE
    }
    err(unknown(commands, args))
    return CANNOT_RUN
  }
  const rest = args.slice(command.name.split(' ').length)
  const { help, run } = await command.load()
  if (rest.includes('--help') || rest.includes('-h')) {
    out(`${help.vi}\n\n${help.en}\n`)
    return WHOLE
  }
  try {
    return await run(rest)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    err(`${error.text.vi}\n${error.text.en}\nnpx mot-cua ${command.name} --help\n`)
    return CANNOT_RUN
  }
}

function overview(commands: Command[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length))
  const table = (lang: 'vi' | 'en') =>
    commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary[lang]}`).join('\n')
  return [
    'npx mot-cua <lệnh> [tùy chọn]      (npx mot-cua <lệnh> --help: giải thích một lệnh)',
    table('vi'),
    '  Mã kết thúc: 0 trọn vẹn, 1 có phát hiện, 2 không chạy được.',
    '',
    'npx mot-cua <command> [options]    (npx mot-cua <command> --help explains one)',
    table('en'),
    '  Exit codes: 0 whole, 1 findings, 2 cannot run.',
    '',
  ].join('\n')
}

function unknown(commands: Command[], args: string[]): string {
  const typed = args.slice(0, 2).join(' ')
  const names = commands.map(({ name }) => name).join(', ')
  return `Không có lệnh “${typed}”. Các lệnh: ${names}.\nThere is no command “${typed}”. Commands: ${names}.\nnpx mot-cua --help\n`
}

/** A command's options by `util.parseArgs`; what it refuses (an unknown option, a missing value) is bad usage. */
export function optionsOf<const O extends NonNullable<Parameters<typeof parseArgs>[0]>>(
  config: O,
): ReturnType<typeof parseArgs<O>> {
  try {
    return parseArgs(config)
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    throw new UsageError({ vi: `Tùy chọn không đúng: ${message}`, en: `Wrong options: ${message}` })
  }
}
