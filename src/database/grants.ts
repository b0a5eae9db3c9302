import type { Client } from 'pg'

/**
 * The app role's rights: rows of every table, but of the audit trail reading only; it writes there through
 * audit_append and audit_seal, which run as the owner. What somebody answered to a finding, and every save of a draft, it can only add. It owns nothing and can change no table.
 */
export async function grant(client: Client, appRole: string): Promise<void> {
  const role = client.escapeIdentifier(appRole)
  await client.query(`
    grant usage on schema public to ${role};
    grant select, insert, update, delete on all tables in schema public to ${role};
    grant usage on all sequences in schema public to ${role};
    revoke insert, update, delete, truncate on audit_entry, audit_head, migration from ${role};
    revoke update, delete, truncate on explanation_answer, procedure_draft_revision, draft_text, draft_act from ${role};
    revoke execute on all functions in schema public from public;
    grant execute on all functions in schema public to ${role};
  `)
}
