/** `npm run first-admin -- --login … --name … --agency … --agency-name …`: prints a link once; exit code 1 when refused. */
import { parseArgs } from 'node:util'
import { systemActor } from '../access/actor.ts'
import { onDatabase } from '../setup/on-database.ts'
import { makeFirstAdmin } from './first-admin.ts'

const USAGE = `npm run first-admin -- --login <login> --name <full name> --agency <code> --agency-name <name>
  [--unit <code within the agency, VP>] [--unit-name <name, Văn phòng>]
The agency and the unit are made when they are not there; an import of agencies completes them.`

const text = { type: 'string' } as const
const { values } = parseArgs({
  options: {
    login: text,
    name: text,
    agency: text,
    'agency-name': text,
    unit: { ...text, default: 'VP' },
    'unit-name': { ...text, default: 'Văn phòng' },
  },
})
const { login, name, agency = '', unit = '' } = values
const code = agency.trim().toUpperCase()
const CODE = /^[A-Z0-9]{1,12}(\.[A-Z0-9]{1,12}){0,4}$/
if (!login || !name?.trim() || !CODE.test(code) || !/^[A-Za-z0-9]{1,12}$/.test(unit)) {
  process.stderr.write(`${USAGE}\n`)
  process.exit(1)
}

await onDatabase(async (db, config) => {
  const link = await db.transact(systemActor('first-admin command'), (tx) =>
    makeFirstAdmin(
      tx,
      {
        login,
        name,
        agency: { code, name: values['agency-name'] ?? code },
        unit: { code: `${code}.${unit.toUpperCase()}`, name: values['unit-name'] ?? unit },
      },
      config.publicUrl ?? `http://${config.host}:${config.port ?? 8080}`,
    ),
  )
  process.stdout.write(
    `${link.name} (${link.login}) is the first administrator. Set the password here, once, before ${link.expiresAt.toISOString().slice(0, 10)}:\n${link.url}\n`,
  )
})
