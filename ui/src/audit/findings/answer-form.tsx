import { Button, FileInput, Radio, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ApiProblem, fieldProblem, upload } from '../../app/api.ts'
import type { FindingPage, Upload } from '../../app/api-types.ts'
import { Failed } from '../../app/states.tsx'
import { useAct } from './use-act.ts'

const SHORTEST = 10

/** The accountable side explains: which kind of cause, in what words, with which papers. */
export const AnswerForm = ({ explanation }: { explanation: NonNullable<FindingPage['explanation']> }) => {
  const { t } = useTranslation('audit')
  const [cause, setCause] = useState('')
  const [answer, setAnswer] = useState('')
  const [files, setFiles] = useState<File[]>([])
  const [tried, setTried] = useState(false)
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<ApiProblem>()
  const act = useAct(`/api/explanations/${explanation.id}/answer`)
  const short = answer.trim().length < SHORTEST
  const send = async () => {
    setSending(true)
    setProblem(undefined)
    try {
      const uploads: string[] = []
      for (const file of files) uploads.push((await upload<Upload>('/api/uploads', file, () => undefined)).id)
      await act.mutateAsync({ version: explanation.version, cause, answer: answer.trim(), uploads })
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error : new ApiProblem(500))
    } finally {
      setSending(false)
    }
  }
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        setTried(true)
        if (cause && !short) void send()
      }}
    >
      <Stack gap="sm" className="finding-form">
        <Radio.Group
          label={t('answer.cause')}
          value={cause}
          onChange={setCause}
          error={tried && !cause && t('answer.causeMissing')}
        >
          <Stack gap={6} mt={4}>
            <Radio value="objective" label={t('answer.objective')} description={t('answer.objectiveHelp')} />
            <Radio
              value="subjective"
              label={t('answer.subjective')}
              description={t('answer.subjectiveHelp')}
            />
          </Stack>
        </Radio.Group>
        <Textarea
          label={t('answer.words')}
          autosize
          minRows={4}
          maxLength={4000}
          value={answer}
          onChange={(event) => setAnswer(event.currentTarget.value)}
          error={(tried && short && t('ask.short')) || fieldProblem(problem, 'answer')}
        />
        <FileInput
          label={t('answer.papers')}
          description={t('answer.papersHelp')}
          multiple
          clearable
          clearButtonProps={{ 'aria-label': t('answer.noPapers') }}
          value={files}
          onChange={setFiles}
        />
        {problem && <Failed problem={problem} />}
        <Button type="submit" loading={sending} className="finding-act">
          {t('answer.send')}
        </Button>
      </Stack>
    </form>
  )
}
