import { Stack, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProcedurePage } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { formatSize } from '../../shared/format.ts'
import { UploadField } from '../upload-field.tsx'
import { caseOf, isRequired, type PapersStepProps } from './draft.ts'
import { StepButtons } from './step-buttons.tsx'

export const PapersStep = ({ procedure, draft, setDraft, onNext, onBack }: PapersStepProps) => {
  const { t } = useTranslation('citizen')
  const text = useText()
  const language = useLanguage()
  const [tried, setTried] = useState(false)
  const caseKey = caseOf(procedure, draft.formData)
  const missing = (paper: ProcedurePage['papers'][number]) =>
    isRequired(paper, caseKey, draft.channel) && (draft.papers[paper.key] ?? []).length === 0
  return (
    <Stack gap="sm">
      <Text size="sm" className="soft">
        {t('filing.papersHelp', { name: text(procedure.cases.find(({ key }) => key === caseKey)?.name) })}
      </Text>
      {procedure.papers
        .filter(({ lookUp }) => lookUp)
        .map((paper) => (
          <Text key={paper.key} size="sm">
            {text(paper.name)}: {t('procedure.lookedUp', { text: paper.lookUp?.basis.text })}
          </Text>
        ))}
      {procedure.papers
        .filter(({ lookUp }) => !lookUp)
        .map((paper) => (
          <UploadField
            key={paper.key}
            name={paper.name}
            hint={[
              isRequired(paper, caseKey, draft.channel) ? t('procedure.required') : t('procedure.optional'),
              t('procedure.upTo', { size: formatSize(paper.maxBytes, language) }),
              paper.note && text(paper.note),
            ]
              .filter(Boolean)
              .join(' · ')}
            rules={paper}
            files={draft.papers[paper.key] ?? []}
            onChange={(change) =>
              setDraft((now) => ({
                ...now,
                papers: { ...now.papers, [paper.key]: change(now.papers[paper.key] ?? []) },
              }))
            }
            error={tried && missing(paper) ? t('filing.paperMissing') : undefined}
          />
        ))}
      <StepButtons
        onBack={onBack}
        onNext={() => (procedure.papers.some(missing) ? setTried(true) : onNext())}
      />
    </Stack>
  )
}
