/**
 * The rules of other people's packages, imported by name so that the server and the browser's worker run the same ones:
 * bpmnlint's recommended rules, and what Camunda's own modeller says of the elements that Zeebe 8.5 does not know.
 */

import recommended from 'bpmnlint/config/recommended.js'
import Linter from 'bpmnlint/lib/linter.js'
import basicAdHocSubProcess from 'bpmnlint/rules/ad-hoc-sub-process.js'
import basicConditionalFlows from 'bpmnlint/rules/conditional-flows.js'
import basicEndEventRequired from 'bpmnlint/rules/end-event-required.js'
import basicEventBasedGateway from 'bpmnlint/rules/event-based-gateway.js'
import basicEventSubProcessTypedStartEvent from 'bpmnlint/rules/event-sub-process-typed-start-event.js'
import basicGlobal from 'bpmnlint/rules/global.js'
import basicLinkEvent from 'bpmnlint/rules/link-event.js'
import basicNoBpmndi from 'bpmnlint/rules/no-bpmndi.js'
import basicNoComplexGateway from 'bpmnlint/rules/no-complex-gateway.js'
import basicNoDisconnected from 'bpmnlint/rules/no-disconnected.js'
import basicNoDuplicateSequenceFlows from 'bpmnlint/rules/no-duplicate-sequence-flows.js'
import basicNoGatewayJoinFork from 'bpmnlint/rules/no-gateway-join-fork.js'
import basicNoImplicitEnd from 'bpmnlint/rules/no-implicit-end.js'
import basicNoImplicitSplit from 'bpmnlint/rules/no-implicit-split.js'
import basicNoImplicitStart from 'bpmnlint/rules/no-implicit-start.js'
import basicNoInclusiveGateway from 'bpmnlint/rules/no-inclusive-gateway.js'
import basicNoOverlappingElements from 'bpmnlint/rules/no-overlapping-elements.js'
import basicSingleBlankStartEvent from 'bpmnlint/rules/single-blank-start-event.js'
import basicSingleEventDefinition from 'bpmnlint/rules/single-event-definition.js'
import basicStartEventRequired from 'bpmnlint/rules/start-event-required.js'
import basicSubProcessBlankStartEvent from 'bpmnlint/rules/sub-process-blank-start-event.js'
import basicSuperfluousGateway from 'bpmnlint/rules/superfluous-gateway.js'
import basicSuperfluousTermination from 'bpmnlint/rules/superfluous-termination.js'
import compat from 'bpmnlint-plugin-camunda-compat'
import compatCalledElement from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/called-element.js'
import compatConnectorProperties from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/connector-properties/index.js'
import compatDuplicateTaskHeaders from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/duplicate-task-headers.js'
import compatElementType from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/element-type/index.js'
import compatErrorReference from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/error-reference.js'
import compatEscalationBoundaryEventAttachedToRef from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/escalation-boundary-event-attached-to-ref.js'
import compatEscalationReference from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/escalation-reference.js'
import compatEventBasedGatewayTarget from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/event-based-gateway-target.js'
import compatExecutableProcess from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/executable-process.js'
import compatFeel from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/feel.js'
import compatFeelCompatibility from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/feel-compatibility.js'
import compatImplementation from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/implementation/index.js'
import compatInclusiveGateway from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/inclusive-gateway.js'
import compatIoMapping from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/io-mapping.js'
import compatLinkEvent from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/link-event.js'
import compatLoopCharacteristics from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/loop-characteristics.js'
import compatMessageReference from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/message-reference.js'
import compatNoBindingType from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/no-binding-type.js'
import compatNoBusinessId from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/no-business-id.js'
import compatNoCancelExecutionListener from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/no-cancel-execution-listener.js'
import compatNoExecutionListenerHeaders from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/no-execution-listener-headers.js'
import compatNoExecutionListeners from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/no-execution-listeners.js'
import compatNoExpression from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/no-expression.js'
import compatNoJobPriorityDefinition from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/no-job-priority-definition.js'
import compatNoLoop from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/no-loop.js'
import compatNoMultipleNoneStartEvents from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/no-multiple-none-start-events.js'
import compatNoPriorityDefinition from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/no-priority-definition.js'
import compatNoTaskListeners from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/no-task-listeners.js'
import compatNoVersionTag from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/no-version-tag.js'
import compatSecrets from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/secrets.js'
import compatSequenceFlowCondition from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/sequence-flow-condition.js'
import compatSignalReference from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/signal-reference.js'
import compatStartEventForm from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/start-event-form.js'
import compatSubscription from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/subscription.js'
import compatTaskSchedule from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/task-schedule.js'
import compatTimer from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/timer/index.js'
import compatUserTaskDefinition from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/user-task-definition.js'
import compatUserTaskForm from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/user-task-form.js'
import compatVariableName from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/variable-name.js'
import compatWaitForCompletion from 'bpmnlint-plugin-camunda-compat/rules/camunda-cloud/wait-for-completion.js'

