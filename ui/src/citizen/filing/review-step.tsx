import { Alert, Anchor, Group, List, Stack, Text } from '@mantine/core'
import { IconWifiOff } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, api } from '../../app/api.ts'
import type { Filed, ProcedurePage } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Failed } from '../../app/states.tsx'
import { Answers } from '../../shared/eform/answers.tsx'
import { FeeNote } from '../payment-note.tsx'
import { places } from '../queries.ts'
import { caseOf, checkOf, type FilingDraft, requestOf } from './draft.ts'
import { StepButtons } from './step-buttons.tsx'

type Part = 'applicant' | 'place' | 'form' | 'papers'
type Props = {
  procedure: ProcedurePage
  draft: FilingDraft
  onBack?: () => void
  onEdit: (part: Part) => void
  onFiled: (filed: Filed) => void
  /** Kept with the draft: what was sent and not answered is sent again when the page is back. */
  onSending: (sending: boolean) => void
}

/** No network, or a server that is away for the moment: it is asked again under the same key, and files once. */
const isAway = (problem: unknown) =>
  problem instanceof ApiProblem && [0, 502, 503, 504].includes(problem.status)
const LONGEST_PAUSE_MS = 10_000
/** Another version came into force after the form was opened. */
const CHANGED = 'urn:mot-cua:procedure-changed'

const Section = ({
  part,
  onEdit,
  children,
}: {
  part: Part
  onEdit: (part: Part) => void
  children: ReactNode
}) => {
  const { t } = useTranslation('citizen')
  return (
    <section className="review">
      <Group justify="space-between">
        <h3 className="section-title">{t(`filing.step.${part}`)}</h3>
        <Anchor component="button" type="button" size="sm" onClick={() => onEdit(part)}>
          {t('filing.edit')}
          <span className="visually-hidden"> {t(`filing.step.${part}`)}</span>
        </Anchor>
      </Group>
      {children}
    </section>
  )
}

/** What a refused filing complains about, in the applicant's words, with the step where it is mended. */
const Refusal = ({ problem, procedure }: { problem: unknown; procedure: ProcedurePage }) => {
  const { t } = useTranslation('citizen')
  const text = useText()
  if (!(problem instanceof ApiProblem) || problem.errors.length === 0) return <Failed problem={problem} />
  const schema = procedure.eform.schema as { properties?: Record<string, { title?: string }> }
  const nameOf = (field: string) => {
    const key = field.split('.').at(-1) ?? field
    const paper = procedure.papers.find((one) => one.key === key)
    return paper ? text(paper.name) : schema.properties?.[key]?.title
  }
  return (
    <Alert color="red" role="alert" title={t('filing.refused')}>
      <List size="sm">
        {problem.errors.map(({ field, message }) => {
          const name = nameOf(field)
          return <List.Item key={`${field}${message}`}>{name ? `${name}: ${message}` : message}</List.Item>
        })}
      </List>
    </Alert>
  )
}

export const ReviewStep = ({ procedure, draft, onBack, onEdit, onFiled, onSending }: Props) => {
  const { t } = useTranslation('citizen')
  const text = useText()
  const cache = useQueryClient()
  const place = useQuery(places()).data?.find(({ code }) => code === draft.place)
  const filing = useMutation({
    mutationFn: () => api.post<Filed>('/api/dossiers', requestOf(procedure, draft), draft.idempotencyKey),
    retry: (_failures, problem) => isAway(problem),
    retryDelay: (failures) => Math.min(1000 * 2 ** failures, LONGEST_PAUSE_MS),
    onMutate: () => onSending(true),
    onError: (problem) => {
      onSending(false)
      // It may have been refused because the record says otherwise by now: then the form shows what it says.
      void cache.invalidateQueries({ queryKey: ['my-details'] })
      // The new form comes in the place of the old one, with what was typed.
      if (problem instanceof ApiProblem && problem.type === CHANGED)
        void cache.invalidateQueries({ queryKey: ['procedure', procedure.code] })
    },
    onSuccess: (filed) => {
      void cache.invalidateQueries({ queryKey: ['my-dossiers'] })
      onFiled(filed)
    },
  })
  const { mutate } = filing
  const wasSending = useRef(draft.sending)
  useEffect(() => {
    if (!wasSending.current) return
    wasSending.current = false
    mutate()
  }, [mutate])
  const away = filing.isPaused || (filing.isPending && filing.failureCount > 0)
  return (
    <Stack gap="sm">
      {draft.applicant && (
        <Section part="applicant" onEdit={onEdit}>
          <Text>
            {[
              draft.applicant.fullName,
              draft.applicant.identityNo,
              draft.applicant.phone,
              draft.applicant.email,
            ]
              .filter(Boolean)
              .join(' · ')}
          </Text>
          {draft.counter?.represented && (
            <Text size="sm">
              {t('filing.representative.is')}: {draft.counter.representative.fullName},{' '}
              {draft.counter.representative.identityNo} ·{' '}
              {t(`filing.representative.papers.${draft.counter.representative.paper}`)}{' '}
              {draft.counter.representative.paperText}
            </Text>
          )}
          {draft.counter?.how && (
            <Text size="sm" className="soft">
              {t('filing.consent.label')}: {t(`filing.consent.${draft.counter.how}`)}
            </Text>
          )}
        </Section>
      )}
      <Section part="place" onEdit={onEdit}>
        <Text>{text(place?.name) || draft.place}</Text>
      </Section>
      <Section part="form" onEdit={onEdit}>
        <Answers
          schema={procedure.eform.schema}
          ui={{ ...(procedure.eform.ui as object), groups: procedure.eform.groups }}
          data={draft.formData}
        />
      </Section>
      <Section part="papers" onEdit={onEdit}>
        <ul className="review-papers">
          {procedure.papers
            .filter(({ key }) => (draft.papers[key] ?? []).length > 0 || checkOf(draft, key))
            .map((paper) => {
              const check = checkOf(draft, paper.key)
              return (
                <li key={paper.key}>
                  <Text size="sm">{text(paper.name)}</Text>
                  <Text size="sm" className="soft">
                    {[
                      check && t(`filing.checklist.state.${check.state}`),
                      check && check.state !== 'missing' && `${t('filing.checklist.pages')}: ${check.pages}`,
                      ...(draft.papers[paper.key] ?? []).map(({ fileName }) => fileName),
                    ]
                      .filter(Boolean)
                      .join(', ')}
                  </Text>
                </li>
              )
            })}
        </ul>
      </Section>
      <FeeNote procedure={procedure} channel={draft.channel} caseKey={caseOf(procedure, draft.formData)} />
      {filing.error && <Refusal problem={filing.error} procedure={procedure} />}
      {away && (
        <Alert
          color="yellow"
          variant="light"
          icon={<IconWifiOff />}
          title={t('filing.waitingToSend')}
          role="status"
        >
          <Text size="sm">{t('filing.waitingHelp')}</Text>
        </Alert>
      )}
      <StepButtons
        onBack={onBack}
        onNext={() => mutate()}
        busy={filing.isPending}
        label={t('filing.submit')}
      />
    </Stack>
  )
}
