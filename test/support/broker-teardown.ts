import { endSharedMachine } from './broker.ts'

export default endSharedMachine
