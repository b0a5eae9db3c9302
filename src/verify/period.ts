/** What is looked at: instants `from` (counted) to `to` (not counted), of one agency by its code; without them, all. */
export type Period = { from?: Date | undefined; to?: Date | undefined; agency?: string | undefined }
