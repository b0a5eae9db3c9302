// The package ships no types; this is what we use of it.
declare module 'bpmn-js-differ' {
  export function diff(before: unknown, after: unknown): unknown
}
