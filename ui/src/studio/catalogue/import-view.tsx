import '../../admin/admin.css'
import { Button, FileButton, Group, Text } from '@mantine/core'
import { IconDeviceFloppy, IconDownload, IconFileSpreadsheet } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Guide } from '../../admin/intake/guide.tsx'
import { Report } from '../../admin/intake/report.tsx'
import type { CatalogueReport, IntakeGuide } from '../../app/api-types.ts'
import { Failed, Loaded } from '../../app/states.tsx'
import { saveFile } from '../../shared/save-file.ts'
import { useAddress } from '../../shared/use-address.ts'
import { type ImportKind, importGuide, importSample, takeImport, tryImport } from './queries.ts'

type Tried = { name: string; bytes: ArrayBuffer; report: CatalogueReport }

const Summary = ({ report, name }: { report: CatalogueReport; name: string }) => {
  const { t } = useTranslation('studio-catalogue')
  const { added, changed, unchanged, refused } = report.counts
  const title = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new report is where the reader goes on
  useEffect(() => title.current?.focus({ preventScroll: true }), [report])
  return (
    <>
      <h2 ref={title} tabIndex={-1} className="section-title intake-title">
        {t(report.saved ? 'import.saved' : 'import.tried', { name })}
      </h2>
      <Text size="sm" mb="sm" role="status">
        {t(report.saved ? 'import.savedHelp' : 'import.triedHelp', { added, changed, unchanged })}{' '}
        {refused > 0 && t('import.refusedHelp', { count: refused })}
      </Text>
    </>
  )
}

const Import = ({ kind, guide }: { kind: ImportKind; guide: IntakeGuide }) => {
  const { t } = useTranslation('studio-catalogue')
  const cache = useQueryClient()
  // The file is read once: what is taken over is what was tried, though somebody saves it anew meanwhile.
  const trying = useMutation({
    mutationFn: async (file: File): Promise<Tried> => {
      const bytes = await file.arrayBuffer()
      return { name: file.name, bytes, report: await tryImport(kind, bytes) }
    },
  })
  const saving = useMutation({
    mutationFn: ({ bytes, report }: Tried) => takeImport(kind, bytes, report.sha256),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['catalogue'] }),
  })
  const tried = trying.isPending ? undefined : trying.data
  const report = saving.data ?? tried?.report
  const useful = tried ? tried.report.counts.added + tried.report.counts.changed : 0
  return (
    <>
      <Text size="sm" mb="sm" className="intake-intro">
        {t(`import.intro.${kind}`)}
      </Text>
      <Group gap="xs" mb="sm">
        <FileButton
          accept=".csv,text/csv"
          onChange={(file) => {
            if (!file) return
            saving.reset()
            trying.mutate(file)
          }}
          inputProps={{ 'aria-label': t('import.choose') }}
        >
          {(props) => (
            <Button
              {...props}
              variant={tried ? 'default' : 'filled'}
              loading={trying.isPending}
              leftSection={<IconFileSpreadsheet size={16} />}
            >
              {t(tried ? 'import.chooseOther' : 'import.choose')}
            </Button>
          )}
        </FileButton>
        <Button
          component="a"
          href={importSample(kind)}
          download
          variant="default"
          leftSection={<IconDownload size={16} />}
        >
          {t('import.sample')}
        </Button>
      </Group>
      <Guide guide={guide} />
      {trying.error && <Failed problem={trying.error} />}
      {saving.error && <Failed problem={saving.error} />}
      {tried && report && (
        <section aria-label={t('import.report')}>
          <Summary report={report} name={tried.name} />
          <Group gap="xs" mb="sm">
            {!report.saved && useful > 0 && (
              <Button
                loading={saving.isPending}
                leftSection={<IconDeviceFloppy size={16} />}
                onClick={() => saving.mutate(tried)}
              >
                {t('import.save', { count: useful })}
              </Button>
            )}
            <Button
              variant="default"
              leftSection={<IconDownload size={16} />}
              onClick={() => saveFile(t('import.file'), report.csv)}
            >
              {t('import.saveReport')}
            </Button>
          </Group>
          <Report report={{ ...report, people: [] }} />
        </section>
      )}
    </>
  )
}

/** Rows of the catalogue and step tables from a file: tried row by row, then taken over. */
export const ImportView = () => {
  const { t } = useTranslation('studio-catalogue')
  const { query, put } = useAddress()
  const kind: ImportKind = query.get('loai') === 'bang-buoc' ? 'steps' : 'rows'
  const guide = useQuery(importGuide(kind))
  return (
    <>
      <fieldset className="choices" aria-label={t('import.kind')}>
        {(['rows', 'steps'] as const).map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === kind}
            onClick={() => put({ loai: one === 'steps' ? 'bang-buoc' : '' })}
          >
            {t(`import.kinds.${one}`)}
          </button>
        ))}
      </fieldset>
      <Loaded query={guide} lines={4}>
        {(known) => <Import key={kind} kind={kind} guide={known} />}
      </Loaded>
    </>
  )
}
