import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { findJava } from '../../src/setup/java.js'
import { cacheFolder } from '../../src/setup/places.js'

export type VerifiedSignature = {
  name: string
  reason: string
  subFilter: string
  subject: string
  /** Of the signature's dictionary, as an instant. */
  at: string
  digest: boolean
  chain: boolean
  certificateBound: boolean
  signingTimeAttribute: boolean
  timestamp: boolean
  gapIsContents: boolean
  coversFile: boolean
  /** Level of DocMDP, 0 without one. */
  docMdp: number
  /** Fields that were empty when this was signed and have been filled since. */
  allowed: string[]
  /** Whatever else has changed since. */
  forbidden: string[]
  problem: string
}
export type Verified = {
  file: string
  broken?: string
  pages: number
  fields: Record<string, string>
  signatures: VerifiedSignature[]
}

const here = (name: string) => fileURLToPath(new URL(`./verify-pdf/${name}`, import.meta.url))
const VERSION = 'verify-pdf-pdfbox-3.0.3-bouncycastle-1.78.1'

/** PDFBox and BouncyCastle, fetched through Maven once, in the cache that clones share. */
function libraries(): string {
  const folder = join(cacheFolder(), VERSION)
  if (!existsSync(folder)) {
    mkdirSync(dirname(folder), { recursive: true })
    const scratch = mkdtempSync(`${folder}.`)
    execFileSync(
      'mvn',
      [
        '-q',
        '-B',
        '-f',
        here('pom.xml'),
        'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies',
        `-DoutputDirectory=${scratch}`,
      ],
      { stdio: ['ignore', 'ignore', 'inherit'], timeout: 240_000 },
    )
    try {
      renameSync(scratch, folder)
    } catch {
      // Another run was first, and its folder is whole.
      rmSync(scratch, { recursive: true, force: true })
    }
  }
  return folder
}

/**
 * What an independent reader finds in signed files: PDFBox with BouncyCastle, run from source by the JDK. `root` is the
 * trusted certificate as DER.
 */
export function verifyPdfs(root: string, files: string[]): Verified[] {
  const said = execFileSync(
    findJava(process.env),
    [
      '-Dfile.encoding=UTF-8',
      '-Dstdout.encoding=UTF-8',
      '-Dsun.stdout.encoding=UTF-8',
      '-XX:TieredStopAtLevel=1',
      '-cp',
      join(libraries(), '*'),
      here('VerifyPdf.java'),
      root,
      ...files,
    ],
    { encoding: 'utf8', maxBuffer: 64e6, timeout: 120_000 },
  )
  return said
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Verified)
}
