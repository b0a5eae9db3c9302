import type { ReactNode } from 'react'
import { useLegalNow, useMode } from '../app/mode.ts'
import { Page } from '../app/page.tsx'
import { Loading } from '../app/states.tsx'
import { legalDay } from '../shared/format.ts'
import './audit.css'
import { AuditNav } from './audit-nav.tsx'

/** A page of auditors that can be printed as evidence, with the way to the others. */
export const AuditPage = ({ title, children }: { title: string; children: ReactNode }) => (
  <div className="audit-print">
    <AuditNav />
    <Page title={title} wide>
      {children}
    </Page>
  </div>
)

/** One that speaks of a period: its view begins once the legal day is known. */
export const PeriodPage = ({
  title,
  view: View,
}: {
  title: string
  view: (props: { today: string }) => ReactNode
}) => {
  const mode = useMode()
  const now = useLegalNow()
  return <AuditPage title={title}>{mode ? <View today={legalDay(now)} /> : <Loading lines={12} />}</AuditPage>
}
