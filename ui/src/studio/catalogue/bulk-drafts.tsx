import { Button, Group, Progress } from '@mantine/core'
import {
  IconAlertTriangleFilled,
  IconArrowLeft,
  IconCheck,
  IconDownload,
  IconPlayerStop,
} from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { MadeSkeletons } from '../../app/api-types.ts'
import { useLanguage } from '../../app/i18n.ts'
import { Failed } from '../../app/states.tsx'
import { saveFile } from '../../shared/save-file.ts'
import { Tag } from '../../shared/tags.tsx'
import { makeSkeletons } from './queries.ts'

type Made = MadeSkeletons['made'][number]

/** So many at a time: often enough to see it go on, and each is a whole act of its own. */
const AT_A_TIME = 20

const useMaking = (codes: string[]) => {
  const cache = useQueryClient()
  const [made, setMade] = useState<Made[]>([])
  const [problem, setProblem] = useState<unknown>(null)
  const [running, setRunning] = useState(true)
  const stopped = useRef(false)
  const begun = useRef(false)
  useEffect(() => {
    if (begun.current) return
    begun.current = true
    const run = async () => {
      for (let from = 0; from < codes.length && !stopped.current; from += AT_A_TIME) {
        const answer = await makeSkeletons(codes.slice(from, from + AT_A_TIME))
        setMade((before) => [...before, ...answer.made])
      }
    }
    run()
      .catch(setProblem)
      .finally(() => {
        setRunning(false)
        void cache.invalidateQueries({ queryKey: ['catalogue'] })
        void cache.invalidateQueries({ queryKey: ['studio-drafts'] })
      })
  }, [codes, cache])
  const stop = () => {
    stopped.current = true
  }
  return { made, problem, running, stop }
}

const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`

/** Drafts made from many rows in one act: how far it is, what came of each, and the failures by name. */
export const BulkDrafts = ({ codes, onClose }: { codes: string[]; onClose: () => void }) => {
  const { t } = useTranslation('studio-catalogue')
  const language = useLanguage()
  const { made, problem, running, stop } = useMaking(codes)
  const failures = made.filter(({ draftId }) => draftId === null)
  const done = made.length - failures.length
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  const found = ({ errors, warnings }: Pick<Made, 'errors' | 'warnings'>) =>
    errors + warnings === 0 ? t('bulk.clean') : t('bulk.found', { errors, warnings })
  const report = () => {
    const head = [t('bulk.code'), t('bulk.name'), t('bulk.result')]
    const rows = made.map(({ code, name, reasons, draftId, errors, warnings }) => [
      code,
      name,
      draftId
        ? `${t('bulk.made')}. ${found({ errors, warnings })}`
        : reasons.map((reason) => reason[language]).join(' '),
    ])
    saveFile(
      t('bulk.file'),
      `\uFEFF${[head, ...rows].map((row) => row.map(quoted).join(',')).join('\r\n')}\r\n`,
    )
  }
  return (
    <section aria-label={t('bulk.title')}>
      <h2 ref={title} tabIndex={-1} className="section-title">
        {t('bulk.title')}
      </h2>
      <Progress
        value={(made.length / codes.length) * 100}
        aria-label={t('bulk.progress')}
        size="lg"
        mb="xs"
        animated={running}
      />
      <p role="status" className="catalogue-count">
        {t(running ? 'bulk.running' : 'bulk.done', {
          at: made.length,
          all: codes.length,
          done,
          failed: failures.length,
        })}
      </p>
      {problem !== null && <Failed problem={problem} />}
      <Group gap="xs" my="sm">
        {running ? (
          <Button variant="default" leftSection={<IconPlayerStop size={16} />} onClick={stop}>
            {t('bulk.stop')}
          </Button>
        ) : (
          <>
            <Button leftSection={<IconArrowLeft size={16} />} onClick={onClose}>
              {t('bulk.back')}
            </Button>
            <Button variant="default" leftSection={<IconDownload size={16} />} onClick={report}>
              {t('bulk.save')}
            </Button>
          </>
        )}
      </Group>
      <ul className="catalogue-made">
        {[...failures, ...made.filter(({ draftId }) => draftId !== null)].map((one) => (
          <li key={one.code}>
            <span>
              {one.draftId ? (
                <Link to={`/thiet-ke/ban-thao/${one.draftId}`}>{one.name}</Link>
              ) : (
                <strong>{one.name || one.code}</strong>
              )}{' '}
              <span className="soft figures">{one.code}</span>
              {one.draftId && <span className="catalogue-reason">{found(one)}</span>}
              {one.reasons.map((reason) => (
                <span key={reason.vi} className="catalogue-reason">
                  {reason[language]}
                </span>
              ))}
            </span>
            {one.draftId ? (
              <Tag tone="good" icon={IconCheck}>
                {t('bulk.made')}
              </Tag>
            ) : (
              <Tag tone="late" icon={IconAlertTriangleFilled}>
                {t('bulk.failed')}
              </Tag>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
