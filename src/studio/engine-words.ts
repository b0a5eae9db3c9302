import type { Words } from './lint/fault.ts'

/** What the engine says against a diagram or a table, at its element. */
export type DeployProblem = { elementId: string | null; message: Words }

/**
 * The engine's complaints, one by one. Its form (8.5.8): "- Element: <id>" with lines "- ERROR: <what>" below it; anything else is one
 * complaint about the whole.
 */
export function deployProblems(said: string): DeployProblem[] {
  const problems: DeployProblem[] = []
  let elementId: string | null = null
  for (const line of said.split('\n')) {
    const element = /Element: (\S+)/.exec(line)?.[1]
    if (element) elementId = element.split('>').at(-1)!.trim()
    const fault = /- ERROR: (.*)$/.exec(line)?.[1]
    if (fault)
      problems.push({
        elementId,
        message: { vi: `Bộ máy không nhận: ${fault}`, en: `The engine does not take it: ${fault}` },
      })
  }
  return problems.length > 0
    ? problems
    : [
        {
          elementId: null,
          message: { vi: `Bộ máy không nhận: ${said}`, en: `The engine does not take it: ${said}` },
        },
      ]
}
