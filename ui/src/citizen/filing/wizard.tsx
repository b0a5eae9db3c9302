import { Alert, Text } from '@mantine/core'
import { IconRefreshAlert, IconWifiOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Suspense, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Filed, ProcedurePage } from '../../app/api-types.ts'
import { Loading } from '../../app/states.tsx'
import { EForm } from '../../shared/eform/lazy.tsx'
import { useDraft } from '../../shared/use-draft.ts'
import { useOnline } from '../../shared/use-online.ts'
import '../citizen.css'
import { ApplicantStep } from './applicant-step.tsx'
import { ChecklistStep } from './checklist-step.tsx'
import { emptyDraft } from './draft.ts'
import { myDetails } from './my-details.ts'
import { PapersStep } from './papers-step.tsx'
import { PlaceStep } from './place-step.tsx'
import { answeredBy, withReadOnly } from './prefill.ts'
import { withProposals } from './proposals.ts'
import { ReviewStep } from './review-step.tsx'
import { Submitted } from './submitted.tsx'
import { underVersion } from './under-version.ts'

type Props = {
  procedure: ProcedurePage
  draftName: string
  byClerk: boolean
  /** Where the dossier is by itself: the clerk's own commune. */
  place?: string | null
}
type StepName = 'applicant' | 'place' | 'form' | 'papers' | 'review'

const Progress = ({
  steps,
  current,
  onGo,
}: {
  steps: StepName[]
  current: number
  onGo: (step: number) => void
}) => {
  const { t } = useTranslation('citizen')
  return (
    <nav aria-label={t('filing.steps')}>
      <ol className="wizard-steps">
        {steps.map((step, index) => (
          <li key={step} className={index < current ? 'wizard-done' : undefined}>
            <button
              type="button"
              disabled={index > current}
              aria-current={index === current ? 'step' : undefined}
              aria-label={t('filing.stepOf', { number: index + 1, name: t(`filing.step.${step}`) })}
              onClick={() => onGo(index)}
            >
              <span className="wizard-number" aria-hidden="true">
                {index < current ? '✓' : index + 1}
              </span>
              <span className="wizard-name">{t(`filing.step.${step}`)}</span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  )
}

/** Filing a dossier, step by step; what is typed is kept in this browser until it has been sent. */
export const Wizard = ({ procedure, draftName, byClerk, place = null }: Props) => {
  const { t } = useTranslation('citizen')
  const [draft, setDraft, discard] = useDraft(draftName, { ...emptyDraft(byClerk), place })
  const [filed, setFiled] = useState<Filed>()
  const online = useOnline()
  const details = useQuery({ ...myDetails(), enabled: !byClerk })
  const { locked, proposed } = useMemo(
    () => answeredBy(procedure.eform, details.data),
    [details.data, procedure.eform],
  )
  const form = useMemo(() => withReadOnly(procedure.eform, locked), [procedure.eform, locked])
  /** As it will be sent and kept. */
  const filled = useMemo(() => ({ ...draft, formData: { ...draft.formData, ...locked } }), [draft, locked])
  const heading = useRef<HTMLHeadingElement>(null)
  const steps: StepName[] = byClerk
    ? ['applicant', 'place', 'form', 'papers', 'review']
    : ['place', 'form', 'papers', 'review']
  const current = Math.min(draft.step, steps.length - 1)
  const step = steps[current]!
  const go = (step: number) => setDraft((now) => ({ ...now, step }))
  const next = () => go(current + 1)
  const back = current > 0 ? () => go(current - 1) : undefined

  const formStep = steps.indexOf('form')
  useEffect(() => {
    setDraft((now) => underVersion(now, procedure.version, formStep))
  }, [procedure.version, formStep, setDraft])

  useEffect(() => {
    if (step === 'form') setDraft((now) => withProposals(now, proposed))
  }, [step, proposed, setDraft])

  const first = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new step takes the focus
  useEffect(() => {
    if (first.current) first.current = false
    else heading.current?.focus()
  }, [current, filed])

  if (filed) return <Submitted filed={filed} byClerk={byClerk} headingRef={heading} />
  return (
    <>
      <Progress steps={steps} current={current} onGo={go} />
      {draft.renewed && (
        <Alert
          color="yellow"
          variant="light"
          icon={<IconRefreshAlert />}
          title={t('filing.renewed.title')}
          role="alert"
          mb="md"
          withCloseButton
          closeButtonLabel={t('filing.renewed.seen')}
          onClose={() => setDraft((now) => ({ ...now, renewed: false }))}
        >
          <Text size="sm">{t('filing.renewed.help', { version: procedure.version })}</Text>
        </Alert>
      )}
      <section className="wizard-body">
        <h2 ref={heading} tabIndex={-1} className="section-title">
          {t(`filing.heading.${step === 'papers' && byClerk ? 'checklist' : step}`)}
        </h2>
        {step === 'applicant' && draft.applicant && draft.counter && (
          <ApplicantStep
            applicant={draft.applicant}
            counter={draft.counter}
            channel={draft.channel}
            channels={procedure.channels}
            onChange={(change) => setDraft((now) => ({ ...now, ...change }))}
            onNext={next}
          />
        )}
        {step === 'place' && (
          <PlaceStep
            place={draft.place}
            onChange={(place) => setDraft((now) => ({ ...now, place }))}
            onNext={next}
            onBack={back}
          />
        )}
        {(step === 'form' || step === 'review') && details.isLoading && <Loading />}
        {step === 'form' && !details.isLoading && (
          <Suspense fallback={<Loading />}>
            <EForm
              eform={form}
              data={filled.formData}
              onChange={(formData) => setDraft((now) => ({ ...now, formData }))}
              onSubmit={(formData) => {
                setDraft((now) => ({ ...now, formData }))
                next()
              }}
              submitLabel={t('filing.next')}
              onBack={back}
            />
          </Suspense>
        )}
        {step === 'papers' &&
          (byClerk ? (
            <ChecklistStep
              procedure={procedure}
              draft={filled}
              setDraft={setDraft}
              onNext={next}
              onBack={back}
            />
          ) : (
            <PapersStep
              procedure={procedure}
              draft={filled}
              setDraft={setDraft}
              onNext={next}
              onBack={back}
            />
          ))}
        {step === 'review' && !details.isLoading && (
          <ReviewStep
            procedure={procedure}
            draft={filled}
            onBack={back}
            onEdit={(name) => go(steps.indexOf(name))}
            onSending={(sending) => setDraft((now) => ({ ...now, sending }))}
            onFiled={(answer) => {
              discard()
              setFiled(answer)
            }}
          />
        )}
      </section>
      <div role="status" className="kept-here">
        {online || (step === 'review' && draft.sending) ? (
          <Text size="sm" className="soft">
            {t('filing.kept')}
          </Text>
        ) : (
          <Alert color="yellow" variant="light" icon={<IconWifiOff />} title={t('filing.offline')}>
            <Text size="sm">{t('filing.offlineHelp')}</Text>
          </Alert>
        )}
      </div>
    </>
  )
}
