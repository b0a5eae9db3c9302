import { Alert, Button, FileButton, Group, Text } from '@mantine/core'
import { IconDeviceFloppy, IconDownload, IconFileImport, IconFileSpreadsheet } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { ApiProblem } from '../../app/api.ts'
import type { IntakeGuide, IntakeReport } from '../../app/api-types.ts'
import { Page } from '../../app/page.tsx'
import { Failed, Loaded } from '../../app/states.tsx'
import { saveFile } from '../../shared/save-file.ts'
import { type IntakeKind, intakeGuide, intakeSample, takeOver, tryFile } from '../queries.ts'
import { Guide } from './guide.tsx'
import { FirstPasswords } from './links.tsx'
import { Report } from './report.tsx'

const KINDS = ['agencies', 'people'] as const

type Tried = { name: string; bytes: ArrayBuffer; report: IntakeReport }

/** The file is read once: what is taken over is what was tried, though somebody saves it anew meanwhile. */
const useIntake = (kind: IntakeKind, { maxBytes }: IntakeGuide) => {
  const { t } = useTranslation('admin')
  const cache = useQueryClient()
  const trying = useMutation({
    mutationFn: async (file: File): Promise<Tried> => {
      if (file.size > maxBytes)
        throw new ApiProblem(413, {
          title: t('intake.tooLarge'),
          detail: t('intake.tooLargeHelp', { megabytes: maxBytes / 1_048_576 }),
        })
      const bytes = await file.arrayBuffer()
      return { name: file.name, bytes, report: await tryFile(kind, bytes) }
    },
  })
  const saving = useMutation({
    mutationFn: ({ bytes, report }: Tried) => takeOver(kind, bytes, report.sha256),
    onSuccess: () => cache.invalidateQueries({ queryKey: [kind] }),
  })
  return {
    trying,
    saving,
    choose: (file: File | null) => {
      if (!file) return
      saving.reset()
      trying.mutate(file)
    },
  }
}

const Summary = ({ report, name }: { report: IntakeReport; name: string }) => {
  const { t } = useTranslation('admin')
  const { added, changed, refused } = report.counts
  const title = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new report is where the reader goes on
  useEffect(() => title.current?.focus({ preventScroll: true }), [report])
  const words = report.saved
    ? t('intake.savedHelp', { added, changed })
    : added + changed === 0
      ? t('intake.nothing')
      : t('intake.triedHelp', { added, changed })
  return (
    <>
      <h2 ref={title} tabIndex={-1} className="section-title intake-title">
        {t(report.saved ? 'intake.saved' : 'intake.tried', { name })}
      </h2>
      <Text size="sm" mb="sm" role="status">
        {words} {refused > 0 && t('intake.refusedHelp', { count: refused })}
      </Text>
    </>
  )
}

const Intake = ({ kind, guide }: { kind: IntakeKind; guide: IntakeGuide }) => {
  const { t } = useTranslation('admin')
  const { trying, saving, choose } = useIntake(kind, guide)
  const tried = trying.isPending ? undefined : trying.data
  const report = saving.data ?? tried?.report
  const useful = tried ? tried.report.counts.added + tried.report.counts.changed : 0
  return (
    <>
      <Text size="sm" mb="sm" className="intake-intro">
        {t(`intake.intro.${kind}`)}
      </Text>
      <Group gap="xs" mb="sm">
        <FileButton
          accept=".csv,text/csv"
          onChange={choose}
          inputProps={{ 'aria-label': t('intake.choose') }}
        >
          {(props) => (
            <Button
              {...props}
              variant={tried ? 'default' : 'filled'}
              loading={trying.isPending}
              leftSection={<IconFileSpreadsheet size={16} />}
            >
              {t(tried ? 'intake.chooseOther' : 'intake.choose')}
            </Button>
          )}
        </FileButton>
        <Button
          component="a"
          href={intakeSample(kind)}
          download
          variant="default"
          leftSection={<IconDownload size={16} />}
        >
          {t('intake.sample')}
        </Button>
      </Group>
      <Guide guide={guide} />
      {trying.error && <Failed problem={trying.error} />}
      {saving.error && <Failed problem={saving.error} />}
      {tried && report && (
        <section aria-label={t('intake.report')}>
          <Summary report={report} name={tried.name} />
          {report.saved && report.people.length > 0 && <FirstPasswords people={report.people} />}
          <Group gap="xs" mb="sm">
            {!report.saved && useful > 0 && (
              <Button
                loading={saving.isPending}
                leftSection={<IconDeviceFloppy size={16} />}
                onClick={() => saving.mutate(tried)}
              >
                {t('intake.save', { count: useful })}
              </Button>
            )}
            <Button
              variant="default"
              leftSection={<IconDownload size={16} />}
              onClick={() => saveFile(t('intake.reportFile'), report.csv)}
            >
              {t('intake.saveReport')}
            </Button>
          </Group>
          <Report report={report} />
        </section>
      )}
      {!tried && !trying.error && (
        <Alert color="gray" variant="light" icon={<IconFileImport />} mt="sm">
          {t('intake.empty')}
        </Alert>
      )}
    </>
  )
}

/** Agencies and people from a file: tried row by row, then taken over. */
export default function IntakePage() {
  const { t } = useTranslation('admin')
  const [query, setQuery] = useSearchParams()
  const kind: IntakeKind = query.get('loai') === 'nguoi' ? 'people' : 'agencies'
  const guide = useQuery(intakeGuide(kind))
  return (
    <Page title={t('intake.title')} wide>
      <fieldset className="choices" aria-label={t('intake.kind')}>
        {KINDS.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={one === kind}
            onClick={() => setQuery(one === 'people' ? { loai: 'nguoi' } : {}, { replace: true })}
          >
            {t(`intake.kinds.${one}`)}
          </button>
        ))}
      </fieldset>
      <Loaded query={guide} lines={4}>
        {(known) => <Intake key={kind} kind={kind} guide={known} />}
      </Loaded>
    </Page>
  )
}
