import type { Text } from '../calendar/format.ts'

/** How a command ends: what it looked at is whole, it found something (and said what), or it could not run. */
export const WHOLE = 0
export const FINDINGS = 1
export const CANNOT_RUN = 2

/** What the file of a command exports: one small file each, loaded only when its command is called. */
export type CommandFile = {
  /** Everything `--help` says of the command, in both languages. */
  help: Text
  /** Does the work and answers the exit code. Arguments are those after the command's name. */
  run(args: string[]): Promise<number>
}

export type Command = {
  /** One or two words, as typed: `deadline explain`. */
  name: string
  /** One line for the table of commands. */
  summary: Text
  load(): Promise<CommandFile>
}

/** Bad usage, told in both languages without a trace; the exit code is `CANNOT_RUN`. */
export class UsageError extends Error {
  readonly text: Text
  constructor(text: Text) {
    super(text.en)
    this.name = 'UsageError'
    this.text = text
  }
}
