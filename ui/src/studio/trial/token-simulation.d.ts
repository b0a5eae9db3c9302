// Ships no types; it is a module for the viewer and nothing else of it is used.
declare module 'bpmn-js-token-simulation/lib/viewer' {
  const module: import('didi').ModuleDeclaration
  export default module
}
