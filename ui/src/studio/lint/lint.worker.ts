import './no-eval.ts'
import { checkSource } from '../../../../src/studio/lint/check.ts'
import type { LintAnswer, LintRequest } from './protocol.ts'

const answer = (message: LintAnswer) => self.postMessage(message)

self.addEventListener('message', ({ data: { run, source, context } }: MessageEvent<LintRequest>) => {
  const { formFault, ...asked } = context
  // The page's policy lets nothing be compiled here: the server has compiled the form.
  checkSource(source, { ...asked, schemaFault: () => formFault }).then(
    (faults) => answer({ run, faults }),
    (error: unknown) => answer({ run, problem: String(error) }),
  )
})
