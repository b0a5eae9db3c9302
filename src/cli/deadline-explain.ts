import type { CommandFile } from './command.ts'

export const help: CommandFile['help'] = { vi: 'đang làm', en: 'being made' }
export const run: CommandFile['run'] = async () => 0
