import { Alert, Checkbox, List, NumberInput, Text } from '@mantine/core'
import { IconAlertTriangleFilled, IconCheck } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useText } from '../../app/i18n.ts'
import { useDraft } from '../../shared/use-draft.ts'
import { When } from '../../shared/when.tsx'
import { Guidance, missingOf } from '../counter/guidance.tsx'
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
          const check = about.paperChecks.find(({ paperKey }) => paperKey === paper.key)
          const there = paper.documents.length > 0 || (check && check.state !== 'missing')
          return (
            <li key={paper.key} className={there ? undefined : 'tone-late'}>
              {there ? (
                <IconCheck size={16} aria-hidden="true" />
              ) : (
                <IconAlertTriangleFilled size={16} aria-hidden="true" />
              )}
              <span>
                {text(paper.name)}
                {check && check.state !== 'missing' && (
                  <span className="soft">
                    {' '}
                    · {t(`citizen:filing.checklist.state.${check.state}`)}, {check.pages}{' '}
                    {t('counterFacts.pagesShort')}
                  </span>
                )}
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

type Now = NonNullable<FormProps['task']['reception']>

/** What receiving it now would promise, before it is done (rules 2); form 01 where the applicant asks for it. */
const Promised = ({ now, asked, onAsk }: { now: Now; asked: boolean; onAsk: (asked: boolean) => void }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  return (
    <div className="promised">
      <Text size="sm">
        {t('reception.due')}{' '}
        <strong>
          <When at={now.dueAt} />
        </strong>
      </Text>
      <Text size="xs" className="soft">
        {text(now.text)}
      </Text>
      {now.handOverBy && (
        <Text size="sm">
          {t('reception.handOver')} <When at={now.handOverBy} />
        </Text>
      )}
      <Text size="sm">{t(`reception.form01.${now.form01}`)}</Text>
      {now.form01 === 'on-request' && (
        <Checkbox
          mt="xs"
          label={t('reception.ask')}
          checked={asked}
          onChange={(event) => onAsk(event.currentTarget.checked)}
        />
      )}
    </div>
  )
}

/** Receiving starts the clock and makes the receipt (form 01); refusing needs its reason (form 03). */
export const Reception = (props: FormProps) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const missing = missingOf(props.about)
  const [copies, setCopies] = useDraft(`task.${props.task.id}.copies`, 1)
  const [asked, setAsked] = useDraft(`task.${props.task.id}.receipt`, false)
  const now = props.task.reception
  const withForm01 = now?.form01 !== 'on-request' || asked
  return (
    <>
      <Completeness about={props.about} />
      <Guidance about={props.about} />
      <DecisionFrame
        {...props}
        reason
        suggestedReason={
          missing.length > 0
            ? t('guidance.refusal', { papers: missing.map(({ name }) => text(name)).join('; ') })
            : undefined
        }
        fields={(outcome) =>
          outcome === 'received' && (
            <>
              {now && <Promised now={now} asked={asked} onAsk={setAsked} />}
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
                {t(withForm01 ? 'reception.starts' : 'reception.startsWithout')}
              </Text>
            </>
          )
        }
        prepare={() => ({ data: { copies, receipt: asked } })}
      />
    </>
  )
}
