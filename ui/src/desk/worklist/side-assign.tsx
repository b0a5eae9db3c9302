import { Button, Radio, Stack, Text, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useText } from '../../app/i18n.ts'
import { Failed, Loaded } from '../../app/states.tsx'
import { task } from '../queries.ts'
import { type BulkSideProps, Side } from './side.tsx'

/** Gives the chosen rows to a person of the unit; the lightest load stands first. */
export const AssignSide = ({ rows, bulk, onClose }: BulkSideProps) => {
  const { t } = useTranslation('desk')
  const text = useText()
  const about = useQuery(task(rows[0]?.id ?? ''))
  const [person, setPerson] = useState('')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const needsReason = rows.some(({ assignee }) => assignee !== null)
  const assign = () => {
    setTried(true)
    if (!person || (needsReason && !reason.trim())) return
    void bulk.run({ act: 'assign', personId: person, reason: reason.trim() }, rows)
  }
  return (
    <Side title={t('bulk.assignTitle', { count: rows.length })} onClose={onClose}>
      <Loaded query={about} lines={4}>
        {({ people, canAssign }) =>
          canAssign ? (
            <Stack
              gap="sm"
              onKeyDown={(event) => {
                if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) assign()
              }}
            >
              <Radio.Group
                label={t('holding.to')}
                value={person}
                onChange={setPerson}
                error={tried && !person && t('holding.toMissing')}
              >
                <Stack gap={6} mt={4}>
                  {people.map((one, n) => (
                    <Radio
                      key={one.id}
                      value={one.id}
                      label={
                        <>
                          {one.name}, {text(one.title)}{' '}
                          <span className="soft">
                            ({t('holding.load', { open: one.open, today: one.dueToday })}
                            {n === 0 && `, ${t('assign.least')}`})
                          </span>
                        </>
                      }
                    />
                  ))}
                </Stack>
              </Radio.Group>
              <Textarea
                label={needsReason ? t('holding.reason') : t('holding.reasonOptional')}
                autosize
                minRows={2}
                value={reason}
                onChange={(event) => setReason(event.currentTarget.value)}
                error={tried && needsReason && !reason.trim() && t('holding.reasonMissing')}
              />
              {bulk.problem !== undefined && <Failed problem={bulk.problem} />}
              <Button onClick={assign} loading={bulk.busy}>
                {t('bulk.assignDo', { count: rows.length })}
              </Button>
            </Stack>
          ) : (
            <Text size="sm">{t('bulk.assignNot')}</Text>
          )
        }
      </Loaded>
    </Side>
  )
}
