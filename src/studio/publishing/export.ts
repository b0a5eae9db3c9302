import { mkdir, readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Tx } from '../../database/transaction.ts'
import { baseIdOf, hashOf, type NamedText } from '../../procedures/assemble.ts'
import { rewriteId } from '../../procedures/rewrite.ts'

/** Nothing that could be exported; `text` says why, in both languages. */
export class ExportError extends Error {
  override name = 'ExportError'
  readonly text: { vi: string; en: string }
  constructor(text: { vi: string; en: string }) {
    super(text.en)
    this.text = text
  }
}

type Row = {
  version: number
  folder: string
  sha256: string
  process_id: string
  decision_id: string
  bpmn: string
  dmn: string
  texts: { facts: string; form: string; results: NamedText[]; examples: NamedText[] } | null
}

/** The JSON files of a sub-folder as the version has them: what is there else belongs to another version. */
async function writeAll(folder: string, files: NamedText[]): Promise<void> {
  const there = await readdir(folder).catch(() => [])
  for (const name of there.filter((one) => one.endsWith('.json')))
    if (!files.some((file) => file.name === name)) await rm(join(folder, name))
  if (files.length > 0) await mkdir(folder, { recursive: true })
  for (const { name, text } of files) await writeFile(join(folder, name), text)
}

/**
 * Writes a published version to its folder under `to` (processes/), without `version` the one in force. Read again, the
 * folder has the same sha256, so a server that starts with it changes nothing. Answers the paths written, below `to`.
 */
export async function exportVersion(
  tx: Tx,
  { code, version, to }: { code: string; version?: number | undefined; to: string },
): Promise<string[]> {
  const [row] = await tx.sql<Row>(
    `select version, folder, sha256, process_id, decision_id, bpmn, dmn, texts from procedure_version
      where code = $1 and case when $2::int is null then current else version = $2 end`,
    [code, version ?? null],
  )
  if (!row)
    throw new ExportError(
      version === undefined
        ? {
            vi: `Thủ tục “${code}” không có phiên bản nào đang có hiệu lực.`,
            en: `Procedure “${code}” has no version in force.`,
          }
        : {
            vi: `Thủ tục “${code}” không có phiên bản ${version}.`,
            en: `Procedure “${code}” has no version ${version}.`,
          },
    )
  if (!row.texts)
    throw new ExportError({
      vi: `Phiên bản ${row.version} được công bố trước khi hệ thống giữ nguyên văn tệp; đưa tệp cũ vào processes/ và khởi động lại một lần rồi xuất.`,
      en: `Version ${row.version} was published before its files were kept; put its folder into processes/, start the server once, and export again.`,
    })
  const { facts, form, results, examples } = row.texts
  const bpmn = rewriteId(row.bpmn, row.process_id, baseIdOf(code))
  const dmn = rewriteId(row.dmn, row.decision_id, `routing_${baseIdOf(code)}`)
  if (hashOf(facts, form, bpmn, dmn, ...results.map(({ text }) => text)) !== row.sha256)
    throw new Error(`version ${row.version} of ${code} is not what its hash says`)
  const folder = join(to, row.folder)
  await mkdir(folder, { recursive: true })
  const files = [
    { name: 'procedure.json', text: facts },
    { name: 'eform.json', text: form },
    { name: 'process.bpmn', text: bpmn },
    { name: 'routing.dmn', text: dmn },
  ]
  for (const { name, text } of files) await writeFile(join(folder, name), text)
  await writeAll(join(folder, 'results'), results)
  await writeAll(join(folder, 'cases'), examples)
  return [
    ...files.map(({ name }) => name),
    ...results.map(({ name }) => join('results', name)),
    ...examples.map(({ name }) => join('cases', name)),
  ].map((name) => join(row.folder, name))
}
