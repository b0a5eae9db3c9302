/**
 * Makes a clone ready to run: packages, Zeebe, the built UI. Runs before every npm script, on any Node from
 * 20.19 on and without node_modules, hence plain JavaScript. When nothing changed it only compares hashes.
 *
 *   node src/setup/prepare.js              everything
 *   node src/setup/prepare.js --packages   only the packages
 *
 * MOTCUA_MODE=production needs neither Java nor Maven. MOTCUA_CACHE says where Zeebe is unpacked.
 */
const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(
    `Node ${process.versions.node} is too old: install Node 20.19 or newer (nodejs.org), then run this again.`,
  )
  process.exit(1)
}

// Imported only now: an older Node could stumble over their syntax before the sentence above is said.
const { isMissing } = await import('./missing.js')
const { preparePackages } = await import('./packages.js')
const { requireMaven, prepareZeebe } = await import('./zeebe.js')
const { prepareUi } = await import('./ui.js')
const { requireSpace } = await import('./space.js')
const { findJava } = await import('./java.js')

try {
  const packagesOnly = process.argv.includes('--packages')
  const embedded = !packagesOnly && process.env.MOTCUA_MODE !== 'production'
  // Whatever may be missing is asked for before the first file is written.
  requireSpace({ embedded })
  if (embedded) requireMaven(findJava())
  await preparePackages()
  if (embedded) await prepareZeebe(findJava())
  if (!packagesOnly) await prepareUi()
} catch (error) {
  // A thing to install is one sentence; anything else is a fault and keeps its trace.
  console.error(isMissing(error) ? error.message : error)
  process.exitCode = 1
}