export { Linter }

export type RuleFactory = (config?: unknown) => { check: unknown }

/** Rules of bpmnlint, by name. */
export const basicRules: Record<string, RuleFactory> = {
  'ad-hoc-sub-process': basicAdHocSubProcess,
  'conditional-flows': basicConditionalFlows,
  'end-event-required': basicEndEventRequired,
  'event-based-gateway': basicEventBasedGateway,
  'event-sub-process-typed-start-event': basicEventSubProcessTypedStartEvent,
  global: basicGlobal,
  'link-event': basicLinkEvent,
  'no-bpmndi': basicNoBpmndi,
  'no-complex-gateway': basicNoComplexGateway,
  'no-disconnected': basicNoDisconnected,
  'no-duplicate-sequence-flows': basicNoDuplicateSequenceFlows,
  'no-gateway-join-fork': basicNoGatewayJoinFork,
  'no-implicit-split': basicNoImplicitSplit,
  'no-implicit-end': basicNoImplicitEnd,
  'no-implicit-start': basicNoImplicitStart,
  'no-inclusive-gateway': basicNoInclusiveGateway,
  'no-overlapping-elements': basicNoOverlappingElements,
  'single-blank-start-event': basicSingleBlankStartEvent,
  'single-event-definition': basicSingleEventDefinition,
  'start-event-required': basicStartEventRequired,
  'sub-process-blank-start-event': basicSubProcessBlankStartEvent,
  'superfluous-gateway': basicSuperfluousGateway,
  'superfluous-termination': basicSuperfluousTermination,
}

/** Rules of Camunda's compatibility plugin for the version of our broker, by name. */
export const compatRules: Record<string, RuleFactory> = {
  implementation: compatImplementation,
  'called-element': compatCalledElement,
  'duplicate-task-headers': compatDuplicateTaskHeaders,
  'element-type': compatElementType,
  'error-reference': compatErrorReference,
  'event-based-gateway-target': compatEventBasedGatewayTarget,
  'executable-process': compatExecutableProcess,
  'loop-characteristics': compatLoopCharacteristics,
  'message-reference': compatMessageReference,
  'io-mapping': compatIoMapping,
  'no-binding-type': compatNoBindingType,
  'no-business-id': compatNoBusinessId,
  'no-cancel-execution-listener': compatNoCancelExecutionListener,
  'no-execution-listener-headers': compatNoExecutionListenerHeaders,
  'no-execution-listeners': compatNoExecutionListeners,
  'no-expression': compatNoExpression,
  'no-job-priority-definition': compatNoJobPriorityDefinition,
  'no-loop': compatNoLoop,
  'no-multiple-none-start-events': compatNoMultipleNoneStartEvents,
  'no-priority-definition': compatNoPriorityDefinition,
  'no-task-listeners': compatNoTaskListeners,
  'no-version-tag': compatNoVersionTag,
  'sequence-flow-condition': compatSequenceFlowCondition,
  'start-event-form': compatStartEventForm,
  subscription: compatSubscription,
  timer: compatTimer,
  'user-task-definition': compatUserTaskDefinition,
  'user-task-form': compatUserTaskForm,
  'variable-name': compatVariableName,
  feel: compatFeel,
  'feel-compatibility': compatFeelCompatibility,
  'connector-properties': compatConnectorProperties,
  'inclusive-gateway': compatInclusiveGateway,
  'escalation-boundary-event-attached-to-ref': compatEscalationBoundaryEventAttachedToRef,
  'escalation-reference': compatEscalationReference,
  'link-event': compatLinkEvent,
  'task-schedule': compatTaskSchedule,
  secrets: compatSecrets,
  'signal-reference': compatSignalReference,
  'wait-for-completion': compatWaitForCompletion,
  'bpmnlint/start-event-required': basicStartEventRequired,
}

/** The configurations that name them. */
export const recommendedConfig: { rules: Record<string, unknown> } = recommended
export const compatConfig: { rules: Record<string, unknown> } = compat.configs['camunda-cloud-8-5']!
