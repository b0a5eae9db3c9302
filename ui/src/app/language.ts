/** The two languages of the pages; Vietnamese first. */
export type Language = 'vi' | 'en'
