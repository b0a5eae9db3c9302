import { type ReactNode, useId } from 'react'

export const Section = ({ title, help, children }: { title: string; help?: string; children: ReactNode }) => {
  const id = useId()
  return (
    <section aria-labelledby={id} className="audit-section">
      <h2 id={id} className="section-title">
        {title}
      </h2>
      {help && <p className="audit-help soft">{help}</p>}
      {children}
    </section>
  )
}
