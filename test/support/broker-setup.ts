import { shareMachine } from './broker.ts'

export default shareMachine
