import { Alert, Anchor, Button, Group, Stack, Text } from '@mantine/core'
import { IconFileAlert, IconPrinter } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../app/api.ts'
import type { DossierPage } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Failed } from '../../app/states.tsx'
import { type CheckLine, lineFault, PaperLine } from '../../citizen/filing/checklist-step.tsx'
import { procedure } from '../../citizen/queries.ts'
import type { Uploaded } from '../../citizen/upload-field.tsx'
import { letterPdf } from '../../shared/letters.tsx'
import { When } from '../../shared/when.tsx'
import { Refused } from './handover-parts.tsx'
import '../../citizen/citizen.css'

/** Required papers that the checklist says are missing and nobody has brought since. */
export const missingOf = (about: DossierPage) =>
  about.paperChecks.filter(
    ({ state, required, paperKey }) =>
      state === 'missing' &&
      required &&
      about.papers.find(({ key }) => key === paperKey)?.documents.length === 0,
  )

/** The papers that are brought now, each with its line of the checklist. */
const Brought = ({ about }: { about: DossierPage }) => {
  const { t } = useTranslation('desk')
  const cache = useQueryClient()
  const rules = useQuery(procedure(about.procedure.code))
  const [lines, setLines] = useState<Record<string, CheckLine>>({})
  const [files, setFiles] = useState<Record<string, Uploaded[]>>({})
  const [tried, setTried] = useState(false)
  const missing = missingOf(about)
  const given = missing.filter(({ paperKey }) => lines[paperKey] || (files[paperKey] ?? []).length > 0)
  const faultOf = (key: string) => lineFault(lines[key], (files[key] ?? []).length, true)
  const add = useMutation({
    mutationFn: () =>
      api.post(`/api/dossiers/${about.id}/counter-papers`, {
        papers: given.flatMap(({ paperKey }) =>
          (files[paperKey] ?? []).map(({ id }) => ({ paperKey, uploadId: id })),
        ),
        checks: given.map(({ paperKey }) => ({ paperKey, ...lines[paperKey] })),
      }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['dossier', about.id] }),
  })
  return (
    <Stack gap="xs">
      {missing.map(({ paperKey }) => {
        const paper = rules.data?.papers.find(({ key }) => key === paperKey)
        if (!paper) return null
        const fault = tried && lines[paperKey] ? faultOf(paperKey) : undefined
        return (
          <PaperLine
            key={paperKey}
            paper={paper}
            required
            states={['scanned', 'original', 'presented']}
            line={lines[paperKey]}
            files={files[paperKey] ?? []}
            problem={fault && t(`citizen:filing.checklist.fault.${fault}`)}
            onLine={(line) => line && setLines((now) => ({ ...now, [paperKey]: line }))}
            onFiles={(change) => setFiles((now) => ({ ...now, [paperKey]: change(now[paperKey] ?? []) }))}
          />
        )
      })}
      {add.error && <Refused problem={add.error} />}
      <Button
        variant="default"
        disabled={given.length === 0}
        loading={add.isPending}
        onClick={() => (given.some(({ paperKey }) => faultOf(paperKey)) ? setTried(true) : add.mutate())}
      >
        {t('guidance.add')}
      </Button>
    </Stack>
  )
}

/**
 * Something required is missing: form 02 once, with everything on it, and then the papers as they are brought. A refusal
 * is the decision's own outcome, with its reason written out already.
 */
export const Guidance = ({ about }: { about: DossierPage }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const cache = useQueryClient()
  const guide = useMutation({
    mutationFn: () => api.post(`/api/dossiers/${about.id}/guidance`),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['dossier', about.id] }),
  })
  const missing = missingOf(about)
  if (missing.length === 0) return null
  const given = about.counterFiling?.guidedAt
  const letter = about.letters.find(({ kind, hasFile }) => kind === 'supplement' && hasFile)
  return (
    <Alert color="yellow" variant="light" icon={<IconFileAlert />} title={t('guidance.title')}>
      <Stack gap="xs">
        <ul className="check-list">
          {missing.map(({ paperKey, name }) => (
            <li key={paperKey}>{text(name)}</li>
          ))}
        </ul>
        {given ? (
          <Text size="sm">
            {t('guidance.given')} <When at={given} />
          </Text>
        ) : (
          <>
            <Text size="sm">{t('guidance.help')}</Text>
            <Button variant="default" loading={guide.isPending} onClick={() => guide.mutate()}>
              {t('guidance.give')}
            </Button>
          </>
        )}
        {guide.error && <Failed problem={guide.error} />}
        {letter && (
          <Group>
            <Anchor href={letterPdf(letter)} target="_blank" rel="noopener" size="sm" className="with-icon">
              <IconPrinter size={16} aria-hidden="true" /> {t('guidance.print')}
            </Anchor>
          </Group>
        )}
        <Text size="sm" fw={500}>
          {t('guidance.brought')}
        </Text>
        <Brought about={about} />
      </Stack>
    </Alert>
  )
}
