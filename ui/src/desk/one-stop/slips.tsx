import { Anchor, Button, Paper, Text, Textarea } from '@mantine/core'
import { IconFileTypePdf } from '@tabler/icons-react'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { api, fieldProblem } from '../../app/api.ts'
import type { Urging } from '../../app/api-types.ts'
import { useLanguage, useText } from '../../app/i18n.ts'
import { useAbility } from '../../app/session.tsx'
import { Empty, Failed, Loaded } from '../../app/states.tsx'
import { formatDay } from '../../shared/format.ts'
import { More } from '../../shared/more.tsx'
import { Tag } from '../../shared/tags.tsx'
import { When } from '../../shared/when.tsx'
import { urgings } from '../team/queries.ts'
import './one-stop.css'
import { urgingsOfDossier } from './queries.ts'

const Answer = ({ slip }: { slip: Urging }) => {
  const { t } = useTranslation('desk')
  const cache = useQueryClient()
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const send = useMutation({
    mutationFn: () => api.post(`/api/urgings/${slip.id}/answer`, { answer: text.trim() }),
    onSuccess: () =>
      Promise.all(['dossiers', 'dossier'].map((key) => cache.invalidateQueries({ queryKey: [key] }))),
  })
  return (
    <div className="slip-answer">
      <Textarea
        label={t('urging.yourAnswer')}
        description={t('urging.answerHelp')}
        autosize
        minRows={2}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={(tried && !text.trim() && t('urging.answerMissing')) || fieldProblem(send.error, 'answer')}
      />
      {send.error && <Failed problem={send.error} />}
      <Button
        size="xs"
        mt="xs"
        loading={send.isPending}
        onClick={() => {
          setTried(true)
          if (text.trim()) send.mutate()
        }}
      >
        {t('urging.answer')}
      </Button>
    </div>
  )
}

/** One slip: its number and paper, the dossiers it urges, what it says, and the answer or the day it is due. */
export const Slip = ({ slip }: { slip: Urging }) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const language = useLanguage()
  return (
    <article className="slip">
      <header>
        <strong className="figures">{slip.number}</strong>{' '}
        <span className="soft">
          <When at={slip.writtenAt} />, {slip.writtenBy.name}
        </span>{' '}
        {slip.answeredAt ? (
          <Tag tone="good">{t('urging.answered')}</Tag>
        ) : (
          <Tag tone={slip.overdue ? 'late' : 'soon'}>
            {t(slip.overdue ? 'urging.overdue' : 'urging.answerBy', {
              day: formatDay(slip.answerBy, language),
            })}
          </Tag>
        )}
        {slip.canOpenFile && (
          <Anchor
            href={`/api/urgings/${slip.id}/pdf`}
            target="_blank"
            rel="noreferrer"
            className="with-icon slip-file"
            size="sm"
          >
            <IconFileTypePdf size={16} aria-hidden="true" /> {t('urging.pdf', { number: slip.number })}
          </Anchor>
        )}
      </header>
      <Text size="sm">
        {t('urging.to')} {text(slip.unit.name)}
        {slip.unit.name.vi !== slip.agency.name.vi && `, ${text(slip.agency.name)}`}:{' '}
        {slip.dossiers.map((dossier, n) => (
          <span key={dossier.id}>
            {n > 0 && ', '}
            <Link to={`/ban-lam-viec/ho-so/${dossier.id}`} className="figures">
              {dossier.code}
            </Link>
          </span>
        ))}
      </Text>
      <blockquote className="note">{slip.text}</blockquote>
      {slip.answer && (
        <>
          <Text size="sm" className="soft">
            {slip.answeredBy?.name}, <When at={slip.answeredAt} />
          </Text>
          <blockquote className="note">{slip.answer}</blockquote>
        </>
      )}
      {slip.canAnswer && <Answer slip={slip} />}
    </article>
  )
}

/** Every slip that the person wrote or may answer, those without an answer first. */
export const Slips = () => {
  const { t } = useTranslation('desk')
  const query = useInfiniteQuery(urgings())
  const slips = query.data?.pages.flatMap((page) => page.urgings) ?? []
  return (
    <Loaded query={query}>
      {() =>
        slips.length === 0 ? (
          <Empty title={t('urging.none')}>{t('urging.noneHelp')}</Empty>
        ) : (
          <>
            {slips.map((slip) => (
              <Slip key={slip.id} slip={slip} />
            ))}
            <More pages={query} />
          </>
        )
      }
    </Loaded>
  )
}

/** On the team board: what the one-stop urges and nobody has answered; nothing at all when there is none. */
export const SlipsToAnswer = () => {
  const { t } = useTranslation('desk')
  const query = useInfiniteQuery(urgings())
  const slips = (query.data?.pages.flatMap((page) => page.urgings) ?? []).filter(({ canAnswer }) => canAnswer)
  if (slips.length === 0) return null
  return (
    <Paper p="md" component="section" aria-label={t('urging.toAnswer')}>
      <h2 className="section-title">
        {t('urging.toAnswer')} <span className="tab-count">{slips.length}</span>
      </h2>
      {slips.map((slip) => (
        <Slip key={slip.id} slip={slip} />
      ))}
    </Paper>
  )
}

/** On the dossier page: the slips about this dossier, for those who work on it. */
export const DossierSlips = ({ dossierId }: { dossierId: string }) => {
  const { t } = useTranslation('desk')
  const ability = useAbility()
  const query = useQuery({ ...urgingsOfDossier(dossierId), enabled: ability.can('read', 'Task') })
  const slips = query.data?.urgings ?? []
  if (slips.length === 0) return null
  return (
    <section aria-label={t('urging.title')} className="dossier-slips">
      <h2 className="section-title">
        {t('urging.title')} <span className="tab-count">{slips.length}</span>
      </h2>
      {slips.map((slip) => (
        <Slip key={slip.id} slip={slip} />
      ))}
    </section>
  )
}
