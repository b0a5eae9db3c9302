/**
 * Our rules for diagrams, as a plugin of bpmnlint: the server and the modeller run the same ones. A rule's factory takes
 * the procedure's data as its configuration (see rules/data.js).
 */
import * as data from './rules/data.js'
import * as flow from './rules/flow.js'
import * as reading from './rules/reading.js'
import * as waiting from './rules/waiting.js'

export const rules = {
  'no-event': waiting.noEvent,
  'no-receive-task': waiting.noReceiveTask,
  'no-event-gateway': waiting.noEventGateway,
  'no-boundary-event': waiting.noBoundaryEvent,
  'no-event-subprocess': waiting.noEventSubprocess,
  'no-multi-instance': waiting.noMultiInstance,
  'no-waiting-join': waiting.noWaitingJoin,
  'no-business-rule-task': waiting.noBusinessRuleTask,
  'no-call-activity': waiting.noCallActivity,
  'no-other-task': waiting.noOtherTask,
  'no-duration': waiting.noDuration,
  'task-name': reading.taskName,
  'gateway-question': reading.gatewayQuestion,
  'flow-answer': reading.flowAnswer,
  'event-name': reading.eventName,
  size: reading.size,
  reachable: flow.reachable,
  'loop-exit': flow.loopExit,
  'self-loop': flow.selfLoop,
  'one-process': flow.oneProcess,
  'our-template': flow.ourTemplate,
  'nothing-else': flow.nothingElse,
  'native-user-task': data.nativeUserTask,
  'steps-known': data.stepsKnown,
  'job-type-known': data.jobTypeKnown,
  outcomes: data.outcomes,
  'fee-paid': data.feePaid,
  'exchange-answered': data.exchangeAnswered,
  'parts-opened': data.partsOpened,
}

/** Never migrated or rebuilt but started anew, so the watch alone may wait in events. */
const WATCH_MAY = ['no-event', 'no-event-gateway']

/** @param {string[]} names @param {any} config */
const asErrors = (names, config) =>
  Object.fromEntries(names.map((name) => [`mot-cua/${name}`, ['error', config]]))

/**
 * The rules of a process with its data. `exempt: true` is for deadline-watch only.
 * @param {{ steps: object, waits: object, jobTypes: string[] }} config @param {{ exempt: boolean }} options
 */
export const ruleSet = (config, { exempt }) =>
  asErrors(
    Object.keys(rules).filter((name) => !(exempt && WATCH_MAY.includes(name))),
    config,
  )
