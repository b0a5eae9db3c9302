import chromium from '@sparticuz/chromium'
import { prepareUi } from '../../../src/setup/ui.js'

/** Once, before the files that play side by side: two that unpack or build at once would meet half-written files. */
export default async function before() {
  await chromium.executablePath()
  await prepareUi()
}
