/** A sender in a process of its own, to be killed: database address and tax system's address as arguments. */
import { pino } from 'pino'
import { machineClock } from '../../../src/clock.ts'
import { connect } from '../../../src/database/orm.ts'
import { entities } from '../../../src/entities.ts'
import { startExchange } from '../../../src/exchange/sender.ts'

const [url = '', tax = ''] = process.argv.slice(2)
const log = pino({ level: 'silent' })
const db = await connect({ url, entities, clock: machineClock, log, poolSize: 3 })
startExchange({ db, log, systems: { tax: { url: tax, token: undefined } } })
