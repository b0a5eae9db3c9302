import { Alert, List, NumberInput, Text } from '@mantine/core'
import { IconAlertTriangleFilled, IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useText } from '../../app/i18n.ts'
import { useDraft } from '../../shared/use-draft.ts'
import { DecisionFrame, type FormProps } from '../decision/frame.tsx'

/** Papers at a glance: what is there, what is missing, what the check found. */
const Completeness = ({ about }: Pick<FormProps, 'about'>) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const required = about.papers.filter((paper) => paper.required)
  return (
    <div>
      <Text size="sm" fw={500}>
        {t('reception.papers')}
      </Text>
      <ul className="check-list">
        {required.map((paper) => {
          const there = paper.documents.length > 0
          return (
            <li key={paper.key} className={there ? undefined : 'tone-late'}>
              {there ? (
                <IconCheck size={16} aria-hidden="true" />
              ) : (
                <IconAlertTriangleFilled size={16} aria-hidden="true" />
              )}
              <span>
                {text(paper.name)}
                <span className="visually-hidden">
                  : {there ? t('reception.there') : t('reception.missing')}
                </span>
              </span>
            </li>
          )
        })}
      </ul>
      {about.findings.length > 0 && (
        <Alert color="yellow" variant="light" p="xs" mt="xs" title={t('reception.findings')}>
          <List size="sm">
            {about.findings.map((finding) => (
              <List.Item key={finding.vi}>{text(finding)}</List.Item>
            ))}
          </List>
        </Alert>
      )}
    </div>
  )
}

/** Receiving starts the clock and makes the receipt (form 01); refusing needs its reason (form 03). */
export const Reception = (props: FormProps) => {
  const { t } = useTranslation('desk')
  const [copies, setCopies] = useDraft(`task.${props.task.id}.copies`, 1)
  return (
    <>
      <Completeness about={props.about} />
      <DecisionFrame
        {...props}
        reason
        fields={(outcome) =>
          outcome === 'received' && (
            <>
              <NumberInput
                label={t('reception.copies')}
                min={1}
                max={50}
                w={140}
                allowDecimal={false}
                value={copies}
                onChange={(value) => setCopies(Number(value) || 1)}
              />
              <Text size="sm" className="soft">
                {t('reception.starts')}
              </Text>
            </>
          )
        }
        prepare={() => ({ data: { copies } })}
      />
    </>
  )
}
