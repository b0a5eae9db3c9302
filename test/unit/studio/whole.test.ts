import { readProcedures } from '../../../src/procedures/folder.ts'
import { importFile, textsByPath } from '../../../src/studio/drafts/file.ts'
import { harmlessChanges } from '../../../src/studio/lint/refuse.ts'
import { wholeProcedure } from '../../../src/studio/publishing/whole.ts'
import { filesOf, type ProcedureSource, sourceOf } from '../../../src/studio/source.ts'

const folders = await readProcedures('processes')
const DECISION = {
  number: '9/QĐ-UBND',
  date: '2026-11-02',
  signer: 'Chủ tịch',
  sample: true,
  verified: false,
}
const backwards = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, inner]) => [
            key,
            key === 'definition' || key === 'supplement' ? backwards(inner) : inner,
          ]),
      )
    : value

describe.each(folders.map((folder) => [folder.definition.code, folder] as const))(
  'the source of %s',
  (code, folder) => {
    const source = sourceOf(folder.files)

    it('is written the same whatever the order it was typed in, and again when it is read back', () => {
      const { sha256, files } = wholeProcedure(source, DECISION)
      expect(wholeProcedure(backwards(source) as ProcedureSource, DECISION).sha256).toBe(sha256)
      expect(wholeProcedure(sourceOf(files), DECISION).sha256).toBe(sha256)
      expect(JSON.parse(files.facts).decision).toEqual(DECISION)
    })

    it('says what its folder says, but for the decision', () => {
      const { definition, eform, bpmn, dmn } = wholeProcedure(source)
      expect({ definition, eform, bpmn, dmn }).toEqual({
        definition: folder.definition,
        eform: folder.eform,
        bpmn: folder.bpmn,
        dmn: folder.dmn,
      })
    })

    it('leaves as one file, comes back the same, and holds nothing that is refused', () => {
      const back = importFile({ format: 'mot-cua-procedure', version: 1, files: textsByPath(source) })
      expect(filesOf(back)).toEqual(filesOf(source))
      expect(harmlessChanges(back, { field: 'source', code })).toEqual(back)
    })
  },
)
