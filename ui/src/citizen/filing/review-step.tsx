import { Alert, Anchor, Group, List, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, api } from '../../app/api.ts'
import type { Filed, ProcedurePage } from '../../app/api-types.ts'
import { useText } from '../../app/i18n.ts'
import { Failed } from '../../app/states.tsx'
import { Answers } from '../../shared/eform/answers.tsx'
import { places } from '../queries.ts'
import { type FilingDraft, requestOf } from './draft.ts'
import { StepButtons } from './step-buttons.tsx'

type Part = 'applicant' | 'place' | 'form' | 'papers'
type Props = {
  procedure: ProcedurePage
  draft: FilingDraft
  onBack?: () => void
  onEdit: (part: Part) => void
  onFiled: (filed: Filed) => void
}

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

export const ReviewStep = ({ procedure, draft, onBack, onEdit, onFiled }: Props) => {
  const { t } = useTranslation('citizen')
  const text = useText()
  const cache = useQueryClient()
  const place = useQuery(places()).data?.find(({ code }) => code === draft.place)
  const filing = useMutation({
    mutationFn: () => api.post<Filed>('/api/dossiers', requestOf(procedure, draft), draft.idempotencyKey),
    onSuccess: (filed) => {
      void cache.invalidateQueries({ queryKey: ['my-dossiers'] })
      onFiled(filed)
    },
  })
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
            .filter(({ key }) => (draft.papers[key] ?? []).length > 0)
            .map((paper) => (
              <li key={paper.key}>
                <Text size="sm">{text(paper.name)}</Text>
                <Text size="sm" className="soft">
                  {draft.papers[paper.key]!.map(({ fileName }) => fileName).join(', ')}
                </Text>
              </li>
            ))}
        </ul>
      </Section>
      {filing.error && <Refusal problem={filing.error} procedure={procedure} />}
      <StepButtons
        onBack={onBack}
        onNext={() => filing.mutate()}
        busy={filing.isPending}
        label={t('filing.submit')}
      />
    </Stack>
  )
}
